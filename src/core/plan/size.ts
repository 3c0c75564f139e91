import { assess, type Assessment, type Warning } from '../assessment.js';
import { bracketOf, type BracketTable } from '../brackets.js';
import { contracts, type Contract } from '../contracts/index.js';
import { fail } from '../errors.js';
import { walletLiquidatedAt } from '../liquidation.js';
import { initialMargin, positionFrom, valueAt, type Side, type Terms } from '../position.js';
import { Ratio } from '../ratio.js';

/** How the size is chosen: by what may be lost at the stop, or by a share of equity as margin at a leverage. */
export type Sizing =
  | { readonly kind: 'risk'; readonly risk: Ratio; readonly stop: Ratio }
  | { readonly kind: 'allocate'; readonly allocate: Ratio; readonly lev: Ratio; readonly stop?: Ratio | undefined };

/** What a trade is sized from. */
export interface SizeQuestion {
  /** Equity of the account, margin asset. */
  readonly equity: Ratio;
  readonly sizing: Sizing;
  /** How far liquidation stays beyond the stop, a fraction of the stop price. */
  readonly buffer?: Ratio | undefined;
  /** Step of the quantity. */
  readonly step?: Ratio | undefined;
  /** Price at which profit is taken. */
  readonly take?: Ratio | undefined;
}

/** A size, and the leverage that it can have. */
export interface SizeAnswer {
  /** Rounded down to the step; zero where the step is too coarse. */
  readonly qty: Ratio;
  /** Value at entry, quote. */
  readonly notional: Ratio;
  /** What may be lost (by risk), or what the stop would lose with fees; margin asset. */
  readonly riskAmount?: Ratio;
  /** Margin at the leverage given, else at the highest one, margin asset. */
  readonly margin?: Ratio;
  /** Margin over equity, a fraction. */
  readonly allocation?: Ratio;
  /** The highest whole leverage whose liquidation stays beyond the stop by the buffer, within the bracket's maximum. */
  readonly maxLev?: Ratio;
  readonly atMaxLev?: Assessment;
  /** The position at the leverage given. */
  readonly atLev?: Assessment;
  /** Reward at `take` over loss at the stop, both after fees. */
  readonly rewardRisk?: Ratio;
  readonly warnings: readonly Warning[];
  /** Why there is no size or no leverage. */
  readonly reason?: string;
}

/** Liquidation stays beyond the stop by this fraction of the stop price, unless asked otherwise. */
export const DEFAULT_BUFFER = Ratio.from('0.005');
/** Step of quantities, unless asked otherwise. */
export const DEFAULT_STEP = Ratio.from('1e-8');
/** The margin of one trade as fractions of equity. @see "How to reduce liquidation risk on Binance Futures?", sizing 1 */
export const ALLOCATION_BAND = { lowest: Ratio.from('0.01'), highest: Ratio.from('0.03') } as const;

/**
 * What one unit on the contract's axis gains from entry to a price, after the trading fee on both ends; losses are
 * negative: `s (x - e) - taker (x + e)`.
 */
function netGain(of: { side: Side; contract: Contract; entry: Ratio; taker: Ratio }, price: Ratio): Ratio {
  const [from, to] = [of.contract.coordinate(of.entry), of.contract.coordinate(price)];
  const gain = (of.side === 'long') === (of.contract.longSlope === 1) ? to.minus(from) : from.minus(to);
  return gain.minus(of.taker.times(from.plus(to)));
}

function checkSides({ side, entry }: Terms, stop: Ratio | undefined, take: Ratio | undefined): void {
  const [losing, winning] = side === 'long' ? (['below', 'above'] as const) : (['above', 'below'] as const);
  const lies = (price: Ratio, where: 'below' | 'above'): boolean =>
    where === 'below' ? price.isBelow(entry) : price.isAbove(entry);
  const words = (where: string): string => `${where} the entry (${entry.toText(30)}) of a ${side}`;
  if (stop && !lies(stop, losing)) fail('WRONG_SIDE', 'stop', { value: stop.toText(30), must: words(losing) });
  if (take && !lies(take, winning)) fail('WRONG_SIDE', 'take', { value: take.toText(30), must: words(winning) });
}

/**
 * The quantity of a trade and the highest leverage that keeps its liquidation behind the stop.
 *
 * By risk: `qty = equity risk / (|entry - stop| + taker (entry + stop))`, inverse the same with `1/entry` and `1/stop`.
 * By allocation: margin is a share of equity, and `qty = margin lev / value of one at entry`.
 *
 * @param terms - side, entry, rates (or the table), `taker`, and a `lev` to look at; its size is what is asked.
 * @throws {LiqcalcError} `WRONG_SIDE` for a stop or target on the wrong side of the entry, and as `positionFrom`.
 */
