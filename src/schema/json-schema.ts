import { toJSONSchema } from 'zod/v4/core';
import * as z from 'zod/mini';
import { notedJson, type JsonSchema } from './json-notes.js';
import { declaredObject, declaredTuple, spellingsOf, type DeclaredObject, type DeclaredTuple } from './object.js';
import { anyCase, BLANKS, fieldPattern, numberBounds } from './text-patterns.js';
import { choicesOf, shapeOf, type Shape } from './value.js';

/** The JSON Schema of texts and numbers that a shape accepts. */
function valueJson(shape: Shape): JsonSchema {
  if (shape.kind === 'choice') {
    const words = anyCase([...choicesOf(shape), ...Object.keys(shape.otherWords ?? {})]);
    return { type: 'string', pattern: `^${BLANKS}${words}${BLANKS}$` };
  }
  if (shape.kind === 'text') return { anyOf: [{ type: 'string', minLength: 1 }, { type: 'number' }] };
  return {
    anyOf: [
      { type: 'string', pattern: fieldPattern(shape) },
      { type: 'number', ...numberBounds(shape) },
    ],
  };
}

/** Requires that a key has a value. */
const given = (key: string): JsonSchema => ({ required: [key], properties: { [key]: { not: { type: 'null' } } } });

/** Requires that at least one of several keys has a value. */
export const anyGiven = (keys: readonly string[]): JsonSchema => ({ anyOf: keys.map(given) });

/** Requires that at most one of several keys is present. */
export function notTwo(keys: readonly string[]): readonly JsonSchema[] {
  return keys.flatMap((key, index) =>
    keys.slice(index + 1).map((other) => ({ not: { allOf: [given(key), given(other)] } })),
  );
}

/** The requirements of a declared object on its keys. */
function keysJson({ members, unknown, together: more }: DeclaredObject): JsonSchema {
  const entries = Object.entries(members);
  const always = entries.filter(([, { presence, also }]) => presence === 'needed' && also.length === 0);
  const together = [
    ...entries.flatMap(([key, member]) => {
      const spellings = spellingsOf(key, member);
      if (spellings.length === 1) return [];
      return [...(member.presence === 'needed' ? [anyGiven(spellings)] : []), ...notTwo(spellings)];
    }),
    ...(more?.() ?? []),
  ];
  return {
    ...(always.length > 0 && { required: always.map(([key]) => key) }),
    ...(together.length > 0 && { allOf: together }),
    ...(unknown === 'refused' && { additionalProperties: false }),
  };
}

/** The JSON Schema of an array whose places have meanings. */
function placesJson({ members, places }: DeclaredTuple): JsonSchema {
  const named = new Map(Object.entries(places).map(([key, place]) => [place, members[key]?.schema]));
  const length = Math.max(...named.keys()) + 1;
  const prefixItems = Array.from({ length }, (_, place) => {
    const schema = named.get(place);
    return schema ? innerSchemaOf(schema) : true;
  });
  const needed = Object.entries(places).filter(([key]) => members[key]?.presence === 'needed');
  return { type: 'array', prefixItems, minItems: Math.max(0, ...needed.map(([, place]) => place + 1)) };
}

/** The JSON Schema of a part, without the dialect that the whole names. */
function innerSchemaOf(schema: z.ZodMiniType): JsonSchema {
  return Object.fromEntries(Object.entries(jsonSchemaOf(schema)).filter(([key]) => key !== '$schema'));
}

/**
 * The JSON Schema of the values that a zod schema accepts. Values read by a shape appear as the texts and numbers of
 * that shape.
 *
 * @see https://json-schema.org/draft/2020-12/schema
 */
export function jsonSchemaOf(schema: z.ZodMiniType): JsonSchema & { readonly properties?: JsonSchema } {
  return toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const shape = shapeOf(zodSchema);
      const said = shape ? valueJson(shape) : notedJson(zodSchema);
      if (said) {
        delete jsonSchema.type;
        Object.assign(jsonSchema, said);
      }
      const tuple = declaredTuple(zodSchema);
      if (tuple) {
        for (const key of Object.keys(jsonSchema)) if (key !== 'description') Reflect.deleteProperty(jsonSchema, key);
        Object.assign(jsonSchema, placesJson(tuple));
      }
      const declared = declaredObject(zodSchema);
      if (declared) {
        delete jsonSchema.required;
        Object.assign(jsonSchema, keysJson(declared));
      }
    },
  });
}

/** A schema with a description. */
export function described<T extends z.ZodMiniType>(schema: T, meaning: string): T {
  return schema.check(z.describe(meaning));
}
