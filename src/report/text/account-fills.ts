import { isFailed, type AssessedPosition } from '../../core/account.js';
import { symbolKey } from '../../core/brackets.js';
import type { OrderFill, Unfilled, UnfilledOrder } from '../../core/fill-orders.js';
import { roomTo, shownPrice } from '../../core/liquidation.js';
import type { Ratio } from '../../core/ratio.js';
import type { JsonField } from '../../formats/raw-account.js';
import { RATIO_DECIMALS } from '../../schema/figure.js';
import { percentText, priceText, type PriceStyle } from '../figures.js';
import { printableLine } from '../printable.js';
import type { Style } from '../style.js';
import type { AccountFills } from './account-rows.js';
import { labelled } from './card.js';
import { plain, textTable, type Column } from './text-table.js';

/** Why an order does not fill, in words. */
const WHY: Readonly<Record<Unfilled, string>> = {
  conditional: 'it waits for a trigger',
  unpriced: 'it has no price of its own',
  unsized: 'it has no quantity that is left to fill',
  onlyReduces: 'it only reduces, and there is no position to reduce',
};

/** An order in words: `BTCUSDT BUY 0.5 @ 58000`. */
function orderWords({ order, quantity }: Pick<OrderFill, 'order' | 'quantity'>): string {
  return `${printableLine(symbolKey(order.symbol))} ${order.side} ${quantity.toText(30)} @ ${order.price.toText(30)}`;
}

function unfilledWords({ order, why }: UnfilledOrder): string {
  const { symbol, type, side, trigger, activation, price } = order;
  const at = trigger ?? activation ?? price;
  return `${printableLine(symbolKey(symbol))} ${type} ${side}${at ? ` at ${at.toText(30)}` : ''}: ${WHY[why]}`;
}

/** Prices are shown with the decimals of the order. */
const styleOf = ({ order }: OrderFill): PriceStyle => ({
  entryDecimals: order.price.decimalPlaces(),
  decimals: undefined,
});

function positionWords(fill: OrderFill): string {
  if (!fill.position) return 'closed';
  const { side, qty, entry } = fill.position.terms;
  return `${side} ${qty?.toText(8) ?? ''} @ ${priceText(entry, styleOf(fill))}`;
}

/** The position after a fill, if its maintenance margin is known. */
function assessed({ position }: OrderFill): AssessedPosition | undefined {
  return position && !isFailed(position) ? position : undefined;
}

/** The liquidation price after a fill. */
function priceAfter(fill: OrderFill): Ratio | undefined {
  const of = assessed(fill);
  return of && shownPrice(of.outcome, of.reference, of.terms.tick);
}

/** The room from the price of a fill to liquidation, a fraction of that price. */
function roomAfter(fill: OrderFill): Ratio | undefined {
  const of = assessed(fill);
  return of?.outcome.bound && roomTo(of.outcome.bound, of.reference).over(of.reference);
}

function liquidationWords(fill: OrderFill): string {
  const price = priceAfter(fill);
  if (price) return priceText(price, styleOf(fill));
  if (!fill.position) return '';
  return isFailed(fill.position) ? 'unknown' : fill.position.outcome.kind;
}

/** The columns of orders that fill. */
export const FILL_COLUMNS: readonly Column<OrderFill>[] = [
  { heading: 'ORDER', rank: 0, cell: orderWords },
  { heading: 'POSITION', rank: 2, cell: positionWords },
  { heading: 'LIQUIDATION', align: 'right', rank: 0, cell: liquidationWords },
  {
    heading: 'ROOM',
    align: 'right',
    rank: 1,
    cell: (fill: OrderFill): string => {
      const room = roomAfter(fill);
      return room ? `${percentText(room.abs())}%${room.sign() < 0 ? ' past' : ''}` : '';
    },
  },
];

/** What open orders do when they fill, for reading. */
export function fillLines({ fills, unfilled }: AccountFills, style: Style): string[] {
  const { paint } = style;
  const table = textTable(FILL_COLUMNS, fills, {
    width: style.width,
    head: paint.faint,
    row: (index) => (fills[index]?.isLiquidatedBefore === true ? paint.bad : plain),
  });
  return [
    ...(fills.length > 0 ? [...table, ''] : []),
    ...fillWords({ fills, unfilled }).map(([label, words]) =>
      labelled(label, words, style, label === LIQUIDATED ? paint.bad : label === LEFT_OUT ? paint.warn : plain),
    ),
  ];
}

const [LIQUIDATED, LEFT_OUT] = ['Liquidated', 'Left out'];

/** The same in words after labels. */
export function fillWords({
  fills,
  unfilled,
}: Pick<AccountFills, 'fills' | 'unfilled'>): readonly (readonly [label: string, words: string])[] {
  const lost = fills.find(({ isLiquidatedBefore }) => isLiquidatedBefore === true);
  const count = `${fills.length} ${fills.length === 1 ? 'order fills' : 'orders fill'}`;
  const how =
    'the nearest to its mark first, each at its price, without fees; a mark is then the price of the last fill of its symbol';
  return [
    ...(lost
      ? [[LIQUIDATED, `before ${orderWords(lost)} fills: neither this order nor those after it help`] as const]
      : []),
    ['Filled', fills.length === 0 ? 'no order fills' : `${count}, ${how}`],
    ...unfilled.map((each) => [LEFT_OUT, unfilledWords(each)] as const),
  ];
}

const orNull = (value: Ratio | undefined, decimals: number): string | null => value?.toText(decimals) ?? null;

function fillJson(fill: OrderFill, decimals: number): object {
  const { order, effect, quantity, profit, isLiquidatedBefore, position } = fill;
  const { qty, side, entry } = position?.terms ?? {};
  return {
    symbol: symbolKey(order.symbol),
    side: order.side,
    price: order.price.toText(30),
    quantity: quantity.toText(30),
    effect,
    realizedPnl: profit.toText(decimals),
    position: position ? { side, qty: orNull(qty, 30), entry: orNull(entry, decimals) } : null,
    liquidationPrice: orNull(priceAfter(fill), decimals),
    distancePercent: orNull(roomAfter(fill)?.percent(), RATIO_DECIMALS),
    liquidatedBefore: isLiquidatedBefore ?? null,
  };
}

function unfilledJson({ order, why }: UnfilledOrder): object {
  const { symbol = '', type, side, price, trigger } = order;
  return {
    symbol: symbolKey(symbol),
    type,
    side,
    price: orNull(price, 30),
    trigger: orNull(trigger, 30),
    reason: WHY[why],
  };
}

/** What open orders do, as members of the answer in JSON. */
export function fillMembers(
  { fills, unfilled }: Pick<AccountFills, 'fills' | 'unfilled'>,
  decimals: number,
): readonly JsonField[] {
  return [
    ['fills', JSON.stringify(fills.map((each) => fillJson(each, decimals)))],
    ['ordersLeftOut', JSON.stringify(unfilled.map(unfilledJson))],
  ];
}
