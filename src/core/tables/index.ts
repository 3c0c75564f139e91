import { DEFAULT_VENUE, type BracketTable, type TableSource } from '../brackets.js';
import { symbolKeyOn } from '../venues/index.js';
import { binanceCoinm } from './binance-coinm.js';
import { binanceUsdm } from './binance-usdm.js';
import { binanceUsdt } from './binance-usdt.js';
import { hyperliquid } from './hyperliquid.js';
import { readVenueTable, type VenueTable } from './venue-table.js';

/** Every built-in table, newest of each symbol. To add a venue, add a file here and a line below. */
const VENUE_TABLES: readonly VenueTable[] = [...binanceUsdm, ...binanceUsdt, ...binanceCoinm, ...hyperliquid];

const keyOf = (venue: string, symbol: string): string => `${venue} ${symbol}`;

const byKey = new Map(VENUE_TABLES.map((each) => [keyOf(each.venue, each.symbol), each]));
const read = new Map<string, BracketTable>();

const venuesBySymbol = new Map<string, readonly string[]>();
for (const { symbol, venue } of VENUE_TABLES)
  venuesBySymbol.set(symbol, [...(venuesBySymbol.get(symbol) ?? []), venue]);

function builtInTable(symbol: string, venue = DEFAULT_VENUE): BracketTable | undefined {
  const key = keyOf(venue, symbolKeyOn(venue, symbol));
  const table = byKey.get(key);
  if (!table) return undefined;
  const known = read.get(key);
  if (known) return known;
  const checked = readVenueTable(table);
  read.set(key, checked);
  return checked;
}

/** The built-in tables. */
export const builtInTables: TableSource = {
  find: builtInTable,
  symbols: [...venuesBySymbol.keys()],
  venuesOf: (symbol) => venuesBySymbol.get(symbol) ?? [],
};
