import * as z from 'zod/mini';
import type { Ratio } from '../core/ratio.js';
import { noteJson } from './json-notes.js';
import { anyCase } from './text-patterns.js';
import { valueSchema, type Shape } from './value.js';

/** What a decimal may be. */
export type DecimalShape = Pick<Shape, 'range' | 'suffix' | 'maximum' | 'whole'>;

/** An exact number, written as a text or a number. */
export function decimal(shape: DecimalShape = {}): z.ZodMiniType<Ratio> {
  return valueSchema({ kind: 'decimal', ...shape }) as z.ZodMiniType as z.ZodMiniType<Ratio>;
}

/** One of some words, in any case and with blanks around; it is read in the spelling of the choices. */
export function word<T extends string>(choices: readonly T[]): z.ZodMiniType<T> {
  return valueSchema({ kind: 'choice', choices, isTrimmed: true }) as z.ZodMiniType as z.ZodMiniType<T>;
}

const TRUTHS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** A yes or no, also as text: exchanges write both. */
export const yesOrNo: z.ZodMiniType<boolean> = noteJson(
  z.pipe(
    z.unknown(),
    z.transform((value: unknown, context): boolean => {
      const truth = typeof value === 'string' ? TRUTHS.get(value.toLowerCase()) : value;
      if (typeof truth === 'boolean') return truth;
      context.issues.push({ code: 'invalid_type', expected: 'boolean', input: value, message: 'write true or false' });
      return z.NEVER;
    }),
  ),
  () => ({ anyOf: [{ type: 'boolean' }, { type: 'string', pattern: `^${anyCase([...TRUTHS.keys()])}$` }] }),
);
