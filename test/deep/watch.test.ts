import { describe, expect, it } from 'vitest';
import { liveVenues } from '../../src/live/venues/index.js';
import { afterEvents } from '../../src/live/state-events.js';
import { at } from '../live/book.js';
import { opened, START, tickMs, ticks } from '../live/ticks.js';
import { runs } from '../share.js';

describe('the work of a tick', () => {
  it.each([
    [50, 10],
    [500, 50],
  ])('with %i positions takes at most %i ms of processor time', (count, most) => {
    expect(ticks(count)(1)).toEqual({ priced: [count], judged: count });
    const median = tickMs(count);
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
