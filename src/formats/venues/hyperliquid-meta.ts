import { JsonArray, JsonObject, type JsonValue } from '../../schema/json-value.js';
import { symbolKeyOn } from '../../core/venues/index.js';
import { figuresOf, within } from '../public-tiers.js';
import { refuse } from '../table-faults.js';
import { wordOf, type TableShape, type WrittenEntry, type WrittenTable } from '../written-table.js';

const itemsOf = (value: JsonValue | undefined): readonly JsonValue[] => (value instanceof JsonArray ? value.items : []);

const halfOf = (maxLeverage: string): string => `1/${2 * Number(maxLeverage)}`;

type Rows = WrittenTable['rows'];

/** The tiers of a margin table: each begins at its `lowerBound`. */
function rowsOf(table: JsonValue, symbol: string): Rows {
  const tiers = itemsOf(within(table, ['marginTiers'])).map((each, index) =>
    figuresOf(each, `no. ${index + 1}`, symbol),
  );
  return tiers.map((tier, index) => {
    const maxLeverage = tier('maxLeverage');
    const floor = tier('lowerBound');
    return { floor, cap: tiers[index + 1]?.('lowerBound'), rate: halfOf(maxLeverage), amount: undefined, maxLeverage };
  });
}

/** Below this id a margin table is one tier, and its id is the maximum leverage. */
const FIRST_TABLE = 50;

function entryOf(coin: JsonValue, tables: ReadonlyMap<string, JsonValue>): WrittenEntry {
  const name = wordOf(coin, 'name');
  return {
    symbol: name === undefined ? undefined : symbolKeyOn('hyperliquid', name),
    venue: () => 'hyperliquid',
    silentVenue: 'hyperliquid',
    written: (origin, symbol) => {
      const id = figuresOf(coin, 'its coin', symbol)('marginTableId');
      const single: Rows = [{ floor: '0', cap: undefined, rate: halfOf(id), amount: undefined, maxLeverage: id }];
      const table = tables.get(id);
      const isSingle = /^\d+$/.test(id) && Number(id) > 0 && Number(id) < FIRST_TABLE;
      return {
        contract: 'linear',
        multiplier: '1',
        asOf: origin.asOf(),
        confidence: 'A',
        source: `Hyperliquid's meta ${origin.name} (${origin.dating})`,
        wholePosition: false,
        notes: [],
        rows: table
          ? rowsOf(table, symbol)
          : isSingle
            ? single
            : refuse(symbol, `margin table ${id} is not in the answer`),
      };
    },
  };
}

/**
 * Hyperliquid's answer to `{"type":"meta"}`: coins, and margin tables by id.
 *
 * @see https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint/perpetuals (Perpetuals metadata)
 */
export const hyperliquidMeta: TableShape = {
  meaning: "Hyperliquid's meta",
  tables: (file) => {
    const coins = within(file, ['universe']);
    if (!(file instanceof JsonObject && file.has('marginTables') && coins instanceof JsonArray)) return undefined;
    const tables = new Map<string, JsonValue>();
    for (const each of itemsOf(file.value('marginTables'))) {
      const [id, table] = itemsOf(each);
      if (typeof id === 'string' && table !== undefined) tables.set(id, table);
    }
    return coins.items.map((coin) => entryOf(coin, tables));
  },
};
