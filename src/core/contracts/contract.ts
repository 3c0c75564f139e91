import type { Ratio } from '../ratio.js';

/**
 * A kind of contract, reduced to one axis on which value and profit are straight lines.
 *
 * With `x = coordinate(price)`, size `n` and side `s` (+1 long, -1 short):
 * value = `n x`, profit = `s longSlope n (x - coordinate(entry))`, both in the margin asset. Everything else
 * (liquidation, margin call, bankruptcy, accounts) is the same piecewise-linear problem for every contract.
 */
export interface Contract {
  readonly name: string;
  /** One line for help and tables. */
  readonly meaning: string;
  /** The asset of margin, profit and maintenance. */
  readonly marginAsset: 'quote' | 'base';
  /** What `--qty` counts: base units, or contracts, each worth a multiplier. */
  readonly sizeUnit: 'base units' | 'contracts';
  /** +1 where a long's profit grows along the axis, -1 where it falls. */
  readonly longSlope: 1 | -1;
  /** Converts a price (quote per base, > 0) to the axis; the same function converts back. */
  readonly coordinate: (price: Ratio) => Ratio;
  /** Size on the axis, from the quantity of a position and the value of one contract: quote, or base units (linear). */
  readonly sizeOf: (quantity: Ratio, multiplier: Ratio) => Ratio;
  /** The quantity that is worth a quote notional at the entry. */
  readonly quantityOf: (notional: Ratio, entry: Ratio, multiplier: Ratio) => Ratio;
  /** Value in quote of a size at a price. */
  readonly notional: (size: Ratio, price: Ratio) => Ratio;
  /**
   * The formulas as `--explain` shows and evaluates them: `p` price, `s` side, `q` or `N` size, `E` entry, `C`
   * collateral, `r` rate, `f` fee, `a` amount. `long` and `short` are the price of one leg within a bracket.
   */
  readonly formulas: {
    readonly equity: string;
    readonly maintenance: string;
    readonly long: string;
    readonly short: string;
    /** The price of one leg whose whole maintenance is a constant `F`. */
    readonly fixed: { readonly long: string; readonly short: string };
  };
}
