import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isJsonText,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  skipBlanks,
  stringEnd,
} from './json-grammar.js';
import { JsonArray, JsonObject, type JsonEntry, type JsonValue } from '../schema/json-value.js';

/**
 * JSON parsing that keeps every digit: values stay the text they were written with, and are parsed only on access.
 *
 * `isJson` decides whether a text is JSON; the other functions require text that it accepts.
 */

/** A member of an object: its key, and the text of its value. */
export interface JsonMember {
  readonly key: string;
  /** The value as written. */
  readonly json: string;
  /** Where the member begins (the quote of its key) and ends in the text of the object. */
  readonly start: number;
  readonly end: number;
}

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

const SPACE = 32;
const LETTER_F = 102;
const LETTER_N = 110;
const LETTER_T = 116;

export const isJson = isJsonText;

/** The kind of a JSON text, by its first character. */
export function jsonKind(json: string): JsonKind {
  const first = json.charCodeAt(skipBlanks(json, 0));
  if (first === QUOTE) return 'string';
  if (first === OPEN_BRACE) return 'object';
  if (first === OPEN_BRACKET) return 'array';
  if (first === LETTER_N) return 'null';
  return first === LETTER_T || first === LETTER_F ? 'boolean' : 'number';
}

/**
 * The members of an object in order, duplicates included.
 *
 * @param textOf - reads the text of a key from its JSON.
 */
export function jsonMembers(object: string, textOf: (json: string) => string = jsonString): JsonMember[] {
  const members: JsonMember[] = [];
  let at = skipBlanks(object, skipBlanks(object, 0) + 1);
  while (object.charCodeAt(at) === QUOTE) {
    const start = at;
    const keyEnd = stringEnd(object, at);
    at = skipBlanks(object, keyEnd);
    if (object.charCodeAt(at) !== COLON) break;
    const valueStart = skipBlanks(object, at + 1);
    const end = endOfValue(object, valueStart);
    members.push({ key: textOf(object.slice(start, keyEnd)), json: object.slice(valueStart, end), start, end });
    at = skipBlanks(object, end);
    if (object.charCodeAt(at) === COMMA) at = skipBlanks(object, at + 1);
  }
  return members;
}

/** The texts of an array's elements. */
export function jsonItems(array: string): string[] {
  const items: string[] = [];
  let at = skipBlanks(array, skipBlanks(array, 0) + 1);
  while (at < array.length && array.charCodeAt(at) !== CLOSE_BRACKET) {
    const end = endOfValue(array, at);
    items.push(array.slice(at, end));
    at = skipBlanks(array, end);
    if (array.charCodeAt(at) === COMMA) at = skipBlanks(array, at + 1);
  }
  return items;
}

/** The index after the value that begins at or after `from`, valid or not; never `from` itself. */
export function jsonValueEnd(text: string, from: number): number {
  const start = skipBlanks(text, from);
  return Math.max(start + 1, endOfValue(text, start));
}

/** The text that a JSON string encodes. */
export function jsonString(json: string): string {
  return json.includes('\\') ? (JSON.parse(json) as string) : json.trim().slice(1, -1);
}

/** The text of a number or string as written; `undefined` for other values. */
export function jsonScalar(json: string): string | undefined {
  const kind = jsonKind(json);
  if (kind === 'string') return jsonString(json);
  return kind === 'number' ? json.trim() : undefined;
}

/** The value of a JSON text, for schemas to read: its members and elements are parsed on access. */
export function jsonValue(json: string): JsonValue {
  switch (jsonKind(json)) {
    case 'object':
      return new JsonObject(json, memberValues);
    case 'array':
      return new JsonArray(json, itemValues);
    case 'string':
      return jsonString(json);
    case 'number':
      return json.trim();
    case 'boolean':
      return json.trim() === 'true';
    case 'null':
      return null;
  }
}

function memberValues(object: string): JsonEntry[] {
  return jsonMembers(object).map(({ key, json }) => [key, jsonValue(json)]);
}

function itemValues(array: string): JsonValue[] {
  return jsonItems(array).map(jsonValue);
}

/** The index after the value that begins here: after its bracket, its quote, or its last character. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = stringEnd(text, at) - 1;
      if (depth === 0) return at + 1;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && (code === COMMA || code <= SPACE || (code > 127 && /\s/.test(text.charAt(at)))))
      return at;
  }
  return at;
}
