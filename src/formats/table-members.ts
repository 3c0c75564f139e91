import { fail } from '../core/errors.js';
import { jsonItems, jsonKind, jsonMembers, jsonScalar, jsonString } from './json.js';

/** Refuses a table. */
export function refuse(table: string, fault: string): never {
  return fail('INVALID_BRACKETS', '', { table, fault });
}

/** The members of a JSON object by key; of nothing where it is no object. */
export function membersOf(json: string | undefined): ReadonlyMap<string, string> {
  if (json === undefined || jsonKind(json) !== 'object') return new Map();
  return new Map(jsonMembers(json).map((member) => [member.key, member.json]));
}

/** The text that a member is; nothing where it is none. */
export function wordOf(members: ReadonlyMap<string, string>, key: string): string | undefined {
  const json = members.get(key);
  return json !== undefined && jsonKind(json) === 'string' ? jsonString(json) : undefined;
}

/** An object within a table: its numbers and words as they were written, and what is wrong with it in its own name. */
export interface Described {
  readonly has: (key: string) => boolean;
  /** The text of a number or string; nothing where it is absent or `null`. */
  readonly text: (key: string) => string | undefined;
  /** The same of a member that must be there. */
  readonly needed: (key: string) => string;
  /** An object within it. */
  readonly inner: (key: string) => Described;
}

/**
 * An object within a table.
 *
 * @param what - how faults name it: `no. 3`, or nothing for the table itself.
 * @throws {LiqcalcError} `INVALID_BRACKETS` for what is no object, or has a key twice.
 */
export function described(json: string, table: string, what?: string): Described {
  const wrong = (fault: string): never => refuse(table, what === undefined ? fault : `${what}: ${fault}`);
  if (jsonKind(json) !== 'object') wrong('it is not an object');
  const members = new Map<string, string>();
  for (const { key, json: value } of jsonMembers(json)) {
    if (members.has(key)) wrong(`${shownText(key)} is there twice`);
    members.set(key, value);
  }
  const text = (key: string): string | undefined => {
    const value = members.get(key);
    if (value === undefined || jsonKind(value) === 'null') return undefined;
    return jsonScalar(value) ?? wrong(`${key} is neither a number nor a text`);
  };
  return {
    has: (key) => members.has(key),
    text,
    needed: (key) => text(key) ?? wrong(`${key} is missing`),
    inner: (key) => {
      const value = members.get(key) ?? 'null';
      return described(jsonKind(value) === 'null' ? '{}' : value, table, what === undefined ? key : `${what}, ${key}`);
    },
  };
}

/** The objects of an array within a table, each told with its number. */
export function describedItems(json: string | undefined, table: string): Described[] {
  if (json === undefined || jsonKind(json) !== 'array') return refuse(table, 'its brackets are no list');
  return jsonItems(json).map((item, index) => described(item, table, `no. ${index + 1}`));
}

/** What stands in a file as faults show it: short, and without control characters. */
export function shownText(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 37)}...` : text);
}
