import * as z from 'zod/mini';
import { Ratio } from '../core/ratio.js';
import { isJson, jsonMembers, jsonValue } from '../formats/json.js';
import { JsonArray, JsonObject, type JsonValue } from '../schema/json-value.js';
import { LiveError } from './failure.js';
import type { Request } from './venue.js';

/**
 * What venues answer, validated. A number is the text that it was written as, so no digit is lost; what is passed on is
 * the text of the answer itself.
 */

/** A decimal as written. */
export const DECIMAL = z.string().check(z.regex(/^-?\d+(\.\d+)?$/));
/** A positive price; feeds write numbers, so also with an exponent. */
export const PRICE = z.pipe(
  z.string().check(z.regex(/^(?=[^e]*[1-9])\d{1,10}(\.\d{1,20})?(e[+-]?[01]?\d)?$/i)),
  z.transform((text) => Ratio.from(text)),
);
/** Milliseconds since 1970; seconds at feeds. */
export const TIME = z.pipe(z.string().check(z.regex(/^\d{1,15}$/)), z.transform(Number));

/** @throws {LiveError} an answer is not what the venue documents. */
export function unexpected({ method, path }: Request, what: string): never {
  throw new LiveError('unavailable', `the answer to ${method} ${path} is not as documented: ${what}`);
}

function valueOf(text: string, of: Request): JsonValue {
  return isJson(text) ? jsonValue(text) : unexpected(of, 'it is not JSON');
}

/** The object that an answer is. */
export function objectIn(text: string, of: Request): JsonObject {
  const value = valueOf(text, of);
  return value instanceof JsonObject ? value : unexpected(of, 'it is not an object');
}

/** The elements of the array that an answer is. */
export function itemsIn(text: string, of: Request): readonly JsonValue[] {
  const value = valueOf(text, of);
  return value instanceof JsonArray ? value.items : unexpected(of, 'it is not an array');
}

/** The objects of the array that an answer is; one object counts as an array of one. */
export function rowsIn(text: string, of: Request): readonly JsonObject[] {
  const value = valueOf(text, of);
  const items = value instanceof JsonArray ? value.items : [value];
  return items.map((item) => (item instanceof JsonObject ? item : unexpected(of, 'an element is not an object')));
}

/** The members of an object that a schema names. */
export function membersOf<T>(schema: z.ZodMiniType<T>, object: JsonObject, of: Request): T {
  const read = z.safeParse(schema, Object.fromEntries(object.values));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  return unexpected(of, `its ${issue?.path.join('.') ?? 'value'} is missing or invalid`);
}

/** The text of a JSON value as written. */
export function sourceOf(value: JsonValue): string {
  return value instanceof JsonObject || value instanceof JsonArray ? value.source : JSON.stringify(value);
}

/** A JSON array of values as they were written. */
export const arrayText = (values: readonly JsonValue[]): string => `[${values.map(sourceOf).join(',')}]`;

/** An object with some members replaced or added, given as JSON; the others stay as they were written. */
export function withMembers(object: JsonObject, given: Readonly<Record<string, string>>): string {
  const kept = jsonMembers(object.source).filter(({ key }) => !Object.hasOwn(given, key));
  const own = kept.map(({ start, end }) => object.source.slice(start, end));
  const added = Object.entries(given).map(([key, json]) => `${JSON.stringify(key)}:${json}`);
  return `{${[...own, ...added].join(',')}}`;
}
