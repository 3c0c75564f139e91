import { describe, expect, it } from 'vitest';
import { bracketsFrom, flatBrackets, type Bracket } from '../../src/core/brackets.js';
import { contracts, type ContractName } from '../../src/core/contracts/index.js';
import { afterMarketMove, marketMove, type MarketLeg } from '../../src/core/market-move.js';
import { Ratio } from '../../src/core/ratio.js';

const r = (text: string): Ratio => Ratio.from(text);

/** 1 % up to a value of 1000, 10 % above it. */
const STEP = bracketsFrom(
  [
    { floor: '0', cap: '1000', rate: '0.01', amount: '0' },
    { floor: '1000', cap: undefined, rate: '0.1', amount: '90' },
  ],
  'STEP',
);
const flat = (rate: string): readonly Bracket[] => flatBrackets(r(rate), Ratio.ZERO);

/** A long entered at its mark of 100. */
function long(size: string, beta: string, brackets = flat('0'), contract: ContractName = 'linear'): MarketLeg {
  const entry = r('100');
  const leg = {
    side: 'long',
    contract: contracts[contract],
    size: r(size),
    entry,
    brackets,
    fee: Ratio.ZERO,
    fixed: Ratio.ZERO,
  } as const;
  return { leg, mark: entry, beta: r(beta) };
}

const moves = (legs: readonly MarketLeg[], wallet: string): (string | undefined)[] => {
  const { down, up } = marketMove(legs, r(wallet));
  return [down?.toText(12), up?.toText(12)];
};

describe('a market move through brackets', () => {
  it('a leg that does not move keeps the bracket of its value: 150 + 100 m = 0.1 x 2000 - 90', () => {
    expect(moves([long('1', '1'), long('20', '0', STEP)], '150')).toEqual(['-0.4', undefined]);
  });

  it('a leg against the market falls into the bracket below: 1207.4 + m - 2000 m = 0.01 x 2000 (1 - m)', () => {
    expect(moves([long('0.01', '1'), long('20', '-1', STEP)], '1207.4')).toEqual([undefined, '0.6']);
  });

  it('a leg of half the beta may begin at the edge of a bracket: 560.5 + 1001 m = 0.1 x 2000 (1 + m / 2) - 90', () => {
    expect(moves([long('0.01', '1'), long('20', '0.5', STEP)], '560.5')).toEqual(['-0.5', undefined]);
  });

  it('with all betas below zero a rise takes the longs: 30 - 100 m - 2 x 50 m = 0', () => {
    expect(moves([long('1', '-1'), long('1', '-0.5')], '30')).toEqual([undefined, '0.2']);
    expect(moves([long('1', '-0.5'), long('1', '-1')], '30')).toEqual([undefined, '0.2']);
  });

  it('with all betas at a half goes beyond the whole of the market: 80 + 50 m = 0', () => {
    expect(moves([long('1', '0.5')], '80')).toEqual(['-1.6', undefined]);
    expect(moves([long('1', '-0.5')], '80')).toEqual([undefined, '1.6']);
  });

  it('one that does not move beside them changes nothing: 30 - 100 m = 0', () => {
    expect(moves([long('1', '-1'), long('1', '0')], '30')).toEqual([undefined, '0.3']);
    expect(moves([long('1', '0'), long('1', '-1')], '30')).toEqual([undefined, '0.3']);
  });

  it('the heavier side decides, by value and beta', () => {
    const short: MarketLeg = { ...long('1', '1'), leg: { ...long('1', '1').leg, side: 'short' } };
    // 50 + 200 m - 100 m = 0.
    expect(moves([long('2', '1'), short], '50')).toEqual(['-0.5', undefined]);
    // 50 - 2 x 100 m + 100 m = 0.
    expect(moves([{ ...short, beta: r('2') }, long('1', '1')], '50')).toEqual([undefined, '0.5']);
  });

  it('ends where a price against the market is zero: 150 - 100 m would be at 1.5, the other price at 1', () => {
    const short: MarketLeg = { ...long('1', '1'), leg: { ...long('1', '1').leg, side: 'short' } };
    expect(moves([short], '150')).toEqual([undefined, '1.5']);
    expect(moves([short, long('0.0000001', '-1')], '150')).toEqual([undefined, undefined]);
    // 101 - 100 m - m is zero at 1.
    expect(moves([short, long('0.01', '-1')], '101')).toEqual([undefined, undefined]);
  });

  it('is undefined without legs, and if no leg moves', () => {
    expect(marketMove([], r('-5'))).toEqual({});
    expect(marketMove([long('1', '0')], r('-5'))).toEqual({});
    const short: MarketLeg = { ...long('1', '1'), leg: { ...long('1', '1').leg, side: 'short' } };
    expect(marketMove([long('1', '1'), short], r('-5'))).toEqual({});
  });

  it('an inverse account has both ends exchanged: a short is lost upwards', () => {
    const coin = long('1000', '1', flat('0'), 'inverse');
    const short: MarketLeg = { ...coin, leg: { ...coin.leg, side: 'short' } };
    // 10 coins: 5 + 10 (x - 1) = 0 at x = 1 / (1 + m) = 0.5.
    expect(moves([short], '5')).toEqual([undefined, '1']);
  });
});

describe('an account after a market move', () => {
  const after = (legs: readonly MarketLeg[], wallet: string) => {
    const at = afterMarketMove(legs, r(wallet));
    return (move: string): string[] => {
      const { equity, maintenance } = at(r(move));
      return [equity.toText(12), maintenance.toText(12)];
    };
  };

  it.each([
    ['-0.5', '2206.9', '210'],
    ['0', '1207.4', '110'],
    ['0.25', '707.65', '60'],
    ['0.5', '207.9', '10'],
    ['0.6', '8', '8'],
  ])('by %s has an equity of %s and a maintenance of %s', (move, equity, maintenance) => {
    expect(after([long('0.01', '1'), long('20', '-1', STEP)], '1207.4')(move)).toEqual([equity, maintenance]);
  });

  it('scales with the largest beta', () => {
    expect(after([long('2', '2', flat('0.01'))], '50')('-0.1')).toEqual(['10', '1.6']);
    expect(after([long('2', '-2', flat('0.01'))], '50')('0.1')).toEqual(['10', '1.6']);
  });

  it('goes along one over the price where it is inverse', () => {
    expect(after([long('1000', '1', flat('0.01'), 'inverse')], '5')('1')).toEqual(['10', '0.05']);
  });

  it('is as it was where nothing moves', () => {
    expect(after([long('2', '0', flat('0.01'))], '50')('0.5')).toEqual(['50', '2']);
    expect(after([], '50')('0.5')).toEqual(['50', '0']);
  });
});
