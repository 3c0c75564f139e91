/**
 * JSON of untrusted text as schemas read it: a number is the text it was written as, so that no digit is lost, and what
 * is within an object or an array is looked into only when it is asked for.
 */
export type JsonValue = string | boolean | null | JsonObject | JsonArray;

/** A member of an object: its key and value. */
export type JsonEntry = readonly [key: string, value: JsonValue];

/** An object of untrusted JSON. */
export class JsonObject {
  #members: readonly JsonEntry[] | undefined;
  readonly #read: (source: string) => readonly JsonEntry[];

  /**
   * @param source - as it was written.
   * @param read - takes it apart when its members are asked for.
   */
  constructor(
    readonly source: string,
    read: (source: string) => readonly JsonEntry[],
  ) {
    this.#read = read;
  }

  /** Its members in order, a key that is there twice with both. */
  get members(): readonly JsonEntry[] {
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

/** An array of untrusted JSON. */
export class JsonArray {
  #items: readonly JsonValue[] | undefined;
  readonly #read: (source: string) => readonly JsonValue[];

  /**
   * @param source - as it was written.
   * @param read - takes it apart when its elements are asked for.
   */
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
