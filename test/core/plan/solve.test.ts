import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../share.js';
import { assess } from '../../../src/core/assessment.js';
import { checkHolds, solve, targetPrice, type Solution } from '../../../src/core/plan/solve.js';
import type { Unknown } from '../../../src/core/plan/unknowns.js';
import type { Terms } from '../../../src/core/position.js';
import { Ratio } from '../../../src/core/ratio.js';
import { builtInTables } from '../../../src/core/tables/index.js';
import { cases, type Case } from './cases.js';
import { add, decimal, div, fraction, mul, order, surplus, value, type Fraction, type Plain } from './exact.js';

const of = (ratio: Ratio): Fraction => fraction(ratio.numerator, ratio.denominator);
const STEPS: Readonly<Record<Unknown, Fraction>> = {
  lev: decimal('1'),
  'add-margin': decimal('0.00000001'),
  qty: decimal('0.00000001'),
};

/** The position that a value makes, by the definitions. */
function made(each: Case, unknown: Unknown, found: Fraction): Plain {
  const { plain, multiplier, lev } = each;
  const initial = div(value({ ...plain, wallet: decimal('0') }, plain.entry), decimal(lev));
  if (unknown === 'lev') return { ...plain, wallet: div(mul(initial, decimal(lev)), found) };
  if (unknown === 'add-margin') return { ...plain, wallet: add(initial, found) };
  return { ...plain, size: mul(found, multiplier), wallet: initial };
}

