import * as z from 'zod/mini';
import { symbolKey } from '../../core/brackets.js';
import { problem, type Problem } from '../../core/errors.js';
import { listed } from '../../core/names.js';
import type { Side } from '../../core/leg.js';
import { Ratio } from '../../core/ratio.js';
import type { Order } from '../../core/risk/input.js';
import { readJson } from '../../schema/issues.js';
import { JsonArray, JsonObject, type JsonValue } from '../../schema/json-value.js';
import { decimal, word, yesOrNo } from '../../schema/leaves.js';
import { listOf, needed, objectOf, optional } from '../../schema/object.js';
import { isOf, jsonOf, refuseForeign, symbolMember, type Datum, type Place } from '../risk-datum.js';
import { lazily } from '../../schema/lazily.js';

/** The orders of one position, and the account's mode if they show it. */
export interface StandingOrders {
  readonly orders: readonly Order[];
  /** Whether an order names a side of the position, which happens only in hedge mode; absent if no order does. */
  readonly hedgeMode?: true;
}

const TYPES = ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'];
/** `PO` is another common name of the exchange's `GTX`. */
const TIMES_IN_FORCE = ['GTC', 'IOC', 'FOK', 'GTX', 'GTD', 'GTE_GTC', 'RPI', 'PO'];

/** A price or quantity of an order: exchanges write 0 if there is no value. */
const AMOUNT = lazily(() =>
  z.pipe(
    decimal({ range: 'notNegative' }),
    z.transform((value: Ratio) => (value.sign() > 0 ? value : undefined)),
  ),
);

/** The keys for the position of an order. `BOTH` is one-way mode; the other sides are the legs of hedge mode. */
const OF = lazily(() => ({
  symbol: symbolMember(),
  positionSide: optional(word(['BOTH', 'LONG', 'SHORT'])),
}));

/** Keys of the exchange's orders that are not misspellings of ours. */
const PASSED: ReadonlySet<string> = new Set(['time', 'status', 'origType', 'algoType']);

/**
 * An order, in our keys or as in the exchange's openOrders and openAlgoOrders (the latter has stops and take-profits,
 * with `orderType` and `triggerPrice`).
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Current-All-Open-Orders
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Current-All-Algo-Open-Orders
 */
const ORDER = lazily(() =>
  z.pipe(
    objectOf(
      {
        type: needed(word(TYPES), { also: ['orderType'] }),
        side: needed(word(['BUY', 'SELL'])),
        quantity: optional(AMOUNT(), { also: ['origQty'], meaning: 'in the unit of qty; 0: not given' }),
        price: optional(AMOUNT(), { meaning: 'limit price; 0: no limit' }),
        trigger: optional(AMOUNT(), {
          also: ['stopPrice', 'triggerPrice'],
          meaning: 'trigger price; 0: no trigger',
        }),
        workingType: optional(word(['MARK_PRICE', 'CONTRACT_PRICE'])),
        reduceOnly: optional(yesOrNo()),
        closePosition: optional(yesOrNo()),
        priceProtect: optional(yesOrNo()),
        timeInForce: optional(word(TIMES_IN_FORCE)),
        activation: optional(AMOUNT(), {
          also: ['activatePrice', 'activationPrice'],
          meaning: 'activation price of a trailing stop; 0: no such price',
        }),
        executedQty: optional(AMOUNT(), { meaning: 'the filled part of origQty' }),
        ...OF(),
      },
      {
        advice: 'write an order as an object with type and side',
        unknown: 'slipsRefused',
        isPassed: (key) => PASSED.has(key),
      },
    ),
    z.transform(({ executedQty, ...order }): Order => {
      const { quantity, timeInForce } = order;
      return {
        ...order,
        quantity: executedQty && quantity ? quantity.minus(executedQty).max(Ratio.ZERO) : quantity,
        timeInForce: timeInForce === 'PO' ? 'GTX' : timeInForce,
      };
    }),
  ),
);

/** The part of an order that identifies its position. */
const OWNED = lazily(() => objectOf(OF()));

