import * as z from 'zod/mini';
import { JsonArray, JsonObject, type JsonValue } from '../../schema/json-value.js';
import { LiveError } from '../failure.js';
import { historyText, rowHistory, type Paging } from '../pages.js';
import { arrayText, itemsIn, membersOf, rowsIn, TIME, unexpected } from '../payload.js';
import type { Fetch, FetchName, FetchQuestion, Link, MarkEvent, Query, Request } from '../venue.js';
import { binanceOrders, binanceSnapshot } from './account.js';
import type { BinanceRequests } from './requests.js';

const DAY = 86_400_000;
const WEEK = 7 * DAY;
const MONTH = 30 * DAY;
/** Levels of a book on each side. */
const LEVELS = 500;

/** The differences of a market. */
export interface Market {
  readonly requests: BinanceRequests;
  /** The longest time between the start and the end of candles. */
  readonly candleWindow?: number;
  /** The parameters of openInterestHist. */
  readonly openInterestOf: (symbol: string) => Query;
}

/** Everything that can be fetched of a futures market of Binance. */
export function binanceFetches(market: Market): Readonly<Partial<Record<FetchName, Fetch>>> {
  const { requests } = market;
  const { symbolConfig, accountConfig } = requests;
  return {
    account: {
      request: requests.account,
      symbols: 'none',
      answer: async (link) => (await binanceSnapshot(link, requests)).account,
    },
    brackets: ofSymbols(requests.brackets),
    positions: ofSymbols(requests.positions),
    orders: {
      request: requests.orders,
      query: symbolQuery,
      answer: async (link, { symbols }) => {
        const [only, ...more] = symbols;
        const text = await binanceOrders(link, requests, more.length === 0 ? only : undefined);
        return more.length === 0 ? text : arrayText(chosen(itemsIn(text, requests.orders), symbols));
      },
    },
    ...(symbolConfig && { 'symbol-config': ofSymbols(symbolConfig) }),
    ...(accountConfig && { 'account-config': whole(accountConfig) }),
    trades: history(requests.trades, 'one', { most: 1000, window: WEEK, time: 'time', id: ['id'] }),
    income: history(requests.income, 'some', {
      most: 1000,
      window: WEEK,
      time: 'time',
      id: ['tranId', 'incomeType', 'symbol', 'asset', 'time', 'tradeId'],
    }),
    funding: history(requests.funding, 'some', { most: 1000, time: 'fundingTime', id: ['symbol', 'fundingTime'] }),
    'funding-info': whole(requests.fundingInfo),
    candles: candles(requests.candles, market),
    'mark-candles': candles(requests.markCandles, market),
    'open-interest': {
      request: requests.openInterestHistory,
      query: (question) => ({ ...pageQuery(question), ...openInterestQuery(question, market) }),
      symbols: 'one',
      isHistory: true,
      hasInterval: true,
      answer: ({ get, now }, question) => {
        const request = requests.openInterestHistory;
        const own = openInterestQuery(question, market);
        return historyText(
          rowHistory(async (query) => itemsIn(await get(request, { ...own, ...query }), request), request, {
            most: 500,
            time: 'timestamp',
            id: ['timestamp'],
          }),
          question,
          now(),
        );
      },
    },
    'open-interest-now': {
      request: requests.openInterest,
      query: symbolQuery,
      symbols: 'one',
      answer: ({ get }, question) => get(requests.openInterest, symbolQuery(question)),
    },
    ticker: {
      request: requests.ticker,
      query: symbolQuery,
      symbols: 'one',
      // COIN-M answers an array, also about one symbol.
      answer: async ({ get }, question) => {
        const [row] = rowsIn(await get(requests.ticker, symbolQuery(question)), requests.ticker);
        return row?.source ?? unexpected(requests.ticker, 'it is empty');
      },
    },
    book: {
      request: requests.book,
      query: bookQuery,
      symbols: 'one',
      answer: ({ get }, question) => get(requests.book, bookQuery(question)),
    },
    'margin-log': history(requests.marginLog, 'one', {
      most: 500,
      window: MONTH,
      time: 'time',
      id: ['symbol', 'time', 'amount', 'type', 'positionSide'],
    }),
    marks: ofSymbols(requests.marks),
    time: whole(requests.time),
    info: whole(requests.info),
  };
}

