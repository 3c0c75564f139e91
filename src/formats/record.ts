import * as z from 'zod/mini';
import { problem, type Problem } from '../core/errors.js';
import type { FormulaName } from '../core/formulas/index.js';
import { ratesProblem, type Terms } from '../core/position.js';
import { requirementProblems } from '../core/requirements.js';
import { Ratio } from '../core/ratio.js';
import { ruleProblems } from '../core/venues/ruled-leg.js';
import { FIELD_LIST, FIELDS, OTHER_KNOWN_KEYS, type Field, type FieldKey } from './fields.js';
import { closest } from '../core/names.js';
import { problemOfIssue } from '../schema/issues.js';
import { readValue, valueSchema, type Shape, type Value, type ValueSchema } from '../schema/value.js';
import { RESULT_KEYS } from './result-keys.js';

/** Keys that identify a record; the first one that it has counts. */
export const ID_KEYS = ['id', 'account', 'name'] as const;

/** A value as written: the text of a number or string, or a description of any other value. */
export type RawValue = string | { readonly notAValue: string; readonly advice?: string };

/** A record as written: keys and values in order, without absent values (`null`, an empty cell). */
export type RawRecord = readonly (readonly [key: string, value: RawValue])[];

/** A position read from a record: its terms, and everything else that its results depend on. */
export interface PositionInput {
  readonly terms: Terms;
  readonly formula: FormulaName;
  /** Decimals that `entry` was written with; the rounding of prices depends on them. */
  readonly entryDecimals: number;
}

export function valueOf(record: RawRecord, key: string): RawRecord[number][1] | undefined {
  for (const field of record) if (field[0] === key) return field[1];
  return undefined;
}

/** How unknown keys are handled: accepted unless they look misspelled, or all refused. */
export type KeyPolicy = 'passUnknown' | 'refuseUnknown';

/** The meaning of a record's key: a field, and its bit in a set of fields. */
interface Spelled {
  readonly key: FieldKey;
  readonly field: Field;
  readonly bit: number;
  /** Its bit in a set of spellings. */
  readonly spellingBit: number;
}

/** Every spelling of a field, in the order of the fields: at most 31, because sets of them are whole numbers. */
const SPELLINGS: ReadonlyMap<string, Spelled> = allSpellings();

function allSpellings(): Map<string, Spelled> {
  const found = new Map<string, Spelled>();
  FIELD_LIST.forEach(([key, field], index) => {
    for (const spelling of [key, ...field.aliases]) {
      found.set(spelling, { key, field, bit: 1 << index, spellingBit: 1 << found.size });
    }
  });
  return found;
}

let knownKeys: ReadonlySet<string> | undefined;
const SIZE_WORDS: ReadonlySet<string> = new Set(['amount', 'contracts', 'positionAmt']);
const SIZE_KEYS = ['qty', 'notional'] as const;

/** The field of a record's key, by its own name or an alias. */
export function fieldOfKey(key: string): FieldKey | undefined {
  return SPELLINGS.get(key)?.key;
}

let looseSpellings: ReadonlyMap<string, string> | undefined;

/** A name without the differences that headers of spreadsheets have: case, blanks, `_` and `-`. */
const loosely = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

/**
 * The columns of a table under the spellings of fields: `Entry Price` is `entryPrice`. Names that are known as they are
 * written stay, and so do names of a field that another column has.
 */
export function fieldSpellings(names: readonly string[]): readonly string[] {
  looseSpellings ??= new Map([...SPELLINGS.keys()].reverse().map((spelling) => [loosely(spelling), spelling]));
  const known = looseSpellings;
  const taken = new Set(names.flatMap((name) => fieldOfKey(name) ?? []));
  return names.map((name) => {
    if (loosely(name) === loosely(SIGNED_AMOUNT)) return SIGNED_AMOUNT;
    const spelling = isKnownKey(name) ? undefined : known.get(loosely(name));
    const field = spelling === undefined ? undefined : fieldOfKey(spelling);
    return spelling === undefined || field === undefined || taken.has(field) ? name : spelling;
  });
}

/**
 * Whether a key is of a field, of a result, of accounts, or names the record; the set of them is built when the first unknown key occurs.
 */
function isKnownKey(key: string): boolean {
  knownKeys ??= new Set([...SPELLINGS.keys(), ...RESULT_KEYS, ...OTHER_KNOWN_KEYS, ...ID_KEYS]);
  return knownKeys.has(key);
}

/** A position read from a record, or all of its problems. */
export type PositionReading =
  | { readonly kind: 'position'; readonly input: PositionInput }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[]; readonly unrated?: Unrated };

