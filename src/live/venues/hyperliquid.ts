import * as z from 'zod/mini';
import { isJson, jsonValue } from '../../formats/json.js';
import { JsonArray, JsonObject, type JsonValue } from '../../schema/json-value.js';
import { LiveError } from '../failure.js';
import { historyText, rowHistory, type Paging } from '../pages.js';
import { DECIMAL, itemsIn, membersOf, objectIn, rowsIn, TIME, unexpected } from '../payload.js';
import type {
  Fetch,
  FetchQuestion,
  Link,
  LiveEvent,
  LiveVenue,
  MarkEvent,
  Query,
  Request,
  Snapshot,
  SocketPlan,
} from '../venue.js';

/** A question to the one public endpoint. `/exchange`, which trades, is not asked anything. */
const info = (type: string, weight: number): Request => ({
  method: 'POST',
  path: '/info',
  access: 'public',
  weight,
  type,
});

const ACCOUNT = info('clearinghouseState', 2);
const META = info('meta', 20);
const MARKS = info('metaAndAssetCtxs', 20);
const FUNDING = info('fundingHistory', 20);
const CANDLES = info('candleSnapshot', 20);
const ORDERS = info('frontendOpenOrders', 20);
const FILLS = info('userFills', 20);
const FILLS_BY_TIME = info('userFillsByTime', 20);
const INCOME = info('userFunding', 20);

const HOUR = 3_600_000;
const MINUTE = 60_000;
const DAY = 24 * HOUR;
/** The lengths of candles. */
const INTERVALS: Readonly<Record<string, number>> = {
  '1m': MINUTE,
  '3m': 3 * MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '2h': 2 * HOUR,
  '4h': 4 * HOUR,
  '8h': 8 * HOUR,
  '12h': 12 * HOUR,
  '1d': DAY,
  '3d': 3 * DAY,
  '1w': 7 * DAY,
};
const USUAL_ROWS = 200;

/**
 * Hyperliquid: every account is public, so an address is enough, and nothing is signed.
 *
 * @see https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint
 */
export const hyperliquid: LiveVenue = {
  meaning: 'Hyperliquid',
  venue: 'hyperliquid',
  credential: 'address',
  variable: 'HYPERLIQUID',
  hosts: {
    live: {
      rest: 'https://api.hyperliquid.xyz',
      market: 'wss://api.hyperliquid.xyz/ws',
      user: 'wss://api.hyperliquid.xyz/ws',
    },
    demo: {
      rest: 'https://api.hyperliquid-testnet.xyz',
      market: 'wss://api.hyperliquid-testnet.xyz/ws',
      user: 'wss://api.hyperliquid-testnet.xyz/ws',
    },
  },
  allow: [ACCOUNT, META, MARKS, FUNDING, CANDLES, ORDERS, FILLS, FILLS_BY_TIME, INCOME],
  from: 'hyperliquid',
  snapshot,
  marks,
  brackets: async ({ get }) => [{ text: await get(META) }],
  market: (hosts, symbols) =>
    subscriptions(
      hosts.market,
      symbols.map((coin) => ({ type: 'activeAssetCtx', coin })),
    ),
  user: (link) =>
    Promise.resolve(
      subscriptions(link.hosts.user, [
        { type: 'userFills', user: userOf(link) },
        { type: 'userFundings', user: userOf(link) },
      ]),
    ),
  read,
  fetches: {
    account: ofUser(ACCOUNT),
    positions: ofUser(ACCOUNT),
    orders: ofUser(ORDERS),
    trades: {
      request: FILLS,
      query: userQuery,
      symbols: 'none',
      isHistory: true,
      answer: (link, question) => {
        const user = userOf(link);
        const [request, most] =
          question.from === undefined ? ([FILLS, 2000] as const) : ([FILLS_BY_TIME, 2000] as const);
        return ofHistory(link, question, request, { user }, { most, time: 'time', id: ['tid', 'oid'] });
      },
    },
    income: {
      request: INCOME,
      query: (question, link) => ({ user: userOf(link), startTime: since(question, link, 7 * DAY).from }),
      symbols: 'none',
      isHistory: true,
      answer: (link, question) =>
        ofHistory(
          link,
          since(question, link, 7 * DAY),
          INCOME,
          { user: userOf(link) },
          { most: 500, time: 'time', id: ['time', 'hash'] },
        ),
    },
    funding: {
      request: FUNDING,
      query: (question, link) => ({ coin: question.symbols[0], startTime: fundingSince(question, link).from }),
      symbols: 'one',
      isHistory: true,
      answer: (link, question) => {
        const asked = fundingSince(question, link);
        return ofHistory(
          link,
          asked,
          FUNDING,
          { coin: question.symbols[0] },
          { most: 500, time: 'time', id: ['time'] },
        );
      },
    },
    candles: {
      request: CANDLES,
      query: (question, link) => ({ req: candleQuery(candlesSince(question, link)) }),
      symbols: 'one',
      isHistory: true,
      hasInterval: true,
      answer: candles,
    },
    brackets: whole(META),
    marks: whole(MARKS),
    info: whole(META),
  },
};

