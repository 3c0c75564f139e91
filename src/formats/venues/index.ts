import { listed } from '../../core/names.js';
import { JsonObject, type JsonValue } from '../../schema/json-value.js';
import { isJson, jsonValue } from '../json.js';
import { EXAMPLE_ROW, pastedTable } from '../pasted-tiers.js';
import { refuse } from '../table-faults.js';
import {
  entriesBySymbol,
  tableEntry,
  wordOf,
  type FileOrigin,
  type TableEntry,
  type TableShape,
} from '../written-table.js';
import { bitgetTiers, bitgetUnifiedTiers } from './bitget-tiers.js';
import { bybitTiers } from './bybit-tiers.js';
import { ccxtTiers } from './ccxt-tiers.js';
import { dydxMarkets } from './dydx-markets.js';
import { gateTiers } from './gate-tiers.js';
import { hyperliquidMeta } from './hyperliquid-meta.js';
import { kucoinTiers } from './kucoin-tiers.js';
import { leverageBracket } from './leverage-bracket.js';
import { liqcalc } from './liqcalc.js';
import { okxTiers } from './okx-tiers.js';

/** Every shape of bracket-table files. To add one, add a file here and a line below. */
const SHAPES: readonly TableShape[] = [
  liqcalc,
  leverageBracket,
  ccxtTiers,
  okxTiers,
  bybitTiers,
  gateTiers,
  bitgetTiers,
  bitgetUnifiedTiers,
  kucoinTiers,
  hyperliquidMeta,
  dydxMarkets,
];

/** The contents of a bracket-table file, or why it is not such a file, in words. */
export type BracketFile =
  | { readonly kind: 'tables'; readonly tables: readonly TableEntry[] }
  | { readonly kind: 'fault'; readonly fault: string };

/** Reads a file of bracket tables in any shape; each table is parsed on access. */
export function readBracketFile(text: string, origin: FileOrigin): BracketFile {
  const json = text.replace(/^\uFEFF/, '').trim();
  if (json === '') return { kind: 'fault', fault: 'it is empty' };
  const pasted = isJson(json) ? undefined : pastedTable(json);
  if (pasted) return { kind: 'tables', tables: [tableEntry(pasted, 1, origin)] };
  if (!isJson(json)) return { kind: 'fault', fault: notJson(json) };
  const file = jsonValue(json);
  for (const shape of SHAPES) {
    const entries = shape.tables(file);
    if (!entries) continue;
    if (entries.length === 0) return { kind: 'fault', fault: 'there is no table in it' };
    return {
      kind: 'tables',
      tables: withoutDoubles(entries.map((entry, place) => tableEntry(entry, place + 1, origin))),
    };
  }
  return { kind: 'fault', fault: unknownShape(file) };
}

function notJson(text: string): string {
  const begins = `it begins with ${JSON.stringify(text.slice(0, 20))}`;
  if (/^[[{]/.test(text)) return `it is not JSON; ${begins}`;
  return `it is neither JSON nor rows of Binance's leverage and margin page (a row looks like ${EXAMPLE_ROW}); ${begins}`;
}

/** A symbol that occurs twice for one venue has no table: it is not clear which one is meant. */
function withoutDoubles(entries: readonly TableEntry[]): TableEntry[] {
  const groups = entriesBySymbol(entries);
  return entries.map((entry) => {
    const { symbol, venue } = entry;
    const others = groups.get(symbol) ?? [];
    if (others.length === 1) return entry;
    const count = others.filter((each) => each.venue() === venue()).length;
    return count === 1
      ? entry
      : { symbol, venue, read: () => refuse(symbol, `it occurs ${count} times; keep only one`) };
  });
}

function unknownShape(file: JsonValue): string {
  const error = file instanceof JsonObject && file.has('code') ? wordOf(file, 'msg') : undefined;
  if (error !== undefined) return `it is an error response of the exchange: ${JSON.stringify(error.slice(0, 80))}`;
  const sources = new Set(SHAPES.map(({ meaning }) => meaning.replace(/'s .*$/, '')));
  return `it has no bracket tables; liqcalc reads those of ${listed([...sources], 'and')}`;
}
