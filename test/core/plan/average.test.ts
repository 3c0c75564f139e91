import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../share.js';
import { contracts } from '../../../src/core/contracts/index.js';
import { average, type Fill } from '../../../src/core/plan/average.js';
import { Ratio } from '../../../src/core/ratio.js';
import { add, decimal, div, fraction, mul, order, sub, type Fraction } from './exact.js';

const fills = (text: string): Fill[] =>
  text.split(' ').map((each) => {
    const [qty = '', price = ''] = each.split('@');
    return { qty: Ratio.from(qty), price: Ratio.from(price) };
  });
const of = (ratio: Ratio): Fraction => fraction(ratio.numerator, ratio.denominator);

function told(text: string, contract: keyof typeof contracts = 'linear'): string {
  const { holding, realizedPnl, effects } = average(fills(text), contracts[contract]);
  const held =
    holding.kind === 'flat' ? 'flat' : `${holding.side} ${holding.qty.toText(8)} @ ${holding.entry.toText(8)}`;
  return `${held}; ${realizedPnl.toText(8)}; ${effects.join(' ')}`;
}

describe('average', () => {
  it.each([
    ['1@100 1@200', 'long 2 @ 150; 0; opens adds'],
    ['-1@100 -3@200', 'short 4 @ 175; 0; opens adds'],
    // a reduction keeps the entry and takes its profit
    ['1@100 1@200 -1@180', 'long 1 @ 150; 30; opens adds reduces'],
    ['1@100 1@200 -1@180 1@250', 'long 2 @ 200; 30; opens adds reduces adds'],
    ['-2@100 1@90', 'short 1 @ 100; 10; opens reduces'],
    // a flip closes all and opens the rest at its price
    ['1@100 -3@120', 'short 2 @ 120; 20; opens flips'],
    ['-1@100 3@120', 'long 2 @ 120; -20; opens flips'],
    ['1@100 -1@120', 'flat; 20; opens closes'],
    ['1@100 -1@120 2@130', 'long 2 @ 130; 20; opens closes opens'],
    ['1@1 1@1 1@2', 'long 3 @ 1.33333333; 0; opens adds adds'],
  ])('%s: %s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  it('is harmonic for inverse contracts', () => {
    // 2 contracts over 1/100 + 1/200; closing one at 200 earns 0.0075 - 0.005
    expect(told('1@100 1@200', 'inverse')).toBe('long 2 @ 133.33333333; 0; opens adds');
    expect(told('1@100 1@200 -1@200', 'inverse')).toBe('long 1 @ 133.33333333; 0.0025; opens adds reduces');
  });

  it('counts the multiplier of contracts', () => {
    const { realizedPnl } = average(fills('2@100 -1@200'), contracts.inverse, Ratio.of(100n));
    expect(realizedPnl.toText(8)).toBe('0.5');
  });

  it('realized and open profit together are what was paid and received: 5,000 cases', () => {
    const fill = fc.record({
      qty: fc.integer({ min: -50, max: 50 }).filter((qty) => qty !== 0),
      price: fc.integer({ min: 1, max: 500 }),
    });
    fc.assert(
      fc.property(
        fc.array(fill, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 500 }),
        fc.boolean(),
        (list, mark, inverse) => {
          const given = list.map(({ qty, price }) => ({ qty: Ratio.of(BigInt(qty)), price: Ratio.of(BigInt(price)) }));
          const { holding, realizedPnl } = average(given, inverse ? contracts.inverse : contracts.linear);
          const one = decimal('1');
          const earned = (qty: Fraction, from: Fraction): Fraction => {
            const at = fraction(BigInt(mark));
            return mul(qty, inverse ? sub(div(one, from), div(one, at)) : sub(at, from));
          };
          const cash = list.reduce(
            (sum, { qty, price }) => add(sum, earned(fraction(BigInt(qty)), fraction(BigInt(price)))),
            decimal('0'),
          );
          const net = list.reduce((sum, { qty }) => sum + qty, 0);
          if (holding.kind === 'flat') {
            expect(net).toBe(0);
            expect(order(of(realizedPnl), cash)).toBe(0);
          } else {
            expect(holding.side).toBe(net > 0 ? 'long' : 'short');
            expect(holding.qty.toText(0)).toBe(String(Math.abs(net)));
            expect(order(add(of(realizedPnl), earned(fraction(BigInt(net)), of(holding.entry))), cash)).toBe(0);
          }
        },
      ),
      { numRuns: runs(5000) },
    );
  });
});
