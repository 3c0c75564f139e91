import { fail } from '../core/errors.js';
import { shown } from './given.js';

/** One of some words, checked; `undefined` if it is not given. */
export function readChoice<T extends string>(key: string, value: T | undefined, choices: readonly T[]): T | undefined {
  if (value === undefined || choices.includes(value)) return value;
  return fail('NOT_A_CHOICE', key, { value: shown(value), choices });
}
