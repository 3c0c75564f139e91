/**
 * JSON of untrusted text as schemas read it: a number is the text it was written as, so that no digit is lost, and what
 * is within an object or an array is looked into only when it is asked for.
 */
export type JsonValue = string | boolean | null | JsonObject | JsonArray;

/** A member of an object: its key and value. */
export type JsonEntry = readonly [key: string, value: JsonValue];

/** An object of untrusted JSON. */
export class JsonObject {
  #values: ReadonlyMap<string, JsonValue> | undefined;
  /** Whether a key is there twice; known when the values are. */
  #hasRepeated = false;
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
    return this.#read(this.source);
  }

  /** The values by key, the last one of several. */
  get values(): ReadonlyMap<string, JsonValue> {
    if (this.#values) return this.#values;
    const { members } = this;
    this.#values = new Map(members);
    this.#hasRepeated = this.#values.size < members.length;
    return this.#values;
  }

  /** Keys that are there twice, once for each time after the first. */
  get repeated(): readonly string[] {
    if (this.values.size === 0 || !this.#hasRepeated) return [];
    const seen = new Set<string>();
    return this.members.flatMap(([key]) => (seen.size === seen.add(key).size ? [key] : []));
  }

  has(key: string): boolean {
    return this.values.has(key);
  }

  /** The value under a key; `undefined` without one. */
  value(key: string): JsonValue | undefined {
    return this.values.get(key);
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
