import { DEFAULT_VENUE } from '../../core/brackets.js';
import { ownTable } from '../../schema/brackets.js';
import { JsonArray, JsonObject, type JsonValue } from '../../schema/json-value.js';
import { readTable } from '../table-faults.js';
import { firstBracket, tablesIn, wordOf, type TableShape, type WrittenEntry } from '../written-table.js';

/** The value of `tables`, if a file has this key. */
function underTables(file: JsonValue): readonly JsonValue[] | undefined {
  const tables = file instanceof JsonObject ? file.value('tables') : undefined;
  return tables instanceof JsonArray ? tables.items : undefined;
}

/** Whether a value is a table of this shape: its brackets have a `rate`, or it contains its contract. */
function isTable(table: JsonValue | undefined): boolean {
  if (!(table instanceof JsonObject && table.value('brackets') instanceof JsonArray)) return false;
  return table.has('contract') || firstBracket(table)?.has('rate') === true;
}

function entryOf(table: JsonValue): WrittenEntry {
  return {
    symbol: wordOf(table, 'symbol'),
    venue: () => wordOf(table, 'venue'),
    silentVenue: DEFAULT_VENUE,
    written: (origin, symbol) => {
      const { contract = 'linear', multiplier, brackets, ...own } = readTable(ownTable(), table, symbol);
      return {
        contract,
        multiplier,
        asOf: own.asOf ?? origin.asOf(),
        confidence: own.confidence ?? 'C',
        source: own.source ?? `${origin.name} (${origin.dating})`,
        wholePosition: own.wholePosition === true,
        notes: own.notes ?? [],
        rows: brackets,
      };
    },
  };
}

/** liqcalc's own JSON: `{"tables":[...]}`, an array of tables, or one table. */
export const liqcalc: TableShape = {
  meaning: "liqcalc's own tables",
  tables: (file) => {
    const marked = underTables(file);
    if (marked) return marked.map(entryOf);
    const tables = tablesIn(file);
    return isTable(tables[0]) ? tables.map(entryOf) : undefined;
  },
};
