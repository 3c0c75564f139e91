import * as z from 'zod/mini';
import { isJson, jsonValue } from '../../formats/json.js';
import { JsonArray, JsonObject, type JsonValue } from '../../schema/json-value.js';
import { DECIMAL, TIME } from '../payload.js';
import type { Leg, LiveEvent } from '../venue.js';

/** The market that an event belongs to: since June 2026 the frames of all marks hold both. */
export type StreamType = '1' | '2';

/**
 * What a frame says. Events of the other market are ignored: `BTCUSD_PERP` must not touch a USDⓈ-M position.
 *
 * @param own - the market that is read.
 */
export function binanceEvents(frame: string, own: StreamType): readonly LiveEvent[] {
  if (!isJson(frame)) return [{ kind: 'unreadable', bytes: Buffer.byteLength(frame) }];
  return eventsIn(jsonValue(frame), own);
}

function eventsIn(value: JsonValue, own: StreamType): readonly LiveEvent[] {
  if (value instanceof JsonArray) return value.items.flatMap((item) => eventsIn(item, own));
  if (!(value instanceof JsonObject)) return [{ kind: 'ignored', name: 'a value' }];
  const data = value.value('data');
  if (value.has('stream') && data !== undefined) return eventsIn(data, own);
  const name = value.value('e');
  if (typeof name !== 'string') return [{ kind: 'ignored', name: value.has('result') ? 'an answer' : 'an object' }];
  const market = value.value('st');
  if (market !== undefined && market !== own) return [{ kind: 'ignored', name: `${name} of another market` }];
  const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  if (!read) return [{ kind: 'ignored', name }];
  return read(value) ?? [{ kind: 'unreadable', bytes: Buffer.byteLength(value.source) }];
}

/** Reads an event; `undefined` if it is not as documented. */
type Reader = (event: JsonObject) => readonly LiveEvent[] | undefined;

/** The plain value of JSON for zod: numbers are their texts. */
function plain(value: JsonValue): unknown {
  if (value instanceof JsonArray) return value.items.map(plain);
  if (value instanceof JsonObject) return Object.fromEntries(value.members.map(([key, of]) => [key, plain(of)]));
  return value;
}

function reader<T>(schema: z.ZodMiniType<T>, events: (event: T) => readonly LiveEvent[]): Reader {
  return (event) => {
    const read = z.safeParse(schema, plain(event));
    return read.success ? events(read.data) : undefined;
  };
}

const LEG = z.pipe(
  z.enum(['BOTH', 'LONG', 'SHORT']),
  z.transform((side): Leg => (side === 'BOTH' ? 'both' : side === 'LONG' ? 'long' : 'short')),
);
const SIDE = z.pipe(
  z.enum(['BUY', 'SELL']),
  z.transform((side) => (side === 'BUY' ? ('buy' as const) : ('sell' as const))),
);
const MODE = z.pipe(
  z.string(),
  z.transform((mode) => (mode.toLowerCase() === 'isolated' ? ('isolated' as const) : ('cross' as const))),
);

const MARK = z.object({
  E: TIME,
  s: z.string(),
  p: DECIMAL,
  i: z.optional(z.string()),
  r: z.optional(z.string()),
  T: z.optional(TIME),
});

const ACCOUNT_UPDATE = z.object({
  E: TIME,
  T: TIME,
  a: z.object({
    m: z.string(),
    B: z.optional(z.array(z.object({ a: z.string(), wb: DECIMAL, cw: DECIMAL, bc: z.optional(DECIMAL) }))),
    P: z.optional(
      z.array(z.object({ s: z.string(), pa: DECIMAL, ep: DECIMAL, mt: MODE, iw: z.optional(DECIMAL), ps: LEG })),
    ),
  }),
});

const ORDER_UPDATE = z.object({
  T: TIME,
  o: z.object({
    s: z.string(),
    c: z.string(),
    S: SIDE,
    o: z.string(),
    q: DECIMAL,
    p: z.optional(DECIMAL),
    sp: z.optional(DECIMAL),
    x: z.string(),
    X: z.string(),
    i: z.string(),
    l: z.optional(DECIMAL),
    L: z.optional(DECIMAL),
    N: z.optional(z.nullable(z.string())),
    n: z.optional(z.nullable(z.string())),
    t: z.optional(z.string()),
    R: z.optional(z.boolean()),
    ps: z.optional(LEG),
    cp: z.optional(z.boolean()),
    rp: z.optional(z.string()),
  }),
});

const ALGO_UPDATE = z.object({
  T: TIME,
  o: z.object({
    aid: z.string(),
    s: z.string(),
    S: SIDE,
    o: z.string(),
    ps: z.optional(LEG),
    q: DECIMAL,
    X: z.string(),
    tp: z.optional(DECIMAL),
    p: z.optional(DECIMAL),
    R: z.optional(z.boolean()),
    cp: z.optional(z.boolean()),
  }),
});

const CONFIG_UPDATE = z.object({
  T: TIME,
  ac: z.optional(z.object({ s: z.string(), l: DECIMAL })),
  ai: z.optional(z.object({ j: z.boolean() })),
});

