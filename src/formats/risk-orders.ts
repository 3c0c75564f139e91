import { symbolKey } from '../core/brackets.js';
import { problem } from '../core/errors.js';
import type { Side } from '../core/position.js';
import { Ratio } from '../core/ratio.js';
import type { Order } from '../core/risk/input.js';
import { givenUnder, tellSlips, WrittenValue } from './written-value.js';

/** What is known of the position that data belongs to. */
export interface Owner {
  /** As it was written. */
  readonly symbol?: string | undefined;
  readonly side?: Side | undefined;
}

/** The orders of one position, and what they say of the mode of the account. */
export interface StandingOrders {
  readonly orders: readonly Order[];
  /** Whether an order names a side of the position, which it does in hedge mode alone; nothing where none does. */
  readonly hedgeMode?: true;
}

/** What an order's words may be, as the exchange has them; `PO` is what others call the exchange's `GTX`. */
export const ORDER_WORDS = {
  type: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
  side: ['BUY', 'SELL'],
  workingType: ['MARK_PRICE', 'CONTRACT_PRICE'],
  timeInForce: ['GTC', 'IOC', 'FOK', 'GTX', 'GTD', 'GTE_GTC', 'RPI', 'PO'],
  /** `BOTH` is one-way mode; the others are the legs of hedge mode. */
  positionSide: ['BOTH', 'LONG', 'SHORT'],
} as const;

/** The keys of an order, ours first, then what exchanges call the same. */
export const ORDER_SPELLINGS = {
  type: ['type', 'orderType'],
  side: ['side'],
  quantity: ['quantity', 'origQty'],
  trigger: ['trigger', 'stopPrice', 'triggerPrice'],
  workingType: ['workingType'],
  reduceOnly: ['reduceOnly'],
  closePosition: ['closePosition'],
  priceProtect: ['priceProtect'],
  timeInForce: ['timeInForce'],
  activation: ['activation', 'activatePrice', 'activationPrice'],
} as const;

/** Keys of the exchange's orders that are no slips for ours. */
const PASSED: ReadonlySet<string> = new Set([
  'price',
  'time',
  'symbol',
  'status',
  'origType',
  'positionSide',
  'algoType',
  'executedQty',
]);

/**
 * Reads the orders of a position, in our words or as the exchange's openOrders and openAlgoOrders have them (the latter
 * has stops and take-profits, with `orderType` and `triggerPrice`). An order of another symbol is refused; those of the
 * symbol's other leg are left out.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Current-All-Open-Orders
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Current-All-Algo-Open-Orders
 */
export function readOrders(written: WrittenValue, owner: Owner): StandingOrders | undefined {
  return readEach(written, owner, (members) => refuseForeign(members, owner));
}

/**
 * Reads the orders of a position from those of a whole account: orders of other symbols are left out. Where the symbol of
 * the position is not known, orders of several are refused.
 */
export function pickOrders(written: WrittenValue, owner: Owner): StandingOrders | undefined {
  const symbols = owner.symbol === undefined ? symbolsIn(written) : [];
  if (symbols.length < 2) return readEach(written, owner, () => undefined);
  const named = [...symbols.slice(0, SHOWN_SYMBOLS), ...(symbols.length > SHOWN_SYMBOLS ? ['others'] : [])];
  const why = `there are orders of ${named.slice(0, -1).join(', ')} and ${named.at(-1) ?? ''}; choose one with --symbol`;
  written.problems.push(problem('REFUSED', written.name, { why }));
  return undefined;
}

/** So many symbols are named. */
const SHOWN_SYMBOLS = 5;

/** Tells that a part of a position's data, an object of the exchange's, is of another symbol. */
export function refuseForeign(members: ReadonlyMap<string, WrittenValue>, { symbol }: Owner): void {
  const written = givenUnder(members, 'symbol');
  if (!written || isOf(written, symbol)) return;
  const named = JSON.stringify(written.text?.slice(0, SHOWN_LETTERS));
  const why = `${named} is another symbol than the position's, ${symbol ?? ''}; leave it out`;
  written.problems.push(problem('REFUSED', written.name, { why }));
}

const SHOWN_LETTERS = 40;

