import type { WatchEvent, WatchState } from '../schema/watch.js';
import type { Freshness } from './freshness.js';

/** What an announcement of the state contains besides the state. */
export interface Connection {
  readonly sockets: number;
  readonly weightUsed: number | undefined;
  readonly weightLimit: number | undefined;
  readonly clockOffsetMs: number | null;
  /** Whether the venue refuses more requests for now. */
  readonly isLimited: boolean;
  /** Whether nothing but the start was written. */
  readonly isFirst: boolean;
}

/** A state as it was announced, and since when, milliseconds since 1970. */
export interface Announced {
  readonly state: WatchState;
  readonly reason: string | null;
  readonly since: number;
}

/** Announces each change of the state once, and each symbol whose mark becomes stale or fresh. */
export class Announcer {
  readonly #tell: (event: WatchEvent) => void;
  /** Why the state is what it is; used by the next announcement. */
  reason = 'starting';
  #told: Announced = { state: 'connecting', reason: null, since: 0 };
  #blindSince: string | undefined;
  readonly #stale = new Set<string>();

  constructor(tell: (event: WatchEvent) => void) {
    this.#tell = tell;
  }

  get announced(): Announced {
    return this.#told;
  }

  /** @returns whether something changed. Before the first marks arrive, a missing mark is not announced. */
  marks({ ages, isStale }: Freshness, hasBegun: boolean): boolean {
    let isNew = false;
    for (const [key, age] of ages) {
      if (age === undefined && !hasBegun) continue;
      const is = isStale(key);
      if (is === this.#stale.has(key)) continue;
      const ageMs = age === undefined ? null : Math.round(age);
      if (is) {
        this.#stale.add(key);
        this.#tell({ type: 'stale', symbol: key, ageMs });
      } else {
        this.#stale.delete(key);
        this.#tell({ type: 'fresh', symbol: key, ageMs: ageMs ?? 0 });
      }
      isNew = true;
    }
    for (const key of this.#stale) if (!ages.has(key)) this.#stale.delete(key);
    return isNew;
  }

  /** @returns whether the state changed. */
  state(fresh: Freshness, connection: Connection, wall: number): boolean {
    const isLimited = connection.isLimited && fresh.state === 'live';
    const state: WatchState = isLimited ? 'limited' : fresh.state;
    if (state === this.#told.state && !connection.isFirst) {
      if (state === 'stale' || state === 'blind') this.#told = { ...this.#told, reason: this.reason };
      return false;
    }
    const isCalm = state === 'live' || state === 'late';
    const reason = isCalm ? null : isLimited ? 'the venue refuses more requests for now' : this.reason;
    this.#told = { state, reason, since: wall };
    const { sockets, weightUsed = null, weightLimit = null, clockOffsetMs } = connection;
    this.#tell({ type: 'status', state, reason, sockets, weightUsed, weightLimit, clockOffsetMs });
    this.#sight(state, new Date(wall).toISOString());
    return true;
  }

  /** Announces that no figure can be trusted, and the end of that. */
  #sight(state: WatchState, now: string): void {
    if (state === 'blind') {
      this.#blindSince = now;
      this.#tell({ type: 'blind', since: now, reason: this.reason });
    } else if (this.#blindSince !== undefined) {
      this.#tell({ type: 'seeing', since: now, blindMs: Date.parse(now) - Date.parse(this.#blindSince) });
      this.#blindSince = undefined;
    }
  }
}
