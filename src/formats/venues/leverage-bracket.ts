import { DEFAULT_VENUE } from '../../core/brackets.js';
import { Ratio } from '../../core/ratio.js';
import { leverageBrackets } from '../../schema/brackets.js';
import { JsonObject, type JsonValue } from '../../schema/json-value.js';
import { binanceMultiplier, multiplierNote } from '../binance-contracts.js';
import { readTable, refuse } from '../table-faults.js';
import { firstBracket, tablesIn, wordOf, type TableShape, type WrittenEntry } from '../written-table.js';

function entryOf(answer: JsonValue): WrittenEntry {
  const isOfPair = answer instanceof JsonObject && !answer.has('symbol') && answer.has('pair');
  return {
    symbol: wordOf(answer, isOfPair ? 'pair' : 'symbol'),
    venue: () => DEFAULT_VENUE,
    silentVenue: DEFAULT_VENUE,
    written: (origin, symbol) => {
      if (isOfPair)
        refuse(
          symbol,
          'it is the response for a pair; use the response of /dapi/v2/leverageBracket, which has symbols',
        );
      const isInverse = firstBracket(answer)?.has('qtyCap') === true;
      const schema = leverageBrackets[isInverse ? 'inverse' : 'linear']();
      const { notionalCoef, brackets } = readTable(schema, answer, symbol);
      const [adjusted, ofContract] = [adjustment(notionalCoef), isInverse ? multiplierNote(symbol) : ''];
      return {
        contract: isInverse ? 'inverse' : 'linear',
        multiplier: isInverse ? binanceMultiplier(symbol) : '1',
        asOf: origin.asOf(),
        confidence: adjusted !== '' ? 'C' : ofContract !== '' ? 'B' : 'A',
        source: `leverageBracket answer ${origin.name} (${origin.dating})${ofContract}${adjusted}`,
        wholePosition: false,
        notes: [],
        rows: brackets,
      };
    },
  };
}

function isOne(text: string): boolean {
  const parsed = Ratio.parse(text);
  return parsed.kind === 'decimal' && parsed.value.compare(Ratio.ONE) === 0;
}

/** The exchange does not document whether the figures next to a coefficient already include it. */
function adjustment(coefficient: string | undefined): string {
  if (coefficient === undefined || isOne(coefficient)) return '';
  return `; notionalCoef ${coefficient}: the exchange has adjusted the brackets of this user, and the figures are used unchanged; compare them with the app`;
}

/**
 * The exchange's own response with its brackets: an array, or one object.
 *
 * `notionalCoef` is present if a user's brackets were adjusted, "the multiplier of the user's bracket relative to the
 * default one". The page calls the figures the user's, without saying whether they are already multiplied; so they are
 * used unchanged, and as unverified.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Notional-and-Leverage-Brackets (Notional and Leverage Brackets), read 2026-11-22
 * @see https://developers.binance.com/docs/derivatives/coin-margined-futures/account/rest-api/Notional-Bracket-for-Symbol (Notional Bracket for Symbol), read 2026-11-22
 */
export const leverageBracket: TableShape = {
  meaning: "Binance's leverageBracket responses",
  tables: (file) => {
    const answers = tablesIn(file);
    return firstBracket(answers[0])?.has('maintMarginRatio') ? answers.map(entryOf) : undefined;
  },
};
