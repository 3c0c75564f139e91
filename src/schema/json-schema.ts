import { toJSONSchema } from 'zod/v4/core';
import * as z from 'zod/mini';
import { anyCase, fieldPattern, numberBounds } from './text-patterns.js';
import { choicesOf, shapeOf, type Shape } from './value.js';

/** A JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a JSON text or number may be, to be read as a shape. */
function valueJson(shape: Shape): JsonSchema {
  if (shape.kind === 'choice') return { type: 'string', pattern: `^${anyCase(choicesOf(shape))}$` };
  if (shape.kind === 'text') return { anyOf: [{ type: 'string', minLength: 1 }, { type: 'number' }] };
  return {
    anyOf: [
      { type: 'string', pattern: fieldPattern(shape) },
      { type: 'number', ...numberBounds(shape) },
    ],
  };
}

/**
 * The JSON Schema of what a zod schema takes: values that a shape reads are shown as the texts and numbers of that shape.
 *
 * @see https://json-schema.org/draft/2020-12/schema
 */
export function jsonSchemaOf(schema: z.ZodMiniType): JsonSchema & { readonly properties?: JsonSchema } {
  return toJSONSchema(schema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const shape = shapeOf(zodSchema);
      if (!shape) return;
      delete jsonSchema.type;
      Object.assign(jsonSchema, valueJson(shape));
    },
  });
}

/** A schema with words on what it means. */
export function described<T extends z.ZodMiniType>(schema: T, meaning: string): T {
  return schema.check(z.describe(meaning));
}
