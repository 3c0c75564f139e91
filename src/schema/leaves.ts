import * as z from 'zod/mini';
import type { Problem } from '../core/errors.js';
import type { Ratio } from '../core/ratio.js';
import { noteJson, type JsonSchema } from './json-notes.js';
import { anyCase } from './text-patterns.js';
import { valueSchema, type Shape } from './value.js';
import { lazily } from './lazily.js';

/** What a decimal may be. */
export type DecimalShape = Pick<Shape, 'range' | 'suffix' | 'bare' | 'maximum' | 'whole'>;

/** An exact number, written as text or as a number. */
export function decimal(shape: DecimalShape = {}): z.ZodMiniType<Ratio> {
  return valueSchema({ kind: 'decimal', ...shape }) as z.ZodMiniType as z.ZodMiniType<Ratio>;
}

/** One of several words, in any case; the result has the spelling of the choices. */
export function choice<const T extends string>(choices: readonly T[]): z.ZodMiniType<T> {
  return valueSchema({ kind: 'choice', choices }) as z.ZodMiniType as z.ZodMiniType<T>;
}

/** One of several words, in any case and with surrounding blanks; the result has the spelling of the choices. */
export function word<const T extends string>(choices: readonly T[]): z.ZodMiniType<T> {
  return valueSchema({ kind: 'choice', choices }) as z.ZodMiniType as z.ZodMiniType<T>;
}

/**
 * A value that a function reads.
 *
 * @param read - `undefined` for a value of another kind.
 * @param advice - what to write instead of such a value.
 * @param json - the accepted values, as JSON Schema.
 */
export function readBy<T>(
  read: (value: unknown) => T | undefined,
  advice: string,
  json: () => JsonSchema,
): z.ZodMiniType<T> {
  const schema = z.pipe(
    z.unknown(),
    z.transform((input: unknown, context): T => {
      const value = read(input);
      if (value !== undefined) return value;
      context.issues.push({ code: 'invalid_type', expected: 'custom', input, message: advice });
      return z.NEVER;
    }),
  );
  return noteJson(schema, json);
}

/**
 * A text or number that a function reads, or for which it returns what is wrong.
 *
 * @param advice - what to write instead of any other value.
 * @param json - the accepted values, as JSON Schema.
 */
export function textBy<T>(
  read: (text: string) => { readonly value: T } | { readonly problem: Problem },
  advice: string,
  json: () => JsonSchema,
): z.ZodMiniType<T> {
  const schema = z.pipe(
    z.string(advice),
    z.transform((input: string, context): T => {
      const found = read(input);
      if ('value' in found) return found.value;
      context.issues.push({ code: 'custom', input, params: { problem: found.problem } });
      return z.NEVER;
    }),
  );
  return noteJson(schema, json);
}

/** `true` or `false`. */
export const flag: () => z.ZodMiniType<boolean> = lazily(() => z.boolean('write true or false'));

/** A text or number as written, and `''` for anything else. */
export const anyText: () => z.ZodMiniType<string> = lazily(() =>
  z.pipe(
    z.unknown(),
    z.transform((value: unknown) => (typeof value === 'string' ? value : '')),
  ),
);

/** A schema that also accepts an empty text, which means that there is no value. */
export function orBlank<T>(schema: z.ZodMiniType<T>): z.ZodMiniType<T | undefined> {
  return z.pipe(
    z.transform((value: unknown) => (value === '' ? undefined : value)),
    z.optional(schema),
  );
}

const TIME = /^\d{1,20}$/;

/** A time in milliseconds since 1970. */
export const milliseconds: () => z.ZodMiniType<bigint> = lazily(() =>
  readBy(
    (value) => (typeof value === 'string' && TIME.test(value) ? BigInt(value) : undefined),
    'write a whole number of milliseconds since 1970',
    () => ({
      anyOf: [
        { type: 'string', pattern: TIME.source },
        { type: 'integer', minimum: 0 },
      ],
    }),
  ),
);

const TRUTHS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** A boolean, also as text: exchanges write both. */
export const yesOrNo: () => z.ZodMiniType<boolean> = lazily(() =>
  readBy(
    (value) =>
      typeof value === 'string' ? TRUTHS.get(value.toLowerCase()) : typeof value === 'boolean' ? value : undefined,
    'write true or false',
    () => ({ anyOf: [{ type: 'boolean' }, { type: 'string', pattern: `^${anyCase([...TRUTHS.keys()])}$` }] }),
  ),
);
