import { describe, expect, it } from 'vitest';
import { assess } from '../../src/core/assessment.js';
import { bracketsFrom, type BracketTable } from '../../src/core/brackets.js';
import {
  effectiveLeverageAt,
  lossIfLiquidatedAt,
  marginCall,
  marginRatioAt,
  removableMargin,
  positionRoiAt,
  roiAt,
} from '../../src/core/health.js';
import type { Position, Terms } from '../../src/core/position.js';
import { Ratio } from '../../src/core/ratio.js';

const r = (text: string): Ratio => Ratio.from(text);
const SHORT: Terms = { side: 'short', entry: r('100'), qty: r('2'), mmr: r('0.01'), margin: r('20') };
const CROSS: Terms = { side: 'long', entry: r('100'), qty: r('2'), mmr: r('0.01'), wallet: r('50') };
const position = (terms: Terms): Position => assess(terms).position;
const text = (ratio: Ratio | undefined): string | undefined => ratio?.toText(8);

describe('a position at a price', () => {
  it('has no ratio and no effective leverage where equity is not positive', () => {
    expect([
      text(marginRatioAt(position(SHORT), r('105'))),
      text(effectiveLeverageAt(position(SHORT), r('105'))),
    ]).toEqual(['0.21', '21']);
    expect(marginRatioAt(position(SHORT), r('110'))).toBeUndefined();
    expect(effectiveLeverageAt(position(SHORT), r('110'))).toBeUndefined();
  });

  it('counts the other positions in cross: (12 + 1.8) / (50 - 7 - 20)', () => {
    const crossed = position({ ...CROSS, othersPnl: r('-7'), othersMm: r('12') });
    expect(text(marginRatioAt(crossed, r('90')))).toBe('0.6');
    expect(text(effectiveLeverageAt(crossed, r('90')))).toBe('7.82608696');
  });

  it('returns on the initial margin, or on the wallet where that is positive', () => {
    expect(text(roiAt(position({ ...SHORT, lev: r('20') }), r('90')))).toBe('2');
    expect(text(roiAt(position(SHORT), r('90')))).toBe('1');
    expect(text(roiAt(position(CROSS), r('90')))).toBe('-0.4');
    expect(roiAt(position({ ...CROSS, wallet: Ratio.ZERO }), r('90'))).toBeUndefined();
    expect(roiAt(position({ ...CROSS, wallet: r('-1') }), r('90'))).toBeUndefined();
  });

  it('returns on the margin at the mark, as the position tab counts', () => {
    // 2 x (90 - 100) = -20 over 2 x 90 / 10 = 18; without a leverage there is no such margin.
    expect(positionRoiAt(position({ ...CROSS, lev: r('10') }), r('90'))?.toText(8)).toBe('-1.11111111');
    expect(positionRoiAt(position(CROSS), r('90'))).toBeUndefined();
    // 1,000 USD long from 100 to 125: 10 - 8 = 2 coins over 8 / 4 = 2 coins.
    const inverse = { side: 'long', entry: r('100'), qty: r('1000'), mmr: r('0.01'), lev: r('4') } as const;
    expect(text(positionRoiAt(position({ ...inverse, contract: 'inverse' }), r('125')))).toBe('1');
  });

  it('loses at most its collateral, and shows no loss without a fee rate', () => {
    const fee = { liqFee: r('0.05') };
    expect(text(lossIfLiquidatedAt(position({ ...SHORT, ...fee }), r('104')))).toBe('18.4');
    expect(text(lossIfLiquidatedAt(position({ ...SHORT, ...fee }), r('109')))).toBe('20');
    // A loss of 60 and a fee of 7 on a wallet of 50: the rest is the insurance fund's.
    expect(text(lossIfLiquidatedAt(position({ ...CROSS, ...fee }), r('70')))).toBe('50');
    expect(text(lossIfLiquidatedAt(position({ ...CROSS, ...fee, othersPnl: r('9') }), r('70')))).toBe('59');
    expect(text(lossIfLiquidatedAt(position({ ...CROSS, ...fee, othersPnl: r('30') }), r('70')))).toBe('67');
    expect(lossIfLiquidatedAt(position(SHORT), r('104'))).toBeUndefined();
  });

  it('gives margin back only if isolated, with a mark and a leverage, and never less than nothing', () => {
    const free = { ...SHORT, mark: r('90'), lev: r('10') };
    expect(text(removableMargin(position(free)))).toBe('18.2');
    expect(text(removableMargin(position({ ...free, mark: r('101') })))).toBe('0');
    expect(text(removableMargin(position({ ...free, lev: r('40'), mark: r('101') })))).toBe('12.95');
    expect(removableMargin(position({ ...SHORT, mark: r('90') }))).toBeUndefined();
    expect(removableMargin(position({ ...SHORT, lev: r('10') }))).toBeUndefined();
    expect(removableMargin(position({ ...CROSS, mark: r('90'), lev: r('10') }))).toBeUndefined();
  });
});

