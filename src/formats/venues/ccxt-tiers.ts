import { UNKNOWN_VENUE } from '../../core/brackets.js';
import { leverageTiers } from '../../schema/brackets.js';
import { JsonArray, JsonObject, type JsonValue } from '../../schema/json-value.js';
import { binanceMultiplier, multiplierNote } from '../binance-contracts.js';
import { readTable, refuse } from '../table-faults.js';
import { tiersBySymbol } from '../public-tiers.js';
import type { TableShape, WrittenEntry } from '../written-table.js';

function isTiers(value: JsonValue): boolean {
  const first = value instanceof JsonArray ? value.items[0] : undefined;
  return first instanceof JsonObject && first.has('maintenanceMarginRate');
}

/** The exchange's own object of each tier; `undefined` if a tier has no such object. */
function infosOf(tiers: JsonValue): readonly (JsonObject | undefined)[] {
  if (!(tiers instanceof JsonArray)) return [];
  return tiers.items.map((tier) => {
    const info = tier instanceof JsonObject ? tier.value('info') : undefined;
    return info instanceof JsonObject ? info : undefined;
  });
}

const hasAll = (info: JsonObject | undefined, keys: readonly string[]): boolean =>
  keys.every((key) => info?.has(key) === true);

function entryOf(unified: string | undefined, tiers: JsonValue): WrittenEntry {
  return {
    symbol: unified,
    venue: () => venueOfTier(infosOf(tiers)[0]),
    silentVenue: UNKNOWN_VENUE,
    written: (origin, symbol) => {
      const infos = infosOf(tiers);
      const isBinance = infos.every((info) => hasAll(info, ['maintMarginRatio']));
      const isInverse = isSettledInBase(unified ?? symbol);
      if (isInverse && !isBinance) {
        refuse(symbol, "the value of one contract is not in ccxt's tiers; write the table in liqcalc's own JSON");
      }
      const rows = readTable(leverageTiers[isInverse ? 'inverse' : 'linear'](), tiers, symbol);
      const hasAmounts = rows.every(({ amount }) => amount !== undefined);
      return {
        contract: isInverse ? 'inverse' : 'linear',
        multiplier: isInverse ? binanceMultiplier(symbol) : undefined,
        asOf: origin.asOf(),
        confidence: isBinance && hasAmounts ? 'B' : 'C',
        source: `ccxt's leverage tiers ${origin.name} (${origin.dating})${isInverse ? multiplierNote(symbol) : ''}`,
        wholePosition: infos.some((info) => hasAll(info, ['mmr', 'maxSz'])),
        notes: [],
        rows: hasAmounts ? rows : rows.map((row) => ({ ...row, amount: undefined })),
      };
    },
  };
}

/** Keys that identify the venue of a tier, from the venue's own response that ccxt keeps. */
const TIER_KEYS: readonly (readonly [venue: string, ...keys: string[]])[] = [
  ['binance', 'maintMarginRatio'],
  ['okx', 'mmr', 'maxSz'],
  ['kucoin', 'maintainMargin', 'minRiskLimit'],
  ['gate', 'maintenance_rate', 'risk_limit'],
  ['bybit', 'riskLimitValue', 'maintenanceMargin'],
  ['bitget', 'keepMarginRate', 'startUnit'],
];

function venueOfTier(info: JsonObject | undefined): string | undefined {
  return TIER_KEYS.find(([, ...keys]) => hasAll(info, keys))?.[0];
}

/** Whether a unified symbol is settled in its base: `BTC/USD:BTC`. */
function isSettledInBase(unified: string): boolean {
  const [pair = '', settled = ''] = unified.toUpperCase().split(':', 2);
  return pair.split('/')[0] === settled.split('-')[0];
}

/** The tiers of `fetchMarketLeverageTiers`: a list, with the symbol in each tier of newer versions. */
function ofMarkets({ items }: JsonArray): readonly WrittenEntry[] {
  const groups = tiersBySymbol(items, 'symbol');
  return [...groups].map(([unified, tiers]) => entryOf(unified || undefined, new JsonArray('', () => tiers)));
}

/**
 * The results of ccxt's `fetchLeverageTiers` and `fetchMarketLeverageTiers`: tiers by unified symbol, or those of one. The unified fields do not contain amounts; these
 * are taken from the exchange's own response in `info.cum`, else rebuilt.
 *
 * @see https://github.com/ccxt/ccxt/pull/11937 (binance.fetchLeverageTiers)
 */
export const ccxtTiers: TableShape = {
  meaning: "ccxt's fetchLeverageTiers",
  tables: (file) => {
    if (isTiers(file)) return ofMarkets(file as JsonArray);
    if (!(file instanceof JsonObject)) return undefined;
    const { members } = file;
    return members.some(([, value]) => isTiers(value)) ? members.map(([key, value]) => entryOf(key, value)) : undefined;
  },
};
