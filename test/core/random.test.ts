import { describe, expect, it } from 'vitest';
import { assess as assessTerms } from '../../src/core/assessment.js';
import { bracketsFrom, type BracketTable } from '../../src/core/brackets.js';
import { contracts } from '../../src/core/contracts/index.js';
import { isLiqcalcError, LiqcalcError } from '../../src/core/errors.js';
import { formulas } from '../../src/core/formulas/index.js';
import { Ratio } from '../../src/core/ratio.js';
import { RESULT_LIST } from '../../src/formats/results.js';
import { readPosition } from '../../src/formats/record.js';
import { assess, Decimal } from '../../src/index.js';
import { writtenResult } from '../../src/report/figures.js';
import { SEED } from '../seed.js';
import { caseOf, Dice, KINDS, type Case, type Kind } from '../oracle/cases.js';
import { refusal, state, type Answers, type Given, type Rule, type Step } from '../oracle/position.js';
import { isTie, order, type Rational } from '../oracle/rational.js';

/** A million of them with `LIQCALC_CASES=1000000`. */
const CASES = Math.max(100_000, Number(process.env['LIQCALC_CASES'] ?? 0));

/** Results that no arithmetic decides: they have tests of their own. */
const WORDS = new Set(['reason', 'warnings', 'bracketVenue', 'bracketAsOf', 'bracketConfidence']);

/** `max(8, four more than entry was written with)`, counted on the text. */
function defaultDecimals(entry: string): number {
  const [mantissa = '', exponent = '0'] = entry.toLowerCase().split('e');
  const written = (mantissa.split('.')[1] ?? '').length - Number(exponent);
  return Math.max(8, written + 4);
}

function tableOf(
  { contract = 'linear', multiplier = '1' }: Given,
  steps: readonly Step[],
  withAmounts: boolean,
): BracketTable {
  const rows = steps.map((step) => ({ ...step, amount: withAmounts ? step.amount : undefined }));
  return {
    venue: 'oracle',
    symbol: 'ORACLE',
    contract,
    multiplier: Ratio.from(multiplier),
    asOf: '2026-11-22',
    confidence: 'A',
    source: 'random',
    brackets: bracketsFrom(rows, 'ORACLE'),
  };
}

const plainText = (value: unknown): string | number | null | undefined =>
  Decimal.isDecimal(value) ? value.toFixed() : (value as string | number | null | undefined);

/** The results that there are. */
function present(entries: readonly (readonly [string, string | number | null | undefined])[]): Answers {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Answers;
}

/** What the program answers: through its public door, or with a table through the door of the core. */
function answersOf({ given, steps, decimals }: Case, rule: Rule, withAmounts: boolean): Answers {
  if (!steps) {
    const options = decimals === undefined ? {} : { decimals };
    // An answer repeats its inputs, which the oracle does not.
    const answer: Readonly<Record<string, unknown>> = assess({ ...given, formula: rule }, options);
    return present(RESULT_LIST.map(([key]) => [key, plainText(answer[key])] as const));
  }
  const read = readPosition(Object.entries({ ...given, symbol: 'ORACLE' }));
  if (read.kind === 'problems') throw new LiqcalcError(read.problems);
  const { terms } = read.input;
  const assessment = assessTerms(terms, tableOf(given, steps, withAmounts), rule);
  const rendering = { decimals: decimals ?? defaultDecimals(given.entry) };
  return present(RESULT_LIST.map(([key]) => [key, plainText(writtenResult(key, assessment, rendering))] as const));
}

/** What the program refuses a case with, as the code of its first problem. */
function attempt(each: Case, rule: Rule, withAmounts: boolean): Answers | string {
  try {
    return answersOf(each, rule, withAmounts);
  } catch (error) {
    if (isLiqcalcError(error)) return error.problems[0]?.code ?? 'no problem';
    throw error;
  }
}

/** What kinds of answers a run has met. */
type Counts = Map<string, number>;

function tally(counts: Counts, ...names: readonly string[]): void {
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
}

function isOnEdge(value: Rational, schedule: readonly { readonly cap: Rational | undefined }[]): boolean {
  return schedule.some(({ cap }) => cap !== undefined && order(cap, value) === 0);
}

