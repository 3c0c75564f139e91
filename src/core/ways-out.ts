import { assessAccount, type AccountAssessment, type AssessedPosition } from './account.js';
import type { Side } from './leg.js';
import { quantityOf, referencePrice } from './position.js';
import { Ratio } from './ratio.js';
import { changed } from './what-if.js';

/** A part of a cross position whose closing at the mark leads to a margin ratio. */
export interface WayOut {
  readonly symbol: string;
  readonly side: Side;
  /** Rounded up to the step: the smallest multiple that reaches the ratio, or all of the position. */
  readonly qty: Ratio;
  /** Value at the mark of what is closed, margin asset. */
  readonly value: Ratio;
  /** Trading fee of the closing, margin asset; `undefined` without a taker fee. */
  readonly fee: Ratio | undefined;
  /** Maintenance over equity after the closing and its fee, a fraction. */
  readonly ratio: Ratio;
}

/** Sizes of coins are closed in steps of this, contracts whole. */
const COIN_STEP = Ratio.from('0.00000001');

/**
 * The cross positions of which a part can be closed to reach a margin ratio, cheapest first: by fee, then by value.
 *
 * Each size is found by halving: what is left needs less maintenance the smaller it is. A size counts only if the account
 * with that part closed, priced anew, has the ratio.
 *
 * @param limit - the margin ratio wanted, a fraction below 1.
 */
export function waysOut(assessment: AccountAssessment, limit: Ratio): readonly WayOut[] {
  const { account, lacking } = assessment;
  if (lacking.length > 0) return [];
  const ways = account.positions.flatMap(({ mode }, index): WayOut[] => {
    const way = mode === 'cross' ? wayOut(assessment, index, limit) : undefined;
    return way ? [way] : [];
  });
  return ways.sort((one, other) => compareCosts(one, other) || one.value.compare(other.value));
}

const compareCosts = (one: WayOut, other: WayOut): number => (one.fee ?? Ratio.ZERO).compare(other.fee ?? Ratio.ZERO);

function wayOut(assessment: AccountAssessment, index: number, limit: Ratio): WayOut | undefined {
  // No maintenance margin is lacking, so every cross position has its answer.
  const { position, terms } = assessment.positionAt(index) as AssessedPosition;
  const held = quantityOf({ position, terms });
  const step = position.contract.name === 'inverse' ? Ratio.ONE : COIN_STEP;
  const worth = position.contract.coordinate(referencePrice(position)).times(position.size);
  const after = (qty: Ratio): WayOut | undefined => {
    const value = worth.times(qty.over(held));
    const fee = terms.taker && value.times(terms.taker);
    const { equity, maintenance } = closedAt(assessment, index, qty);
    const left = fee ? equity.minus(fee) : equity;
    const ratio = left.sign() > 0 ? maintenance.over(left) : undefined;
    if (!ratio || ratio.isAbove(limit)) return undefined;
    return { symbol: terms.symbol as string, side: terms.side, qty, value, fee, ratio };
  };
  let [low, high] = [0n, stepsIn(held, step)];
  let best = after(held);
  if (!best) return undefined;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    const found = after(step.times(Ratio.of(middle)));
    if (found) [high, best] = [middle, found];
    else low = middle;
  }
  return best;
}

/** The number of steps in a size, the last one begun. */
function stepsIn(size: Ratio, step: Ratio): bigint {
  const { numerator, denominator } = size.over(step);
  return (numerator + denominator - 1n) / denominator;
}

/** Equity and maintenance after a part of a position is closed at its mark, before the fee. */
function closedAt({ account }: AccountAssessment, index: number, quantity: Ratio): AccountAssessment {
  const { terms } = account.positions[index] as (typeof account.positions)[number];
  const close = [{ symbol: terms.symbol as string, side: terms.side, quantity }];
  return assessAccount(changed(account, { close, add: [] }).account);
}
