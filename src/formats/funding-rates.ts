import { symbolKey } from '../core/brackets.js';
import type { FundingStamp, RatedStamp } from '../core/plan/funding.js';
import { JsonObject, type JsonValue } from '../schema/json-value.js';
import { fundingIncome, fundingRate } from '../schema/rates.js';
import { isJson, jsonValue } from './json.js';
import { readRows, requireOneOf, respelt, rowsOfArray, wholeOrder } from './rows.js';

const ADVICE =
  "the file must be the exchange's fundingRate, premiumIndex or income answer: a JSON array of objects with fundingRate";

/**
 * Reads the exchange's fundingRate response, or the next rates of premiumIndex, oldest first: rates are
 * fractions, marks may be missing.
 *
 * @throws {LiqcalcError} for anything that is not such a response, and if it contains several symbols and no
 * symbol is chosen.
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Get-Funding-Rate-History (Get Funding Rate History)
 */
export function readFundingRates(text: string, symbol: string | undefined): readonly RatedStamp[] {
  const rates = readRows(fundingRate(), rowsOf(text).flatMap(asFundingRate), {
    field: 'rates',
    keys: { fundingRate: 'a plain decimal', markPrice: 'a plain decimal' },
    fault: (row, key, what) => `${key} of rate ${row} must be ${what}`,
    ofRow: (row, fault) => `rate ${row}: ${fault}`,
  });
  const stamps = rates.map((each) => ({
    rate: each.fundingRate,
    mark: each.markPrice,
    time: each.fundingTime,
    symbol: symbolKey(each.symbol),
  }));
  return chosenStamps(stamps, symbol);
}

/**
 * The payments of a file: those of rates, or the amounts of the exchange's FUNDING_FEE income, or of Hyperliquid's userFunding.
 *
 * @throws {LiqcalcError} as `readFundingRates`.
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Get-Income-History (Get Income History)
 */
export function readFundingPayments(text: string, symbol: string | undefined): readonly FundingStamp[] {
  const rows = rowsOf(text).map(asIncome);
  if (!rows.some((each) => each instanceof JsonObject && each.has('income'))) return readFundingRates(text, symbol);
  const fees = rows.filter((each) => !(each instanceof JsonObject) || isFundingFee(each));
  const incomes = readRows(fundingIncome(), fees, {
    field: 'rates',
    keys: { income: 'a plain decimal' },
    fault: (row, key, what) => `${key} of payment ${row} must be ${what}`,
    ofRow: (row, fault) => `payment ${row}: ${fault}`,
  });
  const stamps = incomes.map((each) => ({
    amount: each.income.negated(),
    time: each.time,
    symbol: symbolKey(each.symbol),
  }));
  return chosenStamps(stamps, symbol);
}

const isFundingFee = (row: JsonObject): boolean => !row.has('incomeType') || row.value('incomeType') === 'FUNDING_FEE';

/** The rows of an answer; premiumIndex of one symbol is one object. */
function rowsOf(text: string): readonly JsonValue[] {
  const value = isJson(text) ? jsonValue(text) : undefined;
  return value instanceof JsonObject && value.has('lastFundingRate') ? [value] : rowsOfArray(text, 'rates', ADVICE);
}

/** The names of a rate's keys in premiumIndex, in ccxt's unified rates, and in Hyperliquid's fundingHistory. */
const SPELLINGS: Readonly<Record<string, string>> = {
  lastFundingRate: 'fundingRate',
  nextFundingTime: 'fundingTime',
  timestamp: 'fundingTime',
};
const OF_HYPERLIQUID: Readonly<Record<string, string>> = { time: 'fundingTime', coin: 'symbol' };

/** A row with the keys of fundingRate. Contracts with a delivery date have no rate in premiumIndex, and are left out. */
function asFundingRate(row: JsonValue): readonly JsonValue[] {
  if (!(row instanceof JsonObject)) return [row];
  if (row.value('lastFundingRate') === '') return [];
  return [respelt(row, row.has('coin') ? OF_HYPERLIQUID : SPELLINGS)];
}

/** A payment with the keys of income. Hyperliquid's userFunding has its amount and coin in `delta`. */
function asIncome(row: JsonValue): JsonValue {
  const delta = row instanceof JsonObject ? row.value('delta') : undefined;
  if (!(row instanceof JsonObject && delta instanceof JsonObject)) return row;
  const own = respelt(delta, { usdc: 'income', coin: 'symbol' });
  return new JsonObject(row.source, () => [...row.members, ...own.members]);
}

/** The stamps of one symbol, oldest first. */
function chosenStamps<T extends Pick<FundingStamp, 'time'> & { readonly symbol: string }>(
  stamps: readonly T[],
  symbol: string | undefined,
): readonly T[] {
  const chosen = stamps.filter(
    (each) => symbol === undefined || each.symbol === '' || each.symbol === symbolKey(symbol),
  );
  requireOneOf(new Set(chosen.map((each) => each.symbol)), {
    field: 'rates',
    rows: 'rates',
    choose: 'choose one with --symbol',
    wanted: symbol === undefined ? [] : [symbol],
  });
  return chosen.toSorted((a, b) => wholeOrder(a.time ?? 0n, b.time ?? 0n));
}
