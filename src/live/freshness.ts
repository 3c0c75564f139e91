import type { WatchState } from '../schema/watch.js';
import type { Pool } from './pools.js';
import type { Instant, Mark } from './state.js';

/** From which age a mark is late, and stale; and after which time without a figure that can be trusted one is blind. */
export interface Limits {
  readonly staleMs: number;
  readonly blindMs: number;
}

export const LATE_MS = 3_000;
/** While an alert holds, one is blind after this time at the latest. */
export const BLIND_WHILE_HELD_MS = 10_000;

/**
 * The age of a mark: the time since its frame came, and since the venue made it, whichever is longer. A slow line delivers
 * old frames on time, and a silent one delivers no frame.
 */
export function ageOf({ time, arrived }: Pick<Mark, 'time' | 'arrived'>, { mono, server }: Instant): number {
  return Math.max(0, mono - arrived, Number.isFinite(server) ? server - time : 0);
}

/** How fresh the figures of a moment are. */
export interface Freshness {
  readonly state: Extract<WatchState, 'connecting' | 'live' | 'late' | 'stale' | 'blind'>;
  /** The age of the mark of each watched symbol; `undefined` if no mark has arrived. */
  readonly ages: ReadonlyMap<string, number | undefined>;
  /** Since when no figure can be trusted, on the monotonic clock. */
  readonly untrustedSince: number | undefined;
  readonly isStale: (key: string) => boolean;
  /** Whether a figure of a position depends on a stale mark: in cross, on any mark of its pool. */
  readonly isTouched: (pool: Pool, index: number) => boolean;
  /** Whether the figures of a pool do. */
  readonly isPoolTouched: (pool: Pool) => boolean;
}

/** What the freshness of a moment is judged from. */
export interface Seen {
  readonly pools: readonly Pool[];
  readonly marks: ReadonlyMap<string, Mark>;
  /** The watched symbols, by the venue's key. */
  readonly symbols: readonly string[];
  /** Whether positions and wallet are known to be those of now. */
  readonly isAccountKnown: boolean;
  /** Whether an alert holds. */
  readonly isHeld: boolean;
  /** Whether everything was fresh once. */
  readonly hasBegun: boolean;
}

/** How fresh everything is now. */
export function freshnessOf(seen: Seen, now: Instant, limits: Limits, before: Freshness | undefined): Freshness {
  const { pools, marks, symbols, isAccountKnown } = seen;
  const keys = new Set([...symbols, ...pools.flatMap(({ keys: own }) => own)]);
  const ages = new Map(
    [...keys].map((key) => {
      const mark = marks.get(key);
      return [key, mark && ageOf(mark, now)] as const;
    }),
  );
  const isStale = (key: string): boolean => (ages.get(key) ?? Infinity) >= limits.staleMs;
  const isLate = (key: string): boolean => (ages.get(key) ?? Infinity) >= LATE_MS;
  const touched = new Map(pools.map((pool) => [pool.name, crossKeys(pool).some(isStale)]));
  const isPoolTouched = ({ name }: Pool): boolean => !isAccountKnown || touched.get(name) === true;
  const isTouched = (pool: Pool, index: number): boolean =>
    isIsolated(pool, index) ? !isAccountKnown || isStale(pool.keys[index] ?? '') : isPoolTouched(pool);
  const rest = { ages, isStale, isTouched, isPoolTouched };
  const positions = pools.flatMap((pool) => pool.keys.map((_, index) => isTouched(pool, index)));
  const figures = positions.length > 0 ? positions : [...keys].map((key) => !isAccountKnown || isStale(key));
  const isTrusted = figures.length === 0 ? isAccountKnown : figures.some((each) => !each);
  const since = isTrusted ? undefined : (before?.untrustedSince ?? now.mono);
  const isAnyStale = !isAccountKnown || [...keys].some(isStale);
  const blindMs = seen.isHeld ? Math.min(limits.blindMs, BLIND_WHILE_HELD_MS) : limits.blindMs;
  const isBlind = since !== undefined && now.mono - since >= blindMs;
  const begun = isAnyStale ? 'stale' : [...keys].some(isLate) ? 'late' : 'live';
  const state = isBlind ? 'blind' : seen.hasBegun || begun === 'live' ? begun : 'connecting';
  return { state, untrustedSince: since, ...rest };
}

function isIsolated({ input }: Pool, index: number): boolean {
  return input?.account.positions[index]?.mode === 'isolated';
}

/** The marks that the cross figures of a pool depend on. */
function crossKeys(pool: Pool): readonly string[] {
  return pool.keys.filter((_, index) => !isIsolated(pool, index));
}
