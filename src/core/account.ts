import { assess, type Assessment, type Warning } from './assessment.js';
import { symbolKey, type BracketTable } from './brackets.js';
import { naming, type Problem } from './errors.js';
import type { FormulaName } from './formulas/index.js';
import { formulas } from './formulas/index.js';
import { placesOfHedges } from './hedge.js';
import { outcomeAt, poolOf, safeRange, type SafeRange } from './liquidation.js';
import { listed } from './names.js';
import { marketMove, type MarketLeg, type MarketMove } from './market-move.js';
import { maintenanceAt, profitAt, valueAt } from './leg.js';
import {
  type Collateral,
  countedMargin,
  equityAt,
  positionOf,
  referencePrice,
  type Ruled,
  ruledFrom,
  type Terms,
  totalMaintenanceAt,
  unitSize,
} from './position.js';
import { symbolKeyOn } from './venues/index.js';
import { Ratio } from './ratio.js';

/** How a position is backed: by the wallet that all cross positions share, or by its own. */
export type MarginMode = 'cross' | 'isolated';

/** One position of an account, as the input has it. */
export interface AccountPosition {
  /** How messages name it: `positions[1]`. */
  readonly name: string;
  /** Complete by `requirementProblems`; a cross position has the account's wallet, a mark, a size and a symbol. */
  readonly terms: Terms;
  readonly mode: MarginMode;
  readonly formula: FormulaName;
  /** The table of its symbol, if there is one. */
  readonly table?: BracketTable;
  /** Its venue; `DEFAULT_VENUE` by default. */
  readonly venue?: string;
  /** Warnings about where its terms come from. */
  readonly notes?: readonly Warning[];
  /** Its share of a market move: the mark becomes `mark (1 + beta x move)`. */
  readonly beta: Ratio;
  /** Why its maintenance margin is unknown: its symbol has no table, and it has no rate. It then has no price. */
  readonly failure?: readonly Problem[];
}

/** An account: one pool of positions that settle in one asset, and isolated ones beside it. */
export interface Account {
  /** Cross wallet, margin asset: without isolated wallets and unrealised profit. */
  readonly wallet: Ratio;
  /** Whether the wallet was given. An account with isolated positions only may omit it; `wallet` is then zero. */
  readonly isWalletGiven?: boolean;
  /** Whether several settlement assets share the wallet, valued in USD: multi-assets and credits mode of Binance. */
  readonly isMultiAssets?: boolean;
  /** Valid: `accountProblems` finds nothing wrong. */
  readonly positions: readonly AccountPosition[];
}

/** A position of an account and its liquidation, with the other positions fixed at their marks. */
export interface AssessedPosition extends Assessment {
  readonly mode: MarginMode;
  /** The safe prices of its symbol; in hedge mode the range can have two ends. */
  readonly range: SafeRange;
}

/** A position without a price: only its profit is known. */
export interface FailedPosition {
  readonly terms: Terms;
  readonly mode: MarginMode;
  readonly failure: readonly Problem[];
}

/** The answer for a position of an account. */
export type PositionAnswer = AssessedPosition | FailedPosition;

export function isFailed(position: PositionAnswer): position is FailedPosition {
  return 'failure' in position;
}

/** An account and its liquidation. `equity`, `maintenance` and `value` count cross positions only. */
export interface AccountAssessment {
  readonly account: Account;
  /** Wallet and unrealised profit at the marks, margin asset. */
  readonly equity: Ratio;
  /** Maintenance margin at the marks, margin asset. That of failed positions is unknown and not included. */
  readonly maintenance: Ratio;
  /**
   * The symbols of the failed cross positions, each once. If there are any, the account has no outcome and no market
   * move, and its prices are too optimistic: maintenance that is not counted only moves them nearer.
   */
  readonly lacking: readonly string[];
  /** Gross value at the marks, margin asset. */
  readonly value: Ratio;
  /** `undefined` if no pool is known that could be liquidated: `reasonWithoutOutcome` says why. */
  readonly outcome: 'at' | 'never' | 'already' | undefined;
  /**
   * The common moves of all marks that liquidate it; without `down` and `up` unless the outcome is `at`.
   */
  readonly move: MarketMove;
  /** The cross positions as legs of a market move. */
  readonly moving: readonly MarketLeg[];
  /** Those that did not fail, in input order; computed on first access. */
  readonly positions: readonly AssessedPosition[];
  /**
   * The position at an index (from 0), computed on each call: a caller that needs one at a time need not keep them all.
   */
  readonly positionAt: (index: number) => PositionAnswer;
}

/** A cross position with its profit and maintenance at the mark. */
interface Marked extends MarketLeg {
  readonly kind: 'cross';
  readonly from: AccountPosition;
  readonly ruled: Ruled;
  readonly profit: Ratio;
  readonly maintenance: Ratio;
}

/**
 * A position at its index. Cross positions are assessed once the totals are known; isolated positions need no totals.
 */
type Placed = Marked | { readonly kind: 'isolated'; readonly answer: PositionAnswer };

