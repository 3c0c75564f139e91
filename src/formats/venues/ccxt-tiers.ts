import { UNKNOWN_VENUE } from '../../core/brackets.js';
import { jsonItems, jsonKind, jsonMembers } from '../json.js';
import { binanceMultiplier, multiplierNote } from '../binance-contracts.js';
import { describedItems, membersOf, refuse, type Described } from '../table-members.js';
import type { TableShape, WrittenEntry } from '../written-table.js';

function isTiers(json: string | undefined): boolean {
  if (json === undefined || jsonKind(json) !== 'array') return false;
  return membersOf(jsonItems(json)[0]).has('maintenanceMarginRate');
}

function entryOf(unified: string, json: string): WrittenEntry {
  return {
    symbol: unified,
    venue: () => venueOfTier(membersOf(membersOf(jsonItems(json)[0]).get('info'))),
    silentVenue: UNKNOWN_VENUE,
    written: (origin, symbol) => {
      const tiers = describedItems(json, symbol);
      const infos = tiers.map((tier) => tier.inner('info'));
      const isBinance = infos.every((info) => info.has('maintMarginRatio'));
      const isInverse = isSettledInBase(unified);
      if (isInverse && !isBinance) {
        refuse(symbol, "the value of one contract is not in ccxt's tiers; write the table in liqcalc's own JSON");
      }
      const hasAmounts = infos.every((info) => info.text('cum') !== undefined);
      return {
        contract: isInverse ? 'inverse' : 'linear',
        multiplier: isInverse ? binanceMultiplier(symbol) : '1',
        asOf: origin.asOf(),
        confidence: isBinance && hasAmounts ? 'B' : 'C',
        source: `ccxt's leverage tiers ${origin.name} (${origin.dating})${isInverse ? multiplierNote(symbol) : ''}`,
        wholePosition: infos.some((info) => info.has('mmr') && info.has('maxSz')),
        notes: [],
        rows: tiers.map((tier, index) => ({
          ...(isInverse ? inverseRange(infos[index] as Described) : linearRange(tier)),
          rate: tier.needed('maintenanceMarginRate'),
          amount: hasAmounts ? infos[index]?.text('cum') : undefined,
          maxLeverage: tier.text('maxLeverage'),
        })),
      };
    },
  };
}

/** Keys that tell the venue of a tier by what ccxt keeps of the venue's own answer. */
const TIER_KEYS: readonly (readonly [venue: string, ...keys: string[]])[] = [
  ['binance', 'maintMarginRatio'],
  ['okx', 'mmr', 'maxSz'],
  ['kucoin', 'maintainMargin', 'minRiskLimit'],
  ['gate', 'maintenance_rate', 'risk_limit'],
  ['bybit', 'riskLimitValue', 'maintenanceMargin'],
  ['bitget', 'keepMarginRate', 'startUnit'],
];

function venueOfTier(info: ReadonlyMap<string, string>): string | undefined {
  return TIER_KEYS.find(([, ...keys]) => keys.every((key) => info.has(key)))?.[0];
}

/** Whether a unified symbol is settled in its base: `BTC/USD:BTC`. */
function isSettledInBase(unified: string): boolean {
  const [pair = '', settled = ''] = unified.toUpperCase().split(':', 2);
  return pair.split('/')[0] === settled.split('-')[0];
}

function linearRange(tier: Described): { floor: string; cap: string | undefined } {
  return { floor: tier.needed('minNotional'), cap: tier.text('maxNotional') };
}

/** ccxt loses the floors of coin-margined brackets, which the exchange spells `qtylFloor`. */
function inverseRange(info: Described): { floor: string; cap: string } {
  return { floor: info.text('qtylFloor') ?? info.needed('qtyFloor'), cap: info.needed('qtyCap') };
}

/**
 * What ccxt's `fetchLeverageTiers` returns: tiers by unified symbol. Amounts are not among the unified fields; they are
 * taken from the exchange's own answer in `info.cum`, else rebuilt.
 *
 * @see https://github.com/ccxt/ccxt/pull/11937 (binance.fetchLeverageTiers)
 */
export const ccxtTiers: TableShape = {
  meaning: "ccxt's fetchLeverageTiers",
  tables: (json) => {
    if (jsonKind(json) !== 'object') return undefined;
    const members = jsonMembers(json);
    if (!members.some((member) => isTiers(member.json))) return undefined;
    return members.map((member) => entryOf(member.key, member.json));
  },
};
