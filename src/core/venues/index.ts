import { binance } from './binance.js';
import { bitget, bitget2024 } from './bitget.js';
import { bybit, bybit2024 } from './bybit.js';
import { dydx } from './dydx.js';
import { gate } from './gate.js';
import { hyperliquid, hyperliquid2023 } from './hyperliquid.js';
import { kucoin, kucoin2024 } from './kucoin.js';
import { okx } from './okx.js';
import { DEFAULT_VENUE, symbolKey } from '../brackets.js';
import { Ratio } from '../ratio.js';
import type { TierRule, Venue } from './venue.js';

export type { MarginRule, TierRule, Venue } from './venue.js';

/** Every venue's rules, present and dated, by name. To add a venue, add a file here and a line below. */
const VENUES = [
  binance,
  hyperliquid,
  hyperliquid2023,
  okx,
  bybit,
  bybit2024,
  gate,
  bitget,
  bitget2024,
  dydx,
  kucoin,
  kucoin2024,
] as const;

/** Every rule by name. */
export const venues: Readonly<Record<string, Venue>> = Object.fromEntries(VENUES.map((each) => [each.name, each]));

/** Venues that have no rule here, and why. */
export const REFUSED_VENUES: Readonly<Record<string, string>> = {
  bitmex:
    'BitMEX rounds the cost of each contract to a whole satoshi and freezes fees and funding, which is not covered',
  deribit: 'its maintenance rate grows with the size of the position, which no bracket table can express',
  kraken:
    'whether its multi-collateral contracts value maintenance at the entry or at the price is unknown, and its API answers no liquidation price to compare with',
};

const PLAIN_TIERS: TierRule = { apply: 'marginal', by: 'value' };

/** How the tiers of a venue's tables apply; of a venue without a rule: each to its part of the value. */
export function tiersOf(venue: string): TierRule {
  return venues[venue]?.tiers ?? PLAIN_TIERS;
}

const USUAL_HOURS = '8';

/** Hours between payments of funding at a venue. */
export function fundingHours(venue: string = DEFAULT_VENUE): Ratio {
  return Ratio.from(venues[venue]?.fundingHours ?? USUAL_HOURS);
}

/** The venue whose tables a rule uses: `bybit` for `bybit-2024`. */
export function tablesVenue(rule: string): string {
  return venues[rule]?.venue ?? rule;
}

/** A symbol that is safe in a command that users copy. */
const PLAIN_SYMBOL = /^[\p{L}\p{N}_/:.-]{1,64}$/u;

/** A symbol as it can be copied to a command line; a placeholder for one with other characters. */
export function plainSymbol(symbol: string): string {
  return PLAIN_SYMBOL.test(symbol) ? symbol : 'SYMBOL';
}

/** The command that imports a venue's table of a symbol, as it is typed. */
function importCommand(venue: string, symbol: string): string {
  const key = plainSymbol(symbolKeyOn(venue, symbol));
  return venues[venue]?.tablesFrom(key) ?? `liqcalc brackets import FILE --venue ${venue}`;
}

/** How the table of a symbol is imported: the command, and what to do with it if it does not fetch the table itself. */
export function importOf(venue: string, symbol: string): { readonly tables: string; readonly how?: string } {
  const how = venues[venue]?.importedBy?.(symbol);
  return { tables: importCommand(venue, symbol), ...(how !== undefined && { how }) };
}

/** One spelling for a symbol of a venue. */
export function symbolKeyOn(venue: string, symbol: string): string {
  return symbolKey(venues[venue]?.symbolKey?.(symbol) ?? symbol);
}
