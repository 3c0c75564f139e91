import { fail, LiqcalcError, problem, type Problem } from '../core/errors.js';
import { readJson, type Schema } from '../schema/issues.js';
import { JsonArray, JsonObject, type JsonValue } from '../schema/json-value.js';
import { isJson, jsonValue } from './json.js';

/** The messages about rows of a file. */
export interface RowWords {
  /** The input field of the file. */
  readonly field: string;
  /** What each key must be: `a positive decimal`. */
  readonly keys: Readonly<Record<string, string>>;
  /** The message about an invalid key of a row, counted from 1. */
  readonly fault: (row: number, key: string, what: string) => string;
  /** The message about a row as a whole. */
  readonly ofRow: (row: number, fault: string) => string;
}

/** A row with the names of its keys as they are read; a key keeps its name if the row has the other one, too. */
export function respelt(row: JsonObject, names: Readonly<Record<string, string>>): JsonObject {
  const nameOf = (key: string): string => {
    const name = names[key];
    return name === undefined || row.has(name) ? key : name;
  };
  if (!Object.keys(names).some((key) => row.has(key))) return row;
  return new JsonObject(row.source, () => row.members.map(([key, value]) => [nameOf(key), value] as const));
}

const MOST_PROBLEMS = 10;

/**
 * Reads the rows of a file.
 *
 * @throws {LiqcalcError} with the first problem of each row that cannot be read, ten at most.
 */
export function readRows<T extends object>(schema: Schema<T>, rows: readonly JsonValue[], words: RowWords): T[] {
  const problems: Problem[] = [];
  const read: T[] = [];
  for (const [index, row] of rows.entries()) {
    const found: Problem[] = [];
    const value = readJson(schema, row, '', found);
    if (value !== undefined) read.push(value);
    const first = firstInOrder(found, Object.keys(words.keys));
    if (first) problems.push(rowProblem(first, index + 1, words));
    // More are not shown, so they are not searched for.
    if (problems.length === MOST_PROBLEMS) break;
  }
  if (problems.length > 0) throw new LiqcalcError(problems);
  return read;
}

/** The problem of the key that is declared first. Missing keys are found before invalid ones. */
function firstInOrder(problems: readonly Problem[], keys: readonly string[]): Problem | undefined {
  const placeOf = (of: Problem): number => keys.indexOf(keyOf(of));
  return problems.toSorted((one, other) => placeOf(one) - placeOf(other))[0];
}

const keyOf = (of: Problem): string => (of.code === 'MISSING' ? (of.details.give[0] ?? '') : of.field);

function rowProblem(of: Problem, row: number, { field, keys, fault, ofRow }: RowWords): Problem {
  const advised = (value: string, advice: string): Problem => problem('NOT_A_VALUE', field, { value, advice });
  if (of.code === 'DUPLICATE_KEY') return advised(of.field, ofRow(row, 'this key is given twice; give it once'));
  const key = keyOf(of);
  if (keys[key] !== undefined && (of.code === 'MISSING' || of.code === 'EMPTY'))
    return problem('MISSING', field, { what: ofRow(row, key), give: [] });
  const value = 'value' in of.details ? of.details.value : '';
  const what = keys[key];
  if (what !== undefined) return advised(value, fault(row, key, what));
  return advised(value, ofRow(row, (of.code === 'NOT_A_VALUE' && of.details.advice) || 'write an object'));
}

/**
 * The rows of a file that is a JSON array.
 *
 * @throws {LiqcalcError} for any other text.
 */
export function rowsOfArray(text: string, field: string, advice: string): readonly JsonValue[] {
  const value = isJson(text) ? jsonValue(text) : null;
  return value instanceof JsonArray
    ? value.items
    : fail('NOT_A_VALUE', field, { value: text.trim().slice(0, 40), advice });
}

/** Refuses a file whose chosen rows have several names, or that does not contain a wanted name. */
export function requireOneOf(
  names: ReadonlySet<string>,
  of: { readonly field: string; readonly rows: string; readonly choose: string; readonly wanted: readonly string[] },
): void {
  const { field, rows, choose, wanted } = of;
  if (names.size > 1) fail('NOT_A_VALUE', field, { value: [...names].join(', '), advice: choose });
  const which = wanted.length > 0 ? ` of ${wanted.join(' ')}` : '';
  if (names.size === 0) fail('REFUSED', field, { why: `the file has no ${rows}${which}` });
}

/** The order of whole numbers, for sorting. */
export const wholeOrder = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
