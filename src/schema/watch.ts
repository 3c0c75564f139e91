import * as z from 'zod/mini';
import type { JsonSchema } from './json-notes.js';
import { described, jsonSchemaOf } from './json-schema.js';

const text = z.string();
const count = z.int();
const side = z.enum(['long', 'short']);
const DECIMAL = described(z.string().check(z.regex(/^-?\d+(\.\d+)?$/)), 'a decimal');
const orNull = <T extends z.ZodMiniType>(schema: T): z.ZodMiniNullable<T> => z.nullable(schema);
const ms = described(z.number(), 'milliseconds');

const finding = { rule: text, severity: text, symbol: orNull(text), side: orNull(side), message: text };

/** The states of a watch. */
export const WATCH_STATES = ['connecting', 'live', 'late', 'stale', 'blind', 'limited'] as const;
export type WatchState = (typeof WATCH_STATES)[number];

/** All events, with a schema of their decimals. */
const eventsWith = <D extends z.ZodMiniType>(decimal: D) => {
  /** What an event says about a position before and after a change. */
  const figures = z.object({
    qty: decimal,
    entry: decimal,
    mode: z.enum(['cross', 'isolated']),
    margin: orNull(decimal),
    lev: orNull(decimal),
  });

  const alerted = {
    what: described(text, 'distance, margin-ratio, move or funding'),
    symbol: orNull(text),
    side: orNull(side),
    level: described(decimal, 'the level in percent; 0 if the position is past its liquidation price'),
    value: described(orNull(decimal), 'in percent; null if there is no figure'),
    liquidationPrice: orNull(decimal),
    mark: orNull(decimal),
    markAgeMs: orNull(ms),
    stale: described(z.boolean(), 'whether a mark that it depends on is stale'),
  };

  const fill = {
    id: text,
    symbol: text,
    side: z.enum(['buy', 'sell']),
    qty: decimal,
    price: decimal,
    fee: orNull(decimal),
    feeAsset: orNull(text),
    realised: orNull(decimal),
    time: ms,
  };

  return {
    start: described(
      z.object({
        version: text,
        account: described(orNull(text), 'the end of the key, the address or the file; null for marks only'),
        symbols: z.array(text),
        alerts: z.array(text),
      }),
      'the first event',
    ),
    status: described(
      z.object({
        state: z.enum(WATCH_STATES),
        reason: orNull(text),
        sockets: described(count, 'open sockets'),
        weightUsed: orNull(count),
        weightLimit: orNull(count),
        clockOffsetMs: described(orNull(z.number()), "the venue's clock minus ours"),
      }),
      'how far the figures can be trusted',
    ),
    snapshot: described(
      z.object({ why: z.enum(['start', 'reconnected', 'audit', 'config']), positions: count, ms }),
      'the account was read whole',
    ),
    gap: described(
      z.object({
        awayMs: ms,
        positions: z.array(
          z.object({ symbol: text, side: z.enum(['both', 'long', 'short']), had: decimal, is: decimal }),
        ),
        wallet: orNull(z.object({ had: decimal, is: decimal })),
      }),
      'what the stream had not told',
    ),
    mark: described(
      z.object({
        symbol: text,
        mark: decimal,
        index: orNull(decimal),
        funding: described(orNull(decimal), 'the coming rate in percent'),
        nextFunding: orNull(text),
        markAgeMs: ms,
        stale: z.boolean(),
      }),
      'the mark of a symbol that is watched without a position',
    ),
    account: described(
      z.looseObject({
        positions: z.array(z.looseObject({ markAgeMs: orNull(ms), stale: z.boolean() })),
        bracketAsOf: z.optional(orNull(text)),
      }),
      'the answer of liqcalc account --json, and the age of each mark',
    ),
    position: described(
      z.object({ symbol: text, side, before: orNull(figures), after: orNull(figures), reason: text }),
      'a position changed; before is null if it was opened, after if it was closed',
    ),
    alert: described(z.object({ ...alerted, initial: z.boolean(), reminder: z.boolean() }), 'a level was reached'),
    clear: described(
      z.object({ ...alerted, holds: described(orNull(decimal), 'the level that still holds'), closed: z.boolean() }),
      'a level was left, or its position was closed',
    ),
    stale: described(z.object({ symbol: text, ageMs: orNull(ms) }), 'the mark of a symbol is stale'),
    fresh: described(z.object({ symbol: text, ageMs: ms }), 'it is no longer'),
    blind: described(z.object({ since: text, reason: text }), 'no figure can be trusted'),
    seeing: described(z.object({ since: text, blindMs: ms }), 'figures can be trusted again'),
    fill: described(z.object(fill), 'an order was filled'),
    order: described(
      z.object({
        id: text,
        symbol: text,
        side: z.enum(['buy', 'sell']),
        orderType: text,
        status: text,
        qty: decimal,
        price: orNull(decimal),
        trigger: orNull(decimal),
        reduceOnly: z.boolean(),
        closePosition: z.boolean(),
        time: ms,
      }),
      'an order changed',
    ),
    liquidation: described(z.object(fill), 'the venue liquidates a position'),
    adl: described(z.object(fill), 'a position was reduced by auto-deleveraging'),
    marginCall: described(
      z.object({
        symbol: text,
        side,
        mark: decimal,
        maintenance: described(decimal, "the venue's maintenance margin"),
        ourMaintenance: orNull(decimal),
        difference: orNull(decimal),
      }),
      'a margin call of the venue',
    ),
    funding: described(
      z.object({
        asset: text,
        amount: described(decimal, 'negative: paid'),
        symbol: orNull(text),
        accrued: described(decimal, 'since the start, of this asset'),
      }),
      'funding was paid',
    ),
    feed: described(
      z.object({
        feed: text,
        symbol: text,
        price: described(decimal, 'in the quote of the contract'),
        ageMs: described(ms, 'since the feed changed it'),
        mark: described(orNull(decimal), "the mark of the feed's own time; null if none was seen then"),
        differencePercent: described(orNull(decimal), 'that mark above the price, percent of the price'),
      }),
      'a price of --feeds',
    ),
    brackets: described(z.object({ symbol: text, change: text }), 'the brackets of a symbol changed'),
    finding: described(z.object(finding), 'a rule of check is violated'),
    resolved: described(z.object(finding), 'it no longer is'),
    limited: described(
      z.object({ status: orNull(count), retryAfterMs: orNull(ms), message: text }),
      'the venue refuses more requests',
    ),
    clock: described(z.object({ offsetMs: z.number(), message: text }), 'a clock jumped, or was measured again'),
    error: described(z.object({ code: text, message: text }), 'something failed; the watch goes on'),
    end: described(
      z.object({ reason: text, seconds: z.number(), alerts: described(count, 'alerts since the start') }),
      'the last event',
    ),
  };
};

