import type { PositionData } from '../core/risk/input.js';
import { symbolKeyOn } from '../core/venues/index.js';
import type { Problem } from '../core/errors.js';
import { jsonValue } from '../formats/json.js';
import { orders } from '../formats/risk-data/orders.js';
import { JsonArray, JsonObject, type JsonValue } from '../schema/json-value.js';
import type { WatchEvent, WatchEventName } from '../schema/watch.js';
import type { Link, LiveVenue } from './venue.js';

/** Orders are read again after this time, and after an event that changes them, but not more often than each `SOON_MS`. */
const EVERY_MS = 300_000;
const SOON_MS = 10_000;

const CHANGING: ReadonlySet<WatchEventName> = new Set(['order', 'fill', 'liquidation', 'adl', 'gap']);

/** The open orders of an account, as rules judge them. */
export class OpenOrders {
  readonly #source: { readonly venue: LiveVenue; readonly link: Link };
  readonly #known = new Map<string, Pick<PositionData, 'orders' | 'hedgeMode'>>();
  #rows: readonly JsonValue[] | undefined;
  #readAt = Number.NEGATIVE_INFINITY;
  #isOld = true;

  constructor(source: { readonly venue: LiveVenue; readonly link: Link }) {
    this.#source = source;
  }

  heard({ type }: WatchEvent): void {
    if (CHANGING.has(type)) this.#isOld = true;
  }

  /** Reads them again if they may have changed. */
  refresh(mono: number): void {
    const age = mono - this.#readAt;
    if (age < SOON_MS || (!this.#isOld && age < EVERY_MS)) return;
    this.#readAt = mono;
    this.#isOld = false;
    void this.#read();
  }

  async #read(): Promise<void> {
    const { venue, link } = this.#source;
    try {
      const text = await venue.fetches.orders?.answer(link, { symbols: [] });
      const value = text === undefined ? undefined : jsonValue(text);
      if (value instanceof JsonArray) this.#rows = value.items;
    } catch {
      // Those of before count until they are read again: no finding is resolved by a failure.
      this.#isOld = true;
    }
  }

  /** Those of a position; no members while they are unknown. If one is not understood, those of before count. */
  of(key: string, side: 'long' | 'short'): Pick<PositionData, 'orders' | 'hedgeMode'> {
    if (!this.#rows) return {};
    const own = this.#rows.filter((row) => this.#keyOf(row) === key);
    const problems: Problem[] = [];
    const list = new JsonArray('', () => own);
    const found = orders.read(list, { name: 'orders', owner: { symbol: key, side }, problems });
    const place = `${key} ${side}`;
    if (found && problems.length === 0) this.#known.set(place, found);
    return this.#known.get(place) ?? {};
  }

  #keyOf(row: JsonValue): string | undefined {
    const symbol = row instanceof JsonObject ? row.value('symbol') : undefined;
    return typeof symbol === 'string' ? symbolKeyOn(this.#source.venue.venue, symbol) : undefined;
  }
}
