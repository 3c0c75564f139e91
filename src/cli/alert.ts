import type { AccountAssessment } from '../core/account.js';
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

/** Whether a market move of at most that many percent takes an account, or a position of it is that near. */
export function isAccountAlarming(percent: Ratio, { move, positions }: AccountAssessment): boolean {
  const limit = percent.over(Ratio.HUNDRED);
  const isNear = (distance: Ratio | undefined): boolean => distance !== undefined && !distance.isAbove(limit);
  return isNear(move.up) || isNear(move.down?.negated()) || positions.some((each) => isAlarming(percent, each));
}

/** The exit code of `--alert` for one position. */
export function alertCode(percent: Ratio | undefined, assessment: Assessment): number {
  return percent && isAlarming(percent, assessment) ? EXIT_CODES.no.code : EXIT_CODES.done.code;
}
