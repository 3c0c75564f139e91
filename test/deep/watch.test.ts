import { describe, expect, it } from 'vitest';
import type { TableSource } from '../../src/core/brackets.js';
import { builtInTables } from '../../src/core/tables/index.js';
import { judged, NO_ALERTS } from '../../src/live/alerts.js';
import { freshnessOf } from '../../src/live/freshness.js';
import { judgedFigures } from '../../src/live/judge.js';
import { pricedPools, sourcesOf, type Pool } from '../../src/live/pools.js';
import { afterEvents } from '../../src/live/state-events.js';
import { afterSnapshot } from '../../src/live/state-snapshot.js';
import type { State } from '../../src/live/state.js';
import { liveVenues } from '../../src/live/venues/index.js';
import { at, begun, DEFAULTS, markEvent, snapshotOf, type Held } from '../live/book.js';
import { SETTINGS } from '../live/virtual-binance.js';
import { runs } from '../share.js';

const START = 1_000_000;
/** A table for every symbol. */
const tables: TableSource = {
  find: (symbol) => {
    const table = builtInTables.find('BTCUSDT', 'binance');
    return table && { ...table, symbol };
  },
  symbols: [],
};

/** An account with many positions, and the names of their symbols. */
function opened(count: number): { readonly state: State; readonly symbols: readonly string[] } {
  const symbols = Array.from({ length: count }, (_, index) => `S${index}USDT`);
  const held = symbols.map((symbol, index): Held => ({
    symbol,
    amount: index % 3 === 0 ? '-1.25' : '1.5',
    entry: String(100 + (index % 9)),
    ...(index % 4 === 0 && { mode: 'isolated', margin: '50' }),
  }));
  const snapshot = snapshotOf(String(300 * count), held, START);
  return { state: afterSnapshot(begun(), snapshot, { why: 'start', awayMs: 0, ms: 1 }, at(START)).state, symbols };
}

const SUBJECTS = new Set(['distance'] as const);

describe('the work of a tick', () => {
  it.each([
    [50, 10],
    [500, 50],
  ])('with %i positions takes at most %i ms of processor time', (count, most) => {
    const { state: first, symbols } = opened(count);
    let state = first;
    let pools: readonly Pool[] = [];
    let alerts = NO_ALERTS;
    const tick = (number: number): void => {
      const now = at(START + 1000 * number);
      const price = (100 + (number % 7) / 8).toFixed(8);
      state = afterEvents(
        state,
        symbols.map((symbol) => markEvent(symbol, price, START + 1000 * number)),
        now,
      ).state;
      pools = pricedPools(sourcesOf(state), state, { ...DEFAULTS, tables }, pools);
      expect(pools.map(({ answer }) => answer?.assessment.positions.length)).toEqual([count]);
      const seen = { pools, marks: state.marks, symbols: [], isAccountKnown: true, isHeld: false, hasBegun: true };
      const fresh = freshnessOf(seen, now, SETTINGS.limits, undefined);
      const figures = judgedFigures(pools, fresh, now, SUBJECTS);
      expect(figures.length).toBe(count);
      alerts = judged(alerts, figures, SETTINGS.alerts, { mono: now.mono, isInitial: false }).alerts;
    };
    for (let number = 1; number <= 20; number++) tick(number);
    const times = Array.from({ length: 20 }, (_, index) => {
      const before = process.cpuUsage();
      tick(100 + index);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    }).sort((one, other) => one - other);
    const median = times[10] ?? Infinity;
    process.stdout.write(`a tick of ${count} positions: ${median.toFixed(1)} ms of processor time\n`);
    expect(median).toBeLessThanOrEqual(most);
  });
});

describe('a million frames', () => {
  it('leave memory as it was', () => {
    const { state: first, symbols } = opened(50);
    let state = first;
    const collect = (globalThis as { gc?: () => void }).gc ?? ((): void => undefined);
    const used = (): number => {
      collect();
      return process.memoryUsage().heapUsed / 2 ** 20;
    };
    const frames = runs(1_000_000);
    let early = 0;
    for (let number = 0; number < frames; number++) {
      const s = symbols[number % symbols.length] ?? '';
      const E = START + number;
      const frame = `{"stream":"x","data":{"e":"markPriceUpdate","E":${E},"s":"${s}","p":"${100 + (number % 50)}.5","i":"1","P":"1","r":"0.0001","T":${E},"st":1}}`;
      const events = liveVenues.binance.read?.(frame, E) ?? [];
      state = afterEvents(state, events, at(E)).state;
      if (number === Math.floor(frames / 10)) early = used();
    }
    const late = used();
    process.stdout.write(`after a tenth ${early.toFixed(1)} MiB, at the end ${late.toFixed(1)} MiB\n`);
    expect(state.marks.size).toBe(new Set(symbols).size);
    expect(late).toBeLessThan(early + 40);
  });
});