/** Whether data is of a symbol: what names none is. */
export function isOf(named: WrittenValue | undefined, symbol: string | undefined): boolean {
  const name = named?.text?.trim() ?? '';
  return name === '' || symbol === undefined || symbolKey(name) === symbolKey(symbol);
}

/** The symbols that orders name, each once; what cannot be read is told when the orders are. */
function symbolsIn({ name, json }: WrittenValue): readonly string[] {
  const quiet = new WrittenValue(name, json, []);
  const names = (quiet.items('') ?? []).flatMap((item) => item.members('')?.get('symbol')?.text?.trim() ?? []);
  return [...new Set(names.filter((each) => each !== '').map(symbolKey))];
}

/** The orders of a symbol that are not of its other leg. The mode is one for all symbols of an account. */
function readEach(
  written: WrittenValue,
  { symbol, side }: Owner,
  judge: (members: ReadonlyMap<string, WrittenValue>) => void,
): StandingOrders | undefined {
  const sides = new Set<string | undefined>();
  const items = written.items('write an array of orders, [] where there are none');
  const orders = items?.flatMap((item) => {
    const members = item.members('write an order as an object with type and side');
    if (!members) return [];
    const named = givenUnder(members, 'symbol');
    if (named && named.text === undefined) named.refuse('write a symbol');
    judge(members);
    const positionSide = givenUnder(members, 'positionSide')?.choice(ORDER_WORDS.positionSide);
    sides.add(positionSide);
    const isOther = !isOf(named, symbol) || (side !== undefined && positionSide === OTHER_LEG[side]);
    return isOther ? [] : (readOrder(item, members) ?? []);
  });
  const isHedged = sides.has('LONG') || sides.has('SHORT');
  return orders && { orders, ...(isHedged && { hedgeMode: true }) };
}

const OTHER_LEG = { long: 'SHORT', short: 'LONG' } as const satisfies Record<Side, string>;

function readOrder(written: WrittenValue, members: ReadonlyMap<string, WrittenValue>): Order | undefined {
  tellSlips(
    members,
    Object.values(ORDER_SPELLINGS).map(([key]) => key),
    (key) => PASSED.has(key),
  );
  const given = (key: keyof typeof ORDER_SPELLINGS): WrittenValue | undefined =>
    givenUnder(members, ...ORDER_SPELLINGS[key]);
  const needed = (key: 'type' | 'side'): WrittenValue | undefined => {
    const found = given(key);
    const isSlip = written.problems.some(
      (each) =>
        each.code === 'UNKNOWN_KEY' && each.details.suggestion === key && each.field.startsWith(`${written.name}.`),
    );
    if (!found && !isSlip) written.problems.push(problem('MISSING', written.name, { what: key, give: [key] }));
    return found;
  };
  const [type, side] = [needed('type')?.choice(ORDER_WORDS.type), needed('side')?.choice(ORDER_WORDS.side)];
  const time = given('timeInForce')?.choice(ORDER_WORDS.timeInForce);
  const order = {
    quantity: leftOf(given('quantity'), givenUnder(members, 'executedQty')),
    trigger: amount(given('trigger')),
    workingType: given('workingType')?.choice(ORDER_WORDS.workingType),
    reduceOnly: given('reduceOnly')?.yesOrNo(),
    closePosition: given('closePosition')?.yesOrNo(),
    priceProtect: given('priceProtect')?.yesOrNo(),
    timeInForce: time === 'PO' ? 'GTX' : time,
    activation: amount(given('activation')),
  };
  return type && side ? { type, side, ...order } : undefined;
}

/** What is still to be filled of a quantity. */
function leftOf(quantity: WrittenValue | undefined, executed: WrittenValue | undefined): Ratio | undefined {
  const [whole, filled] = [amount(quantity), amount(executed)];
  return filled && whole ? whole.minus(filled).max(Ratio.ZERO) : whole;
}

/** A price or quantity of an order: exchanges write 0 for none. */
function amount(written: WrittenValue | undefined): Ratio | undefined {
  const value = written?.decimal({ range: 'notNegative' });
  return value && value.sign() > 0 ? value : undefined;
}