/** The symbol of a refused record that has no rate of its own, and the record's venue: its table may be unknown, too. */
export interface Unrated {
  readonly symbol: string;
  readonly venue?: string;
}

/** The values of a record under its own spellings, and the fields that they belong to. */
interface Settled {
  readonly values: Readonly<Record<string, RawValue>>;
  /** A bit for each spelling present, and for each field. */
  readonly spellings: number;
  readonly fields: number;
  /** Whether a key is unknown, or a field is given twice. */
  readonly hasOddKeys: boolean;
}

function settled(record: RawRecord, defaults: RawRecord): Settled {
  const values: Record<string, RawValue> = {};
  let [spellings, fields, hasOddKeys] = [0, 0, false];
  for (const [name, raw] of record) {
    const spelled = SPELLINGS.get(name);
    if (spelled === undefined || (fields & spelled.bit) !== 0) hasOddKeys = true;
    if (spelled === undefined) continue;
    values[name] = raw;
    spellings |= spelled.spellingBit;
    fields |= spelled.bit;
  }
  const given = fields;
  for (const [name, raw] of defaults) {
    const spelled = SPELLINGS.get(name);
    if (spelled === undefined || (given & spelled.bit) !== 0) continue;
    values[name] = raw;
    spellings |= spelled.spellingBit;
    fields |= spelled.bit;
  }
  return { values, spellings, fields, hasOddKeys };
}

/** The signed size of an exchange: more than 0 is a long, less a short. */
export const SIGNED_AMOUNT = 'positionAmt';
export const SIGNED_SHAPE = { kind: 'decimal', range: 'notZero' } as const satisfies Shape;
/** What a record must lack if its signed size is read. */
export const UNSIGNED_KEYS = ['side', 'qty', 'notional'] as const satisfies readonly FieldKey[];
/** Keys of an exchange's whole response, whose margin mode this reader does not know. */
export const RESPONSE_KEYS: readonly string[] = [
  'marginType',
  'isolated',
  'isolatedMargin',
  'isolatedWallet',
  'positionSide',
  'marginAsset',
  'maintMargin',
];

/** A record with a signed amount, where side and size are missing, as a record with both. */
function withSignedAmount(record: RawRecord, defaults: RawRecord): RawRecord {
  const amount = valueOf(record, SIGNED_AMOUNT);
  if (typeof amount !== 'string' || record.some(([key]) => RESPONSE_KEYS.includes(key))) return record;
  const isGiven = [...record, ...defaults].some(([key]) => UNSIGNED_KEYS.some((each) => each === fieldOfKey(key)));
  const read = readValue(SIGNED_SHAPE, SIGNED_AMOUNT, amount);
  if (isGiven || !('value' in read) || !(read.value instanceof Ratio)) return record;
  const side = read.value.sign() > 0 ? 'long' : 'short';
  const own = record.filter(([key]) => key !== SIGNED_AMOUNT);
  return [...own, ['side', side], ['qty', amount.trim().replace(/^[+-]/, '')]];
}

type RecordSchema = z.ZodMiniObject<Record<string, ValueSchema>>;

/** Schemas by the spellings of a record; cached, because records of a stream have the same spellings. */
const SCHEMAS = new Map<number, RecordSchema>();
const REMEMBERED_SCHEMAS = 256;

/**
 * Reads the values of a record. From the second record on, zod compiles a reader for a schema; for a single record this
 * is not worth the time.
 */
function parseValues({ values, spellings }: Settled): ReturnType<typeof z.safeParse<RecordSchema>> {
  const known = SCHEMAS.get(spellings);
  return known ? z.safeParse(known, values) : z.safeParse(newSchema(spellings), values, { jitless: true });
}

function newSchema(spellings: number): RecordSchema {
  const given = [...SPELLINGS].filter(([, { spellingBit }]) => (spellings & spellingBit) !== 0);
  const schema = z.object(Object.fromEntries(given.map(([name, { field }]) => [name, valueSchema(field)])));
  if (SCHEMAS.size < REMEMBERED_SCHEMAS) SCHEMAS.set(spellings, schema);
  return schema;
}

/**
 * Reads a record: resolves its keys first, then the schema of the fields reads its values.
 *
 * @param defaults - values for fields that are missing from the record.
 */
