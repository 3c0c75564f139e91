import { formulas } from '../formulas/index.js';
import type { Outcome } from '../liquidation.js';
import { valueAt, type Leg } from '../leg.js';
import { equityAt, referencePrice, totalMaintenanceAt, type Collateral, type Position } from '../position.js';
import { Ratio } from '../ratio.js';

/** One moment at which funding is paid. */
export interface FundingStamp {
  /** A fraction of the value at the mark; if it is positive, longs pay shorts. */
  readonly rate?: Ratio | undefined;
  /** The amount that was paid, margin asset, where the rate is unknown; negative: received. */
  readonly amount?: Ratio | undefined;
  /** Mark price at that moment; the position's mark by default. */
  readonly mark?: Ratio | undefined;
  /** Milliseconds since 1970, if known. */
  readonly time?: bigint | undefined;
}

/** A funding payment whose rate is known. */
export interface RatedStamp extends FundingStamp {
  readonly rate: Ratio;
}

/** A position after a payment of funding. */
export interface FundingStep {
  readonly stamp: FundingStamp;
  readonly mark: Ratio;
  /** The amount paid, margin asset; negative if received. */
  readonly payment: Ratio;
  /** The total paid so far. */
  readonly paid: Ratio;
  /** The position with the rest of its wallet. */
  readonly position: Position;
  readonly outcome: Outcome;
}

/**
 * What a position pays at a funding stamp: `value at the mark x rate`, the opposite for a short.
 *
 * @see https://www.binance.com/en/support/faq/360033525031 (Introduction to Binance Futures Funding Rates)
 */
export function fundingPayment(leg: Leg, mark: Ratio, rate: Ratio): Ratio {
  const payment = valueAt(leg, mark).times(rate);
  return leg.side === 'long' ? payment : payment.negated();
}

function lessened(collateral: Collateral, payment: Ratio): Collateral {
  return { ...collateral, wallet: collateral.wallet.minus(payment) };
}

/**
 * A position after each funding payment; nothing else changes. The list ends with the payment that liquidates it.
 *
 * Funding is paid from the wallet, so the liquidation price moves; each price is computed again with its bracket.
 *
 * @param legAt - the leg at another mark: venues that keep the maintenance margin of the mark, or choose a tier by it, have
 * another leg at each mark.
 */
export function fundingSteps(
  position: Position,
  stamps: readonly FundingStamp[],
  legAt: (mark: Ratio) => Leg = () => position,
): readonly FundingStep[] {
  const steps: FundingStep[] = [];
  let [current, paid] = [position, Ratio.ZERO];
  for (const stamp of stamps) {
    const mark = stamp.mark ?? referencePrice(position);
    const payment = stamp.amount ?? fundingPayment(position, mark, stamp.rate as Ratio);
    paid = paid.plus(payment);
    current = { ...current, ...legAt(mark), mark, collateral: lessened(current.collateral, payment) };
    const outcome = formulas.exact.outcome(current);
    steps.push({ stamp, mark, payment, paid, position: current, outcome });
    if (outcome.kind === 'already') break;
  }
  return steps;
}

/**
 * After how many payments at one rate and mark funding alone liquidates a position: the first whole number `k` with
 * `equity - k payment <= maintenance`, all at the mark.
 *
 * @returns `undefined` if funding is received, or zero.
 */
export function intervalsToLiquidation(position: Position, rate: Ratio): Ratio | undefined {
  const mark = referencePrice(position);
  const room = equityAt(position, mark).minus(totalMaintenanceAt(position, mark));
  if (room.sign() <= 0) return Ratio.ZERO;
  const payment = fundingPayment(position, mark, rate);
  return payment.sign() > 0 ? room.over(payment).ceilTo(Ratio.ONE).reduced() : undefined;
}

/** What funding does to a position over several payments. */
export interface Funding {
  readonly steps: readonly FundingStep[];
  /** Payment per interval, margin asset, if all have one rate. */
  readonly payment?: Ratio;
  /** After how many payments funding alone liquidates; absent if it never does. */
  readonly intervals?: Ratio;
  /** Why there is no number of intervals. */
  readonly reason?: string;
  /** The number of steps that were not computed because there are too many. */
  readonly leftOut: Ratio;
}

/** The most steps that are computed if funding goes on until it liquidates. */
export const MOST_STEPS = 1000;

/**
 * Funding at one rate and one mark.
 *
 * @param intervals - how many payments. Without it: until funding liquidates, but at most the first thousand.
 */
export function steadyFunding(position: Position, rate: Ratio, intervals: number | undefined): Funding {
  const until = intervalsToLiquidation(position, rate);
  const most = Ratio.of(BigInt(MOST_STEPS));
  const count = intervals ?? Number((until ?? Ratio.ONE).min(most).max(Ratio.ONE).toText(0));
  const steps = fundingSteps(
    position,
    Array.from({ length: count }, () => ({ rate })),
  );
  const payment = fundingPayment(position, referencePrice(position), rate);
  const leftOut = intervals === undefined && until ? until.minus(most).max(Ratio.ZERO) : Ratio.ZERO;
  const end = until ? { intervals: until } : { reason: 'the position does not pay funding at this rate' };
  return { steps, payment, leftOut, ...end };
}

/** Funding at past rates and marks of a market. */
export function pastFunding(
  position: Position,
  stamps: readonly FundingStamp[],
  legAt?: (mark: Ratio) => Leg,
): Funding {
  const steps = fundingSteps(position, stamps, legAt);
  const isLiquidated = steps.at(-1)?.outcome.kind === 'already';
  const reason = `the payments of the file (${stamps.length}) do not liquidate the position`;
  const end = isLiquidated ? { intervals: Ratio.of(BigInt(steps.length)) } : { reason };
  return { steps, leftOut: Ratio.ZERO, ...end };
}
