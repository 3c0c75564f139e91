import { formulas } from '../formulas/index.js';
import type { Outcome } from '../liquidation.js';
import {
  equityAt,
  referencePrice,
  totalMaintenanceAt,
  valueAt,
  type Collateral,
  type Leg,
  type Position,
} from '../position.js';
import { Ratio } from '../ratio.js';

/** One moment at which funding is paid. */
export interface FundingStamp {
  /** A fraction of the value at the mark; above zero longs pay shorts. */
  readonly rate: Ratio;
  /** Mark price at the moment; that of the position where it is left out. */
  readonly mark?: Ratio | undefined;
  /** Milliseconds since 1970, where it is known. */
  readonly time?: bigint | undefined;
}

/** A position after a payment of funding. */
export interface FundingStep {
  readonly stamp: FundingStamp;
  readonly mark: Ratio;
  /** What the position paid, margin asset; negative where it received. */
  readonly payment: Ratio;
  /** What it paid up to here. */
  readonly paid: Ratio;
  /** The position with what is left in its wallet. */
  readonly position: Position;
  readonly outcome: Outcome;
}

/**
 * What a position pays at a funding stamp: `value at the mark x rate`, a short the opposite.
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
 * A position after each payment of funding, nothing else changing. The list ends with the payment that liquidates it.
 *
 * Funding leaves the wallet, so the liquidation price moves; each price is found anew with its bracket.
 */
export function fundingSteps(position: Position, stamps: readonly FundingStamp[]): readonly FundingStep[] {
  const steps: FundingStep[] = [];
  let [current, paid] = [position, Ratio.ZERO];
  for (const stamp of stamps) {
    const mark = stamp.mark ?? referencePrice(position);
    const payment = fundingPayment(position, mark, stamp.rate);
    paid = paid.plus(payment);
    current = { ...current, mark, collateral: lessened(current.collateral, payment) };
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
 * @returns nothing where funding is received, or zero.
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
  /** Payment of an interval, margin asset, where all have one rate. */
  readonly payment?: Ratio;
  /** After how many payments funding alone liquidates; left out where it does not. */
  readonly intervals?: Ratio;
  /** Why there is no number of intervals. */
  readonly reason?: string;
  /** Steps that were not computed because there would be too many. */
  readonly leftOut: Ratio;
}

/** How many steps are computed where funding goes on until it liquidates. */
export const MOST_STEPS = 1000;

/**
 * Funding at one rate and one mark.
 *
 * @param intervals - how many payments; without it until funding liquidates, of more than a thousand the first thousand.
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
  const end = until ? { intervals: until } : { reason: 'at this rate the position does not pay' };
  return { steps, payment, leftOut, ...end };
}

/** Funding at the rates and marks that a market had. */
export function pastFunding(position: Position, stamps: readonly FundingStamp[]): Funding {
  const steps = fundingSteps(position, stamps);
  const isLiquidated = steps.at(-1)?.outcome.kind === 'already';
  const reason = `not within the ${stamps.length} payments of the file`;
  const end = isLiquidated ? { intervals: Ratio.of(BigInt(steps.length)) } : { reason };
  return { steps, leftOut: Ratio.ZERO, ...end };
}