const LIST = lazily(() => listOf(ORDER(), 'write an array of orders, [] if there are no orders'));

const OTHER_LEG = { long: 'SHORT', short: 'LONG' } as const satisfies Record<Side, string>;

/** The orders of a symbol without those of its other leg. All symbols of an account have the same mode. */
function readEach(
  value: JsonValue,
  place: Place,
  judge: (order: JsonValue, place: Place) => void,
): StandingOrders | undefined {
  const { name, owner, problems } = place;
  if (!(value instanceof JsonArray)) {
    readJson(LIST(), value, name, problems);
    return undefined;
  }
  const sides = new Set<string | undefined>();
  const orders = value.items.flatMap((item, index) => {
    const at = `${name}[${index}]`;
    // An order that does not name a position is read as one of this position, and its problems are reported.
    const named = readJson(OWNED(), item, at, []);
    judge(item, { ...place, name: at });
    sides.add(named?.positionSide);
    const isOther = owner.side !== undefined && named?.positionSide === OTHER_LEG[owner.side];
    return isOther || !isOf(named?.symbol, owner.symbol) ? [] : (readJson(ORDER(), item, at, problems) ?? []);
  });
  const isHedged = sides.has('LONG') || sides.has('SHORT');
  return { orders, ...(isHedged && { hedgeMode: true }) };
}

/**
 * Reads the orders of a position from those of a whole account: orders of other symbols are left out. If the position's
 * symbol is unknown, orders of several symbols are refused.
 */
function pickOrders(value: JsonValue, place: Place): StandingOrders | undefined {
  const symbols = place.owner.symbol === undefined ? symbolsIn(value) : [];
  if (symbols.length < 2) return readEach(value, place, () => undefined);
  const named = [...symbols.slice(0, SHOWN_SYMBOLS), ...(symbols.length > SHOWN_SYMBOLS ? ['others'] : [])];
  const why = `there are orders of ${listed(named, 'and')}; choose one with --symbol`;
  place.problems.push(problem('REFUSED', place.name, { why }));
  return undefined;
}

/** The most symbols that are named. */
const SHOWN_SYMBOLS = 5;

/** The symbols that orders name, each once. Invalid orders are reported when the orders are read. */
function symbolsIn(value: JsonValue): readonly string[] {
  const items = value instanceof JsonArray ? value.items : [];
  const names = items.flatMap((item) => {
    const named = item instanceof JsonObject ? item.value('symbol') : undefined;
    return typeof named === 'string' ? [named.trim()] : [];
  });
  return [...new Set(names.filter((each) => each !== '').map(symbolKey))];
}

/** Several arrays as one; anything that is not an array is passed on, for the schema to refuse. */
export function joined(values: readonly JsonValue[]): JsonValue {
  const [first = null, ...others] = values;
  if (others.length === 0) return first;
  const foreign = values.find((value) => !(value instanceof JsonArray));
  return foreign ?? new JsonArray('', () => values.flatMap((value) => (value instanceof JsonArray ? value.items : [])));
}

/** Every order of a list, of any symbol. */
export function ordersIn(value: JsonValue, name: string, problems: Problem[]): readonly Order[] {
  return readJson(LIST(), value, name, problems) ?? [];
}

/** Open orders: an order of another symbol is refused, one of the symbol's other leg is left out. */
export const orders: Datum<StandingOrders> = {
  of: 'position',
  schema: LIST,
  meaning: "open orders; []: there are no open orders. The exchange's openOrders and openAlgoOrders together",
  none: { json: '[]', value: { orders: [] } },
  inputs: {
    orders: {
      kind: 'text',
      placeholder: 'FILE',
      repeats: true,
      meaning: "open orders as JSON: the exchange's openOrders, and openAlgoOrders, which has the stops",
    },
  },
  switches: { 'no-orders': 'there are no open orders' },
  files: { orders: (texts, place) => pickOrders(joined(texts.map(jsonOf)), place) },
  read: (value, place) => readEach(value, place, refuseForeign),
};
