import { DEFAULT_VENUE, type Bracket, type BracketTable } from '../brackets.js';
import type { Warning } from '../assessment.js';
import { fail } from '../errors.js';
import { contractOf, initialFee, ruleOf, unitSize, type Terms } from '../position.js';
import { Ratio } from '../ratio.js';
import { tiersOf } from '../venues/index.js';
import { assumedPrice, openLoss, type OpeningOrder, type OrderType } from './order-cost.js';
import { DEFAULT_STEP, tooSmall } from './size.js';

/** The largest position that can be opened. */
export interface MaxOpen {
  /** Rounded down to the step; zero if no position can be opened. */
  readonly qty: Ratio;
  /** Value at entry, quote. */
  readonly notional: Ratio;
  /** Initial margin at the assumed price, margin asset. */
  readonly margin: Ratio;
  /** The price at which the exchange counts the initial margin. */
  readonly assumedPrice: Ratio;
  /** The loss at the mark right after opening, margin asset. */
  readonly openLoss: Ratio;
  /** Trading fee of opening it, margin asset. */
  readonly fee: Ratio;
  /** The fee to close that the venue counts in the initial margin, margin asset; zero at most venues. */
  readonly closingFee: Ratio;
  readonly warnings: readonly Warning[];
  /** What stops it: the balance, or the largest value that the brackets allow at this leverage. */
  readonly limitedBy: 'balance' | 'bracket';
  /** That largest value in the margin asset, if a table has it. */
  readonly bracketCap?: Ratio;
  /** Why no position can be opened. */
  readonly reason?: string;
}

/** The inputs for the largest position. */
export interface MaxOpenQuestion {
  readonly balance: Ratio;
  readonly step?: Ratio | undefined;
  readonly order?: OrderType | undefined;
  readonly last?: Ratio | undefined;
}

/** The largest value that brackets allow at a leverage: zero, up to a cap, or unlimited. */
type ValueLimit =
  | { readonly kind: 'nothing'; readonly reason: string }
  | { readonly kind: 'cap'; readonly cap: Ratio }
  | { readonly kind: 'unlimited' };

/** The value at entry of a tier's limit; `unit` is the value of one contract. */
function capValue({ venue }: BracketTable, cap: Ratio, unit: Ratio): Ratio {
  return tiersOf(venue).by === 'value' ? cap : cap.times(unit);
}

function valueLimit(table: BracketTable, lev: Ratio, unit: Ratio): ValueLimit {
  const { symbol, brackets } = table;
  const allowed = brackets.filter(({ maxLeverage }) => !maxLeverage || !lev.isAbove(maxLeverage)).at(-1);
  if (!allowed) {
    const most = ((brackets[0] as Bracket).maxLeverage as Ratio).toText(8);
    const reason = `the highest leverage of ${symbol} is ${most}x; at ${lev.toText(8)}x no position can be opened`;
    return { kind: 'nothing', reason };
  }
  return allowed.cap ? { kind: 'cap', cap: capValue(table, allowed.cap, unit) } : { kind: 'unlimited' };
}

/** At other venues than Binance: only the price of the order counts, because their other requirements are unknown. */
function plainOrder({ order, last }: MaxOpenQuestion, { venue }: Terms): boolean {
  if ((venue ?? DEFAULT_VENUE) === DEFAULT_VENUE) return false;
  const given = order ? 'order' : last && 'last';
  if (given)
    fail('REFUSED', given, { why: 'the price that an exchange assumes for an order is known for binance only' });
  return true;
}

/** The warning that the cost of an order at another venue is incomplete, with the fee that was assumed. */
function costWarnings(terms: Terms): Warning[] {
  const { venue, rule } = ruleOf(terms);
  const { initialFee: counted, fee } = rule;
  const assumed = counted && fee && !terms[fee.of] && Ratio.from(fee.usual).percent().toText(30);
  return [{ code: 'ORDER_COST_UNKNOWN', details: { venue: venue.name, ...(assumed && { assumed }) } }];
}

/**
 * The largest size that a balance can open at a leverage, within the limits of the brackets at that leverage.
 *
 * `initial margin at the assumed price + open loss + taker x value <= balance`, and the value at entry at most the cap
 * of the last bracket whose maximum leverage is not below `lev`. Assumed price and open loss are Binance's: at another
 * venue the price of the order counts, and the fee to close where the initial margin contains it.
 *
 * @param terms - entry (the price of the order), `lev`, contract, `taker`, `mark`.
 */
export function maxOpen(terms: Terms, table: BracketTable | undefined, question: MaxOpenQuestion): MaxOpen {
  const { balance, step = DEFAULT_STEP, order, last } = question;
  const lev = terms.lev ?? fail('MISSING', '', { what: 'leverage', give: ['lev'] });
  const contract = contractOf(terms, table);
  const multiplier = unitSize(contract, terms, table);
  const taker = terms.taker ?? Ratio.ZERO;
  const opening: OpeningOrder = { side: terms.side, contract, price: terms.entry, type: order, mark: terms.mark, last };
  const isPlain = plainOrder(question, terms);
  const assumed = isPlain ? terms.entry : assumedPrice(opening);
  const closing = initialFee(terms, table);
  const unit = contract.coordinate(terms.entry).times(multiplier);
  const margin = contract.coordinate(assumed).times(multiplier).over(lev);
  const loss = isPlain ? Ratio.ZERO : openLoss(opening).times(multiplier);
  const affordable = balance.over(Ratio.sum([margin, loss, closing, unit.times(taker)])).times(unit);
  const limit: ValueLimit = table ? valueLimit(table, lev, unit) : { kind: 'unlimited' };
  const isCapped = limit.kind === 'nothing' || (limit.kind === 'cap' && limit.cap.isBelow(affordable));
  const worth = limit.kind === 'nothing' ? Ratio.ZERO : limit.kind === 'cap' ? affordable.min(limit.cap) : affordable;
  const qty = worth.over(unit).floorTo(step).reduced();
  return {
    qty,
    notional: contract.notional(qty.times(multiplier), terms.entry),
    margin: qty.times(margin),
    assumedPrice: assumed,
    openLoss: qty.times(loss),
    fee: qty.times(unit).times(taker),
    closingFee: qty.times(closing),
    warnings: isPlain ? costWarnings(terms) : [],
    limitedBy: isCapped ? 'bracket' : 'balance',
    ...(limit.kind === 'cap' && { bracketCap: limit.cap }),
    ...(qty.sign() === 0 && { reason: limit.kind === 'nothing' ? limit.reason : tooSmall(worth.over(unit)) }),
  };
}
