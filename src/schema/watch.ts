import * as z from 'zod/mini';
import type { JsonSchema } from './json-notes.js';
import { described, jsonSchemaOf } from './json-schema.js';

/** A schema with its meaning: the JSON Schema has it, and the declarations of the library as a comment. */
const meant = <T extends z.ZodMiniType, const M extends string>(schema: T, meaning: M): T & { readonly meaning: M } =>
  Object.assign(described(schema, meaning), { meaning });

const orNull = <T extends z.ZodMiniType>(schema: T): z.ZodMiniNullable<T> => z.nullable(schema);
const text = z.string();
const count = z.int();
const ms = z.number();
const sides = z.enum(['long', 'short']);
const DECIMAL = described(z.string().check(z.regex(/^-?\d+(\.\d+)?$/)), 'a decimal');

const symbol = meant(text, 'as the exchange writes it');
const symbolOrNull = meant(orNull(text), 'null for the account as a whole');
const side = meant(sides, 'long or short');
const sideOrNull = meant(orNull(sides), 'null for the account as a whole');
const message = meant(text, 'in words');
const time = meant(ms, 'when it happened, milliseconds since 1970 on the clock of the exchange');
const stale = meant(z.boolean(), 'whether a mark that it depends on is stale');

/** The states of a watch. */
export const WATCH_STATES = ['connecting', 'live', 'late', 'stale', 'blind', 'limited'] as const;
export type WatchState = (typeof WATCH_STATES)[number];

