import { symbolKey } from '../core/brackets.js';
import type { FundingStamp } from '../core/plan/funding.js';
import { fundingRate } from '../schema/rates.js';
import { readRows, requireOneOf, rowsOfArray, wholeOrder } from './rows.js';

const ADVICE = "the file must be the exchange's fundingRate answer: a JSON array of objects with fundingRate";

/**
 * Reads the exchange's fundingRate response, oldest first: rates are fractions, marks may be missing.
 *
 * @throws {LiqcalcError} for anything that is not such a response, and if it contains several symbols and no
 * symbol is chosen.
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Get-Funding-Rate-History (Get Funding Rate History)
 */
export function readFundingRates(text: string, symbol: string | undefined): readonly FundingStamp[] {
  const rates = readRows(fundingRate(), rowsOfArray(text, 'rates', ADVICE), {
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
  requireOneOf(new Set(chosen.map((each) => each.symbol)), {
    field: 'rates',
    rows: 'rates',
    choose: 'choose one with --symbol',
    wanted: symbol === undefined ? [] : [symbol],
  });
  return chosen.sort((a, b) => wholeOrder(a.time ?? 0n, b.time ?? 0n));
}
