import * as z from 'zod/mini';
import { arrayText, DECIMAL, itemsIn, membersOf, objectIn, rowsIn, TIME } from '../payload.js';
import { binanceSigning } from '../sign.js';
import type { Link, LiveVenue, Request } from '../venue.js';
import { JsonArray, JsonObject } from '../../schema/json-value.js';
import { binanceLeverage, binanceSnapshot } from './account.js';
import { binanceEvents, type StreamType } from './events.js';
import { binanceFetches, binanceMarks, type Market } from './fetches.js';
import { binanceRisk } from './risk.js';
import { binanceMarket, binanceUser } from './sockets.js';

const SYMBOLS = z.object({ symbols: z.instanceof(JsonArray) });
const LIQUIDATION_FEE = z.object({ symbol: z.string(), liquidationFee: z.optional(DECIMAL) });

function liquidationFees(info: string, of: Request): readonly (readonly [string, string])[] {
  const { symbols } = membersOf(SYMBOLS, objectIn(info, of), of);
  const rows = rowsIn(symbols.source, of).map((row) => membersOf(LIQUIDATION_FEE, row, of));
  return rows.flatMap(({ symbol, liquidationFee }) => (liquidationFee === undefined ? [] : [[symbol, liquidationFee]]));
}

const RIGHT = z.optional(z.boolean());
const RIGHTS = z.object({ enableWithdrawals: RIGHT, enableFutures: RIGHT, enableSpotAndMarginTrading: RIGHT });

async function keyRights({ get, hosts }: Link, of: Request): Promise<readonly string[]> {
  // The demo does not say.
  if (hosts.wallet === undefined) return [];
  const rights = membersOf(RIGHTS, objectIn(await get(of), of), of);
  return [
    ...(rights.enableWithdrawals === true ? ['withdraw'] : []),
    ...(rights.enableFutures === true ? ['trade futures'] : []),
    ...(rights.enableSpotAndMarginTrading === true ? ['trade on spot and margin'] : []),
  ];
}

const SERVER_TIME = z.object({ serverTime: TIME });

/** What the two futures markets of Binance have in common. */
export function binanceVenue({
  market,
  streamType,
  userUrl,
  ...own
}: Pick<LiveVenue, 'meaning' | 'variable' | 'hosts'> & {
  readonly market: Market;
  readonly streamType: StreamType;
  /** The address of the user's socket for a listen key. */
  readonly userUrl: (host: string, listenKey: string) => string;
}): LiveVenue {
  const { requests } = market;
  return {
    ...own,
    venue: 'binance',
    credential: 'key',
    keys: 'BINANCE',
    signing: binanceSigning,
    allow: Object.values(requests as unknown as Readonly<Record<string, Request>>),
    budget: { header: 'x-mbx-used-weight-1m', limit: 2400 },
    from: 'binance',
    time: async ({ get }) =>
      membersOf(SERVER_TIME, objectIn(await get(requests.time), requests.time), requests.time).serverTime,
    snapshot: (link) => binanceSnapshot(link, requests),
    leverage: (link, symbol) => binanceLeverage(link, requests, symbol),
    keyRights: (link) => keyRights(link, requests.keyRights),
    risk: (link, symbols) => binanceRisk(link, market, symbols),
    marks: (link, symbols) => binanceMarks(link, requests, symbols),
    brackets: async ({ get }, symbols) => {
      const text = await get(requests.brackets, { symbol: symbols.length === 1 ? symbols[0] : undefined });
      if (symbols.length < 2) return [{ text }];
      const rows = itemsIn(text, requests.brackets);
      const isWanted = (row: unknown): boolean =>
        row instanceof JsonObject && symbols.some((symbol) => symbol === row.value('symbol'));
      return [{ text: arrayText(rows.filter(isWanted)) }];
    },
    liquidationFees: (info) => liquidationFees(info, requests.info),
    market: binanceMarket,
    tellsPositions: true,
    user: (link) => binanceUser(link, requests, (listenKey) => userUrl(link.hosts.user ?? '', listenKey)),
    read: (frame) => binanceEvents(frame, streamType),
    fetches: binanceFetches(market),
  };
}
