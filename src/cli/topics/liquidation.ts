import { hang, wrap } from '../../report/text/lines.js';
import { page } from '../help/listing.js';
import type { Topic } from './topic.js';

const STEPS = [
  'The mark price reaches the liquidation price: equity equals maintenance margin, and the margin ratio is 100 %. The last price does not count; it often differs by 0.2 to 0.8 % in a fast market. The exchange may send a margin call before, usually at 80 %; it may be late or not arrive.',
  'All open orders are cancelled, stops too. The margin that they held becomes free, and sometimes that is enough.',
  'The position is reduced by orders of the exchange. A large position may be reduced in steps: a smaller one has a lower bracket and needs less maintenance margin. It stops as soon as the margin ratio is below 100 %.',
  'A liquidation fee is charged on what was liquidated (--liq-fee). It is never part of the price at Binance, only of the loss.',
  'The insurance fund takes over what the orders cannot close before the bankruptcy price, where equity is zero. It pays what is missing: a negative account goes back to zero.',
  'Auto-deleveraging comes only if the fund is not enough: positions of other traders on the other side are closed at the bankruptcy price, those with much profit and a high margin ratio first (rule adl of liqcalc check).',
];

const CLOSING = [
  'An isolated position loses at most its margin. A cross position can take the whole wallet.',
  'A liquidation price cannot be chosen: it follows from entry, leverage, maintenance and margin. What you can change is the size, the leverage, the margin and the stop (liqcalc size, solve).',
  'More, with sources and the differences between venues: docs/liquidation.md.',
];

/** What the exchange does, in order, when a position is liquidated. */
export const topic: Topic = {
  text: ({ width, paint }) =>
    page([
      paint.strong('What happens in a liquidation'),
      ...STEPS.flatMap((step, index) => ['', ...hang(`${index + 1}. `, step, width)]),
      ...CLOSING.flatMap((text) => ['', ...wrap(text, width)]),
    ]),
};
