import { fail } from '../core/errors.js';
import { Ratio } from '../core/ratio.js';
import type { Connection, Sending } from './connection.js';
import { ageWords } from './duration.js';
import { LiveError } from './failure.js';
import type { FeedName } from './feed-names.js';
import { marksAround, minutesOf, movedPrice, pairOf, type Feed, type FeedPrice, type MarkRange } from './feed.js';
import { feeds } from './feeds/index.js';
import { hostsOf } from './hosts.js';
import { feedKeyFor, type KeyPlaces } from './secrets.js';
import { Transport } from './transport.js';
import type { MarkEvent } from './venue.js';

/** A feed and its transport. */
export interface FeedConnection {
  readonly name: FeedName;
  readonly feed: Feed;
  readonly link: Transport;
}

/** What a connection to a feed is made of. */
export interface FeedRequest {
  readonly timeoutMs: number;
  readonly places: KeyPlaces;
}

/**
 * The connection to a feed. Nothing is sent yet.
 *
 * @throws {LiveError} if the feed needs a key and has no key.
 */
export function feedConnectionTo(
  name: FeedName,
  { timeoutMs, places }: FeedRequest,
  sending: Sending = {},
): FeedConnection {
  const feed: Feed = feeds[name];
  const credential = feedKeyFor(feed.variable, places);
  if (!credential && feed.allow.some(({ access }) => access === 'key')) {
    const file = `{"${name}": {"apiKey": "..."}} in the file of keys`;
    throw new LiveError('noKey', `${feed.meaning} needs a key: give LIQCALC_${feed.variable}_KEY, or ${file}`);
  }
  const hosts = hostsOf(feed, places.env);
  const given = credential ? { credential: () => credential } : {};
  return { name, feed, link: new Transport(feed, { hosts, timeoutMs, ...given, ...sending }) };
}

/** The significant digits of a price that was moved. */
const DIGITS = 8;

/** The prices of feeds now as text, by symbol and feed. */
export type FeedPrices = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** Requests the prices of feeds at marks. */
export type Feeds = (
  connection: Pick<Connection, 'venue' | 'link'>,
  marks: readonly MarkEvent[],
) => Promise<FeedPrices>;

/**
 * The prices of feeds, each moved by as much as the mark has moved since the feed's own time. A feed without a price, or
 * with one that is too old, is noted and left out.
 *
 * @param marks - the marks now.
 * @param note - takes what each feed said, in words.
 */
export async function feedPrices(
  connections: readonly FeedConnection[],
  { venue, link }: Pick<Connection, 'venue' | 'link'>,
  marks: readonly MarkEvent[],
  note: (words: string) => void,
): Promise<FeedPrices> {
  const candles = venue.fetches['mark-candles'];
  if (connections.length === 0 || marks.length === 0) return new Map();
  if (!candles) {
    const why = `${venue.meaning} has no candles of marks, so a feed cannot be compared with the mark of its own time`;
    return fail('REFUSED', 'feeds', { why });
  }
  const pairs = marks.map(({ symbol }) => pairOf(symbol));
  const answers = await Promise.all(
    connections.map(async ({ name, feed, link: own }) => ({ name, prices: await feed.prices(own, pairs) })),
  );
  const found = new Map<string, Readonly<Record<string, string>>>();
  for (const { symbol, price: mark } of marks) {
    const own = answers.map(({ name, prices }) => ({ name, price: prices.find((each) => each.symbol === symbol) }));
    const minutes = own.some(({ price }) => price) ? await minutesOf(candles, link, symbol) : [];
    const texts = own.flatMap(({ name, price }) => {
      const range = price && marksAround(minutes, price.time, link.now());
      note(wordsOf(name, symbol, { price, range, now: link.now() }));
      if (!price || !range) return [];
      const moved = movedPrice(price, range, Ratio.from(mark));
      return [[name, moved.toText(moved.decimalsFor(DIGITS))] as const];
    });
    found.set(symbol, Object.fromEntries(texts));
  }
  return found;
}

interface Answered {
  readonly price: FeedPrice | undefined;
  readonly range: MarkRange | undefined;
  readonly now: number;
}

function wordsOf(name: FeedName, symbol: string, { price, range, now }: Answered): string {
  if (!price) return `${name} has no price of ${symbol}`;
  const age = ageWords(now, price.time);
  if (!range) return `${name} has a price of ${symbol} that is ${age}; it is not compared`;
  return `${name} has ${symbol} at ${price.price.toText(price.price.decimalsFor(DIGITS))}, ${age}`;
}
