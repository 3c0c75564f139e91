import { JsonObject } from '../../schema/json-value.js';
import { LiveError } from '../failure.js';
import { arrayText, itemsIn, rowsIn, sourceOf } from '../payload.js';
import type { FetchName, Link, RiskData, RiskMembers } from '../venue.js';
import { binanceOrders } from './account.js';
import { binanceFetches, type Market } from './fetches.js';

/** The rows of each history: enough for the rules, which look at days of it. */
const ROWS = 60;
/** How far changes of margin are read back. */
const DAY = 86_400_000;

/** What the rules of `check` judge besides the account. */
export async function binanceRisk(link: Link, market: Market, symbols: readonly string[]): Promise<RiskData> {
  const { requests } = market;
  const [orders, info, marginLog] = await Promise.all([
    binanceOrders(link, requests, symbols.length === 1 ? symbols[0] : undefined),
    link.get(requests.fundingInfo),
    marginChanges(link, market, symbols),
  ]);
  const positions = new Map<string, RiskMembers>();
  for (const symbol of symbols) {
    const isOwn = (row: unknown): boolean => row instanceof JsonObject && row.value('symbol') === symbol;
    const interval = rowsIn(info, requests.fundingInfo).find(isOwn)?.value('fundingIntervalHours');
    positions.set(symbol, {
      orders: arrayText(itemsIn(orders, requests.orders).filter(isOwn)),
      ...(interval !== undefined && { fundingInterval: sourceOf(interval) }),
      ...(await dataOf(link, market, symbol)),
    });
  }
  if (marginLog !== undefined) return { account: { marginLog }, positions, notes: [] };
  const note = 'the key may not read the changes of margin (positionMargin/history), so margin-log is not checked';
  return { account: {}, positions, notes: [note] };
}

/** The data of a position by their keys, and how many rows of a history. */
const DATA: readonly (readonly [key: string, name: FetchName, limit?: number])[] = [
  ['funding', 'funding', ROWS],
  ['candles', 'candles', ROWS],
  ['openInterest', 'open-interest', ROWS],
  ['dailyVolume', 'ticker'],
  ['book', 'book'],
];

async function dataOf(link: Link, market: Market, symbol: string): Promise<RiskMembers> {
  const fetches = binanceFetches(market);
  const found = await Promise.all(
    DATA.map(async ([key, name, limit]) => {
      try {
        const text = await fetches[name]?.answer(link, { symbols: [symbol], ...(limit !== undefined && { limit }) });
        return text === undefined ? [] : [[key, text] as const];
      } catch (error) {
        // A contract without such a history: its rules report that it is missing.
        if (error instanceof LiveError && error.kind === 'usage') return [];
        throw error;
      }
    }),
  );
  return Object.fromEntries(found.flat());
}

/** The moves of margin of a day. Binance counts this history as trading, so a key that only reads may be refused. */
async function marginChanges(link: Link, market: Market, symbols: readonly string[]): Promise<string | undefined> {
  const { marginLog } = market.requests;
  const startTime = link.now() - DAY;
  try {
    const answers = await Promise.all(symbols.map((symbol) => link.get(marginLog, { symbol, startTime })));
    return arrayText(answers.flatMap((text) => itemsIn(text, marginLog)));
  } catch (error) {
    if (error instanceof LiveError && error.kind === 'noKey') return undefined;
    throw error;
  }
}