function whole(request: Request): Fetch {
  return { request, symbols: 'none', answer: ({ get }) => get(request) };
}

function ofUser(request: Request): Fetch {
  return {
    request,
    query: userQuery,
    symbols: 'none',
    answer: (link, question) => link.get(request, userQuery(question, link)),
  };
}

function userQuery(_: FetchQuestion, link: Link): Query {
  return { user: userOf(link) };
}

function userOf({ address }: Link): string {
  if (address === undefined)
    throw new LiveError('usage', 'an account of Hyperliquid is an address: --account hyperliquid:0x...');
  if (!/^0x[0-9a-fA-F]{40}$/.test(address)) throw new LiveError('usage', 'an address is 0x and 40 hexadecimal digits');
  return address;
}

const fundingSince = (question: FetchQuestion, link: Link): FetchQuestion =>
  since(question, link, (question.limit ?? USUAL_ROWS) * HOUR);

/** The same question with a start, if it is without. */
const since = (question: FetchQuestion, { now }: Link, ms: number): FetchQuestion => ({
  ...question,
  from: question.from ?? (question.to ?? now()) - ms,
});

function ofHistory(
  { get, now }: Link,
  question: FetchQuestion,
  request: Request,
  own: Query,
  paging: Paging,
): Promise<string> {
  const ask = async ({ startTime, endTime }: Query): Promise<readonly JsonValue[]> =>
    itemsIn(await get(request, { ...own, startTime, endTime }), request);
  return historyText(rowHistory(ask, request, paging), question, now());
}

function candlesSince(question: FetchQuestion, link: Link): FetchQuestion {
  const { interval = '1h', limit = USUAL_ROWS } = question;
  const length = INTERVALS[interval];
  if (length === undefined) {
    throw new LiveError('usage', `--interval ${interval}: one of ${Object.keys(INTERVALS).join(', ')}`);
  }
  return { interval, ...since(question, link, limit * length) };
}

const candleQuery = ({ symbols, interval, from, to }: FetchQuestion): Query => ({
  coin: symbols[0],
  interval,
  startTime: from,
  endTime: to,
});

function candles(link: Link, question: FetchQuestion): Promise<string> {
  const asked = candlesSince(question, link);
  const ask = async ({ startTime, endTime }: Query): Promise<readonly JsonValue[]> =>
    itemsIn(await link.get(CANDLES, { req: { ...candleQuery(asked), startTime, endTime } }), CANDLES);
  return historyText(rowHistory(ask, CANDLES, { most: 5000, time: 't', id: ['t'] }), asked, link.now());
}

const STATE = z.object({ time: TIME });

async function snapshot(link: Link): Promise<Snapshot> {
  const account = await link.get(ACCOUNT, { user: userOf(link) });
  const state = objectIn(account, ACCOUNT);
  const at = membersOf(STATE, state, ACCOUNT).time;
  const positions = state.value('assetPositions');
  const coins = (positions instanceof JsonArray ? positions.items : []).flatMap((each) => {
    const position = each instanceof JsonObject ? each.value('position') : undefined;
    const coin = position instanceof JsonObject ? position.value('coin') : undefined;
    return typeof coin === 'string' ? [coin] : [];
  });
  return { account, at, rows: coins.map((symbol) => ({ symbol, leg: 'both', updatedAt: at })) };
}

const COIN = z.object({ name: z.string() });
const CONTEXT = z.object({ markPx: DECIMAL, oraclePx: z.optional(DECIMAL), funding: z.optional(DECIMAL) });

async function marks({ get, now }: Link, symbols: readonly string[]): Promise<readonly MarkEvent[]> {
  const [meta, contexts] = itemsIn(await get(MARKS), MARKS);
  const universe = meta instanceof JsonObject ? meta.value('universe') : undefined;
  if (!(universe instanceof JsonArray && contexts instanceof JsonArray)) return unexpected(MARKS, 'there are no marks');
  const coins = rowsIn(universe.source, MARKS).map((row) => membersOf(COIN, row, MARKS).name);
  const wanted = new Set(symbols);
  // The answer has no time of its own.
  const time = now();
  return coins.flatMap((symbol, place) => {
    const context = contexts.items[place];
    if (!(context instanceof JsonObject) || (symbols.length > 0 && !wanted.has(symbol))) return [];
    return [markOf(symbol, membersOf(CONTEXT, context, MARKS), time)];
  });
}

