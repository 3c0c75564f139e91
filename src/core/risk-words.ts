import type { Position } from './position.js';
import { MAX_MAGNITUDE, powerOfTen, Ratio } from './ratio.js';

const LEAST_DECIMALS = 2;
/** Amounts in advice have at least four significant digits. */
const LEAST_DIGITS = Ratio.of(1000n);

function stepFor(value: Ratio): Ratio {
  let decimals = LEAST_DECIMALS;
  while (
    value.sign() > 0 &&
    decimals < MAX_MAGNITUDE &&
    value.times(Ratio.of(powerOfTen(decimals))).isBelow(LEAST_DIGITS)
  )
    decimals++;
  return Ratio.of(1n, powerOfTen(decimals));
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

/** An amount or a figure as plain text, all of its decimals where it has few. */
export function plain(value: Ratio): string {
  return value.toText(MAX_MAGNITUDE).length <= 16 ? value.toText(MAX_MAGNITUDE) : value.toText(8);
}

/** A price as a card shows it: two decimals more than the entry has. */
export function priceText(price: Ratio, { entry }: Pick<Position, 'entry'>): string {
  return price.toText(Math.min(entry.decimalPlaces(), 8) + LEAST_DECIMALS);
}

/** A figure beside its limit: with two decimals, or as many as it takes not to look like the limit, or like nothing. */
export function figure(value: Ratio, limit?: Ratio): string {
  const others = [Ratio.ZERO, ...(limit ? [limit] : [])].filter((other) => other.compare(value) !== 0);
  const texts = others.map((other) => other.toText(MAX_MAGNITUDE));
  let decimals = LEAST_DECIMALS;
  while (decimals < MAX_MAGNITUDE && texts.includes(value.toText(decimals))) decimals++;
  return value.toText(decimals);
}

/** A price with two decimals more than the entry has, on the safe side of what is exact: up for `higher`, down for `lower`. */
export function priceOn(side: 'higher' | 'lower', price: Ratio, { entry }: Pick<Position, 'entry'>): Ratio {
  const step = Ratio.of(1n, powerOfTen(Math.min(entry.decimalPlaces(), 8) + LEAST_DECIMALS));
  return side === 'higher' ? price.ceilTo(step) : price.floorTo(step);
}
