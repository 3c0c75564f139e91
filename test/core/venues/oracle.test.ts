import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/core/assessment.js';
import { bracketsFrom, type BracketTable } from '../../../src/core/brackets.js';
import { isLiqcalcError } from '../../../src/core/errors.js';
import { bankruptcy } from '../../../src/core/health.js';
import { Ratio } from '../../../src/core/ratio.js';
import { venues } from '../../../src/core/venues/index.js';
import { readPosition } from '../../../src/formats/record.js';
import { Dice, exactText } from '../../oracle/cases.js';
import { decimal, divide, multiply, rational, rounded, signOf, type Rational } from '../../oracle/rational.js';
import { isPriced, ORACLE_VENUES, stateAtVenue, type Tier, type VenuePosition } from '../../oracle/venues.js';
import { SEED } from '../../seed.js';
import { runs } from '../../share.js';

/** Positions of each venue; 5,000 and more with `LIQCALC_CASES=5000`. */
const CASES = runs(Math.max(1000, Number(process.env['LIQCALC_CASES'] ?? 0)));
const DECIMALS = 18;

type Draft = { -readonly [K in keyof VenuePosition]: VenuePosition[K] };

interface VenueCase {
  readonly given: VenuePosition;
  readonly tiers: readonly Tier[] | undefined;
}

/** A share of an amount in thousandths, as a decimal of few digits that is not zero. */
function share(amount: Rational, dice: Dice, low: number, high: number): string {
  const part = multiply(amount, rational(BigInt(dice.roll(low, high)), 1000n));
  let places = 2;
  while (rounded(part, places) === '0') places += 2;
  return rounded(part, places + dice.roll(0, 4));
}

const valueAt = ({ contract, qty, multiplier = '1' }: VenuePosition, price: Rational): Rational => {
  const size = multiply(decimal(qty), decimal(multiplier));
  return contract === 'inverse' ? divide(size, price) : multiply(size, price);
};

function backed(draft: Draft, isCross: boolean, dice: Dice): void {
  const value = valueAt(draft, decimal(draft.entry));
  draft.lev = dice.pick(String(dice.roll(1, 125)), dice.plain(2, 2));
  if (isCross) {
    draft.wallet = `${dice.chance(5) ? '-' : ''}${share(value, dice, 5, 1500)}`;
    // KuCoin's cross margin has a price for a position alone only.
    if (draft.venue === 'kucoin') return;
    if (dice.chance(50)) draft.othersPnl = `${dice.pick('', '-')}${share(value, dice, 1, 300)}`;
    if (dice.chance(50)) draft.othersMm = share(value, dice, 1, 200);
    return;
  }
  if (dice.chance(40)) draft.margin = share(value, dice, 5, 1300);
  if (dice.chance(40)) draft.addMargin = share(value, dice, 1, 300);
}

function charged(draft: Draft, dice: Dice): void {
  const rate = (): string => `0.${dice.digits(dice.roll(1, 3))}`;
  if (dice.chance(50)) draft.taker = rate();
  if (dice.chance(50)) draft.liqFee = rate();
  if (dice.chance(20)) draft.mmFee = rate();
  const near = multiply(decimal(draft.entry), rational(BigInt(dice.roll(850, 1150)), 1000n));
  if (dice.chance(60)) draft.mark = exactText(near);
}

/** One to five tiers around what the position is counted with; some end exactly where the position lies. */
function tiersAround(given: VenuePosition, dice: Dice): Tier[] {
  const flat = stateAtVenue(given, [{ cap: undefined, rate: '0.01' }]).price;
  const counted = given.venue === 'okx' ? decimal(given.qty) : valueAt(given, decimal(given.entry));
  const aims = [counted, given.venue !== 'okx' && flat ? valueAt(given, flat) : counted];
  const caps = new Set<string>();
  for (let count = dice.roll(0, 4); count > 0; count--) {
    const aim = dice.pick(...aims);
    const cap = dice.chance(30) ? rounded(aim, 12) : share(aim, dice, 600, 1400);
    if (signOf(decimal(cap)) > 0) caps.add(cap);
  }
  const sorted = [...caps].sort((a, b) => signOf(decimal(a)) - signOf(decimal(b)) || Number(a) - Number(b));
  let rate = dice.roll(20, 200);
  return [...sorted, undefined].map((cap) => {
    rate += dice.roll(0, 150);
    return { cap, rate: exactText(rational(BigInt(rate), 10_000n)) };
  });
}