const symbolQuery = ({ symbols }: FetchQuestion): Query => ({ symbol: symbols[0] });

const bookQuery = (question: FetchQuestion): Query => ({ ...symbolQuery(question), limit: LEVELS });

const pageQuery = ({ symbols, from, to, limit }: FetchQuestion): Query => ({
  symbol: symbols[0],
  startTime: from,
  endTime: to,
  limit,
});

/** An unchanged answer. */
const whole = (request: Request): Fetch => ({ request, symbols: 'none', answer: ({ get }) => get(request) });

/** The unchanged answer about one symbol or all of them; of several symbols, their rows. */
function ofSymbols(request: Request): Fetch {
  return {
    request,
    query: symbolQuery,
    answer: async ({ get }, { symbols }) => {
      const [only, ...more] = symbols;
      if (more.length === 0) return get(request, { symbol: only });
      return arrayText(chosen(itemsIn(await get(request), request), symbols));
    },
  };
}

const symbolOf = (row: JsonValue): JsonValue | undefined =>
  row instanceof JsonObject ? row.value('symbol') : undefined;

const chosen = (rows: readonly JsonValue[], symbols: readonly string[]): readonly JsonValue[] =>
  rows.filter((row) => symbols.some((symbol) => symbol === symbolOf(row)));

function history(request: Request, symbols: 'one' | 'some', paging: Paging): Fetch {
  return {
    request,
    query: pageQuery,
    symbols,
    isHistory: true,
    answer: ({ get, now }, question) => {
      const { symbols: asked } = question;
      if (asked.length > 1) throw new LiveError('usage', 'give one symbol: a history is of one symbol, or of all');
      const ask = async (query: Query): Promise<readonly JsonValue[]> =>
        itemsIn(await get(request, { symbol: asked[0], ...query }), request);
      return historyText(rowHistory(ask, request, paging), question, now());
    },
  };
}

const USUAL_INTERVAL = '1h';

function openInterestQuery({ symbols, interval = USUAL_INTERVAL }: FetchQuestion, { openInterestOf }: Market): Query {
  return { ...openInterestOf(symbols[0] ?? ''), period: interval };
}

const MOST_CANDLES = 1500;

function candles(request: Request, { candleWindow }: Market): Fetch {
  const openTime = (row: JsonValue): number => {
    const time = row instanceof JsonArray ? row.items[0] : undefined;
    return typeof time === 'string' && /^\d+$/.test(time) ? Number(time) : unexpected(request, 'a candle has no time');
  };
  return {
    request,
    query: (question) => ({ interval: question.interval ?? USUAL_INTERVAL, ...pageQuery(question) }),
    symbols: 'one',
    isHistory: true,
    hasInterval: true,
    answer: ({ get, now }, question) => {
      const { interval = USUAL_INTERVAL, symbols } = question;
      const ask = async (query: Query): Promise<readonly JsonValue[]> =>
        itemsIn(await get(request, { symbol: symbols[0], interval, ...query }), request);
      return historyText(
        {
          ask,
          most: MOST_CANDLES,
          ...(candleWindow !== undefined && { window: candleWindow }),
          timeOf: openTime,
          idOf: (row) => String(openTime(row)),
        },
        question,
        now(),
      );
    },
  };
}

const MARK = z.looseObject({ symbol: z.string(), markPrice: z.string(), indexPrice: z.string(), time: TIME });

/** Marks, with index and coming funding. */
export async function binanceMarks(
  { get }: Link,
  { marks }: BinanceRequests,
  symbols: readonly string[],
): Promise<readonly MarkEvent[]> {
  const [only, ...more] = symbols;
  const rows = rowsIn(await get(marks, { symbol: more.length === 0 ? only : undefined }), marks);
  const wanted = new Set(symbols);
  return rows
    .map((row) => membersOf(MARK, row, marks))
    .filter(({ symbol }) => symbols.length === 0 || wanted.has(symbol))
    .map(({ symbol, markPrice, indexPrice, time, lastFundingRate, nextFundingTime }) => ({
      kind: 'mark' as const,
      symbol,
      price: markPrice,
      index: indexPrice,
      time,
      ...(typeof lastFundingRate === 'string' && lastFundingRate !== '' && { funding: lastFundingRate }),
      ...(typeof nextFundingTime === 'string' && { nextFunding: Number(nextFundingTime) }),
    }));
}
