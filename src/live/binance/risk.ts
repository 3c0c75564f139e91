import { JsonObject } from '../../schema/json-value.js';
import { LiveError } from '../failure.js';
import { arrayText, itemsIn, rowsIn, sourceOf } from '../payload.js';
import type { FetchName, Link, RiskMembers } from '../venue.js';
import { binanceOrders } from './account.js';
import { binanceFetches, type Market } from './fetches.js';

/** The rows of each history: enough for the rules, which look at days of it. */
const ROWS = 60;

/** What the rules of `check` judge besides the account: orders, funding, candles, open interest. */
export async function binanceRisk(
  link: Link,
  market: Market,
  symbols: readonly string[],
): Promise<ReadonlyMap<string, RiskMembers>> {
  const { requests } = market;
  const [orders, info] = await Promise.all([
    binanceOrders(link, requests, symbols.length === 1 ? symbols[0] : undefined),
    link.get(requests.fundingInfo),
  ]);
  const members = new Map<string, RiskMembers>();
  for (const symbol of symbols) {
    const isOwn = (row: unknown): boolean => row instanceof JsonObject && row.value('symbol') === symbol;
    const interval = rowsIn(info, requests.fundingInfo).find(isOwn)?.value('fundingIntervalHours');
    members.set(symbol, {
      orders: arrayText(itemsIn(orders, requests.orders).filter(isOwn)),
      ...(interval !== undefined && { fundingInterval: sourceOf(interval) }),
      ...(await histories(link, market, symbol)),
    });
  }
  return members;
}

const HISTORIES: readonly (readonly [key: string, name: FetchName])[] = [
  ['funding', 'funding'],
  ['candles', 'candles'],
  ['openInterest', 'open-interest'],
];

async function histories(link: Link, market: Market, symbol: string): Promise<RiskMembers> {
  const fetches = binanceFetches(market);
  const found = await Promise.all(
    HISTORIES.map(async ([key, name]) => {
      try {
        const text = await fetches[name]?.answer(link, { symbols: [symbol], limit: ROWS });
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
