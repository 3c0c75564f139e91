import { innerObject } from '../exchange-venue.js';
import { problem, type Problem } from '../../core/errors.js';
import { Ratio } from '../../core/ratio.js';
import { ccxtPosition, venuePosition } from '../../schema/exchanges.js';
import { JsonArray, JsonObject } from '../../schema/json-value.js';
import {
  accountOfPositions,
  ExchangeRecord,
  exchangeRecords,
  isPortfolioMargin,
  PORTFOLIO_MARGIN,
  refusedAccount,
  unreadableAccount,
  type ExchangeReader,
  type UnifiedRecord,
} from '../exchange-record.js';
import { venueOfRecord } from '../exchange-venue.js';
import { jsonValue } from '../json.js';
import { reportedAccount, unifiedPosition, type RatedPosition } from '../unified-position.js';

const WANTED = 'give the array that fetchPositions returns, or one position (with --wallet)';

/**
 * ccxt's unified positions, as `fetchPositions` returns them, or one as `fetchPosition` does.
 *
 * @see https://docs.ccxt.com/#/README?id=position-structure
 */
export const ccxt: ExchangeReader = {
  meaning: 'unified positions of ccxt (fetchPositions, fetchPosition)',
  read: (json, { asset, venue }) => {
    const answer = jsonValue(json);
    const isOne = answer instanceof JsonObject && answer.has('contracts');
    const items = answer instanceof JsonArray ? answer.items : isOne ? [answer] : undefined;
    if (!items) return [unreadableAccount(json, WANTED)];
    const problems: Problem[] = [];
    const records = exchangeRecords(ccxtPosition, { items }, '', problems);
    if (records.some(({ object }) => isPortfolioMargin(innerObject(object, 'info'))))
      return [refusedAccount(PORTFOLIO_MARGIN)];
    const open = records.flatMap((record) => openPosition(record, venue, problems));
    return [accountOfPositions(open, asset, problems, reportedAccount)];
  },
};

/** The names of our fields in unified positions. */
const SOURCE_KEYS = {
  qty: 'contracts',
  entry: 'entryPrice',
  mark: 'markPrice',
  lev: 'leverage',
  margin: 'collateral',
  multiplier: 'contractSize',
  mmr: 'maintenanceMarginPercentage',
} as const;

/** The position of a record with the asset it settles in; `undefined` if it has no contracts. */
function openPosition(record: UnifiedRecord, venueGiven: string | undefined, problems: Problem[]): RatedPosition[] {
  const symbol = record.text('symbol');
  const [text, contracts] = [record.text('contracts'), record.decimal('contracts')];
  if (symbol === undefined || text === undefined) {
    const [what, key] = symbol === undefined ? ['symbol', 'symbol'] : ['size', 'contracts'];
    problems.push(problem('MISSING', record.name, { what, give: [key] }));
    return [];
  }
  if (!contracts) {
    problems.push(problem('MALFORMED_NUMBER', `${record.name}.contracts`, { value: text }));
    return [];
  }
  if (contracts.sign() === 0) return [];
  const contract = /^([^/]+)\/[^:]+:\1(-|$)/.test(symbol.toUpperCase()) ? 'inverse' : 'linear';
  const own = innerObject(record.object, 'info');
  const quantity = contracts.abs();
  return [
    unifiedPosition({
      record,
      info: ExchangeRecord.read(venuePosition, `${record.name}.info`, own, problems),
      venue: venueGiven ?? venueOfRecord(own),
      symbol,
      contract,
      contracts: quantity,
      unit: unitOf(record, quantity, contract),
      sourceKeys: SOURCE_KEYS,
    }),
  ];
}

const NEAR_VALUE = Ratio.from('0.2');

/**
 * The value of one contract: the contract size, or 1 if the notional fits only then (Deribit's `contracts` count quote
 * units already).
 */
function unitOf(record: UnifiedRecord, quantity: Ratio, contract: 'linear' | 'inverse'): Ratio {
  const unit = record.present('contractSize') ?? Ratio.ONE;
  const [notional, price] = [record.present('notional'), record.present('markPrice') ?? record.present('entryPrice')];
  if (!notional || !price || contract === 'linear') return unit;
  const fits = (each: Ratio): boolean => {
    const value = quantity.times(each).over(price);
    return !value.minus(notional.abs()).abs().isAbove(value.times(NEAR_VALUE));
  };
  return !fits(unit) && fits(Ratio.ONE) ? Ratio.ONE : unit;
}
