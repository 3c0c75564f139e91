import { assess, type Assessment, type Warning } from '../assessment.js';
import { bracketOf, type BracketTable } from '../brackets.js';
import type { Contract } from '../contracts/index.js';
import { walletLiquidatedAt } from '../liquidation.js';
import { initialMargin, type Side } from '../leg.js';
import { contractOf, fixedNeedsLeverage, initialFee, positionFrom, ruleOf, unitSize, type Terms } from '../position.js';
import { Ratio } from '../ratio.js';
import { tierValue } from '../venues/ruled-leg.js';
import type { StopPrice } from '../risk/input.js';
import { cutToEquity, highestAllowed, OPENS_NOTHING, type Opening } from './equity-cut.js';
import { checkExitSides } from './exit-sides.js';
import { stopWarnings } from './stop.js';

/** How the size is chosen: by the loss allowed at the stop, or by a share of equity as margin at a leverage. */
export type Sizing =
  | { readonly kind: 'risk'; readonly risk: Ratio; readonly stop: Ratio }
  | { readonly kind: 'allocate'; readonly allocate: Ratio; readonly lev: Ratio; readonly stop?: Ratio | undefined };

/** The inputs for the size of a trade. */
export interface SizeQuestion {
  /** Equity of the account, margin asset. */
  readonly equity: Ratio;
  readonly sizing: Sizing;
  /** How far liquidation stays beyond the stop, a fraction of the stop price; the default depends on `stopTrigger`. */
  readonly buffer?: Ratio | undefined;
  /** The price that triggers the stop, `last` by default. */
  readonly stopTrigger?: StopPrice | undefined;
  /** Step of the quantity. */
  readonly step?: Ratio | undefined;
  /** Price at which profit is taken. */
  readonly take?: Ratio | undefined;
}

/** A size and its possible leverage. */
export interface SizeAnswer {
  /** Rounded down to the step; zero if the step is too coarse. */
  readonly qty: Ratio;
  /** What reduced the requested size; absent if it was not reduced. */
  readonly limitedBy?: 'equity';
  /** Value at entry, quote. */
  readonly notional: Ratio;
  /** The loss allowed (by risk), or the loss at the stop (by allocation, or if the size was reduced); margin asset. */
  readonly riskAmount?: Ratio;
  /** What fees of `usualTaker` on both ends would add to the loss at the stop; only without a `taker`. */
  readonly feesLeftOut?: Ratio;
  /** Margin at the given leverage, else at the highest one, margin asset. */
  readonly margin?: Ratio;
  /** Margin over equity, a fraction. */
  readonly allocation?: Ratio;
  /** The highest whole leverage whose liquidation stays beyond the stop by the buffer, within the bracket's maximum. */
  readonly maxLev?: Ratio;
  readonly atMaxLev?: Assessment;
  /** The position at the given leverage. */
  readonly atLev?: Assessment;
  /** Reward at `take` over loss at the stop, both after fees. */
  readonly rewardRisk?: Ratio;
  readonly warnings: readonly Warning[];
  /** Why there is no size or no leverage. */
  readonly reason?: string;
}

/**
 * How far liquidation stays beyond the stop by default, a fraction of the stop price. Liquidation follows the mark
 * price; a stop that the last price triggers needs more. The last price is the exchange's default.
 *
 * @see "How to reduce liquidation risk on Binance Futures?", orders 1 and FAQ
 */
export const DEFAULT_BUFFERS: Readonly<Record<StopPrice, Ratio>> = {
  last: Ratio.from('0.008'),
  mark: Ratio.from('0.005'),
};
/** Binance Futures' taker fee without a VIP level. */
const BINANCE_TAKER = '0.0005';

/** Trading fee that the warning uses if the input has no fee: the usual one of the venue, or Binance's if that is unknown. */
export function usualTaker(terms: Pick<Terms, 'venue'>): Ratio {
  const { venue } = ruleOf(terms);
  const fees = [venue.isolated, venue.cross].flatMap((mode) => ('fee' in mode ? [mode.fee] : []));
  return Ratio.from(fees.find((fee) => fee.of === 'taker')?.usual ?? BINANCE_TAKER);
}

/** The default step of quantities. */
export const DEFAULT_STEP = Ratio.from('1e-8');
/**
 * The margin of one trade as fractions of equity. @see "How to reduce liquidation risk on Binance Futures?", sizing 1
 */
