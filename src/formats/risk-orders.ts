import { problem } from '../core/errors.js';
import type { Ratio } from '../core/ratio.js';
import type { Order } from '../core/risk/subject.js';
import { givenUnder, tellSlips, type WrittenValue } from './written-value.js';

/** The order types of the exchange. */
const ORDER_TYPES = [
  'LIMIT',
  'MARKET',
  'STOP',
  'STOP_MARKET',
  'TAKE_PROFIT',
  'TAKE_PROFIT_MARKET',
  'TRAILING_STOP_MARKET',
] as const;
const SIDES = ['BUY', 'SELL'] as const;
const WORKING_TYPES = ['MARK_PRICE', 'CONTRACT_PRICE'] as const;
/** `PO` is what others call the exchange's `GTX`. */
const TIMES_IN_FORCE = ['GTC', 'IOC', 'FOK', 'GTX', 'GTD', 'GTE_GTC', 'RPI', 'PO'] as const;

/** The keys of an order, ours first, then what exchanges call the same. */
const SPELLINGS = {
  type: ['type'],
  side: ['side'],
  trigger: ['trigger', 'stopPrice', 'triggerPrice'],
  workingType: ['workingType'],
  reduceOnly: ['reduceOnly'],
  closePosition: ['closePosition'],
  timeInForce: ['timeInForce'],
  activation: ['activation', 'activatePrice', 'activationPrice'],
} as const;

/** Keys of the exchange's orders that are no slips for ours. */
const PASSED: ReadonlySet<string> = new Set(['price', 'time', 'symbol', 'status', 'origType', 'positionSide']);

/**
 * Reads orders that stand, in our words or as the exchange's openOrders has them.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Current-All-Open-Orders
 */
export function readOrders(written: WrittenValue): readonly Order[] | undefined {
  const items = written.items('write an array of orders, [] where there are none');
  return items?.flatMap((item) => readOrder(item) ?? []);
}

function readOrder(written: WrittenValue): Order | undefined {
  const members = written.members('write an order as an object with type and side');
  if (!members) return undefined;
  tellSlips(
    members,
    Object.values(SPELLINGS).map(([key]) => key),
    (key) => PASSED.has(key),
  );
  const given = (key: keyof typeof SPELLINGS): WrittenValue | undefined => givenUnder(members, ...SPELLINGS[key]);
  const needed = (key: 'type' | 'side'): WrittenValue | undefined => {
    const found = given(key);
    const isSlip = written.problems.some(
      (each) =>
        each.code === 'UNKNOWN_KEY' && each.details.suggestion === key && each.field.startsWith(`${written.name}.`),
    );
    if (!found && !isSlip) written.problems.push(problem('MISSING', written.name, { what: key, give: [key] }));
    return found;
  };
  const [type, side] = [needed('type')?.choice(ORDER_TYPES), needed('side')?.choice(SIDES)];
  const time = given('timeInForce')?.choice(TIMES_IN_FORCE);
  const order = {
    trigger: price(given('trigger')),
    workingType: given('workingType')?.choice(WORKING_TYPES),
    reduceOnly: given('reduceOnly')?.yesOrNo(),
    closePosition: given('closePosition')?.yesOrNo(),
    timeInForce: time === 'PO' ? 'GTX' : time,
    activation: price(given('activation')),
  };
  return type && side ? { type, side, ...order } : undefined;
}

/** A price of an order: exchanges write 0 for none. */
function price(written: WrittenValue | undefined): Ratio | undefined {
  const value = written?.decimal({ range: 'notNegative' });
  return value && value.sign() > 0 ? value : undefined;
}
