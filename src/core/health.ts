import { DEFAULT_VENUE } from './brackets.js';
import { outcomeAt, poolOf, safeRange, solventRange, type Outcome, type SafeRange } from './liquidation.js';
import { initialMargin, profitAt, valueAt, type Side } from './leg.js';
import {
  collateralEquity,
  equityAt,
  referencePrice,
  removable,
  totalMaintenanceAt,
  type Position,
} from './position.js';
import { Ratio } from './ratio.js';

/**
 * Where the margin ratio reaches the position's `callRatio`: `callRatio x equity = maintenance`.
 *
 * A rate above the call ratio gives that equation a second root, far on the side where the position earns; the one
 * towards the danger counts: below for a long, above for a short. Both legs of a hedge are one pool with one margin
 * call: the one nearer to the reference price.
 *
 * @returns the bound as an outcome at the reference price; `never` if no price reaches the ratio.
 * @example 30000, 10x, 0.5 %, long, 80 %: 27169.81132075 at 8 decimals
 */
export function marginCall(position: Position): Outcome {
  const range = safeRange(poolOf(position), position.callRatio);
  const counted = position.partner ? range : towardsDanger(range, position.side);
  return outcomeAt(counted, referencePrice(position));
}

function towardsDanger(range: SafeRange, side: Side): SafeRange {
  if (range.kind === 'nowhere' || !range.below || !range.above) return range;
  const { kind, below, above } = range;
  return side === 'long' ? { kind, below } : { kind, above };
}

/** Where equity is zero, as an outcome at the reference price: `E - s C / q` linear, `N / (N/E + s C)` inverse. */
export function bankruptcy(position: Position): Outcome {
  return outcomeAt(solventRange(poolOf(position)), referencePrice(position));
}

/** Maintenance over equity at a price, a fraction; 1 is liquidation. `undefined` if equity is not positive. */
export function marginRatioAt(position: Position, price: Ratio): Ratio | undefined {
  const equity = equityAt(position, price);
  return equity.sign() > 0 ? totalMaintenanceAt(position, price).over(equity) : undefined;
}

/** Value over equity at a price. `undefined` if equity is not positive. */
export function effectiveLeverageAt(position: Position, price: Ratio): Ratio | undefined {
  const equity = equityAt(position, price);
  return equity.sign() > 0 ? valueAt(position, price).over(equity) : undefined;
}

/**
 * Return on investment at a price, a fraction: profit over the initial margin, or over the wallet if there is no
 * leverage. `undefined` if the wallet is not positive.
 */
export function roiAt(position: Position, price: Ratio): Ratio | undefined {
  const base = position.lev ? initialMargin(position, position.lev) : position.collateral.wallet;
  return base.sign() > 0 ? profitAt(position, price).over(base) : undefined;
}

/**
 * Return on a position as the exchange's position tab counts it, a fraction: profit over `value at the price / lev`.
 * `undefined` without a leverage.
 *
 * @see https://www.binance.com/en/support/faq/360039304272 (A Beginner's Guide to Futures Trading on Binance)
 */
export function positionRoiAt(position: Position, price: Ratio): Ratio | undefined {
  return position.lev && profitAt(position, price).times(position.lev).over(valueAt(position, price));
}

/**
 * The most margin that can be taken out at the mark, margin asset; for isolated positions with a mark and a leverage.
 * Only Binance's rule for it is known.
 */
export function removableMargin(position: Position): Ratio | undefined {
  const { collateral, lev, mark, venue } = position;
  if (collateral.kind !== 'isolated' || !lev || !mark || venue.name !== DEFAULT_VENUE) return undefined;
  return removable({ leg: position, wallet: collateral.wallet, price: mark, lev });
}

/** The liquidation fee at a price, margin asset; `undefined` without a rate. */
export function liquidationFeeAt(position: Position, price: Ratio): Ratio | undefined {
  return position.liqFee && valueAt(position, price).times(position.liqFee);
}

/**
 * What a liquidation at a price costs, margin asset: the loss and its fee, never more than the collateral. The
 * collateral is the isolated margin, in cross `wallet + othersPnl`, because the exchange resets a negative account to
 * zero. `undefined` without a fee rate.
 */
export function lossIfLiquidatedAt(position: Position, price: Ratio): Ratio | undefined {
  const fee = liquidationFeeAt(position, price);
  if (!fee) return undefined;
  const loss = profitAt(position, price).negated().plus(fee);
  return loss.min(collateralEquity(position.collateral).max(Ratio.ZERO));
}
