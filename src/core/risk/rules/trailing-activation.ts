import { averageTrueRange } from '../../plan/atr.js';
import type { Position } from '../../position.js';
import { Ratio } from '../../ratio.js';
import { isClosing } from '../orders.js';
import { lacks, measured, reducingRisk, type Order, type Rule } from '../rule.js';
import { activationRoom } from '../stops.js';
import { figure, plain, priceOn } from '../words.js';

const PERIOD = 14;

/** How far the activation of a trailing stop is from the mark, in average true ranges. */
export const trailingActivation: Rule = {
  title: 'activation of a trailing stop from the mark, over ATR(14)',
  reason:
    'A trailing stop that is activated within the ordinary range of the price is triggered by noise. One and a half ' +
    'average true ranges (Wilder, 14 candles; the first one counts its high less its low, or with the seed second-bar not) keep it out of that. An ' +
    'activation that the mark has passed has happened: it is well, and needs no candles.',
  source: reducingRisk('orders 2'),
  needs: ['orders', 'candles', 'mark'],
  unit: 'ATR',
  settings: { error: { default: '1.5' } },
  comparison: 'below',
  scope: 'position',
  judge: ({ input, position: { assessed, data } }) => {
    const { position } = assessed;
    if (!data.orders) return lacks({ orders: data.orders, candles: data.candles });
    const activations = activationsOf(data.orders, position);
    if (activations.length === 0) return { kind: 'ok' };
    const { mark } = position;
    const room = leastRoom(activations, position);
    if (mark && !room) return { kind: 'ok' };
    const atr = averageTrueRange(data.candles ?? [], PERIOD, input.atrSeed ?? 'first-bar');
    if (!mark || !room || !atr) return lacks({ candles: atr, mark });
    if (atr.sign() === 0) return { kind: 'ok' };
    const value = room.over(atr);
    return measured(value, ({ limit }) => ({
      message: `the trailing stop is activated ${figure(value, limit)} ATR from the mark ${plain(mark)}, the least is ${plain(limit)}; ATR(14) is ${figure(atr)}`,
      advice: adviceFor(position, mark, atr.times(limit)),
    }));
  },
};

function activationsOf(orders: readonly Order[], position: Position): readonly Ratio[] {
  return orders.flatMap((order) => {
    const isTrailing = order.type === 'TRAILING_STOP_MARKET' && isClosing(order, position);
    return isTrailing && order.activation ? [order.activation] : [];
  });
}

/** The distance from the mark to the nearest activation still ahead; zero at the mark. */
function leastRoom(activations: readonly Ratio[], position: Position): Ratio | undefined {
  const rooms = activations.flatMap((activation) => activationRoom(activation, position) ?? []);
  return Ratio.least(rooms.filter((room) => room.sign() >= 0));
}

function adviceFor(position: Position, mark: Ratio, distance: Ratio): string {
  const isLong = position.side === 'long';
  const exact = isLong ? mark.plus(distance) : mark.minus(distance);
  const price = priceOn(isLong ? 'higher' : 'lower', exact, position);
  if (price.sign() <= 0) return 'trail from the start: no positive price is so far away';
  return `activate at ${plain(price)} or ${isLong ? 'higher' : 'lower'}`;
}
