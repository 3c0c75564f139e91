import fc from 'fast-check';
import type { Terms } from '../../../src/core/position.js';
import { builtInTables } from '../../../src/core/tables/index.js';
import type { BracketTable } from '../../../src/core/brackets.js';
import { Ratio } from '../../../src/core/ratio.js';
import { decimal, mul, tableRows, type Fraction, type Plain } from './exact.js';

/** A random market and size: as terms for the code, and as plain fractions for the definitions. */
export interface Case {
  readonly terms: Terms;
  readonly table: BracketTable | undefined;
  readonly plain: Omit<Plain, 'wallet'>;
  readonly rows: ReturnType<typeof tableRows> | undefined;
  /** Axis size of a quantity of one. */
  readonly multiplier: Fraction;
  readonly lev: string;
  readonly qty: string;
  readonly entry: string;
}

const digits = (least: number, most: number, places: number): fc.Arbitrary<string> =>
  fc.bigInt(BigInt(least) * 10n ** BigInt(places), BigInt(most) * 10n ** BigInt(places)).map((whole) => {
    const text = whole.toString().padStart(places + 1, '0');
    return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
  });

const MARKETS = ['flat', 'flat-inverse', 'BTCUSDT', 'ETHUSDT', 'BTCUSD_PERP'] as const;

/** Long and short, linear and inverse, with brackets and with a rate of their own. */
export const cases: fc.Arbitrary<Case> = fc
  .record({
    market: fc.constantFrom(...MARKETS),
    side: fc.constantFrom('long' as const, 'short' as const),
    entry: digits(1, 90000, 2),
    lev: digits(1, 125, 1),
    // up to some hundred millions of value, so that all brackets are met
    worth: fc.oneof(digits(10, 1000, 0), digits(1000, 1_000_000, 0), digits(1_000_000, 100_000_000, 0)),
    rate: digits(0, 5, 3),
  })
  .map(({ market, side, entry, lev, worth, rate }) => {
    const inverse = market === 'flat-inverse' || market === 'BTCUSD_PERP';
    const table = market.startsWith('flat') ? undefined : builtInTables.find(market);
    const rows = table ? tableRows(market) : undefined;
    const multiplier = market === 'BTCUSD_PERP' ? '100' : '1';
    const base = BigInt(worth) * 10n ** 8n * 100n;
    const perUnit = inverse ? BigInt(multiplier) * 100n : BigInt(entry.replace('.', ''));
    const units = base / perUnit + 1n;
    const padded = units.toString().padStart(9, '0');
    const qty = inverse ? (units / 10n ** 8n + 1n).toString() : `${padded.slice(0, -8)}.${padded.slice(-8)}`;
    const terms: Terms = {
      side,
      entry: Ratio.from(entry),
      qty: Ratio.from(qty),
      lev: Ratio.from(lev),
      ...(table
        ? { symbol: market }
        : { mmr: Ratio.from(rate).over(Ratio.HUNDRED), contract: inverse ? 'inverse' : 'linear' }),
    };
    const flat = [{ cap: undefined, rate: mul(decimal(rate), decimal('0.01')), amount: decimal('0') }];
    const size = mul(decimal(qty), decimal(multiplier));
    const plain = { side, inverse, size, entry: decimal(entry), brackets: rows ?? flat };
    return { terms, table, plain, rows, multiplier: decimal(multiplier), lev, qty, entry };
  });
