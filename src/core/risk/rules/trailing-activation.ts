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
  title: 'distance from the mark to the activation of a trailing stop, in ATR(14)',
  reason:
    'Ordinary moves of the price trigger a trailing stop that is activated too early. An activation at least one ' +
    'and a half average true ranges away avoids this (Wilder, 14 candles; the true range of the first candle is its ' +
    'high minus its low, or the first candle does not count with the seed second-bar). An activation that the mark ' +
    'has already passed is fine and needs no candles.',
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
      message: `the trailing stop is activated ${figure(value, limit)} ATR from the mark ${plain(mark)}; it should be at least ${plain(limit)}; ATR(14) is ${figure(atr)}`,
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
  if (price.sign() <= 0)
    return 'let the stop trail from the start: no positive price is far enough away for an activation';
  return `set the activation to ${plain(price)} or ${isLong ? 'higher' : 'lower'}`;
}
