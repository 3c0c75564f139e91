import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Ratio } from '../../../src/core/ratio.js';
import { judge, type Finding } from '../../../src/core/risk/report.js';
import type { Level, MarginChange, RiskInput } from '../../../src/core/risk/input.js';
import type { RuleId } from '../../../src/core/risk/rules/index.js';
import { accountOf, alone, n } from './input.js';

const found = (of: RiskInput, rule: RuleId): Finding | undefined =>
  judge(of).findings.find((each) => each.rule === rule);

const whole = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

/** The first number after some words. */
const numberAfter = (words: string, text = ''): string => new RegExp(`${words} ([\\d.]+)`).exec(text)?.[1] ?? 'none';

it('the cost of a market order is that of its units, sold one after the other', () => {
  fc.assert(
    fc.property(fc.array(whole(5), { minLength: 1, maxLength: 6 }), whole(40), (quantities, size) => {
      const bids = quantities.map((quantity, index): Level => ({
        price: n(`${100 - index}`),
        quantity: n(`${quantity}`),
      }));
      const units = bids.flatMap(({ price, quantity }) =>
        Array.from({ length: Number(quantity.toText(0)) }, () => price),
      );
      const { message, advice } =
        found(alone({ qty: `${size}`, lev: '2', data: { book: { bids, asks: [] } } }), 'illiquid-size') ?? {};
      // Five times the size is above the number of units: more than 20 %.
      expect(message !== undefined).toBe(5 * size > units.length);
      if (message === undefined) return;
      const sum = units.slice(0, size).reduce((total, price) => total + Number(price.toText(0)), 0);
      const average = numberAfter('fills at', message);
      if (size > units.length) expect(average).toBe('none');
      else expect(Number(average)).toBeCloseTo(sum / size, 6);
      const allowed = Number(numberAfter('size to', advice));
      expect(allowed).toBeLessThanOrEqual(units.length / 5);
      expect(allowed).toBeGreaterThan(units.length / 5 - 0.01);
    }),
  );
});

it('a book of coin-margined contracts is averaged by what they are worth in coin', () => {
  // 100 / 50 + 100 / 25 = 6 coins for 200 contracts of 1: 33.33333333 each.
  const bids = [
    { price: n('50'), quantity: n('100') },
    { price: n('25'), quantity: n('100') },
  ];
  const of = alone({ contract: 'inverse', qty: '200', lev: '2', data: { book: { bids, asks: [] } } });
  expect(found(of, 'illiquid-size')?.message).toContain('fills at 33.33333333 on average, 33.33333333 % from');
});

it('at the advised size a day of funding costs at most one percent of the margin, and a little more size costs more', () => {
  fc.assert(
    fc.property(whole(9), whole(50), whole(9), fc.constantFrom(1, 2, 4, 8), (qty, lev, permille, hours) => {
      const data = { funding: [{ rate: n(`0.00${permille}`) }], fundingInterval: n(`${hours}`) };
      const finding = found(alone({ qty: `${qty}`, lev: `${lev}`, mark: '100', data }), 'funding-cost');
      // One payment after the other until a day is over; the margin is that of the full size.
      const [margin, payments] = [(qty * 100) / lev, 24 / hours];
      const costOf = (size: number): number =>
        Array.from({ length: payments }, () => (size * 100 * permille) / 1000).reduce((a, b) => a + b, 0);
      const isHigh = costOf(qty) > margin / 100 + 1e-9;
      expect(finding !== undefined).toBe(isHigh);
      if (!finding) return;
      const advised = Number(numberAfter('size to', finding.advice));
      expect(Number(numberAfter('margin of', finding.advice))).toBeCloseTo(margin, 6);
      expect(costOf(advised)).toBeLessThanOrEqual(margin / 100 + 1e-9);
      expect(costOf(advised * 1.01)).toBeGreaterThan(margin / 100);
    }),
  );
});

it('the advice on the cost of funding clears the finding if it is taken', () => {
  const data = { funding: [{ rate: n('0.001') }] };
  const advice = found(alone({ qty: '1', lev: '20', mark: '100', data }), 'funding-cost')?.advice;
  // 0.3 a day, of a margin of 5: one percent is 0.05, the sixth part.
  expect(advice).toBe('reduce the size to 0.1666 or less and keep the margin of 5');
  expect(found(alone({ qty: '0.1666', margin: '5', mark: '100', data }), 'funding-cost')).toBeUndefined();
  expect(found(alone({ qty: '0.1667', margin: '5', mark: '100', data }), 'funding-cost')).toBeDefined();
});

it('the busiest hour has as many symbols as the fullest of all windows that begin at a change', () => {
  const HOUR = 3_600_000;
  const change = fc.record({ symbol: fc.constantFrom('A', 'B', 'C', 'D'), minute: fc.integer({ min: 0, max: 240 }) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const marginLog = changes.map(({ symbol, minute }): MarginChange => ({ symbol, time: BigInt(minute) * 60_000n }));
      const windows = changes.map(({ minute: from }) =>
        changes.filter(({ minute }) => minute >= from && (minute - from) * 60_000 <= HOUR).map(({ symbol }) => symbol),
      );
      const most = Math.max(0, ...windows.map((symbols) => new Set(symbols).size));
      const of = { ...accountOf('1000', [{ qty: '1', lev: '10', mark: '100' }]), marginLog };
      const finding = found(of, 'margin-log');
      expect(finding?.value?.compare(Ratio.of(BigInt(most)))).toBe(most < 2 ? undefined : 0);
    }),
  );
});
