import type { Ratio } from '../core/ratio.js';
import { symbolKeyOn } from '../core/venues/index.js';
import type { WatchEvent } from '../schema/watch.js';
import type { Cancel, Clock } from './clock.js';
import type { FeedConnection } from './feed-prices.js';
import { MarkHistory } from './mark-history.js';
import { movedPrice, nearestMark, OLDEST_MS, pairOf, type FeedPrice, type MarkRange } from './feed.js';
import type { Watcher, WatchView } from './session-settings.js';
import type { Mark } from './state.js';

/** When feeds are requested first: the first marks have come by then. */
const FIRST_MS = 1_000;
const DECIMALS = 4;
const FACTS_SHOWN = 4;

/** A price of a feed, and how far the mark was from it at the feed's own time. */
interface Quote extends FeedPrice {
  /** The marks around its time; `undefined` if none was seen then. */
  readonly range: MarkRange | undefined;
}

type Tell = (event: WatchEvent) => void;

/**
 * Prices of feeds beside the marks. A feed is minutes behind, so its price is compared with the mark of its own time, which
 * is why the marks of the last minutes are kept.
 */
export class FeedWatcher implements Watcher {
  readonly #feeds: readonly FeedConnection[];
  readonly #clock: Clock;
  readonly #venue: string;
  readonly #history = new MarkHistory(OLDEST_MS);
  /** By feed and the venue's key of the symbol. */
  readonly #quotes = new Map<string, Map<string, Quote>>();
  readonly #timers = new Map<string, Cancel>();
  /** The last error of each feed: it is said once. */
  readonly #errors = new Map<string, string>();
  #view: (() => WatchView) | undefined;
  #isStopped = false;

  constructor(feeds: readonly FeedConnection[], { clock, venue }: { readonly clock: Clock; readonly venue: string }) {
    this.#feeds = feeds;
    this.#clock = clock;
    this.#venue = venue;
  }

  readonly start = ({ tell, view }: { readonly tell: Tell; readonly view: () => WatchView }): void => {
    this.#view = view;
    for (const feed of this.#feeds) this.#after(feed, FIRST_MS, tell);
  };

  readonly stop = (): void => {
    this.#isStopped = true;
    for (const cancel of this.#timers.values()) cancel();
  };

  readonly judge = ({ marks }: WatchView): readonly WatchEvent[] => {
    this.#history.note(marks);
    return [];
  };

  /** How far each mark is from the index, and was from each feed. */
  readonly facts = (): readonly { readonly label: string; readonly text: string }[] => {
    const view = this.#view?.();
    if (!view) return [];
    const texts = symbolsOf(view).flatMap((symbol) => {
      const key = symbolKeyOn(this.#venue, symbol);
      const index = view.marks.get(key)?.index;
      const mark = view.marks.get(key)?.price;
      const parts = [
        ...(mark && index ? [`${percent(mark, index)} index`] : []),
        ...this.#feeds.flatMap(({ name }) => this.#factOf(name, key, view.wall)),
      ];
      return parts.length === 0 ? [] : [`${key} mark ${parts.join(', ')}`];
    });
    return texts.length === 0 ? [] : [{ label: 'Feeds', text: texts.slice(0, FACTS_SHOWN).join('   ') }];
  };

  #factOf(name: string, key: string, wall: number): readonly string[] {
    const quote = this.#quotes.get(name)?.get(key);
    if (!quote?.range) return [];
    const age = Math.max(0, Math.round((wall - quote.time) / 1000));
    return [`${percent(nearestMark(quote, quote.range), quote.price)} ${name} (${age} s old)`];
  }

  /** The prices of feeds for a rule that compares them with a mark now: each moved as the mark has moved since. */
  pricesAt(key: string, { price: now }: Pick<Mark, 'price'>, wall: number): readonly (readonly [string, Ratio])[] {
    return this.#feeds.flatMap(({ name }) => {
      const quote = this.#quotes.get(name)?.get(key);
      if (!quote?.range || wall - quote.time > OLDEST_MS) return [];
      return [[name, movedPrice(quote, quote.range, now)] as const];
    });
  }

  #after(feed: FeedConnection, ms: number, tell: Tell): void {
    if (this.#isStopped) return;
    this.#timers.set(
      feed.name,
      this.#clock.after(ms, () => void this.#request(feed, tell)),
    );
  }

  async #request(connection: FeedConnection, tell: Tell): Promise<void> {
    const { name, feed, link } = connection;
    const symbols = this.#view ? symbolsOf(this.#view()) : [];
    if (symbols.length === 0) {
      this.#after(connection, FIRST_MS, tell);
      return;
    }
    try {
      const prices = await feed.prices(link, symbols.map(pairOf));
      if (this.#isStopped) return;
      this.#errors.delete(name);
      for (const price of prices) this.#take(name, price, tell);
    } catch (error) {
      this.#failed(name, error, tell);
    }
    this.#after(connection, feed.everyMs, tell);
  }

  #failed(name: string, error: unknown, tell: Tell): void {
    const message = `feed ${name}: ${error instanceof Error ? error.message : 'failed'}`;
    if (this.#isStopped || this.#errors.get(name) === message) return;
    this.#errors.set(name, message);
    tell({ type: 'error', code: 'FEED_FAILED', message });
  }

  #take(name: string, price: FeedPrice, tell: Tell): void {
    const key = symbolKeyOn(this.#venue, price.symbol);
    const quotes = this.#quotes.get(name) ?? new Map<string, Quote>();
    this.#quotes.set(name, quotes);
    const old = quotes.get(key);
    if (old && old.time >= price.time) return;
    const range = this.#history.around(key, price.time);
    quotes.set(key, { ...price, range });
    const mark = range && nearestMark(price, range);
    tell({
      type: 'feed',
      feed: name,
      symbol: key,
      price: price.price.toText(price.price.decimalsFor(8)),
      ageMs: Math.max(0, Math.round(this.#clock.wall() - price.time)),
      mark: mark?.toText(30) ?? null,
      differencePercent: mark ? mark.minus(price.price).over(price.price).percent().toText(DECIMALS) : null,
    });
  }
}

/** The symbols of positions, and those that are watched without one, as the venue writes them. */
function symbolsOf({ pools, symbols }: WatchView): readonly string[] {
  const held = pools.flatMap(({ input, keys }) =>
    keys.map((key, index) => input?.account.positions[index]?.terms.symbol || key),
  );
  return [...new Set([...symbols, ...held])];
}

/** How far a mark is from another price, `-0.02 %`. */
function percent(mark: Ratio, price: Ratio): string {
  const away = mark.minus(price).over(price).percent();
  return `${away.sign() < 0 ? '' : '+'}${away.toFixed(2)} %`;
}
