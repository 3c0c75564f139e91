import type { AccountPosition, MarginMode } from './account-position.js';
import { assess, type Assessment, type Warning } from './assessment.js';
import { symbolKey } from './brackets.js';
import { CrossPool, type Marked } from './cross-pool.js';
import { naming, type Problem } from './errors.js';
import { formulas } from './formulas/index.js';
import { valueAt } from './leg.js';
import { outcomeAt, poolOf, safeRange, type SafeRange } from './liquidation.js';
import { marketMove, type MarketLeg, type MarketMove } from './market-move.js';
import { listed } from './names.js';
import {
  type Collateral,
  countedMargin,
  equityAt,
  positionOf,
  ruledFrom,
  type Terms,
  totalMaintenanceAt,
} from './position.js';
import { Ratio, RatioSum } from './ratio.js';

export type { AccountPosition, MarginMode } from './account-position.js';

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
  /** The cross positions as legs of a market move; computed on each access. */
  readonly moving: readonly MarketLeg[];
  /** Those that did not fail, in input order; computed on first access. */
  readonly positions: readonly AssessedPosition[];
  /**
   * The position at an index (from 0), computed on each call: a caller that needs one at a time need not keep them all.
   */
  readonly positionAt: (index: number) => PositionAnswer;
}

/** What cross positions have in common. */
interface Totals {
  readonly wallet: Ratio;
  readonly profit: Ratio;
  readonly maintenance: Ratio;
  /** Gross value. */
  readonly value: Ratio;
  /** The symbols of failed positions among them. */
  readonly lacking: readonly string[];
}

/**
 * Assesses an account: each symbol's liquidation price with all others fixed at their marks, and the market move that
 * liquidates the account.
 *
 * The others' profit and maintenance are the totals minus the symbol's own, so the work grows with the positions, not
 * with their square. Both legs of a hedge are one pool: they move together. The figures of a position are computed
 * when they are needed and not kept, because an account may have many.
 *
 * @param account - valid by `accountProblems`.
 * @throws {LiqcalcError} as `positionFrom`, and for isolated positions as `assess`.
 * @see https://www.binance.com/en/support/faq/b3c689c1f50a44cabb3a84e663b81d93 (How to calculate the liquidation price of USDⓈ-M futures)
 */
export function assessAccount(account: Account): AccountAssessment {
  const pool = new CrossPool(account.positions);
  const totals = totalsOf(account, pool);
  const { profit, maintenance, value, lacking } = totals;
  const equity = account.wallet.plus(profit);
  const positionAt = (index: number): PositionAnswer => {
    const from = account.positions[index] as AccountPosition;
    if (from.failure) return failed(from, from.failure);
    return from.mode === 'isolated' ? isolated(from) : shared(pool.markedAt(index), pool.partnerOf(index), totals);
  };
  const isKnown = account.positions.some(isCross) && lacking.length === 0;
  const isSafe = equity.isAbove(maintenance);
  const move = isKnown && isSafe ? marketMove(pool.legs, account.wallet) : {};
  const outcome = !isKnown ? undefined : !isSafe ? 'already' : move.down || move.up ? 'at' : 'never';
  let positions: readonly AssessedPosition[] | undefined;
  return {
    account,
    equity,
    maintenance,
    lacking,
    value,
    outcome,
    move,
    get moving() {
      return [...pool.legs];
    },
    positionAt,
    get positions() {
      return (positions ??= account.positions.flatMap((_, index) => {
        const answer = positionAt(index);
        return isFailed(answer) ? [] : [answer];
      }));
    },
  };
}

const isCross = ({ mode }: AccountPosition): boolean => mode === 'cross';

/** Adds up the cross positions; each position is computed once, so that every error is found. */
function totalsOf({ wallet, positions }: Account, pool: CrossPool): Totals {
  const [profit, maintenance, value] = [new RatioSum(), new RatioSum(), new RatioSum()];
  const lacking = new Set<string>();
  for (const [index, from] of positions.entries()) {
    if (from.mode === 'isolated') {
      if (!from.failure) naming(from.name, () => isolated(from));
      continue;
    }
    const own = pool.markedAt(index);
    profit.add(own.profit);
    maintenance.add(own.maintenance);
    value.add(valueAt(own.leg, own.mark));
    if (from.failure) lacking.add(symbolKey(from.terms.symbol));
  }
  const [allProfit, allMaintenance, allValue] = [profit.total(), maintenance.total(), value.total()];
  return { wallet, profit: allProfit, maintenance: allMaintenance, value: allValue, lacking: [...lacking] };
}

function failed({ terms, mode }: AccountPosition, failure: readonly Problem[]): FailedPosition {
  return { terms, mode, failure };
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
