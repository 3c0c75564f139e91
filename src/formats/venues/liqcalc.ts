import { DEFAULT_VENUE, type TableNote } from '../../core/brackets.js';
import { jsonItems, jsonKind } from '../json.js';
import { described, describedItems, membersOf, refuse, wordOf } from '../table-members.js';
import type { TableShape, WrittenEntry } from '../written-table.js';

const NOTES: readonly TableNote[] = ['AMOUNTS_REBUILT', 'AMOUNTS_REPAIRED'];

/** What stands under `tables`, where a file says so itself. */
function underTables(json: string): readonly string[] | undefined {
  const tables = membersOf(json).get('tables');
  return tables !== undefined && jsonKind(tables) === 'array' ? jsonItems(tables) : undefined;
}

/** Whether a text is a table of this shape: its brackets have a `rate`, or it says what contract it is of. */
function isTable(json: string | undefined): boolean {
  const members = membersOf(json);
  const brackets = members.get('brackets');
  if (brackets === undefined || jsonKind(brackets) !== 'array') return false;
  return members.has('contract') || membersOf(jsonItems(brackets)[0]).has('rate');
}

function entryOf(json: string): WrittenEntry {
  const members = membersOf(json);
  return {
    symbol: wordOf(members, 'symbol'),
    venue: () => wordOf(members, 'venue'),
    silentVenue: DEFAULT_VENUE,
    written: (origin, symbol) => {
      const table = described(json, symbol);
      const contract = table.text('contract') ?? 'linear';
      const notes = members.get('notes');
      return {
        contract,
        multiplier: contract === 'linear' ? (table.text('multiplier') ?? '1') : table.needed('multiplier'),
        asOf: table.text('asOf') ?? origin.asOf(),
        confidence: table.text('confidence') ?? 'C',
        source: table.text('source') ?? `${origin.name} (${origin.dating})`,
        wholePosition: isMarked(members.get('wholePosition'), symbol),
        notes: NOTES.filter((note) => notes?.includes(`"${note}"`)),
        rows: describedItems(members.get('brackets'), symbol).map((row) => ({
          floor: row.needed('floor'),
          cap: row.text('cap'),
          rate: row.needed('rate'),
          amount: row.text('amount'),
          maxLeverage: row.text('maxLeverage'),
        })),
      };
    },
  };
}

function isMarked(json: string | undefined, symbol: string): boolean {
  const kind = json === undefined ? 'null' : jsonKind(json);
  if (kind !== 'null' && kind !== 'boolean') refuse(symbol, 'wholePosition is neither true nor false');
  return json?.trim() === 'true';
}

/** liqcalc's own JSON: `{"tables":[...]}`, an array of tables, or one table. */
export const liqcalc: TableShape = {
  meaning: "liqcalc's own tables",
  tables: (json) => {
    const marked = underTables(json);
    if (marked) return marked.map(entryOf);
    const texts = jsonKind(json) === 'array' ? jsonItems(json) : [json];
    return isTable(texts[0]) ? texts.map(entryOf) : undefined;
  },
};
