import { averageTrueRange } from '../../plan/atr.js';
import type { Position } from '../../position.js';
import type { Ratio } from '../../ratio.js';
import { breachedLimit } from '../limits.js';
import { isClosing } from '../orders.js';
import { reducingRisk } from '../sources.js';
import { activationRoom } from '../stops.js';
import { figure, plain, priceOn } from '../words.js';
import type { Datum, Judgement, Rule } from '../rule.js';
import type { Order } from '../input.js';

const COMPARISON = 'below';
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
  comparison: COMPARISON,
  scope: 'position',
  judge: ({ input, position: { assessed, data }, settings }): Judgement => {
    const { position } = assessed;
    if (!data.orders) return { kind: 'lacks', data: ['orders', ...(data.candles ? [] : ['candles' as const])] };
    const activations = activationsOf(data.orders, position);
    if (activations.length === 0) return { kind: 'ok' };
    const { mark } = position;
    const room = leastRoom(activations, position);
    if (mark && !room) return { kind: 'ok' };
    const atr = averageTrueRange(data.candles ?? [], PERIOD, input.atrSeed ?? 'first-bar');
    const lacking: readonly Datum[] = [...(atr ? [] : ['candles' as const]), ...(mark ? [] : ['mark' as const])];
    if (!mark || !room || !atr) return { kind: 'lacks', data: lacking };
    const value = atr.sign() > 0 ? room.over(atr) : undefined;
    const breach = value && breachedLimit(value, settings, COMPARISON);
    if (!value || !breach) return { kind: 'ok', value };
    const message = `the trailing stop is activated ${figure(value, breach.limit)} ATR from the mark ${plain(mark)}, the least is ${plain(breach.limit)}; ATR(14) is ${figure(atr)}`;
    return { kind: 'finding', ...breach, value, message, advice: adviceFor(position, mark, atr.times(breach.limit)) };
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
  const [first, ...others] = rooms.filter((room) => room.sign() >= 0);
  return first && others.reduce((least, each) => least.min(each), first);
}

function adviceFor(position: Position, mark: Ratio, distance: Ratio): string {
  const isLong = position.side === 'long';
  const exact = isLong ? mark.plus(distance) : mark.minus(distance);
  const price = priceOn(isLong ? 'higher' : 'lower', exact, position);
  if (price.sign() <= 0) return 'trail from the start: no positive price is so far away';
  return `activate at ${plain(price)} or ${isLong ? 'higher' : 'lower'}`;
}
