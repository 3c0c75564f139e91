import type { Ratio } from './ratio.js';

/** Significant digits that a price for reading has at least. */
const PRICE_DIGITS = 5;

/** What the decimals of a price for reading follow from. */
export interface PriceStyle {
  /** Decimals that `entry` was written with. */
  readonly entryDecimals: number;
  /** Decimals asked for. */
  readonly decimals: number | undefined;
}

/** Decimals of prices for reading: as asked, else two more than `entry` has, enough for five significant digits of each. */
export function priceDecimals({ entryDecimals, decimals }: PriceStyle, ...prices: readonly Ratio[]): number {
  return decimals ?? Math.max(2, entryDecimals + 2, ...prices.map((price) => price.decimalsFor(PRICE_DIGITS)));
}

/** A price for reading, rounded half-even. */
export function priceText(price: Ratio, style: PriceStyle): string {
  return price.toFixed(priceDecimals(style, price));
}
