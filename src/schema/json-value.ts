/**
 * JSON of untrusted text as schemas read it: a number is the text it was written as, so that no digit is lost, and what
 * is within an object or an array is looked into only when it is asked for.
 */
export type JsonValue = string | boolean | null | JsonObject | JsonArray;

/** A member of an object: its key, and its value as it was written. */
export interface JsonEntry {
  readonly key: string;
  readonly json: string;
}

/** What takes JSON texts apart. */
export interface JsonReader {
  readonly members: (object: string) => readonly JsonEntry[];
  readonly items: (array: string) => readonly string[];
  readonly value: (json: string) => JsonValue;
}

/** An object of a JSON text. */
export class JsonObject {
  #members: readonly JsonEntry[] | undefined;
  readonly #reader: JsonReader;

  /** @param source - as it was written. */
  constructor(
    readonly source: string,
    reader: JsonReader,
  ) {
    this.#reader = reader;
  }

  /** Its members in order, a key that is there twice with both. */
  get members(): readonly JsonEntry[] {
    return (this.#members ??= this.#reader.members(this.source));
  }

  /** The value of one of its members. */
  read({ json }: JsonEntry): JsonValue {
    return this.#reader.value(json);
  }

  has(key: string): boolean {
    return this.members.some((each) => each.key === key);
  }

  /** What is written under a key, the last time of several; `undefined` where nothing is. */
  json(key: string): string | undefined {
    return this.members.findLast((each) => each.key === key)?.json;
  }

  /** The value under a key, the last one of several; `undefined` without one. */
  value(key: string): JsonValue | undefined {
    const json = this.json(key);
    return json === undefined ? undefined : this.#reader.value(json);
  }
}

/** An array of a JSON text. */
export class JsonArray {
  readonly #reader: JsonReader;
  #items: readonly JsonValue[] | undefined;

  /** @param source - as it was written. */
  constructor(
    readonly source: string,
    reader: JsonReader,
  ) {
    this.#reader = reader;
  }

  get items(): readonly JsonValue[] {
    return (this.#items ??= this.#reader.items(this.source).map(this.#reader.value));
  }
}

const SHOWN = 60;

/** A value as messages show it: cut where it is long. */
export function shownValue(value: unknown): string {
  const isComposite = value instanceof JsonObject || value instanceof JsonArray;
  const text = isComposite ? value.source.trim() : String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 3)}...` : text;
}