const MARGIN_CALL = z.object({
  E: TIME,
  p: z.array(z.object({ s: z.string(), ps: LEG, pa: DECIMAL, mp: DECIMAL, mm: DECIMAL })),
});

const CONTRACT_INFO = z.object({ E: TIME, s: z.string(), bks: z.optional(z.array(z.unknown())) });

const READERS: Readonly<Record<string, Reader>> = {
  markPriceUpdate: reader(MARK, ({ E, s, p, i, r, T }) => [
    {
      kind: 'mark',
      symbol: s,
      price: p,
      time: E,
      ...(i !== undefined && { index: i }),
      ...(r !== undefined && r !== '' && { funding: r }),
      ...(T !== undefined && T > 0 && { nextFunding: T }),
    },
  ]),
  ACCOUNT_UPDATE: reader(ACCOUNT_UPDATE, ({ T: time, a: { m: reason, B = [], P = [] } }) => [
    ...B.map(({ a, cw }): LiveEvent => ({ kind: 'wallet', asset: a, cross: cw, time })),
    ...P.map(({ s, pa, ep, mt, iw, ps }): LiveEvent => ({
      kind: 'position',
      symbol: s,
      leg: ps,
      amount: pa,
      entry: ep,
      mode: mt,
      ...(mt === 'isolated' && iw !== undefined && { margin: iw }),
      time,
      reason,
    })),
    ...(reason === 'FUNDING_FEE' ? B.flatMap((each) => fundingOf(each, P, time)) : []),
  ]),
  ORDER_TRADE_UPDATE: reader(ORDER_UPDATE, orderEvents),
  ALGO_UPDATE: reader(ALGO_UPDATE, ({ T: time, o }) => [
    {
      kind: 'order',
      id: `algo-${o.aid}`,
      symbol: o.s,
      side: o.S,
      leg: o.ps ?? 'both',
      type: o.o,
      status: o.X,
      qty: o.q,
      ...(o.p !== undefined && { price: o.p }),
      ...(o.tp !== undefined && { trigger: o.tp }),
      reduceOnly: o.R ?? false,
      closePosition: o.cp ?? false,
      time,
    },
  ]),
  ACCOUNT_CONFIG_UPDATE: reader(CONFIG_UPDATE, ({ T: time, ac, ai }) => [
    ...(ac ? [{ kind: 'leverage' as const, symbol: ac.s, lev: ac.l, time }] : []),
    ...(ai ? [{ kind: 'multiAssets' as const, isOn: ai.j, time }] : []),
  ]),
  MARGIN_CALL: reader(MARGIN_CALL, ({ E: time, p }) => [
    {
      kind: 'marginCall',
      positions: p.map(({ s, ps, pa, mp, mm }) => ({ symbol: s, leg: ps, amount: pa, mark: mp, maintenance: mm })),
      time,
    },
  ]),
  contractInfo: reader(CONTRACT_INFO, ({ E: time, s, bks }) =>
    bks === undefined ? [{ kind: 'ignored', name: 'contractInfo' }] : [{ kind: 'brackets', symbol: s, time }],
  ),
  listenKeyExpired: () => [{ kind: 'userStreamGone' }],
};

/** A payment of funding. In cross margin the event does not say which symbol paid; in isolated it names one position. */
function fundingOf(
  { a: asset, bc }: { readonly a: string; readonly bc?: string | undefined },
  positions: readonly { readonly s: string }[],
  time: number,
): readonly LiveEvent[] {
  if (bc === undefined) return [];
  const [only, ...more] = positions;
  return [{ kind: 'funding', asset, amount: bc, time, ...(only && more.length === 0 && { symbol: only.s }) }];
}

/** Whose order it is, by how its client id begins. */
const KINDS = [
  ['autoclose-', 'liquidation'],
  ['adl_autoclose', 'adl'],
] as const;

function orderEvents({ T: time, o }: z.infer<typeof ORDER_UPDATE>): readonly LiveEvent[] {
  const leg = o.ps ?? 'both';
  const order: LiveEvent = {
    kind: 'order',
    id: o.i,
    symbol: o.s,
    side: o.S,
    leg,
    type: o.o,
    status: o.X,
    qty: o.q,
    ...(o.p !== undefined && { price: o.p }),
    ...(o.sp !== undefined && { trigger: o.sp }),
    reduceOnly: o.R ?? false,
    closePosition: o.cp ?? false,
    time,
  };
  const kind = KINDS.find(([prefix]) => o.c.startsWith(prefix))?.[1];
  const isFill = o.x === 'TRADE' || (kind !== undefined && o.x === 'CALCULATED');
  if (!isFill || o.l === undefined || o.L === undefined) return [order];
  return [
    order,
    {
      kind: kind ?? 'fill',
      id: `${o.s}-${o.t ?? o.i}`,
      symbol: o.s,
      side: o.S,
      leg,
      qty: o.l,
      price: o.L,
      ...(o.n && { fee: o.n }),
      ...(o.N && { feeAsset: o.N }),
      ...(o.rp !== undefined && { realised: o.rp }),
      time,
    },
  ];
}
