import type { Position } from '../position.js';
import { priceDecimals as shownDecimals, priceText as shownText, type PriceStyle } from '../price-text.js';
import { MAX_MAGNITUDE, powerOfTen, Ratio } from '../ratio.js';

const LEAST_DECIMALS = 2;
/** Amounts in advice have at least four significant digits. */
const LEAST_DIGITS = Ratio.of(1000n);

/** The last place of so many decimals. */
export function stepOf(decimals: number): Ratio {
  return Ratio.of(1n, powerOfTen(decimals));
}

function stepFor(value: Ratio): Ratio {
  return stepOf(decimalsFor(value));
}

/** The decimals with which an amount has its least digits. */
function decimalsFor(value: Ratio): number {
  let decimals = LEAST_DECIMALS;
  while (
    value.sign() > 0 &&
    decimals < MAX_MAGNITUDE &&
    value.times(Ratio.of(powerOfTen(decimals))).isBelow(LEAST_DIGITS)
  )
    decimals++;
  return decimals;
}

/** A positive amount rounded up to so many decimals as advice needs: what is typed back does at least what it promises. */
export function roundedUp(amount: Ratio): Ratio {
  return amount.ceilTo(stepFor(amount));
}

/** A positive amount rounded down to so many decimals as advice needs. */
export function roundedDown(amount: Ratio): Ratio {
  return amount.floorTo(stepFor(amount));
}

/** The next amount above one, in decimals as advice has them. */
export function justAbove(amount: Ratio): Ratio {
  return roundedUp(amount).isAbove(amount) ? roundedUp(amount) : amount.plus(stepFor(amount));
}

const MOST_LETTERS = 16;
const MOST_DECIMALS = 8;

/** An amount or a figure as plain text, all of its decimals where it has few; one that is tiny does not become nothing. */
export function plain(value: Ratio): string {
  const whole = value.toText(MAX_MAGNITUDE);
  if (whole.length <= MOST_LETTERS) return whole;
  return value.toText(Math.max(MOST_DECIMALS, decimalsFor(value.abs())));
}

/** Prices are shown as on the card of the position; an entry that was worked out has more decimals than anyone wrote. */
function styleOf({ entry }: Pick<Position, 'entry'>): PriceStyle {
  return { entryDecimals: Math.min(entry.decimalPlaces(), MOST_DECIMALS), decimals: undefined };
}

/** The decimals with which prices of a position are shown. */
export function priceDecimals(position: Pick<Position, 'entry'>, ...prices: readonly Ratio[]): number {
  return shownDecimals(styleOf(position), ...prices);
}

/** A price as the card of the position shows it. */
export function priceText(price: Ratio, position: Pick<Position, 'entry'>): string {
  return shownText(price, styleOf(position));
}

/** Whether so many decimals show a figure on the side of a limit where it is: above it, at it or below it. */
export function keepsSide(value: Ratio, limit: Ratio, decimals: number): boolean {
  const units = BigInt(value.toFixed(decimals).replace('.', ''));
  return Ratio.of(units, powerOfTen(decimals)).compare(limit) === value.compare(limit);
}

/** A figure beside its limit: with two decimals, or as many as it takes to stand to the limit, and to zero, as it does. */
export function figure(value: Ratio, limit = Ratio.ZERO, leastDecimals = LEAST_DECIMALS): string {
  const isShown = (decimals: number): boolean =>
    keepsSide(value, Ratio.ZERO, decimals) && keepsSide(value, limit, decimals);
  let decimals = leastDecimals;
  while (decimals < MAX_MAGNITUDE && !isShown(decimals)) decimals++;
  return value.toText(decimals);
}

/** A price with the decimals of its card, on the safe side of what is exact: up for `higher`, down for `lower`. */
export function priceOn(side: 'higher' | 'lower', price: Ratio, position: Pick<Position, 'entry'>): Ratio {
  const step = stepOf(priceDecimals(position, price));
  return side === 'higher' ? price.ceilTo(step) : price.floorTo(step);
}
