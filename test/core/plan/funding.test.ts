import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../share.js';
import { assess } from '../../../src/core/assessment.js';
import { fundingPayment, fundingSteps, intervalsToLiquidation } from '../../../src/core/plan/funding.js';
import type { Leg } from '../../../src/core/leg.js';
import { legFrom, positionFrom, type Position, type Terms } from '../../../src/core/position.js';
import { Ratio } from '../../../src/core/ratio.js';
import { cases } from './cases.js';
import { decimal, div, fraction, mul, order, sub, surplus, value, type Fraction } from './exact.js';

const position = (terms: Partial<Terms>): Position =>
  assess({ side: 'long', entry: Ratio.of(30000n), lev: Ratio.of(10n), mmr: Ratio.from('0.005'), ...terms }).position;
const RATE = Ratio.from('0.0001');

describe('funding', () => {
  it.each([
    ['long', 'linear', '3'],
    ['short', 'linear', '-3'],
    // one contract of 1 at 30000, times 0.0001
    ['long', 'inverse', '0.0000000033333333'],
  ] as const)('a %s of a %s contract pays %s', (side, contract, expected) => {
    expect(fundingPayment(position({ side, contract }), Ratio.of(30000n), RATE).toText(16)).toBe(expected);
  });

  it('moves the price by payment / (q (1 - r)) for a paying long', () => {
    // (30000 - 2997) / 0.995, (30000 - 2994) / 0.995
    const steps = fundingSteps(position({}), [{ rate: RATE }, { rate: RATE }]);
    expect(steps.map(({ outcome }) => (outcome.kind === 'at' ? outcome.bound.price.toText(8) : outcome.kind))).toEqual([
      '27138.69346734',
      '27141.70854271',
    ]);
    expect(steps.map(({ paid }) => paid.toText(2))).toEqual(['3', '6']);
  });

  it('values each payment at its own mark', () => {
    const steps = fundingSteps(position({}), [
      { rate: RATE, mark: Ratio.of(31000n) },
      { rate: RATE.negated(), mark: Ratio.of(29000n) },
    ]);
    expect(steps.map(({ payment }) => payment.toText(4))).toEqual(['3.1', '-2.9']);
  });

  it('a venue that holds the maintenance of the mark holds that of each payment', () => {
    const one = Ratio.ONE;
    const held: Terms = {
      side: 'long',
      venue: 'bitget',
      entry: Ratio.of(100n),
      qty: one,
      wallet: Ratio.of(12n),
      mmr: Ratio.from('0.01'),
      taker: Ratio.ZERO,
    };
    const legAt = (mark: Ratio): Leg => legFrom({ ...held, mark });
    const stamps = [{ rate: Ratio.ZERO }, { rate: Ratio.ZERO, mark: Ratio.of(95n) }];
    // 100 - (12 - 1) and 95 - (12 - 5 - 0.95)
    const steps = fundingSteps(positionFrom(held), stamps, legAt);
    expect(steps.map(({ outcome }) => outcome.bound?.price.toText(8))).toEqual(['89', '88.95']);
  });

  it('ends with the payment that liquidates', () => {
    const steps = fundingSteps(
      position({}),
      Array.from({ length: 9 }, () => ({ rate: Ratio.from('0.05') })),
    );
    // room 3000 - 150 = 2850, payments of 1500
    expect(steps.map(({ outcome }) => outcome.kind)).toEqual(['at', 'already']);
    expect(intervalsToLiquidation(position({}), Ratio.from('0.05'))?.toText(0)).toBe('2');
  });

  it('counts 950 payments of 3 for 2850 of room, and none where funding is received', () => {
    expect(intervalsToLiquidation(position({}), RATE)?.toText(0)).toBe('950');
    expect(intervalsToLiquidation(position({ side: 'short' }), RATE)).toBeUndefined();
    expect(intervalsToLiquidation(position({}), Ratio.ZERO)).toBeUndefined();
  });

  it('liquidates at that payment and not at the one before, by the definitions: 5,000 cases', () => {
    const property = fc.property(cases, fc.integer({ min: 1, max: 400 }), (each, parts) => {
      const made = positionFrom(each.terms, each.table);
      const rate = fraction(BigInt(each.plain.side === 'long' ? parts : -parts), 100_000n);
      const found = intervalsToLiquidation(made, Ratio.of(rate.n, rate.d));
      const plain = { ...each.plain, wallet: decimal('0') };
      const [initial, paid] = [
        div(value(plain, plain.entry), decimal(each.lev)),
        mul(value(plain, plain.entry), fraction(BigInt(parts), 100_000n)),
      ];
      const after = (payments: bigint): Fraction =>
        surplus({ ...plain, wallet: sub(initial, mul(paid, fraction(payments))) }, plain.entry);
      const count = BigInt(found?.toText(0) ?? '-1');
      expect(count).toBeGreaterThanOrEqual(0n);
      expect(order(after(count), decimal('0'))).toBeLessThanOrEqual(0);
      if (count > 0n) expect(order(after(count - 1n), decimal('0'))).toBe(1);
    });
    fc.assert(property, { numRuns: runs(5000) });
  });
});