/** All events, with a schema of their decimals. */
const eventsWith = <D extends z.ZodMiniType>(decimal: D) => {
  const figures = z.object({
    qty: meant(decimal, 'size, without a sign'),
    entry: meant(decimal, 'entry price'),
    mode: meant(z.enum(['cross', 'isolated']), 'how it is margined'),
    margin: meant(orNull(decimal), 'the isolated wallet; null in cross'),
    lev: meant(orNull(decimal), 'the set leverage; null if it is unknown'),
  });

  const alerted = {
    what: meant(text, 'distance, margin-ratio, move or funding'),
    symbol: symbolOrNull,
    side: sideOrNull,
    level: meant(decimal, 'the level in percent; 0 if the position is past its liquidation price'),
    value: meant(orNull(decimal), 'in percent; null if there is no figure'),
    liquidationPrice: meant(orNull(decimal), 'null without a price'),
    mark: meant(orNull(decimal), 'the mark price; null for the account as a whole'),
    markAgeMs: meant(orNull(ms), 'the age of that mark, milliseconds'),
    stale,
  };

  const fill = {
    id: meant(text, 'the id of the fill'),
    symbol,
    side: meant(z.enum(['buy', 'sell']), 'of the order'),
    qty: meant(decimal, 'size of the fill'),
    price: meant(decimal, 'price of the fill'),
    fee: meant(orNull(decimal), 'fee in feeAsset; null if the exchange does not report it'),
    feeAsset: meant(orNull(text), 'the asset of the fee'),
    realised: meant(orNull(decimal), 'realised profit; null if the exchange does not report it'),
    time,
  };

  const finding = {
    rule: meant(text, 'the id of the rule'),
    severity: meant(text, 'error, warn or info'),
    symbol: symbolOrNull,
    side: sideOrNull,
    message,
  };

  return {
    start: meant(
      z.object({
        version: meant(text, 'of liqcalc'),
        account: meant(orNull(text), 'the end of the key, the address or the file; null for marks only'),
        symbols: meant(z.array(text), 'symbols that are watched from the start'),
        alerts: meant(z.array(text), 'levels, as given'),
      }),
      'the first event',
    ),
    status: meant(
      z.object({
        state: meant(z.enum(WATCH_STATES), 'connecting, live, late, stale, blind or limited'),
        reason: meant(orNull(text), 'null if all is well'),
        sockets: meant(count, 'open sockets'),
        weightUsed: meant(orNull(count), 'units of the limit of requests used in this minute; null if unknown'),
        weightLimit: meant(orNull(count), 'units of that limit; null if the exchange has no such limit'),
        clockOffsetMs: meant(orNull(z.number()), "the venue's clock minus ours"),
      }),
      'how far the figures can be trusted',
    ),
    snapshot: meant(
      z.object({
        why: meant(z.enum(['start', 'reconnected', 'audit', 'config']), 'why it was read'),
        positions: meant(count, 'open positions'),
        ms: meant(ms, 'how long it took, milliseconds'),
      }),
      'the account was read whole',
    ),
    gap: meant(
      z.object({
        awayMs: meant(ms, 'how long the stream was away, milliseconds'),
        positions: meant(
          z.array(
            z.object({
              symbol,
              side: meant(z.enum(['both', 'long', 'short']), 'both if the account has no hedge mode'),
              had: meant(decimal, 'size before, negative for short'),
              is: meant(decimal, 'size now, negative for short'),
            }),
          ),
          'positions that changed',
        ),
        wallet: meant(
          orNull(z.object({ had: meant(decimal, 'before'), is: meant(decimal, 'now') })),
          'the cross wallet; null if it did not change',
        ),
      }),
      'what the stream had not told',
    ),
    mark: meant(
      z.object({
        symbol,
        mark: meant(decimal, 'the mark price'),
        index: meant(orNull(decimal), 'the index price; null if the exchange does not send it'),
        funding: meant(orNull(decimal), 'the coming rate in percent'),
        nextFunding: meant(orNull(text), 'when it is paid, ISO 8601'),
        markAgeMs: meant(ms, 'the age of the mark, milliseconds'),
        stale: meant(z.boolean(), 'whether the mark is stale'),
      }),
      'the mark of a symbol that is watched without a position',
    ),
    account: meant(
      z.looseObject({
        positions: z.array(z.looseObject({ markAgeMs: orNull(ms), stale: z.boolean() })),
        bracketAsOf: z.optional(orNull(text)),
      }),
      'the answer of liqcalc account --json, and the age of each mark',
    ),
    position: meant(
      z.object({
        symbol,
        side,
        before: meant(orNull(figures), 'null if it was opened'),
        after: meant(orNull(figures), 'null if it was closed'),
        reason: meant(text, "the exchange's word: ORDER, FUNDING_FEE ...; SNAPSHOT if the stream did not report it"),
      }),
      'a position changed; before is null if it was opened, after if it was closed',
    ),
    alert: meant(
      z.object({
        ...alerted,
        initial: meant(z.boolean(), 'whether the level is one of those at the start'),
        reminder: meant(z.boolean(), 'whether it only repeats an alert'),
      }),
      'a level was reached',
    ),
    clear: meant(
      z.object({
        ...alerted,
        holds: meant(orNull(decimal), 'the level that still holds'),
        closed: meant(z.boolean(), 'whether the position was closed'),
      }),
      'a level was left, or its position was closed',
    ),
    stale: meant(
      z.object({ symbol, ageMs: meant(orNull(ms), 'the age of the mark, milliseconds; null if it never came') }),
      'the mark of a symbol is stale',
    ),
    fresh: meant(z.object({ symbol, ageMs: meant(ms, 'the age of the mark, milliseconds') }), 'it is no longer'),
    blind: meant(
      z.object({ since: meant(text, 'ISO 8601'), reason: meant(text, 'what is missing') }),
      'no figure can be trusted',
    ),
    seeing: meant(
      z.object({ since: meant(text, 'ISO 8601'), blindMs: meant(ms, 'how long none could, milliseconds') }),
      'figures can be trusted again',
    ),
    fill: meant(z.object(fill), 'an order was filled'),
    order: meant(
      z.object({
        id: meant(text, 'the id of the order'),
        symbol,
        side: meant(z.enum(['buy', 'sell']), 'of the order'),
        orderType: meant(text, "the exchange's word: STOP_MARKET ..."),
        status: meant(text, "the exchange's word: NEW, FILLED ..."),
        qty: meant(decimal, 'size of the order'),
        price: meant(orNull(decimal), 'limit price'),
        trigger: meant(orNull(decimal), 'trigger price'),
        reduceOnly: meant(z.boolean(), 'whether it can only reduce a position'),
        closePosition: meant(z.boolean(), 'whether it closes the whole position'),
        time,
      }),
      'an order changed',
    ),
    liquidation: meant(z.object(fill), 'the venue liquidates a position'),
    adl: meant(z.object(fill), 'a position was reduced by auto-deleveraging'),
    marginCall: meant(
      z.object({
        symbol,
        side,
        mark: meant(decimal, 'the mark price of the call'),
        maintenance: meant(decimal, "the venue's maintenance margin"),
        ourMaintenance: meant(orNull(decimal), 'ours at that mark; null if the position is unknown'),
        difference: meant(orNull(decimal), 'ours minus that of the venue'),
      }),
      'a margin call of the venue',
    ),
    funding: meant(
      z.object({
        asset: meant(text, 'the asset it was paid in'),
        amount: meant(decimal, 'negative: paid'),
        symbol: meant(orNull(text), 'null if the exchange does not say which symbol paid'),
        accrued: meant(decimal, 'since the start, of this asset'),
      }),
      'funding was paid',
    ),
    feed: meant(
      z.object({
        feed: meant(text, 'coingecko or cryptocompare'),
        symbol,
        price: meant(decimal, 'in the quote of the contract'),
        ageMs: meant(ms, 'since the feed changed it, milliseconds'),
        mark: meant(orNull(decimal), "the mark of the feed's own time; null if none was seen then"),
        differencePercent: meant(orNull(decimal), 'that mark above the price, percent of the price'),
      }),
      'a price of --feeds',
    ),
    brackets: meant(
      z.object({ symbol, change: meant(text, 'what the exchange announced') }),
      'the brackets of a symbol changed',
    ),
    finding: meant(z.object(finding), 'a rule of check is violated'),
    resolved: meant(z.object(finding), 'it no longer is'),
    limited: meant(
      z.object({
        status: meant(orNull(count), 'the status of the HTTP answer'),
        retryAfterMs: meant(orNull(ms), 'when requests may be sent again, milliseconds from now; null if unknown'),
        message,
      }),
      'the venue refuses more requests',
    ),
    clock: meant(
      z.object({ offsetMs: meant(z.number(), 'by how much, milliseconds'), message }),
      'a clock jumped, or was measured again',
    ),
    error: meant(
      z.object({ code: meant(text, 'what kind of error: UNAVAILABLE, SILENT_STREAM ...'), message }),
      'something failed; the watch goes on',
    ),
    end: meant(
      z.object({
        reason: meant(text, 'stopped, over, alert, or why it failed'),
        seconds: meant(z.number(), 'how long it ran'),
        alerts: meant(count, 'alerts since the start'),
      }),
      'the last event',
    ),
  };
};

type Events<D> = ReturnType<typeof eventsWith<z.ZodMiniType<D>>>;

/** The names of all events. */
export type WatchEventName = keyof Events<string>;

/** The values of a schema; an object keeps the comments of its keys, which `z.infer` loses. */
type ValueOf<S> =
  S extends z.ZodMiniNullable<infer I>
    ? ValueOf<I> | null
    : S extends z.ZodMiniArray<infer I>
      ? readonly ValueOf<I>[]
      : S extends z.ZodMiniObject<infer O>
        ? { readonly [K in keyof O]: ValueOf<O[K]> }
        : z.infer<S>;

/** An event before it is numbered and dated, with its decimals as `D`. */
export type EventOf<D, K extends WatchEventName = WatchEventName> = {
  [N in K]: {
    /** Which event it is. */
    readonly type: N;
  } & (N extends 'account' ? z.infer<Events<D>[N]> : ValueOf<Events<D>[N]>);
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