describe('solve', () => {
  it('gives the target or its safe side, and one step more would not: 50,000 cases by the definitions', () => {
    const counts = { found: 0, unreachable: 0 };
    const property = fc.property(
      cases,
      fc.constantFrom<Unknown[]>('lev', 'add-margin', 'qty'),
      fc.integer({ min: 1, max: 9999 }),
      (each, unknown, parts) => {
        const distance = Ratio.of(BigInt(parts), 10_000n);
        const target = { kind: 'distance', distance } as const;
        const solution = solve(each.terms, each.table, { for: unknown, target });
        counts[solution.kind]++;
        if (solution.kind === 'unreachable') return;
        const price = of(targetPrice(each.terms, target));
        const step = STEPS[unknown];
        const here = surplus(made(each, unknown, of(solution.value)), price);
        expect(order(here, decimal('0'))).toBeGreaterThanOrEqual(0);
        const further = unknown === 'add-margin' ? mul(step, decimal('-1')) : step;
        const there = surplus(made(each, unknown, add(of(solution.value), further)), price);
        expect(order(there, decimal('0'))).toBeLessThan(0);
        const { outcome } = solution.assessment;
        expect(outcome.kind).not.toBe('already');
        if (outcome.kind !== 'at') return;
        const priced = order(of(outcome.bound.price), price);
        expect(each.plain.side === 'long' ? priced <= 0 : priced >= 0).toBe(true);
        expect(order(surplus(made(each, unknown, of(solution.value)), of(outcome.bound.price)), decimal('0'))).toBe(0);
      },
    );
    fc.assert(property, { numRuns: runs(50_000) });
    // most are reachable: the property is not empty
    expect(counts.found).toBeGreaterThan(runs(25_000));
  });

  const sizeless: Terms = { side: 'long', entry: Ratio.from('30000'), mmr: Ratio.from('0.005') };
  const long: Terms = { ...sizeless, qty: Ratio.ONE };
  const at = (price: string): { kind: 'price'; price: Ratio } => ({ kind: 'price', price: Ratio.from(price) });
  const outcome = (solution: Solution): string =>
    solution.kind === 'found' ? solution.value.toText(12) : solution.reason;

  // 27000: wallet 3000 + 135 = 3135; 30000 / 3135 = 9.569...; 27135.678...: lev 10 exactly is just short of 27135.67
  it.each([
    ['lev', long, '27000', '9'],
    ['lev', long, '27135.67', '9'],
    ['lev', long, '27135.68', '10'],
    ['lev', { ...long, side: 'short' }, '32835.82', '10'],
    ['lev', { ...long, side: 'short' }, '32835.83', '9'],
    ['add-margin', { ...long, lev: Ratio.of(10n) }, '27000', '135'],
    ['add-margin', { ...long, margin: Ratio.of(2000n) }, '27000', '1135'],
    ['add-margin', { ...long, margin: Ratio.of(4000n) }, '27000', '-865'],
    ['add-margin', { ...long, lev: Ratio.of(10n), addMargin: Ratio.of(100n) }, '27000', '35'],
    // qty keeps 3000: 3000 / (3000 + 135) = 0.956937799...
    ['qty', { ...long, lev: Ratio.of(10n) }, '27000', '0.95693779'],
    ['qty', { ...long, margin: Ratio.of(6270n) }, '27000', '2'],
    // inverse long, N = 30000, E = 30000, target 25000: 30000/25000 - 1 + 0.005 x 1.2 = 0.206; 1/0.206 = 4.85
    ['lev', { ...long, contract: 'inverse', qty: Ratio.of(30000n) }, '25000', '4'],
    ['add-margin', { ...long, contract: 'inverse', qty: Ratio.of(30000n), lev: Ratio.of(5n) }, '25000', '0.006'],
  ] as const)('for %s of %o at %s gives %s', (unknown, terms, price, expected) => {
    expect(outcome(solve(terms, undefined, { for: unknown, target: at(price) }))).toBe(expected);
  });

  it('counts brackets at the target, not at entry', () => {
    // 10 BTC from 100,000 with 300,000 are liquidated at 70,321.61 (math.md 7, trap 1); there 703,216 is in the second bracket
    const symbol: Terms = {
      side: 'long',
      symbol: 'BTCUSDT',
      entry: Ratio.of(100000n),
      qty: Ratio.of(10n),
      lev: Ratio.of(5n),
    };
    const solution = solve(symbol, tableOf('BTCUSDT'), { for: 'add-margin', target: at('70321.60804020') });
    // 703216.080402 x 0.005 - 300 = 3216.08040201; + loss 296783.919598 - 200000
    expect(outcome(solution)).toBe('100000.00000001');
  });

  it.each([
    [{ ...long, lev: Ratio.of(10n) }, 'lev', '30000', /at or beyond the entry/],
    [{ ...long, lev: Ratio.of(10n) }, 'lev', '31000', /at or beyond the entry/],
    [{ ...long, side: 'short' as const }, 'lev', '29000', /at or beyond the entry/],
    [{ ...long, mark: Ratio.of(26000n) }, 'lev', '27000', /the mark is at or past the target/],
    [{ ...long, margin: Ratio.of(1000n) }, 'lev', '27000', /the margin is given/],
    [{ ...long, wallet: Ratio.of(1000n) }, 'lev', '27000', /cross/],
    [{ ...long, lev: Ratio.of(2n), addMargin: Ratio.of(5000n) }, 'lev', '27000', /at any leverage/],
    [
      { side: 'long' as const, entry: Ratio.of(100n), mmr: Ratio.ZERO, lev: Ratio.ONE },
      'qty',
      '90',
      /^margin is missing/,
    ],
    [
      { ...long, lev: Ratio.of(10n) },
      'add-margin',
      '29999',
      /the target needs [0-9.]+ less margin, but so much cannot be removed/,
    ],
  ])('%# cannot', (terms, unknown, price, reason) => {
    const solution = solve(terms, undefined, { for: unknown as Unknown, target: at(price) });
    expect(solution.kind).toBe('unreachable');
    expect(outcome(solution)).toMatch(reason);
  });

  it('cannot be larger than the last bracket holds', () => {
    const rich: Terms = {
      symbol: 'BTCUSDT',
      side: 'long',
      entry: Ratio.of(60_000n),
      qty: Ratio.ONE,
      margin: Ratio.from('100000000000'),
    };
    const solution = solve(rich, builtInTables.find('BTCUSDT'), { for: 'qty', target: at('30000') });
    expect(outcome(solution)).toMatch(
      /^qty: the position is worth 133895309333.3328 at entry, above the last bracket of/,
    );
  });

  const cross: Terms = { ...long, wallet: Ratio.from('3000') };
  const short: Terms = { ...long, side: 'short' };

  it.each([
    [{ ...long, lev: Ratio.of(10n) }, 'lev', '0', 'the target is not a positive price'],
    [
      { ...long, mark: Ratio.of(27000n) },
      'lev',
      '27000',
      'the mark is at or past the target; the target of a long must be below the mark',
    ],
    [
      { ...short, mark: Ratio.of(33000n) },
      'lev',
      '33000',
      'the mark is at or past the target; the target of a short must be above the mark',
    ],
    [long, 'lev', '30000', 'the target is at or beyond the entry; the target of a long must be below it'],
    [short, 'lev', '30000', 'the target is at or beyond the entry; the target of a short must be above it'],
    [cross, 'add-margin', '30000', 'the target is beyond the entry, and no mark is given'],
    [cross, 'lev', '27000', 'in cross margin the leverage does not change the liquidation price'],
    [
      { ...long, margin: Ratio.of(1000n) },
      'lev',
      '27000',
      'the margin is given, so the leverage does not change the liquidation price',
    ],
    // 3135 are just what is needed: nothing is left that a leverage would add.
    [
      { ...long, addMargin: Ratio.of(3135n) },
      'lev',
      '27000',
      'with the added margin, liquidation is beyond the target at any leverage',
    ],
    [
      { ...sizeless, lev: Ratio.ONE },
      'qty',
      '27000',
      'margin is missing (the size for a margin is solved for); give margin, wallet or lev with qty',
    ],
    [{ ...cross, othersPnl: Ratio.of(-3000n) }, 'qty', '27000', 'there is no collateral for any size'],
    // At 31000 a long from 30000 has earned more than it maintains, for any size.
    [{ ...cross, mark: Ratio.of(32000n) }, 'qty', '31000', 'no size is liquidated at the target'],
    // 30000 / (40000 + 350) = 0.743494423...; 0.000001 / 3135.
    [short, 'lev', '70000', 'the exact value is 0.74349442, which is 0 in whole numbers'],
    [
      { ...sizeless, margin: Ratio.from('0.000001') },
      'qty',
      '27000',
      'the exact value is 0.000000000318979266347687400319, which is 0 in steps of 0.00000001',
    ],
    [sizeless, 'add-margin', '27000', 'margin is missing; give lev, margin or wallet'],
  ] as const)('%# cannot, and says why', (terms, unknown, price, reason) => {
    const solution = solve(terms, undefined, { for: unknown, target: at(price) });
    expect(solution.kind).toBe('unreachable');
    expect(outcome(solution)).toBe(reason);
  });

  it('finds that nothing is missing, and the size from a notional', () => {
    const none = solve({ ...long, margin: Ratio.of(3135n) }, undefined, { for: 'add-margin', target: at('27000') });
    expect(outcome(none)).toBe('0');
    const worth: Terms = { ...sizeless, notional: Ratio.of(30000n), lev: Ratio.of(10n) };
    expect(outcome(solve(worth, undefined, { for: 'qty', target: at('27000') }))).toBe('0.95693779');
  });

  it('has no value where rounding leaves none', () => {
    const step = Ratio.of(100n);
    const solution = solve(long, undefined, { for: 'lev', target: at('27000'), step });
    expect(outcome(solution)).toBe('the exact value is 9.56937799, which is 0 in steps of 100');
  });

  it('would rather fail than give a position that is liquidated before its target', () => {
    // 27000 / 0.995 = 27135.678...; a short's 33000 / 1.005 = 32835.820...; at 1x a long is never liquidated
    const priced = (side: Terms['side'], lev: bigint, mark?: bigint) =>
      assess({ ...long, side, lev: Ratio.of(lev), ...(mark !== undefined && { mark: Ratio.of(mark) }) });
    const check = (assessment: ReturnType<typeof assess>, target: string) => () => {
      checkHolds(assessment, Ratio.from(target));
    };
    expect(check(priced('long', 10n), '27136')).not.toThrow();
    expect(check(priced('long', 10n), '27135')).toThrow('solved for 27135 and priced 27135.67839196');
    expect(check(priced('short', 10n), '32835')).not.toThrow();
    expect(check(priced('short', 10n), '32836')).toThrow('solved for 32836 and priced 32835.82089552');
    expect(check(priced('long', 1n), '1')).not.toThrow();
    expect(check(priced('long', 10n, 27000n), '27136')).toThrow('solved for 27136 and priced 27135.67839196');
    expect(check(priced('long', 1000n), '27136')).toThrow('solved for 27136');
    // equity at a price of nothing is 1 - 40000 + 30000: no price is safe
    const lost = assess({ ...long, side: 'short', wallet: Ratio.ONE, othersPnl: Ratio.of(-40000n) });
    expect(check(lost, '33000')).toThrow('solved for 33000 and priced nowhere');
  });

  it('adds to the wallet of a cross position', () => {
    const cross: Terms = { ...long, wallet: Ratio.of(3000n), othersMm: Ratio.of(100n), othersPnl: Ratio.of(-50n) };
    const solution = solve(cross, undefined, { for: 'add-margin', target: at('27000') });
    expect(outcome(solution)).toBe('285');
    expect(assess({ ...cross, wallet: Ratio.of(3285n) }).price?.toText(8)).toBe('27000');
  });
});

function tableOf(symbol: string): Case['table'] {
  return builtInTables.find(symbol);
}
