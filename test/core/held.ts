import fc from 'fast-check';
import { fraction, type Fraction } from './plan/exact.js';

/** A position of a random account, in whole numbers. */
export interface Held {
  readonly symbol: string;
  readonly side: 'long' | 'short';
  readonly qty: number;
  readonly entry: number;
  readonly mark: number;
}

type Range = readonly [min: number, max: number];

const within = ([min, max]: Range): fc.Arbitrary<number> => fc.integer({ min, max });

/** A position on a symbol with random prices, and with other random fields. */
export function heldWithin<M extends object>(
  prices: { readonly entry: Range; readonly mark: Range },
  more: { readonly [K in keyof M]: fc.Arbitrary<M[K]> },
): (symbol: string) => fc.Arbitrary<Held & M> {
  return (symbol) => {
    const own = fc.record({
      symbol: fc.constant(symbol),
      side: fc.constantFrom('long' as const, 'short' as const),
      qty: within([1, 30]),
      entry: within(prices.entry),
      mark: within(prices.mark),
    });
    return fc.tuple(own, fc.record(more)).map(([position, others]) => ({ ...position, ...(others as M) }));
  };
}

/** A whole number as a fraction. */
export const whole = (value: number): Fraction => fraction(BigInt(value));
