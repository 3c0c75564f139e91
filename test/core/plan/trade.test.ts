import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../share.js';
import { maxOpen } from '../../../src/core/plan/max-open.js';
import { pnl } from '../../../src/core/plan/pnl.js';
import { exitPrice } from '../../../src/core/plan/target.js';
import type { Leg } from '../../../src/core/leg.js';
import { positionFrom, type Terms } from '../../../src/core/position.js';
import { Ratio } from '../../../src/core/ratio.js';
import { builtInTables } from '../../../src/core/tables/index.js';
import { cases } from './cases.js';
import { add, decimal, div, fraction, mul, order, profit, sub, value, type Fraction, type Plain } from './exact.js';

const of = (ratio: Ratio): Fraction => fraction(ratio.numerator, ratio.denominator);
const ratio = ({ n, d }: Fraction): Ratio => Ratio.of(n, d);

describe('target and pnl', () => {
  it('an exit reaches exactly the target, by the definitions: 20,000 cases', () => {
    let reached = 0;
    const wanted = fc.record({
      kind: fc.constantFrom('roi' as const, 'pnl' as const),
      amount: fc.bigInt(-300_000n, 900_000n),
      taker: fc.integer({ min: 0, max: 30 }),
    });
    const property = fc.property(cases, wanted, (each, { kind, amount, taker }) => {
      const position = positionFrom(each.terms, each.table);
      const [lev, fee] = [Ratio.from(each.lev), fraction(BigInt(taker), 10_000n)];
      const roi = fraction(amount, 100_000n);
      const plain: Plain = { ...each.plain, wallet: decimal('0') };
      const initial = div(value(plain, plain.entry), decimal(each.lev));
      const goal =
        kind === 'roi' ? ({ kind, roi: ratio(roi), lev } as const) : ({ kind, pnl: ratio(mul(roi, initial)) } as const);
      const exit = exitPrice(position, goal, ratio(fee));
      if (!exit) return;
      reached++;
      expect(exit.sign()).toBe(1);
      const fees = mul(fee, add(value(plain, plain.entry), value(plain, of(exit))));
      expect(order(sub(profit(plain, of(exit)), fees), mul(roi, initial))).toBe(0);
      const answer = pnl(position, exit, { lev, taker: ratio(fee) });
      expect(answer.netRoi?.compare(ratio(roi))).toBe(0);
      expect(order(of(answer.fees), fees)).toBe(0);
    });
    fc.assert(property, { numRuns: runs(20_000) });
    expect(reached).toBeGreaterThan(runs(10_000));
  });

  const leg = (terms: Partial<Terms>): Leg =>
    positionFrom({ side: 'long', entry: Ratio.of(30000n), mmr: Ratio.ZERO, lev: Ratio.ONE, ...terms });

  it.each([
    ['long', '33000', '1500', '15.75', '1'],
    ['short', '33000', '-1500', '15.75', '-1'],
    ['short', '27000', '1500', '14.25', '1'],
  ] as const)('a %s of 0.5 from 30000 to %s at 10x', (side, exit, gross, fees, roi) => {
    // 0.5 x 3000; 0.05 % of 15000 and of 16500 or 13500; on 1500 of margin
    const answer = pnl(leg({ side, qty: Ratio.from('0.5') }), Ratio.from(exit), {
      lev: Ratio.of(10n),
      taker: Ratio.from('0.0005'),
    });
    expect([answer.pnl, answer.fees, answer.roi].map((each) => each?.toText(8))).toEqual([gross, fees, roi]);
  });

  it('an inverse long earns N (1/E - 1/p)', () => {
    // 300 (1/30000 - 1/40000) = 0.0025
    const answer = pnl(leg({ contract: 'inverse', qty: Ratio.of(300n) }), Ratio.of(40000n), {});
    expect(answer.pnl.toText(8)).toBe('0.0025');
    expect(answer.roi).toBeUndefined();
  });

  it.each([
    ['long', '1', '33000'],
    ['short', '1', '27000'],
    ['long', '-0.5', '28500'],
    ['short', '10', undefined],
  ] as const)('a %s at 10x returns %s at %s', (side, roi, price) => {
    const goal = { kind: 'roi', roi: Ratio.from(roi), lev: Ratio.of(10n) } as const;
    expect(exitPrice(leg({ side }), goal)?.toText(8)).toBe(price);
  });

  it('has no exit where an inverse long would have to earn more than its value', () => {
    const goal = { kind: 'roi', roi: Ratio.ONE, lev: Ratio.ONE } as const;
    expect(exitPrice(leg({ contract: 'inverse' }), goal)).toBeUndefined();
    expect(exitPrice(leg({ contract: 'inverse', side: 'short' }), goal)?.toText(8)).toBe('15000');
  });
});

describe('max-open', () => {
  const terms: Terms = { side: 'long', symbol: 'BTCUSDT', entry: Ratio.of(60000n) };
  const table = builtInTables.find('BTCUSDT');
  const most = (lev: string, balance: string, more: Partial<Terms> = {}): (string | undefined)[] => {
    const answer = maxOpen({ ...terms, ...more, lev: Ratio.from(lev) }, more.symbol === undefined ? table : undefined, {
      balance: Ratio.from(balance),
    });
    return [answer.qty.toText(8), answer.limitedBy, answer.margin.toText(8), answer.reason];
  };

  it.each([
    // 20 x 1,000,000 / 60,000; the bracket to 70 million allows 25x
    [most('20', '1000000'), ['333.33333333', 'balance', '999999.99999', undefined]],
    // 75x is allowed up to 3,000,000: 50 BTC
    [most('75', '1000000'), ['50', 'bracket', '40000', undefined]],
    [most('76', '1000000'), ['13.33333333', 'bracket', '10526.31578684', undefined]],
    // no table: 100 x 10 / 60000; with a fee of 0.1 %: 1000 / (1 + 0.01)
    [most('10', '100', { symbol: 'X' }), ['0.01666666', 'balance', '99.99996', undefined]],
    [most('10', '100', { symbol: 'X', taker: Ratio.from('0.001') }), ['0.01650165', 'balance', '99.0099', undefined]],
  ])('%j', (answer, expected) => {
    expect(answer).toEqual(expected);
  });

  it('opens nothing above the highest leverage of the table', () => {
    expect(most('151', '1000')).toEqual([
      '0',
      'bracket',
      '0',
      'the highest leverage of BTCUSDT is 150x; at 151x no position can be opened',
    ]);
  });
});
