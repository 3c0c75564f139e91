import type { TableSource } from '../../src/core/brackets.js';
import { builtInTables } from '../../src/core/tables/index.js';
import { judged, NO_ALERTS } from '../../src/live/alerts.js';
import { freshnessOf } from '../../src/live/freshness.js';
import { judgedFigures } from '../../src/live/judge.js';
import { pricedPools, sourcesOf, type Pool } from '../../src/live/pools.js';
import { afterEvents } from '../../src/live/state-events.js';
import { afterSnapshot } from '../../src/live/state-snapshot.js';
import type { State } from '../../src/live/state.js';
import { at, begun, DEFAULTS, markEvent, snapshotOf, type Held } from './book.js';
import { SETTINGS } from './virtual-binance.js';

export const START = 1_000_000;
/** A table for every symbol. */
const tables: TableSource = {
  find: (symbol) => {
    const table = builtInTables.find('BTCUSDT', 'binance');
    return table && { ...table, symbol };
  },
  symbols: [],
};

/** An account with many positions, and the names of their symbols. */
export function opened(count: number): { readonly state: State; readonly symbols: readonly string[] } {
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

/** What a tick computed: the positions that were priced, and those that were judged. */
interface Tick {
  readonly priced: readonly (number | undefined)[];
  readonly judged: number;
}

/** Ticks of an account with many positions, each with another mark for all of them. */
export function ticks(count: number): (number: number) => Tick {
  const { state: first, symbols } = opened(count);
  let state = first;
  let pools: readonly Pool[] = [];
  let alerts = NO_ALERTS;
  return (number) => {
    const now = at(START + 1000 * number);
    const price = (100 + (number % 7) / 8).toFixed(8);
    const events = symbols.map((symbol) => markEvent(symbol, price, START + 1000 * number));
    state = afterEvents(state, events, now).state;
    pools = pricedPools(sourcesOf(state), state, { ...DEFAULTS, tables }, pools);
    const priced = pools.map(({ answer }) => answer?.assessment.positions.length);
    const seen = { pools, marks: state.marks, symbols: [], isAccountKnown: true, isHeld: false, hasBegun: true };
    const fresh = freshnessOf(seen, now, SETTINGS.limits, undefined);
    const figures = judgedFigures(pools, fresh, now, SUBJECTS);
    alerts = judged(alerts, figures, SETTINGS.alerts, { mono: now.mono, isInitial: false }).alerts;
    return { priced, judged: figures.length };
  };
}

const TICKS = 20;

/** The processor time of a tick, in milliseconds: the median of some, after as many others. */
export function tickMs(count: number): number {
  const tick = ticks(count);
  for (let number = 1; number <= TICKS; number++) tick(number);
  const times = Array.from({ length: TICKS }, (_, index) => {
    const before = process.cpuUsage();
    tick(100 + index);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return times.sort((one, other) => one - other)[TICKS / 2] ?? Infinity;
}
