import { DEFAULT_VENUE } from '../../core/brackets.js';
import { fail } from '../../core/errors.js';
import { looksCoinMargined } from '../../core/settlement.js';
import { ageWords } from '../../live/duration.js';
import { LiveError } from '../../live/failure.js';
import type { FeedPrices, Feeds } from '../../live/feed-prices.js';
import { rowsIn } from '../../live/payload.js';
import type { FetchName, MarkEvent, Request } from '../../live/venue.js';
import type { Invocation } from '../command.js';
import type { Parsed } from '../flags.js';
import type { Io } from '../io.js';
import { symbolOn, type Connection } from '../../live/connection.js';
import { asking, connectionFor, refuseKeys, textOf } from './connect.js';
import { withFiles } from './virtual-files.js';

/** The data of `--live` that a command takes from files and lists, besides mark, entry and brackets. */
export type LiveDatum = 'rates' | 'candles' | 'openInterest' | 'feed' | 'fundingInterval' | 'dailyVolume' | 'book';

/** What a command lacks. */
export interface Wanted {
  /** Whether the mark is also the entry, if there is no entry. */
  readonly hasEntry: boolean;
  readonly data: readonly LiveDatum[];
}

/** The name of the connection for a venue; coin-margined contracts of Binance are at an endpoint of their own. */
export function liveVenueOf(options: Parsed['options'], symbol: string): string {
  // A rule of the past, like bybit-2024, is one of today's venue.
  const venue = (textOf(options, 'venue') ?? DEFAULT_VENUE).toLowerCase().replace(/-\d{4}$/, '');
  return venue === 'binance' && looksCoinMargined(symbol) ? 'binance-coinm' : venue;
}

/** Prints what was filled, unless only errors are wanted. */
export function tell(io: Io, options: Parsed['options'], words: string): void {
  if (options['quiet'] !== true) io.stderr.write(`liqcalc: live: ${words}\n`);
}

/** A call about one position with what it lacks from the exchange: a given value always wins. */
export async function filled(invocation: Invocation, wanted: Wanted): Promise<Invocation> {
  const { io, options, operands, unknown } = invocation;
  refuseKeys(unknown);
  const written = operands[1] ?? textOf(options, 'symbol');
  if (written === undefined)
    return fail('NEEDS', '--live', { other: 'symbol', why: 'it is requested from the exchange' });
  return asking(async () => {
    const connection = connectionFor(io, options, liveVenueOf(options, written));
    const feeds = await feedsOf(invocation);
    // A broken file of keys fails before anything is sent.
    connection.hasKey();
    const symbol = symbolOn(connection.venue.venue, written);
    const [mark, files, more] = await Promise.all([
      markOf(connection, symbol),
      bracketFile(connection, options, [symbol]),
      dataOf(connection, options, symbol, wanted.data),
    ]);
    const price = plainPrice(mark.price);
    const isGiven = (key: string): boolean => options[key] !== undefined;
    const gives = {
      ...(!isGiven('mark') && { mark: price }),
      ...(wanted.hasEntry && !['entry', 'fill', 'fills'].some(isGiven) && { entry: price }),
      ...files.options,
      ...more.options,
      ...(wanted.data.includes('feed') && withFeeds(options, mark, await feeds?.(connection, [mark]))),
    };
    const age = ageWords(connection.link.now(), mark.time);
    const names = Object.keys(gives).filter((key) => key !== 'brackets');
    const where = connection.venue.meaning;
    if (names.length > 0) tell(io, options, `${names.join(', ')} of ${symbol} from ${where}; mark ${price}, ${age}`);
    if (files.options.brackets !== undefined) tell(io, options, `brackets of ${symbol} from ${where}`);
    const all = new Map([...files.files, ...more.files]);
    return { ...invocation, io: withFiles(io, all, connection.link.now()), options: { ...options, ...gives } };
  });
}

/** A price without the zeros that fill it up to 8 decimals: answers have as many decimals as their inputs. */
export const plainPrice = (price: string): string => (price.includes('.') ? price.replace(/\.?0+$/, '') : price);

/** Requests the prices of `--feeds`; a feed without its key fails before anything is sent. */
export async function feedsOf({ io, options }: Invocation): Promise<Feeds | undefined> {
  if (options['feeds'] === undefined) return undefined;
  const [{ feedConnections }, { feedPrices }] = await Promise.all([
    import('./feeds.js'),
    import('../../live/feed-prices.js'),
  ]);
  const connections = feedConnections(io, options);
  return (connection, marks) => feedPrices(connections, connection, marks, (words) => tell(io, options, words));
}

