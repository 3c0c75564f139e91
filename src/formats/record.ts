import { contracts } from '../core/contracts/index.js';
import { problem, type Problem } from '../core/errors.js';
import { formulas, type FormulaName } from '../core/formulas/index.js';
import { requirementProblems, type Terms } from '../core/position.js';
import { Ratio } from '../core/ratio.js';
import { FIELD_LIST, FIELDS, OTHER_KNOWN_KEYS, type Field, type FieldKey } from './fields.js';
import { closest } from '../core/names.js';
import { RESULTS } from './results.js';

/** A value as it was written: the text of a number or string, or what stands there instead of one. */
export type RawValue = string | { readonly notAValue: string; readonly advice?: string };

/** A record as it was written: keys and values in order. What is absent (`null`, an empty cell) is left out. */
export type RawRecord = readonly (readonly [key: string, value: RawValue])[];

/** A position read from a record: its terms, and what else its answer depends on. */
export interface PositionInput {
  readonly terms: Terms;
  readonly formula: FormulaName;
  /** Decimals that `entry` was written with; they decide how prices are rounded. */
  readonly entryDecimals: number;
}

/** How unknown keys are met: let through unless they look like a slip, or all refused. */
export type KeyPolicy = 'passUnknown' | 'refuseUnknown';

/** What a key of a record stands for: a field, and its bit in a set of fields. */
interface Spelled {
  readonly key: FieldKey;
  readonly field: Field;
  readonly bit: number;
}

const SPELLINGS: ReadonlyMap<string, Spelled> = new Map(
  FIELD_LIST.flatMap(([key, field], index) =>
    [key, ...field.aliases].map((spelling) => [spelling, { key, field, bit: 1 << index }] as const),
  ),
);
const KNOWN_KEYS: ReadonlySet<string> = new Set([...SPELLINGS.keys(), ...Object.keys(RESULTS), ...OTHER_KNOWN_KEYS]);
const SIZE_WORDS: ReadonlySet<string> = new Set(['amount', 'contracts', 'positionAmt']);
const SIZE_KEYS = ['qty', 'notional'] as const;

/** The field that a key of a record stands for, by its own name or an alias. */
export function fieldOfKey(key: string): FieldKey | undefined {
  return SPELLINGS.get(key)?.key;
}

/** The names that a choice field takes. */
export function choicesOf(field: Field): readonly string[] {
  if (field.choicesFrom === 'contracts') return Object.keys(contracts);
  if (field.choicesFrom === 'formulas') return Object.keys(formulas);
  return field.choices ?? [];
}

/** A value read: an exact number, a word, or what is wrong with it. */
export type ReadValue =
  | { readonly kind: 'decimal'; readonly value: Ratio; readonly decimals: number }
  | { readonly kind: 'word'; readonly value: string }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Reads the text of one field; percentages become fractions. */
export function readValue(key: FieldKey, text: string): ReadValue {
  return readFieldText(key, FIELDS[key], text);
}

/** Reads text as a field says that it is written; `key` is what problems name. */
export function readFieldText(key: string, field: Field, text: string): ReadValue {
  if (field.kind === 'decimal') return readDecimal(key, field, text);
  if (text === '') return { kind: 'problem', problem: problem('EMPTY', key, {}) };
  if (field.kind === 'text') return { kind: 'word', value: text };
  const choices = choicesOf(field);
  const value = text.toLowerCase();
  if (choices.includes(value)) return { kind: 'word', value };
  const suggestion = closest(value, choices);
  return { kind: 'problem', problem: problem('NOT_A_CHOICE', key, { value: text, choices, suggestion }) };
}

const DECIMAL_FAULTS = {
  malformed: 'MALFORMED_NUMBER',
  tooManyDigits: 'TOO_MANY_DIGITS',
  outOfRange: 'OUT_OF_RANGE',
} as const;

function wrongDecimal(
  code: 'MALFORMED_NUMBER' | 'TOO_MANY_DIGITS' | 'OUT_OF_RANGE' | 'NOT_POSITIVE' | 'NEGATIVE',
  key: string,
  value: string,
): ReadValue {
  return { kind: 'problem', problem: problem(code, key, { value }) };
}

function readDecimal(key: string, field: Field, text: string): ReadValue {
  if (text === '') return { kind: 'problem', problem: problem('EMPTY', key, {}) };
  const parsed = Ratio.parse(withoutSuffix(field, text));
  if (parsed.kind !== 'decimal') return wrongDecimal(DECIMAL_FAULTS[parsed.kind], key, text);
  const sign = parsed.value.sign();
  if (field.range === 'positive' && sign <= 0) return wrongDecimal('NOT_POSITIVE', key, text);
  if (field.range === 'notNegative' && sign < 0) return wrongDecimal('NEGATIVE', key, text);
  if (field.maximum !== undefined && parsed.value.isAbove(Ratio.from(field.maximum))) {
    const { maximum } = field;
    return { kind: 'problem', problem: problem('ABOVE_MAXIMUM', key, { value: text, maximum }) };
  }
  return field.suffix === '%'
    ? { kind: 'decimal', value: parsed.value.hundredth(), decimals: parsed.decimals }
    : parsed;
}

