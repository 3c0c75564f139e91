import { Ratio } from '../ratio.js';
import { marginWords, missingAt } from '../risk-margin.js';
import { liquidationArticle, reducingRisk } from '../risk-sources.js';
import { farthestStop, losingBound, stopAdvice, stopOf, type Stop } from '../risk-stops.js';
import { figure, plain, priceOn, priceText, roundedUp } from '../risk-words.js';
import type { Judgement, Rule, SettingValues } from './rule.js';
import type { RiskPosition } from './subject.js';

/** Whether the stop is reached before liquidation, with room between them. */
export const stopBeforeLiquidation: Rule = {
  title: 'room between the stop and liquidation, of the stop price',
  reason:
    'A stop beyond the liquidation price is never reached. One just before it may fill too late. Liquidation goes by the ' +
    'mark price; the last price differs from it, often by 0.2 to 0.8 % in a fast market, so a stop on the last price ' +
    'needs the larger buffer. It is the buffer that counts where an order at the stop is known to go by the last price. A stop that ' +
    'the mark is at or past already protects nothing: it belongs below the mark for a long, above it for a short (judged where the mark is known).',
  source: `${liquidationArticle('managing 1')}; ${reducingRisk('orders 1 and FAQ')}`,
  needs: ['stop'],
  unit: '%',
  settings: {
    buffer: { default: '0.5', meaning: 'warn: least room, % of the stop price' },
    lastPriceBuffer: { default: '0.8', meaning: 'the same for a stop on the last price' },
  },
  fires: 'below',
  scope: 'position',
  judge: ({ position, settings }): Judgement => {
    const stop = stopOf(position);
    if (stop.kind === 'unknown' || stop.kind === 'trailing') return { kind: 'lacks', data: ['stop'] };
    if (stop.kind === 'none') return { kind: 'idle' };
    const { assessed } = position;
    const buffer = bufferOf(stop, settings);
    if (stop.kind === 'misplaced') return misplaced(position, stop.price, buffer);
    const { range } = assessed;
    if (range.kind === 'nowhere') return nowhere(position, stop.price, buffer);
    const bound = losingBound(range, assessed.position);
    if (!bound) return { kind: 'ok' };
    const isLong = assessed.position.side === 'long';
    const room = isLong ? stop.price.minus(bound) : bound.minus(stop.price);
    const value = room.over(stop.price).times(Ratio.HUNDRED);
    if (!value.isBelow(buffer)) return { kind: 'ok', value };
    const [severity, limit] = value.sign() < 0 ? (['error', Ratio.ZERO] as const) : (['warn', buffer] as const);
    const message = words(value, { stop: plain(stop.price), bound: priceText(bound, assessed.position), buffer });
    const advice = adviceFor(position, { stop: stop.price, bound, buffer });
    return { kind: 'finding', severity, value, limit, message, advice };
  },
};

function misplaced({ assessed }: RiskPosition, stop: Ratio, buffer: Ratio): Judgement {
  const mark = plain(assessed.reference);
  return {
    kind: 'finding',
    severity: 'error',
    message: `the stop at ${plain(stop)} is on the wrong side of the mark ${mark}: it triggers at once, or is a take-profit`,
    advice: stopAdvice(assessed, buffer),
  };
}

function bufferOf(
  { orders }: Pick<Extract<Stop, { kind: 'at' }>, 'orders'>,
  { buffer, lastPriceBuffer }: SettingValues,
): Ratio {
  const isOnLast = orders.some(({ workingType }) => workingType !== 'MARK_PRICE');
  const set = isOnLast ? lastPriceBuffer : buffer;
  return set instanceof Ratio ? set : Ratio.ZERO;
}

function words(value: Ratio, of: { readonly stop: string; readonly bound: string; readonly buffer: Ratio }): string {
  const { stop, bound, buffer } = of;
  if (value.sign() < 0) {
    return `the stop at ${stop} is ${figure(value.negated())} % beyond the liquidation price ${bound}: it is never reached`;
  }
  if (value.sign() === 0) return `the stop at ${stop} is at the liquidation price ${bound}`;
  return `the stop at ${stop} is ${figure(value, buffer)} % before liquidation at ${bound}, the least is ${plain(buffer)} %`;
}

function nowhere({ assessed: { position } }: RiskPosition, stop: Ratio, buffer: Ratio): Judgement {
  return {
    kind: 'finding',
    severity: 'error',
    message: 'equity is at or below the maintenance margin at every price: the stop is never reached',
    advice: addition(position, stop, buffer),
  };
}

/** The margin that moves liquidation beyond the stop. */
function addition(position: RiskPosition['assessed']['position'], stop: Ratio, buffer: Ratio): string {
  const share = stop.times(buffer).over(Ratio.HUNDRED);
  const price = position.side === 'long' ? stop.minus(share) : stop.plus(share);
  if (price.sign() <= 0) return 'close the position';
  return `add ${plain(roundedUp(missingAt(position, price)))} ${marginWords(position)}`;
}

function adviceFor(
  { assessed: { position, reference } }: RiskPosition,
  { stop, bound, buffer }: { readonly stop: Ratio; readonly bound: Ratio; readonly buffer: Ratio },
): string {
  const isLong = position.side === 'long';
  const nearest = isLong ? 'higher' : 'lower';
  const more = addition(position, stop, buffer);
  const exact = farthestStop(position.side, bound, buffer);
  const moved = exact && priceOn(nearest, exact, position);
  const hasRoom = moved && (isLong ? moved.isBelow(reference) : moved.isAbove(reference));
  return hasRoom ? `stop at ${plain(moved)} or ${nearest}, or ${more}` : more;
}
