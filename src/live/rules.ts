import { isFailed } from '../core/account.js';
import type { Configuration } from '../core/risk/configuration.js';
import { riskPosition, type PositionData, type RiskPosition } from '../core/risk/input.js';
import { judge, type Finding } from '../core/risk/report.js';
import type { Ratio } from '../core/ratio.js';
import { jsonValue } from '../formats/json.js';
import { openInterest } from '../formats/risk-data/open-interest.js';
import type { WatchEvent } from '../schema/watch.js';
import type { Clock } from './clock.js';
import type { FeedWatcher } from './feed-watcher.js';
import type { Pool } from './pools.js';
import type { Watcher, WatchView } from './session-settings.js';
import { OpenOrders } from './open-orders.js';
import type { Mark } from './state.js';
import type { Link, LiveVenue } from './venue.js';

const JUDGE_MS = 2_000;
const HOUR_MS = 3_600_000;
/** Open interest of a day, by the hour. */
const HOURS = 24;

type FindingEvent = Extract<WatchEvent, { type: 'finding' }>;

/**
 * The rules of `check` on every change: what they find, and what they no longer find. They know the account and
 * its orders, the coming funding rate, the index, and open interest, which is read every hour; a rule that needs more is
 * not checked.
 */
export class RuleWatcher implements Watcher {
  readonly #held = new Map<string, FindingEvent>();
  readonly #interest = new Map<string, { readonly at: number; readonly values: readonly Ratio[] }>();
  readonly #orders: OpenOrders | undefined;
  #judgedAt = Number.NEGATIVE_INFINITY;
  #judged: readonly Pool[] = [];

  constructor(
    private readonly configuration: Configuration,
    private readonly source: {
      readonly venue: LiveVenue;
      readonly link: Link;
      readonly clock: Clock;
      /** Whether the account of the venue is watched: it has orders. */
      readonly hasAccount?: boolean;
      /** Prices to compare the marks with, besides the index. */
      readonly feeds?: Pick<FeedWatcher, 'pricesAt'> | undefined;
    },
  ) {
    const { hasAccount = false, venue } = source;
    // Other venues write orders in a form of their own.
    this.#orders = hasAccount && venue.risk ? new OpenOrders(source) : undefined;
  }

  readonly heard = (event: WatchEvent): void => this.#orders?.heard(event);

  readonly judge = (view: WatchView): readonly WatchEvent[] => {
    const { mono } = view.now;
    this.#orders?.refresh(mono);
    if (mono - this.#judgedAt < JUDGE_MS || view.pools === this.#judged || view.freshness?.state === 'blind') return [];
    this.#judgedAt = mono;
    this.#judged = view.pools;
    const found = new Map(view.pools.flatMap((pool) => this.#findingsOf(pool, mono)));
    const events: WatchEvent[] = [];
    for (const [key, finding] of found) {
      if (this.#held.get(key)?.severity !== finding.severity) events.push(finding);
      this.#held.set(key, finding);
    }
    for (const [key, finding] of [...this.#held]) {
      if (found.has(key) || this.#isUnknown(key, view)) continue;
      this.#held.delete(key);
      events.push({ ...finding, type: 'resolved' });
    }
    return events;
  };

  readonly facts = (): readonly { readonly label: string; readonly text: string }[] => {
    const all = [...this.#held.values()];
    const errors = all.filter(({ severity }) => severity === 'error').length;
    const names = all.slice(0, 3).map(({ rule, symbol }) => [rule, symbol].filter((each) => each !== null).join(' '));
    const text =
      all.length === 0
        ? 'no findings'
        : `${errors} errors, ${all.length - errors} others: ${names.join(', ')} (press r)`;
    return [{ label: 'Rules', text }];
  };

  readonly lines = (): readonly string[] =>
    [...this.#held.values()].map(
      ({ severity, rule, symbol, side, message }) =>
        [severity, rule, symbol, side].filter((each) => each !== null).join(' ') + `: ${message}`,
    );

  /** A finding stays while the figures that it is about are stale. */
  #isUnknown(key: string, { pools, freshness }: WatchView): boolean {
    const [name] = JSON.parse(key) as readonly [string];
    const pool = pools.find((each) => each.name === name);
    return pool !== undefined && (!pool.answer || freshness?.isPoolTouched(pool) === true);
  }

  #findingsOf(pool: Pool, mono: number): (readonly [string, FindingEvent])[] {
    const { answer } = pool;
    if (!answer) return [];
    const positions: RiskPosition[] = pool.keys.flatMap((_, index) => {
      const assessed = answer.assessment.positionAt(index);
      return isFailed(assessed) ? [] : [riskPosition(assessed, this.#dataOf(pool, index, mono), index)];
    });
    const { findings } = judge({ positions, account: answer.assessment }, this.configuration);
    return findings.map((finding) => [keyOf(pool, finding), eventOf(pool, finding)] as const);
  }

  #dataOf(pool: Pool, index: number, mono: number): PositionData {
    const mark = pool.marks[index];
    const key = pool.keys[index] ?? '';
    const feeds = mark ? this.#feedsOf(key, mark) : new Map<string, Ratio>();
    const known = this.#interest.get(key);
    if (!known || mono - known.at >= HOUR_MS) void this.#readInterest(key, mono);
    return {
      ...(mark?.funding && { funding: [{ rate: mark.funding }] }),
      ...(feeds.size > 0 && { feeds }),
      ...this.#orders?.of(key, sideOf(pool, index) ?? 'long'),
      ...(known && known.values.length > 0 && { openInterest: known.values }),
    };
  }

  #feedsOf(key: string, mark: Mark): ReadonlyMap<string, Ratio> {
    const { feeds, clock } = this.source;
    return new Map([
      ...(mark.index ? [['index', mark.index] as const] : []),
      ...(feeds?.pricesAt(key, mark, clock.wall()) ?? []),
    ]);
  }

  async #readInterest(symbol: string, at: number): Promise<void> {
    const old = this.#interest.get(symbol);
    this.#interest.set(symbol, { at, values: old?.values ?? [] });
    const { venue, link } = this.source;
    try {
      const text = await venue.fetches['open-interest']?.answer(link, {
        symbols: [symbol],
        limit: HOURS,
        interval: '1h',
      });
      const values =
        text === undefined
          ? undefined
          : openInterest.read(jsonValue(text), { name: 'openInterest', owner: { symbol }, problems: [] });
      if (values) this.#interest.set(symbol, { at, values });
    } catch {
      // The rule that needs it is not checked until the next hour.
    }
  }
}

const sideOf = (pool: Pool, position: number | undefined): 'long' | 'short' | null =>
  position === undefined ? null : (pool.answer?.assessment.account.positions[position]?.terms.side ?? null);

const keyOf = (pool: Pool, { rule, position, symbol }: Finding): string =>
  JSON.stringify([pool.name, rule, symbol ?? null, sideOf(pool, position)]);

function eventOf(pool: Pool, { rule, severity, symbol, position, message }: Finding): FindingEvent {
  return { type: 'finding', rule, severity, symbol: symbol ?? null, side: sideOf(pool, position), message };
}
