/**
 * JSON of untrusted text as schemas read it: a number is the text it was written as, so that no digit is lost, and what
 * is within an object or an array is looked into only when it is asked for.
 */
export type JsonValue = string | boolean | null | JsonObject | JsonArray;

/** A member of an object: its key and value. */
export type JsonMemberValue = readonly [key: string, value: JsonValue];

/** An object of a JSON text, duplicates of its keys included. */
export class JsonObject {
  #members: readonly JsonMemberValue[] | undefined;
  readonly #read: (source: string) => readonly JsonMemberValue[];

  /** @param source - as it was written. */
  constructor(
    readonly source: string,
    read: (source: string) => readonly JsonMemberValue[],
  ) {
    this.#read = read;
  }

  /** Its members in order. */
  get members(): readonly JsonMemberValue[] {
    return (this.#members ??= this.#read(this.source));
  }

  has(key: string): boolean {
    return this.members.some(([name]) => name === key);
  }

  /** The value under a key, the last one of several; `undefined` without one. */
  value(key: string): JsonValue | undefined {
    return this.members.findLast(([name]) => name === key)?.[1];
  }
}

/** An array of a JSON text. */
export class JsonArray {
  #items: readonly JsonValue[] | undefined;
  readonly #read: (source: string) => readonly JsonValue[];

  /** @param source - as it was written. */
  constructor(
    readonly source: string,
    read: (source: string) => readonly JsonValue[],
  ) {
    this.#read = read;
  }

  get items(): readonly JsonValue[] {
    return (this.#items ??= this.#read(this.source));
  }
}

const SHOWN = 60;

/** A value as messages show it: cut where it is long. */
export function shownValue(value: unknown): string {
  const isComposite = value instanceof JsonObject || value instanceof JsonArray;
  const text = isComposite ? value.source.trim() : String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 3)}...` : text;
}
