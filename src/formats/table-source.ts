import {
  DEFAULT_VENUE,
  symbolKey,
  UNKNOWN_VENUE,
  venuesOf,
  type BracketTable,
  type TableSource,
} from '../core/brackets.js';
import { VENUE_NAMES } from '../core/venue-names.js';
import { refuse } from './table-members.js';
import { entriesBySymbol, type TableEntry } from './written-table.js';

/**
 * Tables by venue and symbol, each read and checked when it is first asked for.
 *
 * @param others - what becomes of a symbol that only other venues have a table of: it is passed over, or, where a file was
 * named for the default venue, refused.
 */
export function tablesOf(load: () => readonly TableEntry[], others: 'passed' | 'refused' = 'passed'): TableSource {
  let loaded: ReadonlyMap<string, readonly TableEntry[]> | undefined;
  const entries = (): ReadonlyMap<string, readonly TableEntry[]> => (loaded ??= entriesBySymbol(load()));
  const known = new Map<string, BracketTable>();
  return {
    find: (symbol, venue = DEFAULT_VENUE) => {
      const key = symbolKey(symbol);
      const found = known.get(`${venue} ${key}`);
      if (found) return found;
      const ofSymbol = entries().get(key);
      const isNamed = others === 'refused' && venue === DEFAULT_VENUE;
      const entry =
        ofSymbol?.find((each) => each.venue() === venue) ?? (isNamed ? ofSymbol?.find(isOwnVenue) : undefined);
      if (!entry && ofSymbol?.[0] && isNamed) refuseOther(ofSymbol[0]);
      const table = entry?.read();
      if (table) known.set(`${venue} ${key}`, table);
      return table;
    },
    venuesOf: (symbol) => [
      ...new Set(
        entries()
          .get(symbol)
          ?.map(({ venue }) => venue()),
      ),
    ],
    get symbols() {
      return [...entries().keys()];
    },
  };
}

/** Whether a table is of a venue that the user made up: in a file that is named it prices as it stands. */
function isOwnVenue({ venue }: TableEntry): boolean {
  const name = venue();
  return name !== UNKNOWN_VENUE && !VENUE_NAMES.some((known) => known === name);
}

function refuseOther({ symbol, venue }: TableEntry): never {
  const whose = venue() === UNKNOWN_VENUE ? 'does not say its venue' : `is of ${venue()}`;
  const advice = `name a file of ${DEFAULT_VENUE}, or give the rate with mmr`;
  return refuse(symbol, `the table ${whose}, and ${DEFAULT_VENUE} has rates of its own; ${advice}`);
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
