import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../share.js';
import { bracketsFrom, type BracketTable } from '../../../src/core/brackets.js';
import { isLiqcalcError } from '../../../src/core/errors.js';
import { size, type SizeQuestion } from '../../../src/core/plan/size.js';
import type { Terms } from '../../../src/core/position.js';
import { Ratio } from '../../../src/core/ratio.js';
import { builtInTables } from '../../../src/core/tables/index.js';
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
    let [bounded, cut] = [0, 0];
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
        const more = add(of(answer.qty), decimal('0.00000001'));
        if (!answer.limitedBy) expect(order(lost(more), budget)).toBe(1);
        // Initial margin and the fee of the entry are never more than the equity.
        const takes = (qty: Fraction, lev: Fraction): Fraction =>
          mul(value(sized(qty), entry), add(div(decimal('1'), lev), fee));
        if (answer.maxLev) expect(order(takes(of(answer.qty), of(answer.maxLev)), money)).toBeLessThanOrEqual(0);
        if (answer.limitedBy && answer.maxLev) {
          cut++;
          expect(answer.riskAmount && order(of(answer.riskAmount), lost(of(answer.qty)))).toBe(0);
          // The leverage of a flat rate does not depend on the size, so one step more is too much.
          if (!each.table) expect(order(takes(more, of(answer.maxLev)), money)).toBe(1);
        }
        if (!answer.maxLev || answer.atMaxLev?.outcome.kind === 'already') {
          expect(answer.reason).toBeDefined();
          return;
        }
        const here = sized(of(answer.qty));
        const limit = mul(stop, side === 'long' ? decimal('0.992') : decimal('1.008'));
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
    expect(cut).toBeGreaterThan(runs(50));
  });

  const long: Terms = { side: 'long', entry: Ratio.of(30000n), mmr: Ratio.from('0.005') };
  const question: SizeQuestion = {
    equity: Ratio.of(10000n),
    sizing: { kind: 'risk', risk: Ratio.from('0.01'), stop: Ratio.of(29400n) },
  };

  it('sizes by risk', () => {
    const answer = size(long, undefined, question);
    // 100 / 600 = 1/6; limit 29400 x 0.992 = 29164.8: wallet a unit 835.2 + 145.824 = 981.024; 30000 / 981.024 = 30.58...
    expect(answer.qty.toText(10)).toBe('0.16666666');
    expect(answer.maxLev?.toText(4)).toBe('30');
    // (30000 - 30000/30) / 0.995
    expect(answer.atMaxLev?.price?.toText(8)).toBe('29145.72864322');
    expect(answer.riskAmount?.toText(8)).toBe('100');
    expect(answer.notional.toText(4)).toBe('4999.9998');
    expect(answer.margin?.toText(8)).toBe('166.66666');
  });

  it('leaves the buffer that the trigger of the stop needs', () => {
    const most = (more: Partial<SizeQuestion>): string | undefined =>
      size(long, undefined, { ...question, ...more }).maxLev?.toText(4);
    // By the last price as above; by the mark 29400 x 0.995 = 29253: 747 + 146.265 a unit, 30000 / 893.265 = 33.58...
    expect(most({})).toBe('30');
    expect(most({ stopTrigger: 'last' })).toBe('30');
    expect(most({ stopTrigger: 'mark' })).toBe('33');
    // 29400: 600 + 147 a unit, 30000 / 747 = 40.16...
    expect(most({ stopTrigger: 'last', buffer: Ratio.ZERO })).toBe('40');
  });

  describe('without a fee says what fees would add', () => {
    const r = (text: string): Ratio => Ratio.from(text);
    const told = (terms: Terms, asked: SizeQuestion): unknown => {
      const { feesLeftOut, warnings } = size(terms, undefined, asked);
      return [feesLeftOut?.toText(10), warnings.filter(({ code }) => code === 'FEES_NOT_COUNTED')];
    };
    const warning = (amount: string) => ({ code: 'FEES_NOT_COUNTED', details: { percent: '0.05', amount } });
    const near: SizeQuestion = { equity: r('10000'), sizing: { kind: 'risk', risk: r('0.01'), stop: r('29900') } };

    it('of a size by risk: 0.0005 x (30000 + 29900), 30300 for a short, of a size of 1', () => {
      expect(told(long, near)).toEqual(['29.95', [warning('29.95')]]);
      const above = { ...near, sizing: { kind: 'risk', risk: r('0.06'), stop: r('30600') } } as const;
      expect(told({ ...long, side: 'short' }, above)).toEqual(['30.3', [warning('30.3')]]);
    });

    it('in coins: 0.0005 x (1/30000 + 1/29400) of 14700', () => {
      const asked = {
        ...near,
        equity: Ratio.ONE,
        sizing: { kind: 'risk', risk: r('0.01'), stop: r('29400') },
        step: Ratio.ONE,
      } as const;
      expect(told({ ...long, contract: 'inverse' }, asked)).toEqual(['0.000495', [warning('0.000495')]]);
    });

    it('of a size by allocation where there is a stop: 0.1 x 29.7', () => {
      const sizing = { kind: 'allocate', allocate: r('0.03'), lev: r('10') } as const;
      const terms = { ...long, lev: r('10') };
      expect(told(terms, { ...near, sizing })).toEqual([undefined, []]);
      expect(told(terms, { ...near, sizing: { ...sizing, stop: r('29400') } })).toEqual(['2.97', [warning('2.97')]]);
    });

    it('of the size that it was cut to: 1 of 2 at 1x', () => {
      const asked: SizeQuestion = { equity: r('30000'), sizing: { kind: 'risk', risk: r('0.04'), stop: r('29400') } };
      expect(told({ ...long, lev: Ratio.ONE }, asked)).toEqual(['29.7', [warning('29.7')]]);
    });

    it('but not where a fee is given, be it 0, nor where there is no size', () => {
      expect(told({ ...long, taker: r('0.0002') }, near)).toEqual([undefined, []]);
      expect(told({ ...long, taker: Ratio.ZERO }, near)).toEqual([undefined, []]);
      expect(told(long, { ...near, step: r('100') })).toEqual([undefined, []]);
    });
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
    expect([none.qty.toText(4), none.reason]).toEqual(['0', 'the exact size is 0.147, which is less than one step']);
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
      equity: Ratio.of(100_000n),
      sizing: { kind: 'risk', risk: Ratio.from('0.05'), stop: Ratio.of(59900n) },
      buffer: Ratio.ZERO,
    };
    // 5000 / 100 = 50 BTC, 3,000,000 of value: still the bracket to 3,000,000, 75x
    expect(size(terms, tableOf(), near).maxLev?.toText(2)).toBe('75');
  });

  it('warns of a stop that the leverage given never reaches', () => {
    // (30000 - 300) / 0.995 at 100x, above the stop
    const { warnings } = size({ ...long, lev: Ratio.of(100n), taker: Ratio.ZERO }, undefined, question);
    expect(warnings).toEqual([
      { code: 'STOP_BEYOND_LIQUIDATION', details: { stop: '29400', liquidation: '29849.24623116' } },
    ]);
  });

  describe('is cut to what the equity opens', () => {
    const r = (text: string): Ratio => Ratio.from(text);
    const risking = (risk: string, stop: string) => ({ kind: 'risk', risk: r(risk), stop: r(stop) }) as const;
    const shown = ({ qty, margin, riskAmount, limitedBy, reason }: ReturnType<typeof size>): unknown => [
      qty.toText(10),
      margin?.toText(8),
      riskAmount?.toText(8),
      limitedBy,
      reason,
    ];
    const btc: Terms = { side: 'long', symbol: 'BTCUSDT', entry: r('60000') };

    it('at the leverage given: 1000 x 10 / 60000', () => {
      const answer = size({ ...btc, lev: r('10') }, tableOf(), { equity: r('1000'), sizing: risking('0.05', '59900') });
      // What the stop loses of it: 0.16666666 x 100.
      expect(shown(answer)).toEqual(['0.16666666', '999.99996', '16.666666', 'equity', undefined]);
      expect(answer.warnings[0]).toEqual({
        code: 'SIZE_CUT',
        details: { qty: '0.5', lev: '10', cost: '3000', equity: '1000' },
      });
      expect(answer.atLev?.terms.qty?.toText(8)).toBe('0.16666666');
    });

    it('with the fee of the entry: 1000 / (60000 (1/10 + 0.001))', () => {
      const terms = { ...btc, lev: r('10'), taker: r('0.001') };
      const answer = size(terms, tableOf(), { equity: r('1000'), sizing: risking('0.05', '59900') });
      expect(answer.qty.toText(10)).toBe('0.1650165');
    });

    it('at the highest leverage: 600 of risk over 50 is 12, which need 1200 at 1x', () => {
      const terms: Terms = { side: 'long', entry: r('100'), mmr: r('0.01') };
      const answer = size(terms, undefined, { equity: r('1000'), sizing: risking('0.6', '50') });
      expect(shown(answer)).toEqual(['10', '1000', '500', 'equity', undefined]);
    });

    it('where the brackets hold no such size: 50 / 0.001 is 50,000 BTC', () => {
      const answer = size(btc, tableOf(), { equity: r('1000'), sizing: risking('0.05', '59999.999'), buffer: r('0') });
      // The first bracket allows 150x up to 300,000 of value: 1000 x 150 / 60000.
      expect([answer.limitedBy, answer.maxLev?.toText(2)]).toEqual(['equity', '150']);
      expect(answer.qty.toText(8)).toBe('2.5');
    });

    it('names the leverage that the bracket of the requested size allows', () => {
      // 100 / 1 is 100 BTC, worth 6,000,000: 50x in the bracket from 3,000,000 to 12,000,000.
      const answer = size(btc, tableOf(), { equity: r('10000'), sizing: risking('0.01', '59999') });
      expect(answer.warnings[0]).toEqual({
        code: 'SIZE_CUT',
        details: { qty: '100', lev: '50', cost: '120000', equity: '10000' },
      });
    });

    it('by allocation, where the fee comes on top of all of the equity: 1000 / (100 (1/10 + 0.001))', () => {
      const sizing = { kind: 'allocate', allocate: Ratio.ONE, lev: r('10') } as const;
      const terms: Terms = { side: 'long', entry: r('100'), mmr: r('0.01'), lev: r('10') };
      const whole = size(terms, undefined, { equity: r('1000'), sizing });
      expect(shown(whole)).toEqual(['100', '1000', undefined, undefined, undefined]);
      const charged = size({ ...terms, taker: r('0.001') }, undefined, { equity: r('1000'), sizing });
      expect(shown(charged)).toEqual(['99.00990099', '990.0990099', undefined, 'equity', undefined]);
    });

    it('in contracts of coin-margined futures: 0.1 x 3 x 60000 / 100', () => {
      const terms: Terms = {
        side: 'short',
        entry: r('60000'),
        contract: 'inverse',
        multiplier: r('100'),
        mmr: r('0.01'),
      };
      const question = { equity: r('0.1'), sizing: risking('0.05', '60100'), step: Ratio.ONE };
      // 0.005 / (1/60000 - 1/60100) = 180300, 1803 contracts of 100
      expect(size({ ...terms, lev: r('50') }, undefined, question).qty.toText(4)).toBe('1803');
      expect(size({ ...terms, lev: r('3') }, undefined, question).qty.toText(4)).toBe('180');
    });

    it('to nothing if it opens less than a step', () => {
      const question = { equity: r('1000'), sizing: risking('0.05', '59900'), step: r('0.25') };
      const answer = size({ ...btc, lev: r('10') }, tableOf(), question);
      expect(shown(answer)).toEqual([
        '0',
        undefined,
        '0',
        'equity',
        'the equity is too small to open one step of the size',
      ]);
    });
  });

  it('takes the highest leverage of the table where the bracket of a size names none', () => {
    const table: BracketTable = {
      venue: 'test',
      symbol: 'TEST',
      contract: 'linear',
      multiplier: Ratio.ONE,
      asOf: '2026-11-22',
      confidence: 'B',
      source: 'test',
      brackets: bracketsFrom(
        [
          { floor: '0', cap: '1000', rate: '0.01', amount: '0', maxLeverage: '10' },
          { floor: '1000', cap: undefined, rate: '0.01', amount: '0' },
        ],
        'TEST',
      ),
    };
    const terms: Terms = { side: 'long', entry: Ratio.from('100'), taker: Ratio.ZERO };
    // A loss of 1 for each unit allows 90 of them, worth 9000: at 10x an equity of 100 opens 10.
    const answer = size(terms, table, {
      equity: Ratio.from('100'),
      sizing: { kind: 'risk', risk: Ratio.from('0.9'), stop: Ratio.from('99') },
    });
    expect([answer.qty.toText(8), answer.limitedBy]).toEqual(['10', 'equity']);
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
