import type { Ratio } from './ratio.js';

/** The least significant digits of a displayed price. */
const PRICE_DIGITS = 5;

/** What the decimals of a displayed price depend on. */
export interface PriceStyle {
  /** Decimals that `entry` was written with. */
  readonly entryDecimals: number;
  /** Decimals requested. */
  readonly decimals: number | undefined;
}

/**
 * Decimals of displayed prices: as requested, else two more than `entry` has, or more if needed for five significant
 * digits of each.
 */
export function priceDecimals({ entryDecimals, decimals }: PriceStyle, ...prices: readonly Ratio[]): number {
  return decimals ?? Math.max(2, entryDecimals + 2, ...prices.map((price) => price.decimalsFor(PRICE_DIGITS)));
}

/** A price for display, rounded half-even. */
export function priceText(price: Ratio, style: PriceStyle): string {
  return price.toFixed(priceDecimals(style, price));
}
