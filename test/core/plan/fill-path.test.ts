import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contracts } from '../../../src/core/contracts/index.js';
import { average } from '../../../src/core/plan/average.js';
import { fillPath } from '../../../src/core/plan/fill-path.js';
import { Ratio } from '../../../src/core/ratio.js';
import { average as averageOf } from '../../../src/plan.js';
import { SEED } from '../../seed.js';
import { run } from '../../cli/run.js';
import { add, decimal, div, fraction, mul, order, sub, type Fraction } from './exact.js';

const fill = fc.record({
  qty: fc.integer({ min: -50, max: 50 }).filter((qty) => qty !== 0),
  price: fc.integer({ min: 1, max: 500 }),
});

describe('the path of fills', () => {
  it('is at each fill what average answers for the fills so far, in both contracts', () => {
    fc.assert(
      fc.property(
        fc.array(fill, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(contracts.linear, contracts.inverse),
        fc.constantFrom(1n, 100n),
        (list, contract, multiplier) => {
          const fills = list.map(({ qty, price }) => ({ qty: Ratio.of(BigInt(qty)), price: Ratio.of(BigInt(price)) }));
          fillPath(fills, contract, Ratio.of(multiplier)).forEach((step, index) => {
            const whole = average(fills.slice(0, index + 1), contract, Ratio.of(multiplier));
            expect(step.effect).toBe(whole.effects.at(-1));
            expect(step.realizedPnl.compare(whole.realizedPnl)).toBe(0);
            expect(step.holding.kind).toBe(whole.holding.kind);
            if (step.holding.kind === 'flat' || whole.holding.kind === 'flat') return;
            expect(step.holding.side).toBe(whole.holding.side);
            expect(step.holding.qty.compare(whole.holding.qty)).toBe(0);
            expect(step.holding.entry.compare(whole.holding.entry)).toBe(0);
          });
        },
      ),
      { seed: SEED, numRuns: 500 },
    );
  });

  /**
   * A ladder of buys at falling prices, from the text of the rule: the average entry, the price where the isolated margin
   * `q E / lev` and the loss leave the maintenance `r q p`, and whether the next buy lies at or below it.
   */
  it('has the prices of the rule, and says whether liquidation comes before the next fill', () => {
    const ladder = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 99 })), {
      minLength: 2,
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        ladder,
        fc.integer({ min: 2, max: 60 }),
        fc.constantFrom('long' as const, 'short' as const),
        (rungs, lev, side) => {
          const sign = side === 'long' ? 1n : -1n;
          const prices = rungs.map(([, step], index) => 1000 - Number(sign) * (index * 40 + (step % 40)));
          const fills = rungs.map(([qty], index) => `${sign * BigInt(qty)}@${prices[index] as number}`);
          const { path = [] } = averageOf({ fill: fills, lev, mmr: '0.5', path: true }, { decimals: 20 });
          let [size, cost] = [fraction(0n), fraction(0n)];
          rungs.forEach(([qty], index) => {
            size = add(size, fraction(BigInt(qty)));
            cost = add(cost, mul(fraction(BigInt(qty)), fraction(BigInt(prices[index] as number))));
            const margin = div(cost, fraction(BigInt(lev)));
            const rate = decimal('0.005');
            const [one, both] = [fraction(1n), side === 'long' ? sub(cost, margin) : add(cost, margin)];
            const price = div(both, mul(size, side === 'long' ? sub(one, rate) : add(one, rate)));
            const row = path[index];
            expect(near(row?.liquidationPrice?.toFixed(), price)).toBe(true);
            expect(near(row?.entry?.toFixed(), div(cost, size))).toBe(true);
            const next = prices[index + 1];
            if (next === undefined) expect(row?.liquidatedBeforeNext).toBeUndefined();
            else {
              const isPast = (at: number): boolean => order(fraction(BigInt(at)), price) * Number(sign) <= 0;
              expect(row?.liquidatedBeforeNext).toBe(isPast(next) || isPast(prices[index] as number));
            }
          });
        },
      ),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('counts a next fill exactly at the liquidation price', () => {
    // long 1 at 1000, 10x, no maintenance: 900
    const at = (price: string): unknown =>
      averageOf({ fill: ['1@1000', `1@${price}`], lev: '10', mmr: '0', path: true }).path?.[0]?.liquidatedBeforeNext;
    expect([at('900.01'), at('900'), at('899.99')]).toEqual([false, true, true]);
  });

  it('begins with the position before the fills, and ends flat or turned', async () => {
    const { stdout } = await run([
      'average',
      '--open',
      '2@100',
      '--fill',
      '-2@90',
      '--fill',
      '-1@80',
      '--lev',
      '5',
      '--mmr',
      '1',
      '--path',
      '--format',
      'csv',
    ]);
    const [head = '', ...rows] = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const column = (name: string): (string | undefined)[] => rows.map((row) => row[head.indexOf(name)]);
    expect(column('fill')).toEqual(['0', '1', '2']);
    expect(column('side')).toEqual(['long', '', 'short']);
    expect(column('realizedPnl')).toEqual(['0', '-20', '-20']);
    expect(column('liquidationPrice')).toEqual(['80.80808081', '', '95.04950495']);
    expect(column('liquidatedBeforeNext')).toEqual(['false', '', '']);
  });

  it('says first that the path is liquidated, and marks the fills after it', async () => {
    const fills = ['0.1@60000', '0.1@58000', '0.1@56000'].flatMap((each) => ['--fill', each]);
    const { stdout } = await run(['average', ...fills, '--lev', '20', '--mmr', '0.4', '--path']);
    // 59000 x 0.95 / 0.996 = 56275.10, above the third fill.
    expect(stdout).toMatch(/^Liquidated +at 56275\.10, before fill 3 at 56000;/);
    expect(stdout).toMatch(/^ +3 +0\.1 +56000 .*not reached$/m);
    expect(stdout.match(/Liquidated/g)).toHaveLength(1);
    expect(stdout).not.toContain('Bankruptcy');
    const unpriced = await run(['average', ...fills, '--path']);
    expect(unpriced.stdout).toMatch(/^Hint +give --lev, --margin or --wallet/m);
  });

  it('follows the contract of an inverse symbol', () => {
    const { path = [] } = averageOf({
      fill: ['100@25000', '100@20000'],
      contract: 'inverse',
      multiplier: '100',
      lev: '10',
      mmr: '0.4',
      path: true,
    });
    // N (1 + r) / (N/E + C): 100 contracts of 100 at 25000 with 0.04 BTC; 200 at 22222.2 with 0.09
    expect(path.map(({ entry, liquidationPrice }) => [entry?.toFixed(2), liquidationPrice?.toFixed(4)])).toEqual([
      ['25000.00', '22818.1818'],
      ['22222.22', '20282.8283'],
    ]);
    expect(path[0]?.liquidatedBeforeNext).toBe(true);
  });
});

/** Whether a decimal is a fraction rounded to 20 decimals. */
function near(text: string | undefined, exact: Fraction): boolean {
  if (text === undefined) return false;
  const distance = sub(decimal(text), exact);
  const limit = fraction(1n, 2n * 10n ** 20n);
  return order(distance, limit) <= 0 && order(distance, sub(fraction(0n), limit)) >= 0;
}