function caseAt(venue: string, dice: Dice): VenueCase | undefined {
  const contract = dice.pick('linear', 'linear', 'inverse');
  const isCross = dice.chance(45);
  if (!isPriced(venue, isCross, contract)) return undefined;
  const draft: Draft = {
    venue,
    side: dice.pick('long', 'short'),
    contract,
    entry: dice.plain(5, 4),
    qty: dice.plain(3, 3),
  };
  if (dice.chance(50)) draft.multiplier = dice.pick('10', '100', '0.01', '2.5');
  backed(draft, isCross, dice);
  charged(draft, dice);
  if (dice.chance(60)) return { given: draft, tiers: tiersAround(draft, dice) };
  draft.mmr = dice.pick('0.5', '1', '2.5', dice.plain(1, 3), '0');
  const isByParts = !['okx', 'dydx', 'kucoin', 'kucoin-2024', 'bitget-2024'].includes(venue);
  if (isByParts && dice.chance(30)) draft.cum = share(valueAt(draft, decimal(draft.entry)), dice, 1, 20);
  return { given: draft, tiers: undefined };
}

function tableOf({ given, tiers }: VenueCase): BracketTable | undefined {
  if (!tiers) return undefined;
  let floor = '0';
  const rows = tiers.map(({ cap, rate }) => {
    const row = { floor, cap, rate, amount: undefined };
    floor = cap ?? '0';
    return row;
  });
  return {
    venue: given.venue,
    symbol: 'ORACLE',
    contract: given.contract,
    multiplier: Ratio.from(given.multiplier ?? '1'),
    asOf: '2026-11-22',
    confidence: 'A',
    source: 'random',
    brackets: bracketsFrom(rows, 'ORACLE'),
  };
}

interface Answer {
  readonly outcome: string;
  readonly price: string | undefined;
  readonly bankruptcy: string | undefined;
}

function answerOf(each: VenueCase): Answer {
  const table = tableOf(each);
  const symbol = table ? { symbol: 'ORACLE' } : {};
  const read = readPosition(Object.entries({ ...each.given, ...symbol } as Record<string, string>));
  if (read.kind === 'problems') throw new Error(JSON.stringify(read.problems));
  const found = assess(read.input.terms, table, read.input.formula);
  return {
    outcome: found.outcome.kind,
    price: found.price?.toText(DECIMALS),
    bankruptcy: bankruptcy(found.position).bound?.price.toText(DECIMALS),
  };
}

function attempt(each: VenueCase): Answer | string {
  try {
    return answerOf(each);
  } catch (error) {
    if (isLiqcalcError(error)) return error.problems.map(({ code }) => code).join();
    throw error;
  }
}

const EXPECTED_REFUSALS = new Set(['NOTIONAL_OUTSIDE_BRACKETS', 'RATES_TOO_HIGH']);

function compare(each: VenueCase, counts: Map<string, number>): void {
  const tally = (name: string): unknown => counts.set(name, (counts.get(name) ?? 0) + 1);
  const answered = attempt(each);
  if (typeof answered === 'string') {
    if (!EXPECTED_REFUSALS.has(answered)) expect.fail(`${JSON.stringify(each)} is refused: ${answered}`);
    tally('refused');
    return;
  }
  const stated = stateAtVenue(each.given, each.tiers);
  const text = (value: Rational | undefined): string | undefined => value && rounded(value, DECIMALS);
  const expected = { outcome: stated.outcome, price: text(stated.price), bankruptcy: text(stated.bankruptcy) };
  if (JSON.stringify(answered) !== JSON.stringify(expected)) {
    expect.fail(`${JSON.stringify(each)}: ${JSON.stringify(answered)}, the oracle says ${JSON.stringify(expected)}`);
  }
  tally(stated.outcome);
  tally(each.given.side);
  tally(each.given.contract);
  if (each.given.wallet !== undefined) tally('cross');
  if (each.tiers && each.tiers.length > 1) tally('tiers');
}

describe('every digit of random positions agrees with the oracle of the venues', () => {
  it('has a rule for every registered venue', () => {
    expect([...ORACLE_VENUES].sort()).toEqual(Object.keys(venues).sort());
  });

  it.each(ORACLE_VENUES)('%s', (venue) => {
    const dice = new Dice(SEED + 17 * ORACLE_VENUES.indexOf(venue));
    const counts = new Map<string, number>();
    for (let count = 0; count < CASES;) {
      const each = caseAt(venue, dice);
      if (!each) continue;
      count++;
      compare(each, counts);
    }
    if (process.env['LIQCALC_COUNTS']) process.stdout.write(`${venue} ${JSON.stringify([...counts])}\n`);
    // Coverage runs take a few cases only, in which not every kind must occur.
    const least = Math.floor(CASES / 200);
    const kinds = ['at', 'already', 'long', 'short', 'linear', 'tiers'];
    expect(kinds.filter((name) => (counts.get(name) ?? 0) < least)).toEqual([]);
    expect(counts.get('refused') ?? 0).toBeLessThan(CASES / 10);
  });
});
