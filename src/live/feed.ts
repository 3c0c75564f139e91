import * as z from 'zod/mini';
import { quoteOf } from '../core/quotes.js';
import { Ratio } from '../core/ratio.js';
import { JsonArray } from '../schema/json-value.js';
import { itemsIn, PRICE, TIME, unexpected } from './payload.js';
import type { Fetch, Link, Service } from './venue.js';

/** The price of a contract: `multiple` units of `base` in `quote`. */
export interface Pair {
  /** As the venue writes it. */
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  /** 1000 for `1000PEPEUSDT`. */
  readonly multiple: Ratio;
}

/** What a feed says about a pair, in the quote and multiple of the pair. */
export interface FeedPrice {
  readonly symbol: string;
  readonly price: Ratio;
  /** When the feed last changed it, milliseconds since 1970. */
  readonly time: number;
}

/** Prices of assets that are not those of an exchange. One file in `feeds`, one line in its index. */
export interface Feed extends Service {
  /** The feed has no newer price before this time, ms. */
  readonly everyMs: number;
  /** The prices that it has; a pair that it does not know is left out. */
  readonly prices: (link: Link, pairs: readonly Pair[]) => Promise<readonly FeedPrice[]>;
}

/** A price older than this is not compared. */
export const OLDEST_MS = 300_000;

/** The mark of a symbol around one moment: it was between these two. */
export interface MarkRange {
  readonly low: Ratio;
  readonly high: Ratio;
}

/**
 * The feed's price, moved by as much as the mark has moved since: compared with the mark now, it shows how far both were
 * apart at the feed's own time. Of a range of marks, the one nearest to the feed counts, so a move within the range is
 * never reported as a difference.
 */
export function movedPrice(of: Pick<FeedPrice, 'price'>, range: MarkRange, now: Ratio): Ratio {
  return of.price.times(now).over(nearestMark(of, range));
}

/** The mark of a range that is nearest to a price. */
export const nearestMark = ({ price }: Pick<FeedPrice, 'price'>, { low, high }: MarkRange): Ratio =>
  price.max(low).min(high);

/** Hyperliquid counts in USDT, although its margin is USDC, and names only the base. */
const BARE_QUOTE = 'USDT';
const MULTIPLE = /^(?:(1000000|1000)(?=[A-Z]{2})|k(?=[A-Z]))/;

/** The pair of a contract's symbol: `BTCUSDT`, `1000PEPEUSDT`, `BTCUSD_PERP`, `BTC`, `kPEPE`. */
export function pairOf(symbol: string): Pair {
  const [name = ''] = symbol.split('_', 1);
  const quote = quoteOf(name);
  const written = quote === undefined ? name : name.slice(0, -quote.length);
  const [prefix = '', digits = '1000'] = MULTIPLE.exec(written) ?? [];
  return {
    symbol,
    base: written.slice(prefix.length),
    quote: quote ?? BARE_QUOTE,
    multiple: prefix === '' ? Ratio.ONE : Ratio.from(digits),
  };
}

/** The marks of one minute. */
export interface Minute extends MarkRange {
  readonly start: number;
}

const MINUTE = 60_000;
/** The start, the highest and the lowest mark of a candle. */
const CANDLE = z.object({ 0: TIME, 2: PRICE, 3: PRICE });

/** The marks of the last minutes, oldest first. */
export async function minutesOf({ answer, request }: Fetch, link: Link, symbol: string): Promise<readonly Minute[]> {
  const limit = OLDEST_MS / MINUTE + 2;
  const text = await answer(link, { symbols: [symbol], interval: '1m', limit });
  return itemsIn(text, request).map((row) => {
    const read = z.safeParse(CANDLE, row instanceof JsonArray ? Object.fromEntries(row.items.entries()) : undefined);
    if (!read.success) return unexpected(request, 'a candle is not a list of prices');
    const { 0: start, 2: high, 3: low } = read.data;
    return { start, high, low };
  });
}

/** The marks around a time; `undefined` if it is too far from now. */
export function marksAround(minutes: readonly Minute[], time: number, now: number): MarkRange | undefined {
  return Math.abs(now - time) > OLDEST_MS ? undefined : minutes.findLast(({ start }) => start <= time);
}
