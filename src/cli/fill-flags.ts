import { FILL_QUESTIONS } from '../formats/fill-questions.js';
import { askedFlag } from './asked-flags.js';
import type { Invocation } from './command.js';
import type { Flag } from './flags.js';

/** The inputs that give fills. */
export type FillAsks = keyof typeof FILL_QUESTIONS;
export const FILL_ASKS: readonly FillAsks[] = ['fill', 'fills', 'open', 'positionSide'];
/** The flags of fills, for commands that take a position. */
export const FILL_FLAGS: readonly Flag[] = Object.values(FILL_QUESTIONS).map(askedFlag);

/** Whether a position is given by its fills. */
export function hasFills({ options }: Invocation): boolean {
  return FILL_ASKS.some((key) => options[key] !== undefined);
}