export const ALLOCATION_BAND = { lowest: Ratio.from('0.01'), highest: Ratio.from('0.03') } as const;

/**
 * The gain of one unit on the contract's axis from entry to a price, after the trading fee on both ends; losses are
 * negative: `s (x - e) - taker (x + e)`.
 */
function netGain(of: { side: Side; contract: Contract; entry: Ratio; taker: Ratio }, price: Ratio): Ratio {
  const [from, to] = [of.contract.coordinate(of.entry), of.contract.coordinate(price)];
  const gain = (of.side === 'long') === (of.contract.longSlope === 1) ? to.minus(from) : from.minus(to);
  return gain.minus(of.taker.times(from.plus(to)));
}

/** The usual fee on both ends of one unit, if the input has no fee. */
function usualFees(terms: Terms, contract: Contract, stop: Ratio | undefined): Ratio | undefined {
  const { taker, entry } = terms;
  if (taker || !stop) return undefined;
  return usualTaker(terms).times(contract.coordinate(entry).plus(contract.coordinate(stop)));
}

/**
 * The quantity of a trade and the highest leverage that keeps its liquidation behind the stop.
 *
 * By risk: `qty = equity risk / (|entry - stop| + taker (entry + stop))`, inverse the same with `1/entry` and `1/stop`.
 * By allocation: margin is a share of equity, and `qty = margin lev / value of one at entry`. Either is reduced to what
 * the equity can open: initial margin, at the given leverage or else at the highest one, and the trading fee of the
 * entry.
 *
 * @param terms - side, entry, rates (or the table), `taker`, and optionally `lev`; the size is the result.
 * @throws {LiqcalcError} `WRONG_SIDE` for a stop or target on the wrong side of the entry, and as `positionFrom`.
 */
export function size(terms: Terms, table: BracketTable | undefined, question: SizeQuestion): SizeAnswer {
  const { equity, sizing, take } = question;
  checkExitSides(terms.side, { stop: sizing.stop, take }, { price: terms.entry, name: 'entry' });
  const contract = contractOf(terms, table);
  const unit = { side: terms.side, contract, entry: terms.entry, taker: terms.taker ?? Ratio.ZERO };
  const multiplier = unitSize(contract, terms, table);
  const lossPerSize = sizing.stop && netGain(unit, sizing.stop).negated();
  const exact =
    sizing.kind === 'risk'
      ? equity.times(sizing.risk).over(lossPerSize as Ratio)
      : equity.times(sizing.allocate).times(sizing.lev).over(contract.coordinate(terms.entry));
  const step = question.step ?? DEFAULT_STEP;
  const requested = exact.over(multiplier).floorTo(step).reduced();
  const value = contract.coordinate(terms.entry).times(multiplier);
  const buffer = question.buffer ?? DEFAULT_BUFFERS[question.stopTrigger ?? 'last'];
  const highest = (qty: Ratio): Highest | undefined =>
    sizing.stop && highestLeverage({ ...terms, qty }, table, sizing.stop, buffer);
  const most = highestAllowed(table);
  const lev = (qty: Ratio): Ratio | undefined => {
    if (terms.lev) return terms.lev;
    if (sizing.kind === 'allocate') return sizing.lev;
    // A size above what the equity can open at any leverage may be outside the brackets.
    if (table && most && value.times(qty).isAbove(equity.times(most))) return allowed(terms, table, qty) ?? most;
    return highest(qty)?.lev;
  };
  const feeAt = (at: Ratio): Ratio => initialFee({ ...terms, lev: at }, table);
  const opening: Opening = { value, taker: unit.taker, initialFee: feeAt, step, lev };
  const cut = requested.sign() > 0 ? cutToEquity(requested, equity, opening) : undefined;
  const qty = cut?.qty ?? requested;
  const sized = qty.times(multiplier);
  const riskAmount = sizing.kind === 'risk' && !cut ? equity.times(sizing.risk) : lossPerSize?.times(sized);
  const common = {
    qty,
    ...(cut && { limitedBy: 'equity' as const }),
    notional: contract.notional(sized, terms.entry),
    ...(riskAmount && { riskAmount }),
    ...(take && lossPerSize && { rewardRisk: netGain(unit, take).over(lossPerSize) }),
  };
  const warnings: Warning[] = cut ? [cut.warning] : [];
  if (qty.sign() === 0) return { ...common, warnings, reason: cut ? OPENS_NOTHING : tooSmall(exact.over(multiplier)) };
  const feesLeftOut = usualFees(terms, contract, sizing.stop)?.times(sized);
  if (feesLeftOut) warnings.push(feeWarning(usualTaker(terms), feesLeftOut, contract));
  const answer = leverageAnswer({ ...terms, qty }, table, { highest: highest(qty), equity, stop: sizing.stop });
  return { ...common, ...(feesLeftOut && { feesLeftOut }), ...answer, warnings: [...warnings, ...answer.warnings] };
}