/** What cross positions have in common. */
interface Totals {
  readonly wallet: Ratio;
  readonly profit: Ratio;
  readonly maintenance: Ratio;
  /** The symbols of failed positions among them. */
  readonly lacking: readonly string[];
}

/**
 * Assesses an account: each symbol's liquidation price with all others fixed at their marks, and the market move that
 * liquidates the account.
 *
 * The others' profit and maintenance are the totals minus the symbol's own, so the work grows with the positions, not
 * with their square. Both legs of a hedge are one pool: they move together.
 *
 * @param account - valid by `accountProblems`.
 * @throws {LiqcalcError} as `positionFrom`, and for isolated positions as `assess`.
 * @see https://www.binance.com/en/support/faq/b3c689c1f50a44cabb3a84e663b81d93 (How to calculate the liquidation price of USDⓈ-M futures)
 */
export function assessAccount(account: Account): AccountAssessment {
  const alone = inFamilies(account.positions.map((each) => naming(each.name, () => place(each))));
  const partners = partnersOf(account.positions, alone);
  const placed = alone.map((each, index) => hedged(each, partners.get(index), alone));
  const cross = placed.filter((each) => each.kind === 'cross');
  const profit = Ratio.sum(cross.map((each) => each.profit));
  const maintenance = Ratio.sum(cross.map((each) => each.maintenance));
  const equity = account.wallet.plus(profit);
  const lacking = [...new Set(cross.flatMap(({ from }) => (from.failure ? symbolKey(from.terms.symbol) : [])))];
  const totals: Totals = { wallet: account.wallet, profit, maintenance, lacking };
  const positionAt = (index: number): PositionAnswer => {
    const own = placed[index] as Placed;
    const partner = partners.get(index);
    const other = partner === undefined ? undefined : (placed[partner] as Marked);
    if (own.kind === 'isolated') return own.answer;
    return failed(own.from) ?? shared(own, other, totals);
  };
  const pricedAt = (index: number): readonly AssessedPosition[] => {
    const answer = positionAt(index);
    return isFailed(answer) ? [] : [answer];
  };
  const isKnown = cross.length > 0 && lacking.length === 0;
  const isSafe = equity.isAbove(maintenance);
  const move = isKnown && isSafe ? marketMove(cross, account.wallet) : {};
  const outcome = !isKnown ? undefined : !isSafe ? 'already' : move.down || move.up ? 'at' : 'never';
  const value = Ratio.sum(cross.map((each) => valueAt(each.leg, each.mark)));
  let positions: readonly AssessedPosition[] | undefined;
  return {
    account,
    equity,
    maintenance,
    lacking,
    value,
    outcome,
    move,
    moving: cross,
    positionAt,
    get positions() {
      return (positions ??= placed.flatMap((_, index) => pricedAt(index)));
    },
  };
}

function place(from: AccountPosition): Placed {
  const { terms, table, mode } = from;
  if (mode === 'isolated') return { kind: 'isolated', answer: failed(from) ?? isolated(from) };
  const ruled = from.failure ? withoutMaintenance(from) : ruledFrom(terms, table);
  return markedBy(ruled, from);
}

/**
 * Cross positions, each with the contracts of the others in its family where the venue chooses the tier by all of them.
 * Both sides count.
 */
function inFamilies(placed: readonly Placed[]): readonly Placed[] {
  const totals = new Map<string, Ratio>();
  for (const each of placed) {
    const family = familyOf(each);
    if (family !== undefined) totals.set(family, contractsOf(each as Marked).plus(totals.get(family) ?? Ratio.ZERO));
  }
  if (totals.size === 0) return placed;
  return placed.map((each) => {
    const total = totals.get(familyOf(each) ?? '');
    if (!total || each.kind === 'isolated' || each.from.failure) return each;
    const besides = total.minus(contractsOf(each));
    const { from } = each;
    if (besides.sign() === 0) return each;
    return naming(from.name, () => markedBy(ruledFrom(from.terms, from.table, undefined, besides), from));
  });
}

/** What positions have in common that count together for their tier; `undefined` if each counts alone. */
function familyOf(each: Placed): string | undefined {
  if (each.kind === 'isolated') return undefined;
  const { venue } = each.ruled;
  return venue.tierFamily?.(symbolKeyOn(venue.venue, each.from.terms.symbol as string));
}

function contractsOf({ leg, from: { terms, table } }: Marked): Ratio {
  return leg.size.over(unitSize(leg.contract, terms, table));
}

function failed({ terms, mode, failure }: AccountPosition): FailedPosition | undefined {
  return failure && { terms, mode, failure };
}

/** The terms of a position; a failed one has a maintenance rate of zero, so that its size and profit can be computed. */
export function countedTerms({ terms, failure }: AccountPosition): Terms {
  return failure ? { ...terms, mmr: Ratio.ZERO } : terms;
}

function withoutMaintenance(from: AccountPosition): Ruled {
  const ruled = ruledFrom(countedTerms(from), from.table);
  return { ...ruled, leg: { ...ruled.leg, fee: Ratio.ZERO, fixed: Ratio.ZERO } };
}

