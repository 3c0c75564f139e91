import type { ExchangeName } from './formats/exchange-names.js';
import { jsonItems, jsonMembers } from './formats/json.js';
import type { AccountPositionResults, AccountResults } from './index.js';
import { objectOf } from './library/account-object.js';
import { exactDecimal } from './library/answer.js';
import type { Decimal } from './library/decimal.js';
import { listOf, wordOf } from './library/given.js';
import { asked, connectionOf, feedsOf, inWords, type LiveAccount, type LiveOptions } from './library/live/options.js';
import { givenPositions, requestOf, type WatchOptions } from './library/live/watch-options.js';
import { optionsOf, tablesAs, tablesWith, type BracketTables } from './library/options.js';
import { symbolOn, type LiveVenueName } from './live/connection.js';
import { LiveError } from './live/failure.js';
import { readRecording } from './live/replay.js';
import type { WrittenEvent } from './live/session-settings.js';
import { tablesIn } from './live/venue-tables.js';
import { watching } from './live/watching.js';
import { wholeAccount } from './live/whole-account.js';
import { eventsAs, type EventOf, type WatchEventName } from './schema/watch.js';

export { isLiqcalcError, LiqcalcError, type ErrorCode, type Problem } from './core/errors.js';
export { Decimal } from './library/decimal.js';
export type { BracketTables } from './library/options.js';
export type { LiveVenueName } from './live/connection.js';
export type { Duration, LiveAccount, LiveKey, LiveOptions } from './library/live/options.js';
export type { WatchOptions } from './library/live/watch-options.js';
export { Secret } from './live/secret.js';
export type { WatchEventName } from './schema/watch.js';

/** What `fetchAccount` asks for. */
export interface FetchAccountOptions extends LiveOptions {
  /** Whose account. */
  readonly account: LiveAccount;
  /** Whether positions also have the data that `checkFrom` judges: orders, funding rates, candles, open interest, index. */
  readonly risk?: boolean | undefined;
}

/** An account as its exchange answered. */
export interface FetchedAccount {
  /** The shape of `answer`: the first argument of `accountsFrom`, `checkFrom` and `whatIfFrom`. */
  readonly shape: ExchangeName;
  /** The answer as JSON text: their second argument. */
  readonly answer: string;
  /** When it was requested, on the clock of the exchange. */
  readonly fetchedAt: Date;
  /** How old it was when it came, in milliseconds. */
  readonly ageMs: number;
}

/**
 * The account of a key, or of a public address.
 *
 * @param options - whose account, and how it is requested.
 * @returns what `liqcalc fetch account` prints, for `accountsFrom`, `checkFrom` and `whatIfFrom`.
 * @throws {LiqcalcError} `NO_KEY` without a key, or if it is refused; `UNAVAILABLE` if the exchange cannot be reached or
 * refuses, with `retryAfterMs` if it says when to ask again; `BAD_CONFIG` for a file that others can read, and with
 * `LIQCALC_OFFLINE`. After an abort, the reason of the signal.
 * @example
 * const { shape, answer } = await fetchAccount({ account: 'binance' });
 * for (const { marginRatio } of accountsFrom(shape, answer)) console.log(marginRatio?.toFixed());
 */
export async function fetchAccount(options: FetchAccountOptions): Promise<FetchedAccount> {
  const { account, risk, ...how } = optionsOf(options);
  return asked(how, async (sending) => {
    const connection = connectionOf(how, { account: wordOf('account', account), venue: '' }, sending);
    const { from, text, at } = await wholeAccount(connection, risk === true ? 'risk data' : 'account');
    const ageMs = Math.max(0, connection.link.now() - at);
    return { shape: from, answer: text, fetchedAt: new Date(at), ageMs };
  });
}

/** What `fetchBrackets` asks for. */
export interface FetchBracketsOptions extends LiveOptions {
  /** The exchange. Binance gives its tables only for a key, the others to everybody. */
  readonly venue: LiveVenueName;
  /** As the exchange writes them; all by default. Some exchanges answer only for given symbols. */
  readonly symbols?: readonly string[] | undefined;
}

/**
 * The bracket tables of an exchange as they are now: the option `brackets` of every function that calculates a price.
 *
 * @throws {LiqcalcError} as `fetchAccount`; `INVALID_BRACKETS` when a position needs a table that contradicts itself.
 * @example
 * const brackets = await fetchBrackets({ venue: 'binance' });
 * accountsFrom(shape, answer, { brackets });
 */
