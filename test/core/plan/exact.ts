import { binanceCoinm } from '../../../src/core/tables/binance-coinm.js';
import { binanceUsdm } from '../../../src/core/tables/binance-usdm.js';

/**
 * A second arithmetic and the definitions of equity and maintenance, written down again from the mathematics: fractions
 * of BigInts that share no code with the code under test. Only the data of bracket tables is shared.
 */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export const fraction = (n: bigint, d = 1n): Fraction => (d < 0n ? { n: -n, d: -d } : { n, d });

/** Decimal text as a fraction: `-12.5`. */
export function decimal(text: string): Fraction {
  const [whole = '0', digits = ''] = text.split('.');
  return fraction(BigInt(`${whole}${digits}`), 10n ** BigInt(digits.length));
}

export const add = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
export const sub = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d - b.n * a.d, a.d * b.d);
export const mul = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
export const div = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d, a.d * b.n);
/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function order(a: Fraction, b: Fraction): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** A position as the definitions need it. */
export interface Plain {
  readonly side: 'long' | 'short';
  readonly inverse: boolean;
  /** Base units, or quote value of all contracts. */
  readonly size: Fraction;
  readonly entry: Fraction;
  readonly wallet: Fraction;
  /** `cap, rate, amount` with the last cap left open. */
  readonly brackets: readonly {
    readonly cap: Fraction | undefined;
    readonly rate: Fraction;
    readonly amount: Fraction;
  }[];
}

/** Value of a position at a price in its margin asset: `q p`, inverse `N / p`. */
export function value({ inverse, size }: Plain, price: Fraction): Fraction {
  return inverse ? div(size, price) : mul(size, price);
}

/** Profit at a price: `s q (p - E)`, inverse `s N (1/E - 1/p)`. */
export function profit(plain: Plain, price: Fraction): Fraction {
  const grown = sub(value(plain, price), value(plain, plain.entry));
  return (plain.side === 'long') === plain.inverse ? sub(fraction(0n), grown) : grown;
}

/** Maintenance by look-up: the bracket with `floor < value <= cap`. */
export function maintenance(plain: Plain, price: Fraction): Fraction {
  const worth = value(plain, price);
  const found = plain.brackets.find(({ cap }) => !cap || order(worth, cap) <= 0) ?? plain.brackets.at(-1);
  if (!found) throw new Error('no brackets');
  return sub(mul(found.rate, worth), found.amount);
}

/** Equity less maintenance at a price: liquidated where it is zero or less. */
export function surplus(plain: Plain, price: Fraction): Fraction {
  return sub(add(plain.wallet, profit(plain, price)), maintenance(plain, price));
}

/** The bracket rows of a built-in table with their leverages, read again from their text. */
export function tableRows(symbol: string): (Plain['brackets'][number] & { readonly most: Fraction })[] {
  const table = [...binanceUsdm, ...binanceCoinm].find((each) => each.symbol === symbol);
  if (typeof table?.brackets !== 'string') throw new Error(`no lines of ${symbol}`);
  const lines = table.brackets.trim().split('\n');
  return lines.map((line) => {
    const [, cap = '', rate = '', amount = '', most = ''] = line.trim().split(' ');
    return {
      cap: cap === '-' ? undefined : decimal(cap),
      rate: decimal(rate),
      amount: decimal(amount),
      most: decimal(most),
    };
  });
}