/** The values of `--feed`: those given, else the index, and those of `--feeds`. */
function withFeeds(options: Parsed['options'], { symbol, index }: MarkEvent, prices?: FeedPrices): object {
  const given = options['feed'];
  const own = Array.isArray(given) ? given.map(String) : index === undefined ? [] : [`index=${index}`];
  const feeds = Object.entries(prices?.get(symbol) ?? {}).map(([name, price]) => `${name}=${price}`);
  return own.length + feeds.length === 0 ? {} : { feed: [...own, ...feeds] };
}

async function markOf({ venue, link, name }: Connection, symbol: string): Promise<MarkEvent> {
  if (!venue.marks) throw new LiveError('usage', `--live: there are no marks of ${name} here; give --mark`);
  const [, [mark]] = await Promise.all([link.measureClock(), venue.marks(link, [symbol])]);
  return mark ?? fail('NOT_A_VALUE', 'symbol', { value: symbol, advice: `${venue.meaning} has no mark of it` });
}

interface Filled {
  readonly options: Readonly<Record<string, unknown>>;
  readonly files: ReadonlyMap<string, string>;
}

const NOTHING: Filled = { options: {}, files: new Map() };

/** The brackets of symbols, if there is a key and neither a table nor a rate was given. */
export async function bracketFile(
  { venue, link, hasKey }: Connection,
  options: Parsed['options'],
  symbols: readonly string[],
): Promise<Filled> {
  const isGiven = options['brackets'] !== undefined || options['mmr'] !== undefined;
  if (isGiven || symbols.length === 0 || !venue.brackets || venue.credential !== 'key' || !hasKey()) return NOTHING;
  const [answer] = await venue.brackets(link, symbols);
  const path = new URL(link.hosts.rest).host;
  return answer ? { options: { brackets: path }, files: new Map([[path, answer.text]]) } : NOTHING;
}

/** How much of each history rules need. */
const ROWS = 60;

const FETCHED: Readonly<Partial<Record<LiveDatum, readonly [name: FetchName, limit?: number]>>> = {
  rates: ['funding', ROWS],
  candles: ['candles', ROWS],
  openInterest: ['open-interest', ROWS],
  dailyVolume: ['ticker'],
  book: ['book'],
};

async function dataOf(
  { venue, link }: Connection,
  options: Parsed['options'],
  symbol: string,
  data: readonly LiveDatum[],
): Promise<Filled> {
  const lacking = data.filter((each) => options[each] === undefined && !(each === 'rates' && hasRates(options)));
  const found = await Promise.all(
    lacking.map(async (each): Promise<Filled> => {
      if (each === 'fundingInterval') return intervalOf(venue, link, symbol);
      const [name, limit] = FETCHED[each] ?? [];
      const fetch = name && venue.fetches[name];
      if (!fetch) return NOTHING;
      const text = await fetch.answer(link, { symbols: [symbol], ...(limit !== undefined && { limit }) });
      const value = VALUES[each]?.(text, fetch.request);
      if (value !== undefined) return { options: { [each]: value }, files: new Map() };
      const path = `${name} of ${symbol}`;
      return { options: { [each]: path }, files: new Map([[path, text]]) };
    }),
  );
  return {
    options: Object.assign({}, ...found.map((each) => each.options)) as Filled['options'],
    files: new Map(found.flatMap(({ files }) => [...files])),
  };
}

/** Hours between payments of funding, where they are not the usual ones. */
async function intervalOf({ fetches }: Connection['venue'], link: Connection['link'], symbol: string): Promise<Filled> {
  const fetch = fetches['funding-info'];
  if (!fetch) return NOTHING;
  const rows = rowsIn(await fetch.answer(link, { symbols: [] }), fetch.request);
  const hours = rows.find((row) => row.value('symbol') === symbol)?.value('fundingIntervalHours');
  return typeof hours === 'string' ? { options: { fundingInterval: hours }, files: new Map() } : NOTHING;
}

const hasRates = (options: Parsed['options']): boolean =>
  options['rate'] !== undefined || options['funding'] !== undefined;

/** The data that flags take as values, not as files. */
const VALUES: Readonly<Partial<Record<LiveDatum, (text: string, of: Request) => string>>> = {
  openInterest: (text, of) => valuesIn(text, of, 'sumOpenInterest').join(','),
  dailyVolume: (text, of) => valuesIn(text, of, 'volume').join(','),
};

function valuesIn(text: string, of: Request, key: string): readonly string[] {
  return rowsIn(text, of).flatMap((row) => {
    const value = row.value(key);
    return typeof value === 'string' ? [value] : [];
  });
}
