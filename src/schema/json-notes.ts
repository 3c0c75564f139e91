import type * as z from 'zod/mini';

/** A JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const NOTES = new WeakMap<object, () => JsonSchema>();

/** Adds a JSON Schema to a schema that reads with a function: it describes the values that the function accepts. */
export function noteJson<T extends z.ZodMiniType>(schema: T, json: () => JsonSchema): T {
  NOTES.set(schema, json);
  return schema;
}

/** The JSON Schema that was added to a schema. */
export function notedJson(schema: object): JsonSchema | undefined {
  return NOTES.get(schema)?.();
}