/** Compares one case with the oracle, key by key and as text. */
function compareCase(each: Case, rule: Rule, withAmounts: boolean, counts: Counts): void {
  const { given, steps } = each;
  const decimals = each.decimals ?? defaultDecimals(given.entry);
  const told = (): string => JSON.stringify({ ...each, rule, decimals });
  const answered = attempt(each, rule, withAmounts);
  const refused = refusal(given, steps);
  const statement = refused === undefined ? state(given, steps, decimals, rule) : undefined;
  if (!statement || statement.isTickTooCoarse) {
    if (answered !== (refused ?? 'TICK_TOO_COARSE'))
      expect.fail(`${told()} is not refused: ${JSON.stringify(answered)}`);
    tally(counts, 'refused', refused ?? 'TICK_TOO_COARSE');
    return;
  }
  const { answers, model, price } = statement;
  if (typeof answered === 'string') expect.fail(`${told()} is refused: ${answered}`);
  for (const key of new Set([...Object.keys(answers), ...Object.keys(answered)])) {
    if (WORDS.has(key) || answers[key] === answered[key]) continue;
    expect.fail(`${key} of ${told()}: ${String(answered[key])}, the oracle says ${String(answers[key])}`);
  }
  if ((answered['reason'] === undefined) !== (answers['liquidationPrice'] !== null)) expect.fail(`reason of ${told()}`);
  tally(counts, answers['outcome'] as string, given.contract ?? 'linear', given.side);
  if (given.wallet !== undefined) tally(counts, 'cross');
  if (steps) tally(counts, 'brackets');
  if (steps && typeof answers['bracket'] === 'number' && answers['bracket'] > 1) tally(counts, 'later bracket');
  if (price && isOnEdge(model.value(price), model.schedule)) tally(counts, 'on an edge');
  if (price && isTie(price, decimals)) tally(counts, 'ties');
  if (given.tick !== undefined) tally(counts, 'ticks');
  if (answers['outcome'] === 'already' && !price) tally(counts, 'already without a price');
  if (answers['marginCallPrice'] === null && price) tally(counts, 'no margin call');
}

function runCases(kind: Kind, rule: Rule, count: number): Counts {
  const dice = new Dice(SEED + 1000 * KINDS.indexOf(kind));
  const counts: Counts = new Map();
  for (let index = 0; index < count; index++) compareCase(caseOf(kind, dice), rule, index % 2 === 0, counts);
  return counts;
}

/** Share of the cases, and what a run of that kind must have met. */
const PLAN: Record<Kind, readonly [share: number, met: readonly string[]]> = {
  plain: [0.2, ['at', 'already', 'never', 'linear', 'inverse', 'long', 'short', 'ticks', 'ties']],
  margined: [0.2, ['at', 'already', 'never', 'cross', 'refused', 'NOT_REMOVABLE', 'WALLET_NOT_POSITIVE', 'ticks']],
  cross: [0.2, ['at', 'already', 'never', 'cross', 'already without a price', 'no margin call']],
  table: [0.2, ['at', 'already', 'never', 'brackets', 'later bracket', 'NOTIONAL_OUTSIDE_BRACKETS', 'cross']],
  aimed: [0.1, ['at', 'already', 'on an edge', 'ties', 'linear', 'inverse', 'cross', 'later bracket']],
  extreme: [0.1, ['at', 'already', 'never', 'linear', 'inverse', 'cross', 'RATES_TOO_HIGH']],
};

describe('every digit of random positions agrees with the oracle', () => {
  it.each(KINDS)(
    '%s',
    (kind) => {
      const [share, met] = PLAN[kind];
      const count = Math.ceil(CASES * share);
      const counts = runCases(kind, 'exact', count);
      const priced = ['at', 'already', 'never'].reduce((all, outcome) => all + (counts.get(outcome) ?? 0), 0);
      expect(priced + (counts.get('refused') ?? 0)).toBe(count);
      expect(priced).toBeGreaterThan(count / 2);
      expect(met.filter((name) => (counts.get(name) ?? 0) < 5)).toEqual([]);
      if (process.env['LIQCALC_COUNTS']) process.stdout.write(`${kind} ${JSON.stringify([...counts])}\n`);
    },
    900_000,
  );
});

describe('the formulas of the web agree with the oracle', () => {
  it('simple, with tables, in cross and inverse', () => {
    for (const kind of ['plain', 'margined', 'cross', 'table'] as const) {
      const counts = runCases(kind, 'simple', Math.ceil(CASES / 50));
      expect(['at', 'already', 'never'].filter((outcome) => (counts.get(outcome) ?? 0) < 5)).toEqual([]);
    }
  });

  it('article, linear by leverage alone', () => {
    const dice = new Dice(SEED);
    const counts: Counts = new Map();
    for (let index = 0; index < CASES / 50; index++) {
      const { contract, mmFee, multiplier, ...given } = caseOf('plain', dice).given;
      compareCase({ kind: 'plain', given, decimals: dice.roll(0, 30) }, 'article', true, counts);
      tally(
        counts,
        contract ?? 'linear',
        ...(mmFee === undefined ? [] : ['fee']),
        ...(multiplier ? ['multiplier'] : []),
      );
    }
    expect(['at', 'already', 'never'].filter((outcome) => (counts.get(outcome) ?? 0) < 5)).toEqual([]);
  });
});

it('compares every contract type and formula that there is', () => {
  expect(Object.keys(contracts)).toEqual(['linear', 'inverse']);
  expect(Object.keys(formulas)).toEqual(['exact', 'article', 'simple']);
});