type Events<D> = ReturnType<typeof eventsWith<z.ZodMiniType<D>>>;

/** The names of all events. */
export type WatchEventName = keyof Events<string>;

/** An event before it is numbered and dated, with its decimals as `D`. */
export type EventOf<D, K extends WatchEventName = WatchEventName> = {
  [N in K]: { readonly type: N } & { readonly [M in keyof z.infer<Events<D>[N]>]: z.infer<Events<D>[N]>[M] };
}[K];

/** An event before it is numbered and dated. */
export type WatchEvent = EventOf<string>;

/** What an event says about a position. */
export type PositionFigures = NonNullable<EventOf<string, 'position'>['before']>;

/** Reads events with their decimals as another type. */
export function eventsAs<D>(read: (decimal: string) => D): (event: WatchEvent) => EventOf<D> {
  const shapes = eventsWith<z.ZodMiniType<D>>(z.pipe(z.string(), z.transform(read)));
  return (event) => ({ type: event.type, ...z.parse(shapes[event.type], event) }) as EventOf<D>;
}

const envelope = {
  seq: described(z.int().check(z.positive()), 'counts from 1'),
  at: described(text, 'UTC, by the local clock'),
  venue: text,
};

/** The JSON Schema of the events of `liqcalc watch`. */
export function watchEvents(): JsonSchema {
  const shapes = Object.entries(eventsWith(DECIMAL)).map(([type, shape]) =>
    z.extend(shape, { ...envelope, type: z.literal(type) }),
  );
  return jsonSchemaOf(z.union(shapes));
}
