/**
 * JSON read without losing a digit: values are kept as the text they were written with, and looked into only when asked.
 *
 * `JSON.parse` is the judge of what is JSON; these functions are for text that it accepts.
 */

/** A member of an object: its key, and the text of its value. */
export interface JsonMember {
  readonly key: string;
  /** The value as it was written. */
  readonly json: string;
  /** Where the member begins (the quote of its key) and ends in the text of the object. */
  readonly start: number;
  readonly end: number;
}

/** What a JSON text is. */
export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;

/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What a JSON text is, by its first character. */
export function jsonKind(json: string): JsonKind {
  const first = json[skipBlanks(json, 0)];
  if (first === '{') return 'object';
  if (first === '[') return 'array';
  if (first === '"') return 'string';
  if (first === 'n') return 'null';
  return first === 't' || first === 'f' ? 'boolean' : 'number';
}

/** The members of an object in order, duplicates included. */
export function jsonMembers(object: string): JsonMember[] {
  const members: JsonMember[] = [];
  let at = skipBlanks(object, skipBlanks(object, 0) + 1);
  while (object.charCodeAt(at) === QUOTE) {
    const start = at;
    const keyEnd = endOfString(object, at);
    at = skipBlanks(object, keyEnd);
    if (object.charCodeAt(at) !== COLON) break;
    const valueStart = skipBlanks(object, at + 1);
    const end = endOfValue(object, valueStart);
    members.push({ key: jsonString(object.slice(start, keyEnd)), json: object.slice(valueStart, end), start, end });
    at = skipBlanks(object, end);
    if (object.charCodeAt(at) === COMMA) at = skipBlanks(object, at + 1);
  }
  return members;
}

/** The texts of an array's elements. */
export function jsonItems(array: string): string[] {
  const items: string[] = [];
  let at = skipBlanks(array, skipBlanks(array, 0) + 1);
  while (at < array.length && array[at] !== ']') {
    const end = endOfValue(array, at);
    items.push(array.slice(at, end));
    at = skipBlanks(array, end);
    if (array.charCodeAt(at) === COMMA) at = skipBlanks(array, at + 1);
  }
  return items;
}

/** The place after the value that begins at or after a place, be it valid or not; never the place itself. */
export function jsonValueEnd(text: string, from: number): number {
  const start = skipBlanks(text, from);
  return Math.max(start + 1, endOfValue(text, start));
}

/** The text that a JSON string stands for. */
export function jsonString(json: string): string {
  return json.includes('\\') ? (JSON.parse(json) as string) : json.trim().slice(1, -1);
}

/** The text of a number or string as it was written; nothing for other values. */
export function jsonScalar(json: string): string | undefined {
  const kind = jsonKind(json);
  if (kind === 'string') return jsonString(json);
  return kind === 'number' ? json.trim() : undefined;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9 && code !== 10 && code !== 13) return at;
    at++;
  }
}

function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
}

/** The place after the value that begins here: after its bracket, its quote, or its last character. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  let at = from;
  for (; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at) - 1;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      if (depth === 0) return at;
      depth--;
    } else if (depth === 0 && (character === ',' || /\s/.test(character ?? ''))) return at;
    if (depth === 0 && (character === '"' || character === '}' || character === ']')) return at + 1;
  }
  return at;
}
