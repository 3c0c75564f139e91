import type { Assessment } from './assessment.js';
import { roomTo } from './liquidation.js';
import type { Ratio } from './ratio.js';

/** Whether a position is at or below a distance in percent, or liquidated already. */
export function isAlarming(percent: Ratio, assessment: Assessment): boolean {
  const { kind } = assessment.outcome;
  if (kind !== 'at') return kind === 'already';
  return distancePercent(assessment)?.isAbove(percent) === false;
}

/** The distance from the reference to liquidation in percent; `undefined` if no price is safe, or if no price liquidates. */
export function distancePercent({ outcome, reference }: Assessment): Ratio | undefined {
  return outcome.bound && roomTo(outcome.bound, reference).percent().over(reference);
}
