import { describe, expect, it } from 'vitest';
import { LiqcalcError } from '../../../src/core/errors.js';
import { pricedRows, sweep } from '../../../src/core/plan/sweep.js';
import type { Terms } from '../../../src/core/position.js';
import { Ratio } from '../../../src/core/ratio.js';
import { builtInTables } from '../../../src/core/tables/index.js';

const numbers = (...texts: string[]): Ratio[] => texts.map((text) => Ratio.from(text));
const terms: Terms = { side: 'long', entry: Ratio.of(30000n), mmr: Ratio.from('0.005') };

describe('sweep', () => {
  const prices = (over: Parameters<typeof sweep>[2], of = terms): (string | undefined)[][] =>
    sweep(of, undefined, over).map((rows) =>
      rows.map((row) => (row.kind === 'priced' ? row.assessment.price?.toText(2) : row.problems[0]?.code)),
    );

  it('goes over leverages, both sides', () => {
    // math.md 1: 27135.678..., 32835.820...; 1x long never
    expect(prices({ axis: 'lev', values: numbers('1', '10'), sides: ['long', 'short'] })).toEqual([
      [undefined, '59701.49'],
      ['27135.68', '32835.82'],
    ]);
  });

  it('goes over entries and margins', () => {
    const lev = { ...terms, lev: Ratio.of(10n) };
    expect(prices({ axis: 'entry', values: numbers('30000', '300'), sides: ['long'] }, lev)).toEqual([
      ['27135.68'],
      ['271.36'],
    ]);
    expect(prices({ axis: 'margin', values: numbers('3000', '6000'), sides: ['long'] }, lev)).toEqual([
      ['27135.68'],
      ['24120.6'],
    ]);
  });

  it('knows the most leverage of the bracket', () => {
    const symbol: Terms = { side: 'long', symbol: 'BTCUSDT', entry: Ratio.of(60000n), qty: Ratio.of(10n) };
    const [row] = sweep(symbol, builtInTables.find('BTCUSDT'), { axis: 'lev', values: numbers('10'), sides: ['long'] });
    expect(pricedRows(row ? [row] : [])[0]?.maxLev?.toText(0)).toBe('100');
  });

  it('says of a value why the position cannot be with it, and goes on', () => {
    // Maintenance is 150: of a wallet of 300 at most 150 may be taken out. (30000 - 4800) / 0.995.
    const less = { ...terms, qty: Ratio.ONE, addMargin: Ratio.of(-200n) };
    expect(prices({ axis: 'margin', values: numbers('5000', '300'), sides: ['long'] }, less)).toEqual([
      ['25326.63'],
      ['NOT_REMOVABLE'],
    ]);
    expect(() => prices({ axis: 'margin', values: numbers('300', '100'), sides: ['long'] }, less)).toThrow(
      LiqcalcError,
    );
  });

  it('refuses the values whose price the tick cannot show, and goes on', () => {
    // 2x: 15000 / 0.995; at 100x no multiple of 400 lies from 29849.25 to below 30000.
    const coarse = { ...terms, tick: Ratio.of(400n) };
    const over = { axis: 'lev', values: numbers('2', '100'), sides: ['long'] } as const;
    expect(prices(over, coarse)).toEqual([['15075.38'], ['TICK_TOO_COARSE']]);
    expect(() => prices({ ...over, values: numbers('100') }, coarse)).toThrow('the tick 400 is too coarse');
  });
});
