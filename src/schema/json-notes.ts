import type * as z from 'zod/mini';

/** A JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const NOTES = new WeakMap<object, () => JsonSchema>();

/** A schema whose reading is a function: what it takes is said beside it, as JSON Schema. */
export function noteJson<T extends z.ZodMiniType>(schema: T, json: () => JsonSchema): T {
  NOTES.set(schema, json);
  return schema;
}

/** What is said of a schema. */
export function notedJson(schema: object): JsonSchema | undefined {
  return NOTES.get(schema)?.();
}