function withoutSuffix({ suffix }: Field, text: string): string {
  return suffix !== undefined && text.length > 1 && text.slice(-1).toLowerCase() === suffix ? text.slice(0, -1) : text;
}

/**
 * Reads a record that is plain and whole, without loading the schema.
 *
 * @param defaults - values for fields that the record lacks.
 * @returns the position, or nothing where anything is wrong: the schema then says what.
 */
export function plainPosition(
  record: RawRecord,
  defaults: RawRecord = [],
  policy?: KeyPolicy,
): PositionInput | undefined {
  let given = 0;
  const terms: Record<string, Ratio | string> = {};
  let formula: FormulaName = 'exact';
  let entryDecimals = 0;
  const take = ({ key, field, bit }: Spelled, raw: RawValue): boolean => {
    if ((given & bit) !== 0 || typeof raw !== 'string') return false;
    const value = readFieldText(key, field, raw);
    if (value.kind === 'problem') return false;
    given |= bit;
    if (key === 'formula') formula = value.value as FormulaName;
    else terms[key] = value.value;
    if (key === 'entry' && value.kind === 'decimal') entryDecimals = value.decimals;
    return true;
  };
  let unknown = 0;
  for (const [name, raw] of record) {
    const spelled = SPELLINGS.get(name);
    if (spelled === undefined) unknown++;
    else if (!take(spelled, raw)) return undefined;
  }
  if (unknown > 0 && keyProblems(record, policy).length > 0) return undefined;
  for (const [name, raw] of defaults) {
    const spelled = SPELLINGS.get(name);
    if (spelled !== undefined && (given & spelled.bit) === 0 && !take(spelled, raw)) return undefined;
  }
  if (!isComplete(given)) return undefined;
  return { terms: terms as unknown as Terms, formula, entryDecimals };
}

/** Sets of fields that lack nothing; remembered, because records of a stream have the same fields. */
const COMPLETE = new Set<number>();

/** Whether a position with these fields lacks none and has none in conflict. */
function isComplete(given: number): boolean {
  if (COMPLETE.has(given)) return true;
  const fields = FIELD_LIST.flatMap(([key], index) => ((given & (1 << index)) === 0 ? [] : [key]));
  if (requirementProblems(new Set(fields)).length > 0) return false;
  COMPLETE.add(given);
  return true;
}

/** The keys of a record that are given twice, or are unknown and look like a slip for one that the record lacks. */
export function keyProblems(record: RawRecord, policy: KeyPolicy = 'passUnknown'): Problem[] {
  const problems: Problem[] = [];
  const firstSpelling = new Map<string, string>();
  for (const [name] of record) {
    const key = fieldOfKey(name) ?? name;
    const first = firstSpelling.get(key);
    if (first !== undefined) problems.push(problem('DUPLICATE_KEY', name, { other: first === name ? '' : first }));
    else firstSpelling.set(key, name);
  }
  for (const [name] of record) {
    if (KNOWN_KEYS.has(name)) continue;
    const suggestion = slipFor(name, firstSpelling);
    if (suggestion !== undefined || policy === 'refuseUnknown') {
      problems.push(problem('UNKNOWN_KEY', name, { suggestion }));
    }
  }
  return problems;
}

const spellingsLike = new Map<string, readonly string[]>();
const REMEMBERED_KEYS = 1000;

/** The spellings that an unknown key resembles; remembered, because records of a stream share their keys. */
function resembled(name: string): readonly string[] {
  const known = spellingsLike.get(name);
  if (known) return known;
  const alike: string[] = [];
  let candidates = [...SPELLINGS.keys()];
  for (;;) {
    const next = name.length > 40 ? undefined : closest(name, candidates);
    if (next === undefined) break;
    alike.push(next);
    candidates = candidates.filter((candidate) => candidate !== next);
  }
  if (spellingsLike.size < REMEMBERED_KEYS) spellingsLike.set(name, alike);
  return alike;
}

function slipFor(name: string, present: ReadonlyMap<string, string>): string | undefined {
  if (SIZE_WORDS.has(name) && !SIZE_KEYS.some((key) => present.has(key))) return 'qty';
  return resembled(name).find((spelling) => !present.has(fieldOfKey(spelling) ?? spelling));
}
