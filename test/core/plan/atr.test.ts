import fc from 'fast-check';
import { ATR as SecondBar } from 'technicalindicators';
import { ATR as FirstBar, WSMA } from 'trading-signals';
import { describe, expect, it } from 'vitest';
import { averageTrueRange, type Candle } from '../../../src/core/plan/atr.js';
import { stopRoom, trailingStop } from '../../../src/core/plan/stop.js';
import { assess } from '../../../src/core/assessment.js';
import { Ratio } from '../../../src/core/ratio.js';

type AtrInput = Parameters<typeof SecondBar.calculate>[0];

interface Bar {
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** Candles shaped like a market's: each opens where the last closed, walks, and has wicks; prices in cents. */
const bars: fc.Arbitrary<Bar[]> = fc
  .array(
    fc.record({
      move: fc.integer({ min: -400, max: 400 }),
      gap: fc.integer({ min: -60, max: 60 }),
      up: fc.nat(250),
      down: fc.nat(250),
    }),
    {
      minLength: 16,
      maxLength: 120,
    },
  )
  .map((steps) => {
    let last = 3_000_000;
    return steps.map(({ move, gap, up, down }) => {
      const open = last + gap;
      last = open + move;
      const [high, low] = [Math.max(open, last) + up, Math.min(open, last) - down];
      return { high: high / 100, low: low / 100, close: last / 100 };
    });
  });

const exact = (list: readonly Bar[]): Candle[] =>
  list.map(({ high, low, close }) => ({
    high: Ratio.from(high.toFixed(2)),
    low: Ratio.from(low.toFixed(2)),
    close: Ratio.from(close.toFixed(2)),
  }));
const number = (value: Ratio | undefined): number => Number(value?.toText(12));

describe('average true range', () => {
  it('equals trading-signals, which counts the first bar', () => {
    fc.assert(
      fc.property(bars, fc.integer({ min: 2, max: 15 }), (list, period) => {
        const theirs = new FirstBar(period, WSMA);
        for (const bar of list) theirs.update(bar, false);
        const ours = number(averageTrueRange(exact(list), period, 'first-bar'));
        expect(Math.abs(ours / theirs.getResultOrThrow() - 1)).toBeLessThan(1e-9);
      }),
      { numRuns: 300 },
    );
  });

  it('equals technicalindicators, which begins with the second bar', () => {
    fc.assert(
      fc.property(bars, fc.integer({ min: 2, max: 14 }), (list, period) => {
        const input: Pick<AtrInput, keyof AtrInput> = {
          period,
          high: list.map(({ high }) => high),
          low: list.map(({ low }) => low),
          close: list.map(({ close }) => close),
        };
        const theirs = SecondBar.calculate(input).at(-1);
        const ours = number(averageTrueRange(exact(list), period, 'second-bar'));
        expect(Math.abs(ours / (theirs ?? Number.NaN) - 1)).toBeLessThan(1e-9);
      }),
      { numRuns: 300 },
    );
  });

  // ranges 10, then max(12 - 4, |12 - 8|, |4 - 8|) = 8, then 21 - 6 = 15 because the close before was 6
  const three = [
    [10, 0, 8],
    [12, 4, 6],
    [21, 20, 20],
  ].map(([high = 0, low = 0, close = 0]) => ({
    high: Ratio.of(BigInt(high)),
    low: Ratio.of(BigInt(low)),
    close: Ratio.of(BigInt(close)),
  }));

  it('is exact', () => {
    expect(averageTrueRange(three, 2, 'first-bar')?.toText(8)).toBe('12'); // ((10 + 8) / 2 + 15) / 2
    expect(averageTrueRange(three, 3, 'first-bar')?.toText(8)).toBe('11');
    expect(averageTrueRange(three, 2, 'second-bar')?.toText(8)).toBe('11.5'); // (8 + 15) / 2
    expect(averageTrueRange(three, 3, 'second-bar')).toBeUndefined();
  });

  it('is quick over many candles', () => {
    const many = Array.from({ length: 5000 }, (_, index) => three[index % 3] as Candle);
    expect(averageTrueRange(many, 14, 'first-bar')?.sign()).toBe(1);
  });
});

describe('trailing stop', () => {
  const stop = (side: 'long' | 'short', atr: string): (string | undefined)[] => {
    const made = trailingStop({ side, atr: Ratio.from(atr), multiple: Ratio.from('1.5'), reference: Ratio.of(30000n) });
    const { distance, stopPrice, activationPrice, callbackPercent, warnings } = made;
    return [distance, stopPrice, activationPrice, callbackPercent]
      .map((each) => each?.toText(4))
      .concat(warnings.map(({ code }) => code));
  };

  it.each([
    // 450 of 30000 is 1.5 %; 451.5 is 1.505 %, rounded up to 1.6
    [stop('long', '300'), ['450', '29550', '30450', '1.5']],
    [stop('short', '300'), ['450', '30450', '29550', '1.5']],
    [stop('long', '301'), ['451.5', '29548.5', '30451.5', '1.6']],
    [stop('long', '10'), ['15', '29985', '30015', '0.1', 'CALLBACK_OUT_OF_RANGE']],
    [stop('long', '2001'), ['3001.5', '26998.5', '33001.5', '10', 'CALLBACK_OUT_OF_RANGE']],
    [stop('long', '21000'), ['31500', undefined, '61500', '10', 'CALLBACK_OUT_OF_RANGE']],
  ])('%j', (answer, expected) => {
    expect(answer).toEqual(expected);
  });

  it('stands before or behind liquidation', () => {
    const long = assess({ side: 'long', entry: Ratio.of(30000n), lev: Ratio.of(10n), mmr: Ratio.ZERO });
    expect(stopRoom(Ratio.of(28000n), long)).toMatchObject({ isBefore: true });
    expect(stopRoom(Ratio.of(28000n), long).room?.toText(2)).toBe('1000');
    expect(stopRoom(Ratio.of(26000n), long).room?.toText(2)).toBe('-1000');
    expect(stopRoom(Ratio.of(27000n), long).isBefore).toBe(false);
    const short = assess({ side: 'short', entry: Ratio.of(30000n), lev: Ratio.of(10n), mmr: Ratio.ZERO });
    expect(stopRoom(Ratio.of(32000n), short).room?.toText(2)).toBe('1000');
    const never = assess({ side: 'long', entry: Ratio.of(30000n), lev: Ratio.ONE, mmr: Ratio.ZERO });
    expect(stopRoom(Ratio.of(32000n), never)).toEqual({ isBefore: true });
  });
});
