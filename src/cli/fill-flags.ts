import type { Invocation } from './command.js';
import { askedFlags } from './asked-flags.js';

/** The inputs that give fills. */
export type FillAsks = 'fill' | 'fills' | 'positionSide';
export const FILL_ASKS: readonly FillAsks[] = ['fill', 'fills', 'positionSide'];
/** The flags of fills, for commands that take a position. */
export const FILL_FLAGS = askedFlags(FILL_ASKS);

/** Whether a position is given by its fills. */
export function hasFills({ options }: Invocation): boolean {
  return FILL_ASKS.some((key) => options[key] !== undefined);
}
