import { fail } from '../errors.js';
import type { Side } from '../leg.js';
import type { Ratio } from '../ratio.js';

/** The prices at which a trade ends: with a loss at the stop, with a gain at the take-profit price. */
export interface Exits {
  readonly stop?: Ratio | undefined;
  readonly take?: Ratio | undefined;
}

/**
 * Refuses a stop on the winning side of a price, and a take-profit price on the losing side.
 *
 * @param from - the price that both are compared with, and what it is.
 * @throws {LiqcalcError} `WRONG_SIDE`.
 */
export function checkExitSides(
  side: Side,
  { stop, take }: Exits,
  from: { readonly price: Ratio; readonly name: string },
): void {
  const [losing, winning] = side === 'long' ? (['below', 'above'] as const) : (['above', 'below'] as const);
  const lies = (price: Ratio, where: 'below' | 'above'): boolean =>
    where === 'below' ? price.isBelow(from.price) : price.isAbove(from.price);
  const words = (where: string): string => `${where} the ${from.name} (${from.price.toText(30)}) of a ${side}`;
  if (stop && !lies(stop, losing)) fail('WRONG_SIDE', 'stop', { value: stop.toText(30), must: words(losing) });
  if (take && !lies(take, winning)) fail('WRONG_SIDE', 'take', { value: take.toText(30), must: words(winning) });
}
