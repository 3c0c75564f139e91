import type { Position } from '../position.js';
import { priceDecimals as shownDecimals, priceText as shownText, type PriceStyle } from '../price-text.js';
import { MAX_MAGNITUDE, powerOfTen, Ratio, stepOf } from '../ratio.js';

const LEAST_DECIMALS = 2;
/** Amounts in advice have at least four significant digits. */
const LEAST_DIGITS = 4;

function stepFor(value: Ratio): Ratio {
  return stepOf(decimalsFor(value));
}

/** The decimals with which a positive amount has at least four significant digits. */
function decimalsFor(value: Ratio): number {
  return value.sign() > 0 ? Math.max(LEAST_DECIMALS, value.decimalsFor(LEAST_DIGITS)) : LEAST_DECIMALS;
}

/** A positive amount rounded up to the decimals of advice: the shown amount has at least the promised effect. */
export function roundedUp(amount: Ratio): Ratio {
  return amount.ceilTo(stepFor(amount));
}

/** A positive amount rounded down to the decimals of advice. */
export function roundedDown(amount: Ratio): Ratio {
  return amount.floorTo(stepFor(amount));
}

/** The next larger amount, in the decimals of advice. */
export function justAbove(amount: Ratio): Ratio {
  return roundedUp(amount).isAbove(amount) ? roundedUp(amount) : amount.plus(stepFor(amount));
}

const MOST_LETTERS = 16;
const MOST_DECIMALS = 8;

/** An amount or a figure as plain text, with all of its decimals if it has few. A tiny value is not shown as zero. */
export function plain(value: Ratio): string {
  const whole = value.toText(MAX_MAGNITUDE);
  if (whole.length <= MOST_LETTERS) return whole;
  return value.toText(Math.max(MOST_DECIMALS, decimalsFor(value.abs())));
}

/** Prices are shown as on the card of the position. A computed entry has more decimals than a written one. */
function styleOf({ entry }: Pick<Position, 'entry'>): PriceStyle {
  return { entryDecimals: Math.min(entry.decimalPlaces(), MOST_DECIMALS), decimals: undefined };
}

/** The decimals of a position's displayed prices. */
export function priceDecimals(position: Pick<Position, 'entry'>, ...prices: readonly Ratio[]): number {
  return shownDecimals(styleOf(position), ...prices);
}

/** A price as the card of the position shows it. */
export function priceText(price: Ratio, position: Pick<Position, 'entry'>): string {
  return shownText(price, styleOf(position));
}

/** Whether this many decimals show a figure on its correct side of a limit: above, at or below. */
export function keepsSide(value: Ratio, limit: Ratio, decimals: number): boolean {
  const units = BigInt(value.toFixed(decimals).replace('.', ''));
  return Ratio.of(units, powerOfTen(decimals)).compare(limit) === value.compare(limit);
}

/**
 * A figure next to its limit: with two decimals, or as many as are needed to compare with the limit, and with zero, as
 * the exact value does.
 */
export function figure(value: Ratio, limit = Ratio.ZERO, leastDecimals = LEAST_DECIMALS): string {
  const isShown = (decimals: number): boolean =>
    keepsSide(value, Ratio.ZERO, decimals) && keepsSide(value, limit, decimals);
  let decimals = leastDecimals;
  while (decimals < MAX_MAGNITUDE && !isShown(decimals)) decimals++;
  return value.toText(decimals);
}

/** A price with the decimals of its card, rounded to the safe side: up for `higher`, down for `lower`. */
export function priceOn(side: 'higher' | 'lower', price: Ratio, position: Pick<Position, 'entry'>): Ratio {
  const step = stepOf(priceDecimals(position, price));
  return side === 'higher' ? price.ceilTo(step) : price.floorTo(step);
}
