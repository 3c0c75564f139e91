import type { Assessment } from '../core/assessment.js';
import { roomTo } from '../core/liquidation.js';
import { Ratio } from '../core/ratio.js';
import { EXIT_CODES } from './exit-codes.js';

/** Whether a position is at or below a distance in percent, or liquidated already. */
export function isAlarming(percent: Ratio, { outcome, reference }: Assessment): boolean {
  if (outcome.kind === 'already') return true;
  if (outcome.kind === 'never') return false;
  return !roomTo(outcome.bound, reference).times(Ratio.HUNDRED).over(reference).isAbove(percent);
}

/** The exit code of `--alert` for one position. */
export function alertCode(percent: Ratio | undefined, assessment: Assessment): number {
  return percent && isAlarming(percent, assessment) ? EXIT_CODES.no.code : EXIT_CODES.done.code;
}
