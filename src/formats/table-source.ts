import { symbolKey, type BracketTable, type TableSource } from '../core/brackets.js';
import type { TableEntry } from './written-table.js';

/** Tables by symbol, each read and checked when it is first asked for. */
export function tablesOf(load: () => readonly TableEntry[]): TableSource {
  let loaded: ReadonlyMap<string, TableEntry> | undefined;
  const entries = (): ReadonlyMap<string, TableEntry> =>
    (loaded ??= new Map(load().map((entry) => [entry.symbol, entry] as const)));
  const known = new Map<string, BracketTable>();
  return {
    find: (symbol) => {
      const key = symbolKey(symbol);
      const table = known.get(key) ?? entries().get(key)?.read();
      if (table) known.set(key, table);
      return table;
    },
    get symbols() {
      return [...entries().keys()];
    },
  };
}

/** Several sources as one: for a symbol, the first that has it. */
export function firstOf(sources: readonly TableSource[]): TableSource {
  return {
    find: (symbol) => {
      for (const each of sources) {
        const table = each.find(symbol);
        if (table) return table;
      }
      return undefined;
    },
    get symbols() {
      return [...new Set(sources.flatMap(({ symbols }) => symbols))];
    },
  };
}
