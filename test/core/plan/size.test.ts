import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../share.js';
import { isLiqcalcError } from '../../../src/core/errors.js';
import { size, type SizeQuestion } from '../../../src/core/plan/size.js';
import type { Terms } from '../../../src/core/position.js';
import { Ratio } from '../../../src/core/ratio.js';
import { builtInTables } from '../../../src/core/venues/index.js';
import { cases } from './cases.js';
import {
  add,
  decimal,
  div,
  fraction,
  mul,
  order,
  profit,
  sub,
  surplus,
  value,
  type Fraction,
  type Plain,
} from './exact.js';

const of = (ratio: Ratio): Fraction => fraction(ratio.numerator, ratio.denominator);
const ZERO = decimal('0');

describe('size', () => {
  it('risks no more than asked, and keeps liquidation beyond the stop: 20,000 cases by the definitions', () => {
    let bounded = 0;
    const property = fc.property(
      cases,
      fc.integer({ min: 1, max: 4999 }),
      fc.bigInt(100n, 10_000_000n),
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 0, max: 20 }),
      (each, away, equity, risk, taker) => {
        const { side, entry } = each.plain;
        const move = fraction(BigInt(side === 'long' ? 10_000 - away : 10_000 + away), 10_000n);
        const stop = mul(entry, move);
        const fee = fraction(BigInt(taker), 10_000n);
        const share = fraction(BigInt(risk), 10_000n);
        const money = each.plain.inverse ? fraction(equity, 100_000n) : fraction(equity);
        const terms: Terms = {
          ...Object.fromEntries(Object.entries(each.terms).filter(([key]) => key !== 'qty' && key !== 'lev')),
          side,
          entry: each.terms.entry,
          taker: Ratio.of(fee.n, fee.d),
        };
        const question: SizeQuestion = {
          equity: Ratio.of(money.n, money.d),
          sizing: { kind: 'risk', risk: Ratio.of(share.n, share.d), stop: Ratio.of(stop.n, stop.d) },
        };
        const answer = sizeOrTooLarge(terms, each.table, question);
        if (answer === 'too large' || answer.qty.sign() === 0) return;
        const sized = (qty: Fraction): Plain => ({ ...each.plain, size: mul(qty, each.multiplier), wallet: ZERO });
        const lost = (qty: Fraction): Fraction =>
          sub(mul(fee, add(value(sized(qty), entry), value(sized(qty), stop))), profit(sized(qty), stop));
        const budget = mul(money, share);
        expect(order(lost(of(answer.qty)), budget)).toBeLessThanOrEqual(0);
        expect(order(lost(add(of(answer.qty), decimal('0.00000001'))), budget)).toBe(1);
        if (!answer.maxLev || answer.atMaxLev?.outcome.kind === 'already') {
          expect(answer.reason).toBeDefined();
          return;
        }
        const here = sized(of(answer.qty));
        const limit = mul(stop, side === 'long' ? decimal('0.995') : decimal('1.005'));
        const at = (lev: Fraction): Plain => ({ ...here, wallet: div(value(here, entry), lev) });
        expect(order(surplus(at(of(answer.maxLev)), limit), ZERO)).toBeGreaterThanOrEqual(0);
        const worth = value(here, entry);
        const most = each.rows?.find(({ cap }) => !cap || order(worth, cap) <= 0)?.most;
        const isMost = most !== undefined && order(of(answer.maxLev), most) === 0;
        if (isMost) bounded++;
        if (most) expect(order(of(answer.maxLev), most)).toBeLessThanOrEqual(0);
        if (!isMost) expect(order(surplus(at(add(of(answer.maxLev), decimal('1'))), limit), ZERO)).toBe(-1);
      },
    );
    fc.assert(property, { numRuns: runs(20_000) });
    expect(bounded).toBeGreaterThan(runs(50));
  });

  const long: Terms = { side: 'long', entry: Ratio.of(30000n), mmr: Ratio.from('0.005') };
  const question: SizeQuestion = {
    equity: Ratio.of(10000n),
    sizing: { kind: 'risk', risk: Ratio.from('0.01'), stop: Ratio.of(29400n) },
  };

  it('sizes by risk', () => {
    const answer = size(long, undefined, question);
    // 100 / 600 = 1/6; limit 29400 x 0.995 = 29253: wallet a unit 747 + 146.265 = 893.265; 30000 / 893.265 = 33.58...
    expect(answer.qty.toText(10)).toBe('0.16666666');
    expect(answer.maxLev?.toText(4)).toBe('33');
    // (30000 - 30000/33) / 0.995
    expect(answer.atMaxLev?.price?.toText(8)).toBe('29237.09456373');
    expect(answer.riskAmount?.toText(8)).toBe('100');
    expect(answer.notional.toText(4)).toBe('4999.9998');
    expect(answer.margin?.toText(8)).toBe('151.51514545');
  });

  it('counts the trading fee on both ends', () => {
    // 100 / (600 + 0.001 x 59400) = 100 / 659.4
    const answer = size({ ...long, taker: Ratio.from('0.001') }, undefined, { ...question, take: Ratio.of(32000n) });
    expect(answer.qty.toText(10)).toBe('0.15165301');
    // (2000 - 0.001 x 62000) / 659.4
    expect(answer.rewardRisk?.toText(8)).toBe('2.93903549');
  });

  it('sizes an inverse trade in contracts', () => {
    // 0.01 / (1/29400 - 1/30000) = 0.01 x 29400 x 30000 / 600 = 14700
    const terms: Terms = { ...long, contract: 'inverse' };
    const answer = size(terms, undefined, { ...question, equity: Ratio.ONE, step: Ratio.ONE });
    expect(answer.qty.toText(4)).toBe('14700');
  });

  it('counts contracts of 100 as 100 each', () => {
    const terms: Terms = { ...long, contract: 'inverse', multiplier: Ratio.of(100n) };
    const coins = { ...question, step: Ratio.ONE };
    const answer = size(terms, undefined, { ...coins, equity: Ratio.ONE });
    expect([answer.qty.toText(4), answer.notional.toText(4)]).toEqual(['147', '14700']);
    // 0.001 x 0.01 x 29400 x 30000 / 600 = 14.7
    const none = size(terms, undefined, { ...coins, equity: Ratio.from('0.001') });
    expect([none.qty.toText(4), none.reason]).toEqual(['0', 'the size would be 0.147, which is 0 in this step']);
    // 0.05 x 10 x 30000 = 15000, which lose 15000 (1/29400 - 1/30000) = 1/98
    const sizing = {
      kind: 'allocate',
      allocate: Ratio.from('0.05'),
      lev: Ratio.of(10n),
      stop: Ratio.of(29400n),
    } as const;
    const allocated = size(terms, undefined, { equity: Ratio.ONE, sizing, step: Ratio.ONE });
    expect([allocated.qty.toText(4), allocated.notional.toText(4)]).toEqual(['150', '15000']);
    expect(allocated.riskAmount?.compare(Ratio.of(1n, 98n))).toBe(0);
  });

  it('sizes by allocation, and warns above the band', () => {
    const sizing = { kind: 'allocate', allocate: Ratio.from('0.05') } as const;
    const answer = size({ ...long, lev: Ratio.of(10n) }, undefined, {
      equity: Ratio.of(10000n),
      sizing: { ...sizing, lev: Ratio.of(10n) },
    });
    expect(answer.qty.toText(10)).toBe('0.16666666');
    expect(answer.allocation?.toText(4)).toBe('0.05');
    expect(answer.warnings.map(({ code }) => code)).toEqual(['ALLOCATION_ABOVE_BAND']);
    expect(answer.riskAmount).toBeUndefined();
  });

  it('stops at the maximum of the bracket', () => {
    const terms: Terms = { side: 'long', symbol: 'BTCUSDT', entry: Ratio.of(60000n) };
    const near: SizeQuestion = {
      ...question,
      sizing: { kind: 'risk', risk: Ratio.from('0.5'), stop: Ratio.of(59900n) },
      buffer: Ratio.ZERO,
    };
    // 5000 / 100 = 50 BTC, 3,000,000 of value: still the bracket to 3,000,000, 75x
    expect(size(terms, tableOf(), near).maxLev?.toText(2)).toBe('75');
  });

  it.each([
    ['long', '30000', undefined],
    ['long', '31000', undefined],
    ['short', '29000', undefined],
    ['long', '29000', '30000'],
    ['short', '31000', '31000'],
  ] as const)('refuses a %s with stop %s and target %s', (side, stop, take) => {
    const asked = { ...question, sizing: { kind: 'risk', risk: Ratio.ONE, stop: Ratio.from(stop) } as const };
    const whole = take === undefined ? asked : { ...asked, take: Ratio.from(take) };
    expect(() => size({ ...long, side }, undefined, whole)).toThrow(/must be (below|above) the entry \(30000\) of a/);
  });
});

function sizeOrTooLarge(...args: Parameters<typeof size>): ReturnType<typeof size> | 'too large' {
  try {
    return size(...args);
  } catch (error) {
    if (isLiqcalcError(error) && error.code === 'NOTIONAL_OUTSIDE_BRACKETS') return 'too large';
    throw error;
  }
}

function tableOf(): ReturnType<typeof builtInTables.find> {
  return builtInTables.find('BTCUSDT');
}