export function readPosition(written: RawRecord, defaults: RawRecord = [], policy?: KeyPolicy): PositionReading {
  const record = withSignedAmount(written, defaults);
  const given = settled(record, defaults);
  const { values, fields, hasOddKeys } = given;
  const parsed = parseValues(given);
  const problems = hasOddKeys ? keyProblems(record, policy) : [];
  if (parsed.success && values['venue'] !== undefined)
    problems.push(...ruleProblems(termsOf(parsed.data) as Partial<Terms>));
  if (parsed.success && problems.length === 0 && isComplete(fields)) {
    return { kind: 'position', input: inputOf(parsed.data) };
  }
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    problems.push(problemOfIssue(issue, name) ?? notAValue(name, values[name], issue.message));
  }
  problems.push(...requirementProblems(new Set(fieldsIn(fields))));
  problems.push(...rateProblems(values));
  const unrated = unratedOf(values);
  return { kind: 'problems', problems: withoutEchoes(problems), ...(unrated && { unrated }) };
}

/** Values by field. */
function termsOf(values: Readonly<Record<string, Value>>): Readonly<Partial<Record<FieldKey, Value>>> {
  const terms: Record<string, Value> = {};
  for (const name in values) terms[(SPELLINGS.get(name) as Spelled).key] = values[name] as Value;
  return terms;
}

function inputOf(values: Readonly<Record<string, Value>>): PositionInput {
  const { formula = 'exact', ...others } = termsOf(values) as { formula?: FormulaName };
  const position = others as unknown as Terms;
  return { terms: position, formula, entryDecimals: position.entry.decimals };
}

function unratedOf({ mmr, symbol, venue }: Settled['values']): Unrated | undefined {
  if (mmr !== undefined || typeof symbol !== 'string' || symbol === '') return undefined;
  if (venue === undefined) return { symbol };
  const read = typeof venue === 'string' ? readValue(FIELDS.venue, 'venue', venue) : undefined;
  return read && 'value' in read && typeof read.value === 'string' ? { symbol, venue: read.value } : undefined;
}

/** @param wanted - what to write, if the value itself has no other advice. */
function notAValue(name: string, raw: RawValue | undefined, wanted: string): Problem {
  const { notAValue: value, advice = wanted } = typeof raw === 'object' ? raw : { notAValue: raw ?? '' };
  return problem('NOT_A_VALUE', name, { value, advice });
}

/** Valid rates that are too high together. Pricing would report this only if there were no other problems. */
function rateProblems(values: Settled['values']): Problem[] {
  const rateOf = (key: 'mmr' | 'mmFee'): Ratio => {
    const raw = values[key];
    const read = typeof raw === 'string' ? readValue(FIELDS[key], key, raw) : undefined;
    return read && 'value' in read && read.value instanceof Ratio ? read.value : Ratio.ZERO;
  };
  const found = ratesProblem(rateOf('mmr'), rateOf('mmFee'));
  return found ? [found] : [];
}

/** A misspelled key explains why the key is missing: the message about the spelling is enough. */
function withoutEchoes(problems: readonly Problem[]): Problem[] {
  const slips = new Set(
    problems.flatMap((each) => (each.code === 'UNKNOWN_KEY' ? [fieldOfKey(each.details.suggestion ?? '')] : [])),
  );
  return problems.filter(
    (each) => each.code !== 'MISSING' || !each.details.give.some((name) => slips.has(fieldOfKey(name))),
  );
}

/** Sets of fields that are complete; cached, because records of a stream have the same fields. */
const COMPLETE = new Set<number>();

/** Whether a position with these fields is complete and without conflicts. */
function isComplete(given: number): boolean {
  if (COMPLETE.has(given)) return true;
  if (requirementProblems(new Set(fieldsIn(given))).length > 0) return false;
  COMPLETE.add(given);
  return true;
}

function fieldsIn(given: number): FieldKey[] {
  return FIELD_LIST.flatMap(([key], index) => ((given & (1 << index)) === 0 ? [] : [key]));
}

/** Problems of a record's keys: given twice, or unknown and similar to a key that is missing from the record. */
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
    if (isKnownKey(name)) continue;
    const suggestion = slipFor(name, firstSpelling);
    if (suggestion !== undefined || policy === 'refuseUnknown') {
      problems.push(problem('UNKNOWN_KEY', name, { suggestion }));
    }
  }
  return problems;
}

const spellingsLike = new Map<string, readonly string[]>();
const REMEMBERED_KEYS = 1000;

/** The spellings that an unknown key resembles; cached, because records of a stream share their keys. */
function resembled(name: string): readonly string[] {
  const known = spellingsLike.get(name);
  if (known) return known;
  const alike: string[] = [];
  let candidates = [...SPELLINGS.keys()];
  for (;;) {
    const next = closest(name, candidates);
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
