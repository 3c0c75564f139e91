import type * as z from 'zod/mini';
import { symbolKey } from '../core/brackets.js';
import { problem, problemOf, type Problem } from '../core/errors.js';
import type { Side } from '../core/leg.js';
import type { Inputs } from '../schema/input.js';
import { readJson } from '../schema/issues.js';
import { JsonArray, JsonObject, type JsonValue } from '../schema/json-value.js';
import { readBy } from '../schema/leaves.js';
import { optional, type Member } from '../schema/object.js';
import { isJson, jsonValue } from './json.js';
import { lazily } from '../schema/lazily.js';

/** The position that data belongs to. */
export interface Owner {
  /** As it was written. */
  readonly symbol?: string | undefined;
  readonly side?: Side | undefined;
}

/** A value of untrusted JSON in its place. */
export interface Place {
  /** Its name in messages: `positions[0].orders`. */
  readonly name: string;
  readonly owner: Owner;
  /** Problems found are added. */
  readonly problems: Problem[];
}

/**
 * One datum for rules, besides the terms of a position, declared once. Its JSON reader, its JSON Schema, its flags, its
 * help and the report that it is missing are derived from it and its key.
 */
export interface Datum<T = unknown> {
  /** Whether it belongs to each position or to the account. */
  readonly of: 'account' | 'position';
  readonly schema: () => z.ZodMiniType;
  /** Reads the value. If the result also depends on the position, it does more than apply the schema. */
  readonly read: (value: JsonValue, place: Place) => T | undefined;
  /** Other spellings of the key: the names that exchanges use. */
  readonly also?: readonly string[];
  /** Its description in the JSON Schema. */
  readonly meaning: string;
  /** `null` says that the account or position does not have it; for other data `null` counts as absent. */
  readonly takesNull?: true;
  /** How to state that the account or position does not have it: the JSON for that, and the resulting value. */
  readonly none?: { readonly json: string; readonly value: T };
  /** Its flags with a value, by key; the first one is the flag of the datum. */
  readonly inputs?: Inputs;
  /** Its flags without a value, with their meaning: `no-stop`, or a yes and a no. */
  readonly switches?: Readonly<Record<string, string>>;
  /** Reads it from the texts of the files that its flag with that key names. */
  readonly files?: Readonly<Record<string, (texts: readonly string[], place: Place) => T | undefined>>;
  /** Which of its flags exclude each other, and why. */
  readonly excludes?: readonly (readonly [one: string, other: string, why: string])[];
  /** The source that reports name, if it is not its own flag. */
  readonly givenBy?: string;
}

/** A datum that is read by its schema alone. */
export function datum<T>(
  declared: Omit<Datum<T>, 'read' | 'schema'> & { readonly schema: () => z.ZodMiniType<T> },
): Datum<T> {
  const { schema } = declared;
  return { ...declared, read: (value, { name, problems }) => readJson(schema(), value, name, problems) };
}

export function memberOf({ schema, also = [], takesNull, meaning }: Datum): Member {
  return optional(schema(), { also, meaning, ...(takesNull && { takesNull }) });
}

/** Comma-separated values as JSON. */
export function jsonList(text: string): JsonArray {
  return new JsonArray(text, () => text.split(',').map((part) => part.trim()));
}

/** A file as JSON. Any other text becomes one string, which the schema of a list or an object refuses. */
export const jsonOf = (text: string): JsonValue =>
  isJson(text) ? jsonValue(text) : text.trim().slice(0, SHOWN_LETTERS);

/** The symbol in a part of an exchange's response. */
export const symbolMember = lazily(() =>
  optional(
    readBy(
      (value) => (typeof value === 'string' ? value : undefined),
      'write a symbol',
      () => ({ type: ['string', 'number'] }),
    ),
  ),
);

/** Whether data belongs to a symbol. Data without a symbol belongs to every symbol. */
export function isOf(named: unknown, symbol: string | undefined): boolean {
  const name = typeof named === 'string' ? named.trim() : '';
  return name === '' || symbol === undefined || symbolKey(name) === symbolKey(symbol);
}

const SHOWN_LETTERS = 40;

/** Reports an object of an exchange whose symbol is not that of its position. */
export function refuseForeign(value: JsonValue, { name, owner: { symbol = '' }, problems }: Place): void {
  const named = value instanceof JsonObject ? value.value('symbol') : undefined;
  if (typeof named !== 'string' || isOf(named, symbol === '' ? undefined : symbol)) return;
  const shown = JSON.stringify(named.slice(0, SHOWN_LETTERS));
  const why = `${shown} is not the symbol of the position, ${symbol}; remove this data`;
  problems.push(problemOf(name, problem('REFUSED', 'symbol', { why })));
}

/** Reads a list whose objects must have the position's symbol. */
export function readOwn<T>(schema: () => z.ZodMiniType<T>): (value: JsonValue, place: Place) => T | undefined {
  return (value, place) => {
    const items = value instanceof JsonArray ? value.items : [];
    items.forEach((item, index) => refuseForeign(item, { ...place, name: `${place.name}[${index}]` }));
    return readJson(schema(), value, place.name, place.problems);
  };
}