describe('a margin call', () => {
  const rows = [
    { floor: '0', cap: '1000', rate: '0.01', amount: undefined },
    { floor: '1000', cap: undefined, rate: '0.5', amount: undefined },
  ];
  const origin = { venue: 'test', symbol: 'STEEP', asOf: '2026-11-22', confidence: 'A', source: 'test' } as const;
  const table: BracketTable = {
    ...origin,
    contract: 'linear',
    multiplier: Ratio.ONE,
    brackets: bracketsFrom(rows, 'STEEP'),
  };
  const call = (terms: Partial<Terms>) =>
    marginCall(assess({ side: 'long', entry: r('100'), symbol: 'STEEP', margin: r('10'), ...terms }, table).position);

  const inverseCall = (terms: Partial<Terms>) => {
    const coins = rows.map(({ rate, ...row }) => ({
      rate,
      amount: undefined,
      floor: row.floor === '0' ? '0' : '2',
      cap: row.cap && '2',
    }));
    const steep: BracketTable = { ...table, contract: 'inverse', brackets: bracketsFrom(coins, 'STEEP') };
    const short = { side: 'short', entry: r('100'), symbol: 'STEEP', qty: r('100'), callRatio: r('0.2') } as const;
    return marginCall(assess({ ...short, ...terms }, steep).position);
  };

  it('of two prices is the one towards the danger: 0.2 (p - 90) = 0.01 p, not 0.2 (p - 90) = 0.5 p - 490', () => {
    const outcome = call({ qty: r('1'), callRatio: r('0.2') });
    expect(outcome).toMatchObject({ kind: 'at', bound: { danger: 'below' } });
    if (outcome.kind !== 'at') return;
    expect(outcome.bound.price.compare(Ratio.of(1800n, 19n))).toBe(0);
  });

  it('is that one also where the other is nearer: 81.87 at a mark of 120, not 129.63', () => {
    const outcome = call({ qty: r('9'), margin: r('200'), mark: r('120'), callRatio: r('0.2') });
    if (outcome.kind !== 'at') throw new Error(outcome.kind);
    expect(outcome.bound.price.compare(Ratio.of(14000n, 171n))).toBe(0);
  });

  it('of a short is the one above, also where the other is nearer: 105.56 at a mark of 50, not 37.5', () => {
    // u = 1 / p: 0.2 (0.1 + 100 u - 1) = 0.01 x 100 u at 0.18 / 19; 20 u - 0.18 = 0.5 x 100 u - 0.98 at 0.8 / 30.
    const outcome = inverseCall({ margin: r('0.1'), mark: r('50') });
    expect(outcome).toMatchObject({ kind: 'at', bound: { danger: 'above' } });
    expect(outcome.bound?.price.compare(Ratio.of(950n, 9n))).toBe(0);
  });

  it('of a short with a margin beyond its value can only lie below: 20 u + 0.2 = 50 u - 0.98', () => {
    const outcome = inverseCall({ margin: r('2') });
    expect(outcome).toMatchObject({ kind: 'at', bound: { danger: 'below' } });
    expect(outcome.bound?.price.compare(Ratio.of(1500n, 59n))).toBe(0);
  });

  it('of a long with a margin beyond its value can only lie above: 0.2 (10 + p) = 0.5 p - 490', () => {
    const outcome = call({ qty: r('1'), margin: r('110'), callRatio: r('0.2') });
    expect(outcome).toMatchObject({ kind: 'at', bound: { danger: 'above' } });
    expect(outcome.bound?.price.compare(r('1640'))).toBe(0);
  });

  it('is already past where the ratio is above the limit at every price: 0.2 (p - 90) < 0.3 p', () => {
    expect(call({ qty: r('1'), mmr: r('0.3'), callRatio: r('0.2') })).toEqual({ kind: 'already' });
  });

  it('is never where the ratio is reached at no price', () => {
    expect(call({ qty: r('1'), margin: r('500'), callRatio: Ratio.ONE })).toEqual({ kind: 'never' });
  });
});
