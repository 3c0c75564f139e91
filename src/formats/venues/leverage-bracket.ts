import { DEFAULT_VENUE } from '../../core/brackets.js';
import { Ratio } from '../../core/ratio.js';
import { jsonItems, jsonKind } from '../json.js';
import { binanceMultiplier, multiplierNote } from '../binance-contracts.js';
import { described, describedItems, membersOf, refuse, wordOf, type Described } from '../table-members.js';
import type { TableShape, WrittenEntry } from '../written-table.js';

function isAnswer(json: string | undefined): boolean {
  const members = membersOf(json);
  const brackets = members.get('brackets');
  if (brackets === undefined || jsonKind(brackets) !== 'array') return false;
  return membersOf(jsonItems(brackets)[0]).has('maintMarginRatio');
}

function entryOf(json: string): WrittenEntry {
  const members = membersOf(json);
  const isOfPair = !members.has('symbol') && members.has('pair');
  return {
    symbol: wordOf(members, isOfPair ? 'pair' : 'symbol'),
    venue: () => DEFAULT_VENUE,
    silentVenue: DEFAULT_VENUE,
    written: (origin, symbol) => {
      if (isOfPair) refuse(symbol, 'that is the answer for a pair; ask /dapi/v2/leverageBracket, which tells symbols');
      const rows = describedItems(members.get('brackets'), symbol);
      const isInverse = rows[0]?.has('qtyCap') === true;
      const coefficient = described(json, symbol).text('notionalCoef');
      const isAdjusted = coefficient !== undefined && !isOne(coefficient);
      return {
        contract: isInverse ? 'inverse' : 'linear',
        multiplier: isInverse ? binanceMultiplier(symbol) : '1',
        asOf: origin.asOf(),
        confidence: isAdjusted ? 'C' : isInverse && multiplierNote(symbol) !== '' ? 'B' : 'A',
        source: `leverageBracket answer ${origin.name} (${origin.dating})${isInverse ? multiplierNote(symbol) : ''}${isAdjusted ? adjustment(coefficient) : ''}`,
        wholePosition: false,
        notes: [],
        rows: rows.map((row) => ({
          ...(isInverse ? inverseRange(row) : { floor: row.needed('notionalFloor'), cap: row.needed('notionalCap') }),
          rate: row.needed('maintMarginRatio'),
          amount: row.text('cum'),
          maxLeverage: row.text('initialLeverage'),
        })),
      };
    },
  };
}

function inverseRange(row: Described): { floor: string; cap: string } {
  const floor = row.text('qtylFloor') ?? row.needed('qtyFloor');
  return { floor, cap: row.needed('qtyCap') };
}

function isOne(text: string): boolean {
  const parsed = Ratio.parse(text);
  return parsed.kind === 'decimal' && parsed.value.compare(Ratio.ONE) === 0;
}

/** The exchange does not say whether the figures beside a coefficient have it in them already. */
function adjustment(coefficient: string): string {
  return `; notionalCoef ${coefficient}: the exchange has adjusted the brackets of this user, and the figures were taken as they stand; compare them with the app`;
}

/**
 * The exchange's own answer on its brackets: an array, or one object.
 *
 * `notionalCoef` stands there when a user's brackets were adjusted, "the multiplier of the user's bracket relative to
 * the default one". The page calls the figures the user's, without saying whether they are multiplied already; so they
 * are taken as they stand, and as unverified.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Notional-and-Leverage-Brackets (Notional and Leverage Brackets), read 2026-11-22
 * @see https://developers.binance.com/docs/derivatives/coin-margined-futures/account/rest-api/Notional-Bracket-for-Symbol (Notional Bracket for Symbol), read 2026-11-22
 */
export const leverageBracket: TableShape = {
  meaning: "Binance's answers to leverageBracket",
  tables: (json) => {
    const texts = jsonKind(json) === 'array' ? jsonItems(json) : [json];
    return isAnswer(texts[0]) ? texts.map(entryOf) : undefined;
  },
};
