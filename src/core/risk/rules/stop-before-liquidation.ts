import { missingAt, quantityOf } from '../../position.js';
import { Ratio } from '../../ratio.js';
import { neededStops } from '../coverage.js';
import { marginAdvice } from '../margin.js';
import {
  liquidationArticle,
  reducingRisk,
  type Judgement,
  type Order,
  type PositionCase,
  type RiskPosition,
  type Rule,
  type SettingValues,
} from '../rule.js';
import {
  farthestStop,
  losingBound,
  standingStops,
  stopAdvice,
  stopOf,
  type StandingStops,
  type Stop,
} from '../stops.js';
import { figure, plain, priceOn, priceText, roundedUp } from '../words.js';

/** Whether the stop is reached before liquidation, with enough room between them. */
export const stopBeforeLiquidation: Rule = {
  title: 'distance from the stop to liquidation, in percent of the stop price',
  reason:
    'A stop at the liquidation price or beyond it is never reached. A stop just before it may fill too late. If ' +
    'several stops are needed to close the size, each of them is checked. Liquidation depends on the mark price. ' +
    'The last price differs from it, often by 0.2 to 0.8 % in a fast market, so a stop that the last price triggers ' +
    'needs a larger buffer: lastPriceBuffer applies if stopOn is last, or if an order at the stop is triggered by ' +
    'the last price. A stop that the mark has reached or passed gives no protection: the stop of a long must be ' +
    'below the mark, the stop of a short above it. This is checked if the mark is known.',
  source: `${liquidationArticle('managing 1')}; ${reducingRisk('orders 1 and FAQ (last price)')}`,
  needs: ['stop'],
  unit: '%',
  settings: {
    buffer: { default: '0.5', meaning: 'warn: least distance, % of the stop price' },
    lastPriceBuffer: { default: '0.8', meaning: 'the same for a stop that the last price triggers' },
  },
  comparison: 'below',
  scope: 'position',
  judge: (of) => {
    const { position, settings } = of;
    const stop = stopOf(position);
    if (stop.kind === 'unknown' || stop.kind === 'trailing') return { kind: 'lacks', data: ['stop'] };
    if (stop.kind === 'none') return { kind: 'idle' };
    const { assessed } = position;
    if (stop.kind === 'misplaced') return misplaced(position, stop.price, bufferOf(stop, position, settings));
    const { range } = assessed;
    if (range.kind === 'nowhere') return nowhere(of, stop.price, bufferOf(stop, position, settings));
    const bound = losingBound(range, assessed.position);
    if (!bound) return { kind: 'ok' };
    const rooms = judgedStops(stop, position).map((each) => roomOf(each, bound, position, settings));
    const worst = rooms.findLast(isBeyond) ?? rooms.findLast(isNear);
    if (!worst) return { kind: 'ok', value: rooms.at(-1)?.value };
    const { value, price, buffer } = worst;
    const [severity, limit] = isBeyond(worst) ? (['error', Ratio.ZERO] as const) : (['warn', buffer] as const);
    const lost = rooms.filter(isBeyond).flatMap(({ quantity }) => quantity ?? []);
    const message = words(value, { stop: plain(price), bound: priceText(bound, assessed.position), buffer });
    const advice = adviceFor(of, { stop: price, bound, buffer });
    return { kind: 'finding', severity, value, limit, message: message + uncoveredWords(assessed, lost), advice };
  },
};

/** A stop with its room to liquidation. */
interface Room {
  readonly price: Ratio;
  /** What it closes, if the orders give it. */
  readonly quantity?: Ratio | undefined;
  /** % of the stop price: zero or negative if the stop is not reached. */
  readonly value: Ratio;
  readonly buffer: Ratio;
}

const isBeyond = ({ value }: Room): boolean => value.sign() <= 0;
const isNear = ({ value, buffer }: Room): boolean => value.isBelow(buffer);

/** A stop to check: the given one, or each order that is needed to close the size. */
type Judged = Pick<Room, 'price' | 'quantity'> & { readonly orders: readonly Order[] };