export function size(terms: Terms, table: BracketTable | undefined, question: SizeQuestion): SizeAnswer {
  const { equity, sizing, take } = question;
  checkSides(terms, sizing.stop, take);
  const contract = contracts[table?.contract ?? terms.contract ?? 'linear'];
  const unit = { side: terms.side, contract, entry: terms.entry, taker: terms.taker ?? Ratio.ZERO };
  const multiplier = contract.sizeOf(Ratio.ONE, table?.multiplier ?? terms.multiplier ?? Ratio.ONE);
  const lossPerSize = sizing.stop && netGain(unit, sizing.stop).negated();
  const exact =
    sizing.kind === 'risk'
      ? equity.times(sizing.risk).over(lossPerSize as Ratio)
      : equity.times(sizing.allocate).times(sizing.lev).over(contract.coordinate(terms.entry));
  const qty = exact
    .over(multiplier)
    .floorTo(question.step ?? DEFAULT_STEP)
    .reduced();
  const sized = qty.times(multiplier);
  const riskAmount = sizing.kind === 'risk' ? equity.times(sizing.risk) : lossPerSize?.times(sized);
  const common = {
    qty,
    notional: contract.notional(sized, terms.entry),
    ...(riskAmount && { riskAmount }),
    ...(take && lossPerSize && { rewardRisk: netGain(unit, take).over(lossPerSize) }),
  };
  if (qty.sign() === 0) return { ...common, warnings: [], reason: tooSmall(exact.over(multiplier)) };
  const whole = { ...terms, qty };
  const highest = sizing.stop && highestLeverage(whole, table, sizing.stop, question.buffer ?? DEFAULT_BUFFER);
  return { ...common, ...leverageAnswer(whole, table, highest, equity) };
}

/** Why a step leaves nothing of a size. */
export const tooSmall = (exact: Ratio): string => `the size would be ${exact.toText(12)}, which is 0 in this step`;

type Highest =
  { readonly lev: Ratio; readonly reason?: undefined } | { readonly lev?: undefined; readonly reason: string };

function leverageAnswer(
  terms: Terms,
  table: BracketTable | undefined,
  highest: Highest | undefined,
  equity: Ratio,
): Pick<SizeAnswer, 'margin' | 'allocation' | 'maxLev' | 'atMaxLev' | 'atLev' | 'warnings' | 'reason'> {
  const lev = terms.lev ?? highest?.lev;
  const leg = positionFrom({ ...terms, lev: Ratio.ONE }, table);
  const margin = lev && initialMargin(leg, lev);
  const allocation = margin?.over(equity);
  return {
    ...(margin && allocation && { margin, allocation }),
    ...(highest?.lev && { maxLev: highest.lev, atMaxLev: assess({ ...terms, lev: highest.lev }, table) }),
    ...(terms.lev && { atLev: assess(terms, table) }),
    ...(highest?.reason !== undefined && { reason: highest.reason }),
    warnings: allocation ? bandWarnings(allocation) : [],
  };
}

function bandWarnings(allocation: Ratio): Warning[] {
  const { highest } = ALLOCATION_BAND;
  if (!allocation.isAbove(highest)) return [];
  const percent = (fraction: Ratio): string => fraction.times(Ratio.HUNDRED).toText(4);
  return [{ code: 'ALLOCATION_ABOVE_BAND', details: { percent: percent(allocation), highest: percent(highest) } }];
}

/**
 * The highest whole leverage whose liquidation lies beyond a stop by a buffer, within the maximum of the bracket.
 *
 * Initial margin must be at least the wallet that is liquidated at `stop (1 -+ buffer)`; leverage is the value at entry
 * over it, rounded down.
 */
function highestLeverage(terms: Terms, table: BracketTable | undefined, stop: Ratio, buffer: Ratio): Highest {
  const leg = positionFrom({ ...terms, lev: Ratio.ONE }, table);
  const away = stop.times(buffer);
  const limit = terms.side === 'long' ? stop.minus(away) : stop.plus(away);
  if (limit.sign() <= 0) return { reason: 'no positive price lies beyond the stop by that buffer' };
  const kept = initialMargin(leg, Ratio.ONE).over(walletLiquidatedAt(leg, limit)).floorTo(Ratio.ONE);
  const most = table && bracketOf(table.brackets, valueAt(leg, leg.entry)).maxLeverage?.floorTo(Ratio.ONE);
  const lev = most ? kept.min(most) : kept;
  if (lev.sign() > 0) return { lev };
  return {
    reason: 'even at leverage 1 the position is liquidated before the stop; add margin or move the stop nearer',
  };
}
