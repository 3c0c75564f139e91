/**
 * JSON of untrusted text as schemas read it. A number is the text it was written as, so no digit is lost; the contents
 * of an object or an array are parsed only on access.
 */
export type JsonValue = string | boolean | null | JsonObject | JsonArray;

/** A member of an object: its key and value. */
export type JsonEntry = readonly [key: string, value: JsonValue];

/** An object of untrusted JSON. */
export class JsonObject {
  #values: ReadonlyMap<string, JsonValue> | undefined;
  /** Whether a key is repeated; known once the values are. */
  #hasRepeated = false;
  readonly #read: (source: string) => readonly JsonEntry[];

  /**
   * @param source - the text as written.
   * @param read - parses it when its members are first needed.
   */
  constructor(
    readonly source: string,
    read: (source: string) => readonly JsonEntry[],
  ) {
    this.#read = read;
  }

  /** Its members in order; a repeated key with each of its values. */
  get members(): readonly JsonEntry[] {
    return this.#read(this.source);
  }

  /** The values by key; the last one if a key is repeated. */
  get values(): ReadonlyMap<string, JsonValue> {
    if (this.#values) return this.#values;
    const { members } = this;
    this.#values = new Map(members);
    this.#hasRepeated = this.#values.size < members.length;
    return this.#values;
  }

  /** Repeated keys, once for each time after the first. */
  get repeated(): readonly string[] {
    if (this.values.size === 0 || !this.#hasRepeated) return [];
    const seen = new Set<string>();
    return this.members.flatMap(([key]) => (seen.size === seen.add(key).size ? [key] : []));
  }

  has(key: string): boolean {
    return this.values.has(key);
  }

  /** The value of a key; `undefined` if it is missing. */
  value(key: string): JsonValue | undefined {
    return this.values.get(key);
  }
}

/** An array of untrusted JSON. */
export class JsonArray {
  #items: readonly JsonValue[] | undefined;
  readonly #read: (source: string) => readonly JsonValue[];

  /**
   * @param source - the text as written.
   * @param read - parses it when its elements are first needed.
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

/** A value as messages show it: cut if it is long. */
export function shownValue(value: unknown): string {
  const isComposite = value instanceof JsonObject || value instanceof JsonArray;
  const text = isComposite ? value.source.trim() : String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 3)}...` : text;
}