function judgedStops(stop: Extract<Stop, { kind: 'at' }>, position: RiskPosition): readonly Judged[] {
  if (position.data.stop instanceof Ratio) return [stop];
  // Without a given price, the stop comes from the orders.
  const { stops } = standingStops(position) as StandingStops;
  return neededStops(stops, quantityOf(position.assessed)).map(({ price, quantity, closes, order }) => ({
    price,
    quantity: closes && quantity,
    orders: [order as Order],
  }));
}

function roomOf(judged: Judged, bound: Ratio, position: RiskPosition, settings: SettingValues): Room {
  const { price, quantity } = judged;
  const isLong = position.assessed.position.side === 'long';
  const room = isLong ? price.minus(bound) : bound.minus(price);
  const buffer = bufferOf(judged, position, settings);
  return { price, quantity, value: room.over(price).percent(), buffer };
}

/** The size that stops leave uncovered because they are not reached. */
function uncoveredWords(assessed: RiskPosition['assessed'], quantities: readonly Ratio[]): string {
  if (quantities.length === 0) return '';
  return `; ${plain(Ratio.sum(quantities))} of ${plain(quantityOf(assessed))} is not covered`;
}

function misplaced({ assessed }: RiskPosition, stop: Ratio, buffer: Ratio): Judgement {
  const mark = plain(assessed.reference);
  return {
    kind: 'finding',
    severity: 'error',
    message: `the stop at ${plain(stop)} is on the wrong side of the mark ${mark}: it triggers at once, or it is a take-profit`,
    advice: stopAdvice(assessed, buffer),
  };
}

/** The data of the stop takes precedence over its orders. */
function bufferOf(
  { orders }: Pick<Judged, 'orders'>,
  { data: { stop, stopOn } }: RiskPosition,
  { buffer, lastPriceBuffer }: SettingValues,
): Ratio {
  const isSaid = stopOn !== undefined && stop instanceof Ratio;
  const isOnLast = isSaid ? stopOn === 'last' : orders.some(({ workingType }) => workingType !== 'MARK_PRICE');
  const set = isOnLast ? lastPriceBuffer : buffer;
  return set instanceof Ratio ? set : Ratio.ZERO;
}

function words(value: Ratio, of: { readonly stop: string; readonly bound: string; readonly buffer: Ratio }): string {
  const { stop, bound, buffer } = of;
  if (value.sign() < 0) {
    return `the stop at ${stop} is ${figure(value.negated())} % beyond the liquidation price ${bound}: it is never reached`;
  }
  if (value.sign() === 0) return `the stop at ${stop} is at the liquidation price ${bound}: it is never reached`;
  return `the stop at ${stop} is ${figure(value, buffer)} % before liquidation at ${bound}; it should be at least ${plain(buffer)} %`;
}

function nowhere(of: PositionCase, stop: Ratio, buffer: Ratio): Judgement {
  return {
    kind: 'finding',
    severity: 'error',
    message: 'equity is at or below the maintenance margin at every price: the stop is never reached',
    advice: addition(of, stop, buffer),
  };
}

/** The margin that moves liquidation beyond the stop. */
function addition(of: PositionCase, stop: Ratio, buffer: Ratio): string {
  const { position } = of.position.assessed;
  const share = stop.times(buffer).over(Ratio.HUNDRED);
  const price = position.side === 'long' ? stop.minus(share) : stop.plus(share);
  if (price.sign() <= 0) return 'close the position';
  return marginAdvice(of, missingAt(position, price), { rounded: roundedUp, to: '' });
}

function adviceFor(
  of: PositionCase,
  { stop, bound, buffer }: { readonly stop: Ratio; readonly bound: Ratio; readonly buffer: Ratio },
): string {
  const { position, reference } = of.position.assessed;
  const isLong = position.side === 'long';
  const nearest = isLong ? 'higher' : 'lower';
  const more = addition(of, stop, buffer);
  const exact = farthestStop(position.side, bound, buffer);
  const moved = exact && priceOn(nearest, exact, position);
  const hasRoom = moved && (isLong ? moved.isBelow(reference) : moved.isAbove(reference));
  return hasRoom ? `move the stop to ${plain(moved)} or ${nearest}, or ${more}` : more;
}
