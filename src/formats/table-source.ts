import { DEFAULT_VENUE, UNKNOWN_VENUE, venuesOf, type BracketTable, type TableSource } from '../core/brackets.js';
import { VENUE_NAMES } from '../core/venue-names.js';
import { symbolKeyOn } from '../core/venues/index.js';
import { refuse } from './table-faults.js';
import { entriesBySymbol, type TableEntry } from './written-table.js';

/**
 * Tables by venue and symbol, each parsed and validated on first use.
 *
 * @param load - returns the tables; called once.
 * @param others - for a symbol that only other venues have a table of: `passed` means that there is no table; `refused`
 * is for tables that the user named for a price, which would otherwise silently come from elsewhere.
 */
export function tablesOf(load: () => readonly TableEntry[], others: 'passed' | 'refused'): TableSource {
  let loaded: ReadonlyMap<string, readonly TableEntry[]> | undefined;
  const entriesOf = (key: string): readonly TableEntry[] => (loaded ??= entriesBySymbol(load())).get(key) ?? [];
  const known = new Map<string, BracketTable>();
  return {
    find: (symbol, venue = DEFAULT_VENUE) => {
      const key = symbolKeyOn(venue, symbol);
      const found = known.get(`${venue} ${key}`);
      if (found) return found;
      const entries = entriesOf(key);
      const own = entries.find((each) => each.venue() === venue);
      const table = (own ?? (others === 'refused' ? stoodFor(entries, venue) : undefined))?.read();
      if (table) known.set(`${venue} ${key}`, table);
      return table;
    },
    venuesOf: (symbol) => [...new Set(entriesOf(symbol).map(({ venue }) => venue()))],
    get symbols() {
      return [...(loaded ??= entriesBySymbol(load())).keys()];
    },
  };
}

/**
 * The table of a venue that liqcalc does not know by name and for which the user named a file: it is used unchanged.
 *
 * @throws {LiqcalcError} `INVALID_BRACKETS` if the tables of the symbol are of a known venue, or have no venue.
 */
function stoodFor(entries: readonly TableEntry[], venue: string): TableEntry | undefined {
  const [first] = entries;
  if (!first || venue !== DEFAULT_VENUE) return undefined;
  return entries.find((each) => isOwnVenue(each.venue())) ?? refuseOther(first);
}

/** Whether a venue is one that the user named, and liqcalc does not know. */
export function isOwnVenue(venue: string): boolean {
  return venue !== UNKNOWN_VENUE && !VENUE_NAMES.some((known) => known === venue);
}

function refuseOther({ symbol, venue }: TableEntry): never {
  const isUnknown = venue() === UNKNOWN_VENUE;
  return refuse(
    symbol,
    isUnknown
      ? `the table in the file has no venue; import it with liqcalc brackets import FILE --venue ${DEFAULT_VENUE}`
      : `the table is of ${venue()}, but ${DEFAULT_VENUE} has its own rates; use a file of ${DEFAULT_VENUE}`,
  );
}

/** Several sources as one: for a symbol, the first that has it. */
export function firstOf(sources: readonly TableSource[]): TableSource {
  return {
    find: (symbol, venue) => {
      for (const each of sources) {
        const table = each.find(symbol, venue);
        if (table) return table;
      }
      return undefined;
    },
    venuesOf: (symbol) => [
      ...new Set(sources.flatMap((each) => (each.symbols.includes(symbol) ? venuesOf(each, symbol) : []))),
    ],
    get symbols() {
      return [...new Set(sources.flatMap(({ symbols }) => symbols))];
    },
  };
}
