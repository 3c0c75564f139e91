import { describe, expect, it } from 'vitest';
import type { contracts } from '../../../src/core/contracts/index.js';
import { maxOpen } from '../../../src/core/plan/max-open.js';
import type { OrderType } from '../../../src/core/plan/order-cost.js';
import { Ratio } from '../../../src/core/ratio.js';

const r = (text: string): Ratio => Ratio.from(text);

interface Order {
  readonly side: 'long' | 'short';
  readonly entry: string;
  readonly mark?: string;
  readonly last?: string;
  readonly order?: OrderType;
  readonly contract?: keyof typeof contracts;
}

/** What a balance opens at 20x: size, assumed price, margin, open loss. */
function opened(balance: string, { side, entry, mark, last, order, contract }: Order): string {
  const most = maxOpen(
    { side, entry: r(entry), lev: r('20'), ...(mark && { mark: r(mark) }), ...(contract && { contract }) },
    undefined,
    { balance: r(balance), order, last: last === undefined ? undefined : r(last) },
  );
  return [most.qty, most.assumedPrice, most.margin, most.openLoss].map((each) => each.toText(8)).join(' ');
}

// Binance, "Cost required to open a position": order 9253.30, mark 9259.84, last 9258.99, 20x, 1 BTC. Margin of the long
// 462.66 (462.665), open loss 0; open loss of the short 6.54, margin at max(9258.99 x 1.0015, 9259.84, 9253.30).
const PAGE = { entry: '9253.30', mark: '9259.84', last: '9258.99' } as const;

describe('the cost of an order', () => {
  it.each([
    ['462.665', { side: 'long', ...PAGE }, '1 9253.3 462.665 0'],
    ['470.18392425', { side: 'short', ...PAGE }, '1 9272.878485 463.64392425 6.54'],
    ['470.18', { side: 'short', ...PAGE }, '0.99999165 9272.878485 463.64005282 6.53994539'],
    // a limit long above the mark loses 100 at once: 1000 / 20 + 100
    ['150', { side: 'long', entry: '1000', mark: '900' }, '1 1000 50 100'],
    ['50', { side: 'long', entry: '1000', mark: '1100' }, '1 1000 50 0'],
    // no mark and no last price: the entry replaces both
    ['50.075', { side: 'short', entry: '1000' }, '1 1001.5 50.075 0'],
    ['50.075', { side: 'short', entry: '1000', order: 'market' }, '1 1001.5 50.075 0'],
    // the mark replaces the last price: 1010 x 1.0015; open loss 10
    ['60.57575', { side: 'short', entry: '1000', mark: '1010' }, '1 1011.515 50.57575 10'],
    // the highest of the three: the mark, the price of the order
    ['60.5', { side: 'short', entry: '1000', mark: '1010', last: '1000' }, '1 1010 50.5 10'],
    ['50', { side: 'short', entry: '1000', mark: '990', last: '990' }, '1 1000 50 0'],
    // a market long: the best ask x 1.0005, and the higher of entry and last price is taken for it
    ['50.025', { side: 'long', entry: '1000', order: 'market' }, '1 1000.5 50.025 0'],
    [
      '50.5255',
      { side: 'long', entry: '1000', last: '1010.005', order: 'market' },
      '0.99999999 1010.5100025 50.52549962 0',
    ],
    // contracts of 1 USD, in coin: 1/1000 over 20; open loss 1/1000 - 1/1250
    ['0.05', { side: 'short', entry: '1000', contract: 'inverse' }, '1000 1000 0.05 0'],
    ['0.25', { side: 'short', entry: '1000', mark: '1250', contract: 'inverse' }, '1000 1000 0.05 0.2'],
    ['0.3', { side: 'long', entry: '1000', mark: '800', contract: 'inverse' }, '1000 1000 0.05 0.25'],
  ] as const)('%s of %j: %s', (balance, order, expected) => {
    expect(opened(balance, order)).toBe(expected);
  });
});
