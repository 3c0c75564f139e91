import { symbolKey } from '../core/brackets.js';
import { fail } from '../core/errors.js';
import type { FundingStamp } from '../core/plan/funding.js';
import { JsonArray } from '../schema/json-value.js';
import { fundingRate } from '../schema/rates.js';
import { isJson, jsonValue } from './json.js';
import { readRows } from './rows.js';

/**
 * Reads the exchange's fundingRate response, oldest first: rates are fractions, marks may be missing.
 *
 * @throws {LiqcalcError} for anything that is not such a response, and if it contains several symbols and none is
 * chosen.
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Get-Funding-Rate-History (Get Funding Rate History)
 */
export function readFundingRates(text: string, symbol: string | undefined): readonly FundingStamp[] {
  const value = isJson(text) ? jsonValue(text) : null;
  if (!(value instanceof JsonArray)) {
    const advice = "the file must be the exchange's fundingRate answer: a JSON array of objects with fundingRate";
    return fail('NOT_A_VALUE', 'rates', { value: text.trim().slice(0, 40), advice });
  }
  const rates = readRows(fundingRate(), value.items, {
    field: 'rates',
    keys: { fundingRate: 'a plain decimal', markPrice: 'a plain decimal' },
    fault: (row, key, what) => `${key} of rate ${row} must be ${what}`,
    ofRow: (row, fault) => `rate ${row}: ${fault}`,
  });
  const stamps = rates.map((each) => ({
    rate: each.fundingRate,
    mark: each.markPrice,
    time: each.fundingTime,
    symbol: (each.symbol ?? '').toUpperCase(),
  }));
  const chosen = stamps.filter(
    (each) => symbol === undefined || each.symbol === '' || each.symbol === symbolKey(symbol),
  );
  const symbols = [...new Set(chosen.map((each) => each.symbol))];
  if (symbols.length > 1)
    fail('NOT_A_VALUE', 'rates', { value: symbols.join(', '), advice: 'choose one with --symbol' });
  if (chosen.length === 0)
    fail('REFUSED', 'rates', { why: `the file has no rates${symbol === undefined ? '' : ` of ${symbol}`}` });
  const time = (stamp: FundingStamp): bigint => stamp.time ?? 0n;
  return chosen.sort((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0));
}
