import { LiqcalcError, problem, type Problem } from '../../core/errors.js';
import { ratesProblem, type Terms } from '../../core/position.js';
import { requirementProblems } from '../../core/requirements.js';
import { Ratio } from '../../core/ratio.js';
import { ruleProblems } from '../../core/venues/ruled-leg.js';
import { FIELDS, type FieldKey } from '../../formats/fields.js';
import { fieldOfKey, type RawRecord } from '../../formats/record.js';
import type { Member } from '../../report/report.js';
import { kebab, readInput, type Input, type Inputs, type ValuesOf } from '../../schema/input.js';
import { readValue } from '../../schema/value.js';
import type { QuestionInputs } from './question.js';

/** A question as it was written, by flags or as an object. */
export interface WrittenQuestion {
  /** The given part of the position. */
  readonly record: RawRecord;
  /** The texts of an input of the question; empty if it is not given. */
  readonly textsOf: TextsOf;
}

/** The texts of an input; empty if it is not given. */
export type TextsOf = (key: string) => readonly string[];

/** A question that was read. */
export interface ReadQuestion<Q extends Inputs = Inputs> {
  /** The given terms of the position, without the terms that the question supplies itself. */
  readonly terms: Terms;
  readonly values: ValuesOf<Q>;
  /** The inputs as they were written. */
  readonly inputs: readonly Member[];
  /** The number of decimals that the entry was written with. */
  readonly entryDecimals: number;
}

/**
 * Reads a question.
 *
 * @param problems - problems found so far: all problems are reported at once.
 * @throws {LiqcalcError} with all problems at once.
 */
export function readQuestion<Q extends Inputs>(
  { record, textsOf }: WrittenQuestion,
  declared: QuestionInputs & { readonly inputs: Q },
  problems: Problem[],
): ReadQuestion<Q> {
  const terms: Record<string, Ratio | string> = {};
  for (const [key, raw] of record) {
    const field = fieldOfKey(key) as FieldKey;
    const read = typeof raw === 'string' ? readValue(FIELDS[field], key, raw) : notAValue(key, raw);
    if ('problem' in read) problems.push(read.problem);
    else terms[field] = read.value;
  }
  const rates = ratesProblem(rateOf(terms, 'mmr'), rateOf(terms, 'mmFee'));
  const { values, typed } = readInputs<Q>(declared.inputs, textsOf, problems);
  const given = [...record.map(([key]) => fieldOfKey(key) as string), ...typed.map(([key]) => key)];
  problems.push(...missingOrInConflict(declared, new Set(given)));
  if (rates) problems.push(rates);
  if (!suppliedBy(declared, new Set(given)).includes('lev')) problems.push(...ruleProblems(terms));
  if (problems.length > 0) throw new LiqcalcError(withoutEchoes(problems));
  const { entry } = terms;
  return {
    terms: terms as unknown as Terms,
    values,
    inputs: [...(record as readonly Member[]), ...typed],
    entryDecimals: entry instanceof Ratio ? entry.decimals : 0,
  };
}

/** The values of inputs, and their texts. Problems are added to `problems`. */
export function readInputs<Q extends Inputs>(
  inputs: Q,
  textsOf: TextsOf,
  problems: Problem[],
): { readonly values: ValuesOf<Q>; readonly typed: readonly Member[] } {
  const values: Record<string, unknown> = {};
  const typed: Member[] = [];
  for (const [key, input] of Object.entries<Input>(inputs)) {
    const texts = textsOf(key);
    if (texts.length === 0) continue;
    typed.push([key, texts.join(' ')]);
    values[key] = readInput(key, input, texts, problems);
  }
  return { values: values as ValuesOf<Q>, typed };
}

function missingOrInConflict(declared: QuestionInputs, given: ReadonlySet<string>): Problem[] {
  const { inputs, choice, needs = [], excludes = [], requires = [] } = declared;
  const supplied = suppliedBy(declared, given).filter((key) => key !== 'qty' || !given.has('notional'));
  const needed = Object.entries(inputs).flatMap(([key, { needed: what }]) =>
    what === undefined ? [] : [{ what, give: [key] }],
  );
  const problems = requirementProblems(new Set([...given, ...supplied]));
  const isMissing = (keys: readonly string[]): boolean => !keys.some((key) => given.has(key));
  for (const { what, give } of needed) if (isMissing(give)) problems.push(problem('MISSING', '', { what, give }));
  if (choice && isMissing(choice.of)) {
    const { what, of: give } = choice;
    const others = requires.flatMap(([one, [other = '', ...more]]) =>
      give.includes(one) && more.length === 0 && !given.has(other) ? [[one, other] as const] : [],
    );
    problems.push(
      problem('MISSING', '', { what, give, ...(others.length > 0 && { with: Object.fromEntries(others) }) }),
    );
  }
  for (const { what, give } of needs) if (isMissing(give)) problems.push(problem('MISSING', '', { what, give }));
  for (const [one, other, why] of [...pairsOf(choice), ...excludes]) {
    if (given.has(one) && given.has(other)) problems.push(problem('CONFLICT', one, { with: other, why }));
  }
  for (const [one, others, why] of requires) {
    if (!given.has(one) || others.some((key) => given.has(key))) continue;
    problems.push(problem('NEEDS', one, { other: others[0] ?? '', why }));
  }
  return problems;
}

/** The fields of the position that the question supplies itself. */
function suppliedBy({ supplies }: QuestionInputs, given: ReadonlySet<string>): readonly string[] {
  return typeof supplies === 'function' ? supplies(given) : supplies;
}

/** Every pair of inputs of a choice. */
function pairsOf(choice: QuestionInputs['choice']): readonly (readonly [string, string, string])[] {
  if (!choice) return [];
  return choice.of.flatMap((one, index) =>
    choice.of.slice(index + 1).map((other) => [one, other, choice.why] as const),
  );
}

/** A rate that was read, or 0 if it is not given. */
function rateOf(terms: Readonly<Record<string, Ratio | string>>, key: 'mmr' | 'mmFee'): Ratio {
  const rate = terms[key];
  return rate instanceof Ratio ? rate : Ratio.ZERO;
}

function notAValue(
  key: string,
  { notAValue: value, advice }: Exclude<RawRecord[number][1], string>,
): {
  readonly problem: Problem;
} {
  return { problem: problem('NOT_A_VALUE', key, { value, advice }) };
}

/** A misspelled input already explains why the field is missing: one message is enough. */
function withoutEchoes(problems: readonly Problem[]): Problem[] {
  const meant = problems.flatMap((each) =>
    each.code === 'UNKNOWN_KEY' ? [kebab((each.details.suggestion ?? '').replace(/^-+/, ''))] : [],
  );
  return problems.filter(
    (each) => each.code !== 'MISSING' || !each.details.give.some((field) => meant.includes(kebab(field))),
  );
}