export async function fetchBrackets(options: FetchBracketsOptions): Promise<BracketTables> {
  const { venue: name, symbols = [], ...how } = optionsOf(options);
  return asked(how, async (sending) => {
    const { venue, link } = connectionOf(how, { account: undefined, venue: wordOf('venue', name) }, sending);
    const wanted = listOf('symbols', symbols).map((each) => symbolOn(venue.venue, wordOf('symbols', each)));
    if (!venue.brackets) throw new LiveError('usage', `${venue.meaning} has no bracket tables here`);
    if (venue.bracketsNeedSymbols && wanted.length === 0)
      throw new LiveError('usage', `${venue.meaning} answers for given symbols only; give symbols`);
    return tablesAs(tablesIn(venue, await venue.brackets(link, wanted), link.now()));
  });
}

/** What every event has. */
interface Envelope {
  /** Counts from 1. */
  readonly seq: number;
  /** UTC by the local clock, as ISO 8601. */
  readonly at: string;
  /** The exchange. */
  readonly venue: string;
}

/** An account at the present marks. */
export type AccountEvent = Envelope &
  Omit<AccountResults, 'positions'> & {
    /** Which event it is. */
    readonly type: 'account';
    /** In the order of symbols, or as given. */
    readonly positions: readonly (AccountPositionResults & {
      /** The age of its mark; `null` without a mark. */
      readonly markAgeMs: number | null;
      /** Whether a mark that its figures depend on is stale. */
      readonly stale: boolean;
    })[];
    /** The day of the oldest bracket table; `null` without one. */
    readonly bracketAsOf: string | null;
    /** Whether a mark of the account is stale. */
    readonly stale: boolean;
  };

/**
 * An event of `watch`, by its `type`: the same as a line of `liqcalc watch --format ndjson`, with Decimals. Its JSON is that
 * line. New types may be added: have a branch for a type that you do not know.
 */
export type WatchEvent = (Envelope & EventOf<Decimal, Exclude<WatchEventName, 'account'>>) | AccountEvent;

/**
 * Watches an account, your own positions, or marks: the events of `liqcalc watch`, one by one.
 *
 * Nothing is sent before the first event is requested. The loop ends by `for`, `once`, `until`, by the end of a recording, by
 * `signal`, or when you leave it; then no socket and no timer is left. The network never ends it: see the events `status`,
 * `stale` and `blind`. A loop that is slower than the events gets only the newest `account`, `mark` and `feed`.
 *
 * @param options - what to watch, and when to say something.
 * @throws {LiqcalcError} at once for invalid options, and as `fetchAccount` without a key; in the loop if the key is refused, or
 * if the account is of a kind that is not priced.
 * @example
 * for await (const event of watch({ account: 'binance', alert: '10,5' })) {
 *   if (event.type === 'alert') console.log(event.symbol, event.value?.toFixed(), event.liquidationPrice?.toFixed());
 * }
 */
export function watch(options: WatchOptions): AsyncIterableIterator<WatchEvent> {
  const given = optionsOf(options);
  const { account, venue, symbols = [], feeds = [], record, replay, once = false, speed, signal } = given;
  const request = requestOf(given);
  const reading = { read: eventReader(), stateOf, signal };
  return inWords(() => {
    if (replay !== undefined) {
      const recording = readRecording(wordOf('replay', replay));
      return watching({ ...request, recording, tables: tablesWith(given), speed: speed ?? 'max' }, reading);
    }
    return watching(
      {
        ...request,
        given: givenPositions(given),
        symbols: listOf('symbols', symbols).map((each) => wordOf('symbols', each)),
        hasAccount: account !== undefined,
        venue,
        isOnce: once,
        connect: (usual, sending) => connectionOf(given, { account, venue: usual }, sending),
        feeds: (sending) => feedsOf(given, feeds, sending),
        record,
      },
      reading,
    );
  });
}

/** Reads events as they are written. */
function eventReader(): (event: WrittenEvent) => WatchEvent {
  const withDecimals = eventsAs(exactDecimal);
  return ({ type, seq, at, event, json }) => {
    if (type === 'account') return accountEvent(json);
    const { venue } = JSON.parse(json) as { venue: string };
    return { seq, at, venue, ...withDecimals(event) } as WatchEvent;
  };
}

/** The event of an account from its JSON. */
function accountEvent(json: string): AccountEvent {
  const membersIn = (object: string) => jsonMembers(object).map((each) => [each.key, each.json] as const);
  const members = membersIn(json);
  const positions = members.find(([key]) => key === 'positions')?.[1] ?? '[]';
  return {
    ...objectOf(members.filter(([key]) => key !== 'positions')),
    positions: jsonItems(positions).map((each) => objectOf(membersIn(each))),
  } as unknown as AccountEvent;
}

/** What an event is the newest state of. */
function stateOf(event: WatchEvent): string | undefined {
  if (event.type === 'account') return `account ${event.asset ?? ''}`;
  if (event.type === 'feed') return `feed ${event.feed} ${event.symbol}`;
  return event.type === 'mark' ? `mark ${event.symbol}` : undefined;
}
