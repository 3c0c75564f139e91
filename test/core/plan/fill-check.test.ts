import { describe, expect, it } from 'vitest';
import { contracts } from '../../../src/core/contracts/index.js';
import { contradictionOf, type ReportedFill } from '../../../src/core/plan/fill-check.js';
import { Ratio } from '../../../src/core/ratio.js';

/** `0.01@47263.4=27.384` is a purchase of which the exchange says that it took 27.384. */
const fillsOf = (text: string, leg?: 'long' | 'short'): ReportedFill[] =>
  text.split(' ').map((each) => {
    const [trade = '', profit] = each.split('=');
    const [qty = '', price = ''] = trade.split('@');
    const realizedPnl = profit === undefined ? undefined : Ratio.from(profit);
    return { qty: Ratio.from(qty), price: Ratio.from(price), leg, realizedPnl };
  });

function found(fills: ReportedFill[], contract: keyof typeof contracts, multiplier = '1'): string {
  const fault = contradictionOf(fills, contracts[contract], Ratio.from(multiplier));
  return fault === undefined ? 'whole' : `${fault.kind} at ${fills.indexOf(fault.fill) + 1}`;
}

describe('what an exchange reports about fills', () => {
  it.each([
    // the round trip that is in a comment of ccxt's binance.js: 0.01 x (47263.4 - 44525) = 27.384
    ['0.01@44525=0 -0.01@47263.4=27.384', 'whole'],
    ['-0.01@47263.4=27.384', 'closes-nothing at 1'],
    // a purchase before the first one shown: 2 at an average of 90, not 1 at 100
    ['1@100=0 -1@120=30', 'other-profit at 2'],
    // adding to a short is not selling a long
    ['1@100=0 -1@120=0', 'other-profit at 2'],
    ['1@100=0 1@110=-5', 'closes-nothing at 2'],
    ['1@100=0 1@200=0 -1@180=30 -2@140=-10', 'whole'],
    ['1@100=0 1@200=0 -1@180=30 -2@140=-10 1@130=-10', 'other-profit at 5'],
    ['1@100=0 1@200=0 -1@180=30 -2@140=-10 1@130=10 3@150=0', 'whole'],
    // no profit is reported: nothing to compare
    ['1@100 -1@120', 'whole'],
    ['-1@120 1@100=20', 'whole'],
    ['-1@120 1@100=-20', 'other-profit at 2'],
    // an average of 1/3 that the exchange rounds: 1.33333333 x 3
    ['1@1=0 1@1=0 1@2=0 -3@2=2.00000001', 'whole'],
    ['1@1=0 1@1=0 1@2=0 -3@2=2.0001', 'other-profit at 4'],
  ])('%s: %s', (text, expected) => {
    expect(found(fillsOf(text), 'linear')).toBe(expected);
  });

  it.each([
    ['-0.01@47263.4', 'long', 'wrong-side at 1'],
    ['1@100 -1.5@100', 'long', 'wrong-side at 2'],
    ['1@100 -1@100 1@100', 'long', 'whole'],
    ['0.01@47263.4', 'short', 'wrong-side at 1'],
    ['-1@100 1@100', 'short', 'whole'],
    ['-1@100 1@100 0.5@100', 'short', 'wrong-side at 3'],
  ] as const)('%s of a %s leg: %s', (text, leg, expected) => {
    expect(found(fillsOf(text, leg), 'linear')).toBe(expected);
  });

  it.each([
    // 2 x 100 USD from 1/40000 to 1/50000 are 0.001 coins
    ['2@40000=0 -2@50000=0.001', 'whole'],
    ['-2@40000=0 2@50000=-0.001', 'whole'],
    ['2@40000=0 -2@50000=0.00099', 'other-profit at 2'],
    ['-2@50000=0.001', 'closes-nothing at 1'],
  ])('%s of contracts of 100: %s', (text, expected) => {
    expect(found(fillsOf(text), 'inverse', '100')).toBe(expected);
  });
});