/** The highest leverage that the bracket of a quantity allows; beyond the last bracket, that of the last. */
function allowed(terms: Terms, table: BracketTable, qty: Ratio): Ratio | undefined {
  const unit = positionFrom({ ...terms, qty: Ratio.ONE, lev: Ratio.ONE }, table);
  return bracketOf(table.brackets, tierValue(table, unit, unit.entry).times(qty)).maxLeverage;
}

/** Why a size is zero after rounding to the step. */
export const tooSmall = (exact: Ratio): string => `the exact size is ${exact.toText(12)}, which is less than one step`;

/** The highest whole leverage, or the reason why no leverage is possible. */
type Highest =
  { readonly lev: Ratio; readonly reason?: undefined } | { readonly lev?: undefined; readonly reason: string };

/**
 * The highest whole leverage whose liquidation lies beyond a stop by a buffer, within the maximum of the bracket.
 *
 * Initial margin must be at least the wallet that is liquidated at `stop (1 -+ buffer)`; leverage is the value at entry
 * over it, rounded down.
 */
function highestLeverage(terms: Terms, table: BracketTable | undefined, stop: Ratio, buffer: Ratio): Highest {
  const why = fixedNeedsLeverage(terms);
  if (why !== undefined) return { reason: why };
  const leg = positionFrom({ ...terms, lev: Ratio.ONE }, table);
  const away = stop.times(buffer);
  const limit = terms.side === 'long' ? stop.minus(away) : stop.plus(away);
  if (limit.sign() <= 0) return { reason: 'no positive price is as far beyond the stop as the buffer requires' };
  const kept = initialMargin(leg, Ratio.ONE).over(walletLiquidatedAt(leg, limit)).floorTo(Ratio.ONE);
  const most = table && bracketOf(table.brackets, tierValue(table, leg, leg.entry)).maxLeverage?.floorTo(Ratio.ONE);
  const lev = most ? kept.min(most) : kept;
  if (lev.sign() > 0) return { lev };
  return {
    reason:
      'even at leverage 1 the position is liquidated before the stop; add margin or move the stop nearer to the entry',
  };
}

function leverageAnswer(
  terms: Terms,
  table: BracketTable | undefined,
  of: { readonly highest: Highest | undefined; readonly equity: Ratio; readonly stop: Ratio | undefined },
): Pick<SizeAnswer, 'margin' | 'allocation' | 'maxLev' | 'atMaxLev' | 'atLev' | 'warnings' | 'reason'> {
  const { highest, equity, stop } = of;
  const lev = terms.lev ?? highest?.lev;
  const leg = positionFrom({ ...terms, lev: Ratio.ONE }, table);
  const margin = lev && initialMargin(leg, lev);
  const allocation = margin?.over(equity);
  const atLev = terms.lev && assess(terms, table);
  return {
    ...(margin && allocation && { margin, allocation }),
    ...(highest?.lev && { maxLev: highest.lev, atMaxLev: assess({ ...terms, lev: highest.lev }, table) }),
    ...(atLev && { atLev }),
    ...(highest?.reason !== undefined && { reason: highest.reason }),
    warnings: [...(allocation ? bandWarnings(allocation) : []), ...(atLev && stop ? stopWarnings(stop, atLev) : [])],
  };
}

function feeWarning(taker: Ratio, fees: Ratio, { marginAsset }: Contract): Warning {
  const percent = taker.percent().toText(4);
  return { code: 'FEES_NOT_COUNTED', details: { percent, amount: fees.toText(marginAsset === 'base' ? 8 : 4) } };
}

function bandWarnings(allocation: Ratio): Warning[] {
  const { highest } = ALLOCATION_BAND;
  if (!allocation.isAbove(highest)) return [];
  const percent = (fraction: Ratio): string => fraction.percent().toText(4);
  return [{ code: 'ALLOCATION_ABOVE_BAND', details: { percent: percent(allocation), highest: percent(highest) } }];
}
