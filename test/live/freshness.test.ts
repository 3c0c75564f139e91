import { describe, expect, it } from 'vitest';
import { ageOf, freshnessOf, type Freshness, type Seen } from '../../src/live/freshness.js';
import { afterEvents } from '../../src/live/state-events.js';
import { afterSnapshot } from '../../src/live/state-snapshot.js';
import type { State } from '../../src/live/state.js';
import { at, begun, markEvent, poolsOf, snapshotOf } from './book.js';

const LIMITS = { staleMs: 5000, blindMs: 30_000 };
const START = 1_000_000;

/** Two cross positions and an isolated one, all marked at the start. */
function marked(): State {
  const held = [
    { symbol: 'BTCUSDT', amount: '0.5', entry: '60000' },
    { symbol: 'SOLUSDT', amount: '10', entry: '150' },
    { symbol: 'ETHUSDT', amount: '-2', entry: '3000', mode: 'isolated' as const, margin: '450' },
  ];
  const { state } = afterSnapshot(
    begun(),
    snapshotOf('9000', held, START),
    { why: 'start', awayMs: 0, ms: 1 },
    at(START),
  );
  const marks = [
    markEvent('BTCUSDT', '59000', START),
    markEvent('SOLUSDT', '148', START),
    markEvent('ETHUSDT', '3100', START),
  ];
  return afterEvents(state, marks, at(START)).state;
}

const seen = (state: State, more: Partial<Seen> = {}): Seen => ({
  pools: poolsOf(state),
  marks: state.marks,
  symbols: [],
  isAccountKnown: true,
  isHeld: false,
  hasBegun: true,
  ...more,
});

const judge = (state: State, ms: number, before?: Freshness, more?: Partial<Seen>): Freshness =>
  freshnessOf(seen(state, more), at(ms), LIMITS, before);

describe('the age of a mark', () => {
  it('is the longer of the time since it came and since it was made', () => {
    expect(ageOf({ time: 100, arrived: 900 }, { mono: 1000, server: 1000 })).toBe(900);
    expect(ageOf({ time: 990, arrived: 100 }, { mono: 1000, server: 1000 })).toBe(900);
    expect(ageOf({ time: 1200, arrived: 1000 }, { mono: 1000, server: 1000 })).toBe(0);
    expect(ageOf({ time: 5, arrived: 600 }, { mono: 1000, server: Number.NaN })).toBe(400);
  });
});

describe('freshness', () => {
  it('goes from live over late and stale to blind', () => {
    const state = marked();
    const states = [2999, 3000, 4999, 5000].map((ms) => judge(state, START + ms).state);
    expect(states).toEqual(['live', 'late', 'late', 'stale']);
    const stale = judge(state, START + 5000);
    expect(stale.untrustedSince).toBe(START + 5000);
    expect(judge(state, START + 34_999, stale).state).toBe('stale');
    expect(judge(state, START + 35_000, stale).state).toBe('blind');
    expect(judge(state, START + 15_000, stale, { isHeld: true }).state).toBe('blind');
  });

  it('one stale mark makes every cross figure stale, but no isolated one', () => {
    const first = marked();
    const fresh = [markEvent('BTCUSDT', '59000', START + 6000), markEvent('ETHUSDT', '3100', START + 6000)];
    const { state } = afterEvents(first, fresh, at(START + 6000));
    const [pool] = poolsOf(state);
    const now = judge(state, START + 6500);
    if (!pool) throw new Error('there is a pool');
    const touched = pool.keys.map((key, index) => [key, now.isTouched(pool, index)]);
    expect(touched).toEqual([
      ['BTCUSDT', true],
      ['ETHUSDT', false],
      ['SOLUSDT', true],
    ]);
    expect(now.isPoolTouched(pool)).toBe(true);
    expect([now.state, now.untrustedSince]).toEqual(['stale', undefined]);
  });

  it('an account that may be out of date makes everything stale', () => {
    const state = marked();
    const [pool] = poolsOf(state);
    const now = judge(state, START + 100, undefined, { isAccountKnown: false });
    if (!pool) throw new Error('there is a pool');
    expect(pool.keys.every((_, index) => now.isTouched(pool, index))).toBe(true);
    expect(now.state).toBe('stale');
  });

  it('is connecting until everything was fresh once', () => {
    const state = begun();
    expect(judge(state, START, undefined, { symbols: ['BTCUSDT'], hasBegun: false }).state).toBe('connecting');
    const { state: one } = afterEvents(state, [markEvent('BTCUSDT', '1', START)], at(START));
    expect(judge(one, START, undefined, { symbols: ['BTCUSDT'], hasBegun: false }).state).toBe('live');
  });
});