/** A cross position under the rule of its venue, at its mark. The rule's inputs are not kept: there may be many. */
function markedBy({ venue, rule, rates, leg }: Ruled, from: AccountPosition): Marked {
  const mark = referencePrice(from.terms);
  const [profit, maintenance] = [profitAt(leg, mark), maintenanceAt(leg, mark)];
  return { kind: 'cross', ruled: { venue, rule, rates, leg }, from, leg, mark, beta: from.beta, profit, maintenance };
}

/** A leg of a hedge, as the rule of its venue counts both together. */
function hedged(own: Placed, partner: number | undefined, all: readonly Placed[]): Placed {
  if (partner === undefined || own.kind === 'isolated' || own.from.failure) return own;
  const { terms, table } = own.from;
  if (!own.ruled.venue.hedge) return own;
  const other = (all[partner] as Marked).from;
  return markedBy(ruledFrom(terms, table, { ...other, terms: countedTerms(other) }), own.from);
}

/** The index of the other cross leg of a position's symbol, by index. Only hedge mode has one. */
function partnersOf(positions: readonly AccountPosition[], placed: readonly Placed[]): ReadonlyMap<number, number> {
  const first = new Map<string, number>();
  const partners = new Map<number, number>();
  for (const index of placesOfHedges(positions.map(({ terms }) => terms.symbol))) {
    const own = placed[index] as Placed;
    if (own.kind === 'isolated') continue;
    const key = symbolKey(own.from.terms.symbol);
    const other = first.get(key);
    if (other === undefined) first.set(key, index);
    else partners.set(index, other).set(other, index);
  }
  return partners;
}

function isolated({ terms, table, formula, notes }: AccountPosition): AssessedPosition {
  const assessment = assess(terms, table, formula);
  return {
    ...assessment,
    ...(notes && { notes }),
    isOfAccount: true,
    mode: 'isolated',
    range: safeRange(poolOf(assessment.position)),
  };
}

function shared(own: Marked, partner: Marked | undefined, totals: Totals): AssessedPosition {
  const { terms, table } = own.from;
  const notes = [...incompleteness(totals), ...(own.from.notes ?? [])];
  let [othersPnl, othersMm] = [totals.profit.minus(own.profit), totals.maintenance.minus(own.maintenance)];
  if (partner) [othersPnl, othersMm] = [othersPnl.minus(partner.profit), othersMm.minus(partner.maintenance)];
  const collateral: Collateral = { kind: 'cross', wallet: totals.wallet, othersPnl, othersMm };
  const alone = positionOf(own.ruled, { terms, table, collateral });
  const position = partner ? { ...alone, partner: partner.leg } : alone;
  const range = safeRange(poolOf(position));
  const outcome = outcomeAt(range, own.mark);
  return {
    terms,
    position,
    formula: formulas.exact,
    outcome,
    reference: own.mark,
    isOfAccount: true,
    mode: 'cross',
    range,
    price: outcome.bound?.price,
    ...(notes.length > 0 && { notes }),
  };
}

/** The warning about prices that do not count the maintenance margin of failed positions. */
export function incompleteness({ lacking }: Pick<AccountAssessment, 'lacking'>): Warning[] {
  return lacking.length > 0 ? [{ code: 'POOL_INCOMPLETE', details: { symbols: lacking } }] : [];
}

/** Why an account without cross positions has no outcome, margin ratio and leverage. */
export const NO_CROSS = 'no cross positions';

/** Why an account has no outcome, margin ratio and leverage; `undefined` if it has an outcome. */
export function reasonWithoutOutcome({ outcome, lacking }: AccountAssessment): string | undefined {
  if (outcome) return undefined;
  return lacking.length > 0 ? `the maintenance margin of ${listed(lacking, 'and')} is unknown` : NO_CROSS;
}

/** Maintenance over equity, a fraction; 1 is liquidation. `undefined` without an outcome or positive equity. */
export function accountMarginRatio({ outcome, equity, maintenance }: AccountAssessment): Ratio | undefined {
  return outcome && equity.sign() > 0 ? maintenance.over(equity) : undefined;
}

/** Gross value over equity. `undefined` without an outcome or positive equity. */
export function accountLeverage({ outcome, equity, value }: AccountAssessment): Ratio | undefined {
  return outcome && equity.sign() > 0 ? value.over(equity) : undefined;
}

/**
 * The amount to add to the wallet to reach a margin ratio, margin asset. Negative: the amount that can be withdrawn.
 * `undefined` if the maintenance margin of a position is unknown.
 *
 * @param ratio - the margin ratio wanted, a fraction > 0.
 */
export function walletChangeFor({ equity, maintenance, lacking }: AccountAssessment, ratio: Ratio): Ratio | undefined {
  return lacking.length > 0 ? undefined : maintenance.over(ratio).minus(equity);
}

/** The same for an isolated position: the amount to add to its own margin. */
export function marginChangeFor({ terms, position, reference }: AssessedPosition, ratio: Ratio): Ratio {
  const lacking = totalMaintenanceAt(position, reference).over(ratio).minus(equityAt(position, reference));
  const { rule, inputs } = ruledFrom(terms, position.table);
  return lacking.over(countedMargin(Ratio.ONE, rule, inputs));
}
