import { bracketOf, type BracketTable } from '../brackets.js';
import { walletLiquidatedAt } from '../liquidation.js';
import { initialMargin, positionFrom, valueAt, type Terms } from '../position.js';
import { Ratio } from '../ratio.js';

/** The highest whole leverage, or the reason why no leverage is possible. */
export type Highest =
  { readonly lev: Ratio; readonly reason?: undefined } | { readonly lev?: undefined; readonly reason: string };

/**
 * The highest whole leverage whose liquidation lies beyond a stop by a buffer, within the maximum of the bracket.
 *
 * Initial margin must be at least the wallet that is liquidated at `stop (1 -+ buffer)`; leverage is the value at entry
 * over it, rounded down.
 */
export function highestLeverage(terms: Terms, table: BracketTable | undefined, stop: Ratio, buffer: Ratio): Highest {
  const leg = positionFrom({ ...terms, lev: Ratio.ONE }, table);
  const away = stop.times(buffer);
  const limit = terms.side === 'long' ? stop.minus(away) : stop.plus(away);
  if (limit.sign() <= 0) return { reason: 'no positive price lies beyond the stop by that buffer' };
  const kept = initialMargin(leg, Ratio.ONE).over(walletLiquidatedAt(leg, limit)).floorTo(Ratio.ONE);
  const most = table && bracketOf(table.brackets, valueAt(leg, leg.entry)).maxLeverage?.floorTo(Ratio.ONE);
  const lev = most ? kept.min(most) : kept;
  if (lev.sign() > 0) return { lev };
  return {
    reason: 'even at leverage 1 the position is liquidated before the stop; add margin or move the stop nearer',
  };
}