function markOf(symbol: string, { markPx, oraclePx, funding }: z.infer<typeof CONTEXT>, time: number): MarkEvent {
  return {
    kind: 'mark',
    symbol,
    price: markPx,
    time,
    ...(oraclePx !== undefined && { index: oraclePx }),
    ...(funding !== undefined && { funding }),
  };
}

function subscriptions(url = '', wanted: readonly Readonly<Record<string, string>>[]): SocketPlan {
  return {
    url,
    frames: wanted.map((subscription) => JSON.stringify({ method: 'subscribe', subscription })),
    framesPerSecond: 5,
    // Without traffic for a minute it closes the socket; marks come with every block.
    silenceMs: 10_000,
    ping: { everyMs: 30_000, frame: '{"method":"ping"}' },
  };
}

const FILL = z.object({
  coin: z.string(),
  px: DECIMAL,
  sz: DECIMAL,
  side: z.enum(['A', 'B']),
  time: TIME,
  tid: z.string(),
  fee: z.optional(DECIMAL),
  feeToken: z.optional(z.string()),
  closedPnl: z.optional(DECIMAL),
});

/** The first frame, which is not JSON. */
const GREETING = 'Websocket connection established.';

/** What a frame says. Marks have no time of their own: it is when they came. */
function read(frame: string, cameAt: number): readonly LiveEvent[] {
  if (frame === GREETING) return [{ kind: 'ignored', name: 'a greeting' }];
  const value = isJson(frame) ? jsonValue(frame) : undefined;
  const broken: LiveEvent = { kind: 'unreadable', bytes: Buffer.byteLength(frame) };
  if (!(value instanceof JsonObject)) return [broken];
  const [channel, data] = [value.value('channel'), value.value('data')];
  if (typeof channel !== 'string') return [broken];
  if (!(data instanceof JsonObject)) return [{ kind: 'ignored', name: channel }];
  if (channel === 'activeAssetCtx') return [contextEvent(data, cameAt) ?? broken];
  const read = Object.hasOwn(LISTS, channel) ? LISTS[channel] : undefined;
  if (!read || data.value('isSnapshot') === true) return [{ kind: 'ignored', name: channel }];
  const rows = data.value(read.key);
  return rows instanceof JsonArray ? rows.items.map((row) => read.event(row, data.value('user')) ?? broken) : [broken];
}

/** The channels whose frames are lists of what happened to the user; the first of each lists what happened before. */
const LISTS: Readonly<
  Record<
    string,
    {
      readonly key: string;
      readonly event: (row: JsonValue, user: JsonValue | undefined) => LiveEvent | undefined;
    }
  >
> = {
  userFills: { key: 'fills', event: fillEvent },
  userFundings: { key: 'fundings', event: fundingEvent },
};

const FUNDED = z.object({ time: TIME, coin: z.string(), usdc: DECIMAL });

/** A payment of funding: it is in USDC, negative if the user paid. */
function fundingEvent(row: JsonValue): LiveEvent | undefined {
  const given = z.safeParse(FUNDED, row instanceof JsonObject ? Object.fromEntries(row.values) : undefined);
  if (!given.success) return undefined;
  const { time, coin, usdc } = given.data;
  return { kind: 'funding', asset: 'USDC', amount: usdc, symbol: coin, time };
}

function contextEvent(data: JsonObject, cameAt: number): LiveEvent | undefined {
  const [coin, context] = [data.value('coin'), data.value('ctx')];
  if (typeof coin !== 'string' || !(context instanceof JsonObject)) return undefined;
  const given = z.safeParse(CONTEXT, Object.fromEntries(context.values));
  return given.success ? markOf(coin, given.data, cameAt) : undefined;
}

function fillEvent(fill: JsonValue, user: JsonValue | undefined): LiveEvent | undefined {
  const given = z.safeParse(FILL, fill instanceof JsonObject ? Object.fromEntries(fill.values) : undefined);
  if (!given.success || !(fill instanceof JsonObject)) return undefined;
  const { coin, px, sz, side, time, tid, fee, feeToken, closedPnl } = given.data;
  return {
    kind: isLiquidationOf(user, fill.value('liquidation')) ? 'liquidation' : 'fill',
    id: tid,
    symbol: coin,
    side: side === 'B' ? 'buy' : 'sell',
    leg: 'both',
    qty: sz,
    price: px,
    ...(fee !== undefined && { fee }),
    ...(feeToken !== undefined && { feeAsset: feeToken }),
    ...(closedPnl !== undefined && { realised: closedPnl }),
    time,
  };
}

/** Whether it is the user who was liquidated: the other side of that trade has the same member. */
function isLiquidationOf(user: JsonValue | undefined, liquidation: JsonValue | undefined): boolean {
  if (!(liquidation instanceof JsonObject)) return false;
  const whose = liquidation.value('liquidatedUser');
  if (typeof whose !== 'string' || typeof user !== 'string') return true;
  return whose.toLowerCase() === user.toLowerCase();
}
