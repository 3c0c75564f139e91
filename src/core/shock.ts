import {
  isFailed,
  type Account,
  type AccountAssessment,
  type AccountPosition,
  type AssessedPosition,
} from './account.js';
import { symbolKey } from './brackets.js';
import { problem, type Problem } from './errors.js';
import { symbolsWords } from './symbol-meant.js';
import { listed } from './names.js';
import { marketMove } from './market-move.js';
import { equityAt, referencePrice, totalMaintenanceAt } from './position.js';
import { Ratio } from './ratio.js';

/** A sudden move of marks, as fractions above -1. */
export interface Shock {
  /** By symbol, as `symbolKey` spells it. */
  readonly bySymbol: ReadonlyMap<string, Ratio>;
  /** The move of all other symbols. */
  readonly all?: Ratio | undefined;
}

/** Who is liquidated at a shock, and what prevents it. */
export interface Struck {
  /** Its index in the account; `undefined` for the cross positions together. */
  readonly index?: number;
  /**
   * The share of the shock at which it is liquidated, if all marks move at once and in proportion; `undefined` if it is
   * unknown.
   */
  readonly share: Ratio | undefined;
  /** By how much maintenance exceeds equity after the shock, margin asset: more than this prevents liquidation. */
  readonly lack: Ratio;
}

/** An account under a shock. */
export interface ShockOutcome {
  readonly shock: Shock;
  readonly struck: readonly Struck[];
  /** The symbols whose maintenance margin is unknown: nothing is then known about the cross positions. */
  readonly lacking: readonly string[];
  /**
   * The smallest share of the shock at which anything is liquidated. Above 1 it is the multiple of the shock that does
   * it. `undefined` if none does, or if it is unknown.
   */
  readonly share: Ratio | undefined;
}

/** The move of a symbol, a fraction. */
function moveOf({ bySymbol, all }: Shock, symbol: string | undefined): Ratio {
  return bySymbol.get(symbolKey(symbol)) ?? all ?? Ratio.ZERO;
}

/** An account with its marks moved. A position without a mark moves from its entry. */
export function shockedAccount(account: Account, shock: Shock): Account {
  const moved = (position: AccountPosition): AccountPosition => {
    const move = moveOf(shock, position.terms.symbol);
    if (move.sign() === 0) return position;
    const mark = referencePrice(position.terms).times(Ratio.ONE.plus(move));
    return { ...position, terms: { ...position.terms, mark } };
  };
  return { ...account, positions: account.positions.map(moved) };
}

/** The problem of a shock of symbols that an account does not have; it names the symbols of the account. */
export function unknownSymbolProblems(account: Account, shock: Shock): Problem[] {
  const known = symbolsOf(account);
  const unknown = [...shock.bySymbol.keys()].filter((symbol) => !known.includes(symbol));
  if (unknown.length === 0) return [];
  const why = `the account has no position on ${listed(unknown, 'or')}; ${symbolsWords(unknown, known)}`;
  return [problem('REFUSED', 'shock', { why })];
}

/** The symbols of an account, as `symbolKey` spells them. */
export function symbolsOf({ positions }: Pick<Account, 'positions'>): readonly string[] {
  return [...new Set(positions.map(({ terms }) => symbolKey(terms.symbol)))];
}

/**
 * What a shock does to an account. Isolated positions are judged one by one, cross positions together.
 *
 * The share of the shock is a market move in which the move of each symbol is its beta: at a share `t`, each mark is
 * `mark (1 + t x move)`.
 *
 * @param before - the account at its present marks.
 * @param after - the same at the marks of the shock.
 */
export function shockOutcome(before: AccountAssessment, after: AccountAssessment, shock: Shock): ShockOutcome {
  const shares: (Ratio | undefined)[] = [];
  const struck: Struck[] = [];
  const judge = (who: Pick<Struck, 'index'>, share: Ratio | undefined, isLost: boolean, lack: Ratio): void => {
    // A rule that depends on the present mark may change on the way.
    const known = isLost ? share?.min(Ratio.ONE) : share?.isAbove(Ratio.ONE) === true ? share : undefined;
    shares.push(known);
    if (isLost) struck.push({ ...who, share: known, lack: lack.max(Ratio.ZERO) });
  };
  if (before.outcome && after.outcome)
    judge({}, poolShare(before, shock), after.outcome === 'already', after.maintenance.minus(after.equity));
  for (const [index, { mode }] of before.account.positions.entries()) {
    if (mode === 'cross') continue;
    const [own, now] = [before.positionAt(index), after.positionAt(index)];
    if (isFailed(own) || isFailed(now)) continue;
    const lack = totalMaintenanceAt(now.position, now.reference).minus(equityAt(now.position, now.reference));
    judge({ index }, isolatedShare(own, moveOf(shock, own.terms.symbol)), now.outcome.kind === 'already', lack);
  }
  const { lacking } = before;
  const least = Ratio.least(shares.filter((share) => share !== undefined));
  return { shock, struck, lacking, share: lacking.length > 0 ? undefined : least };
}

/** The share at which the cross positions are liquidated, also above 1. */
function poolShare(before: AccountAssessment, shock: Shock): Ratio | undefined {
  const { outcome, moving, account } = before;
  if (outcome === 'already') return Ratio.ZERO;
  const moves = account.positions
    .filter(({ mode }) => mode === 'cross')
    .map(({ terms }) => moveOf(shock, terms.symbol));
  const isInverse = moving.some(({ leg }) => leg.contract.longSlope < 0);
  if (!isInverse)
    return marketMove(
      moving.map((each, index) => ({ ...each, beta: moves[index] as Ratio })),
      account.wallet,
    ).up;
  const [first = Ratio.ZERO] = moves;
  const isCommon = first.sign() !== 0 && moves.every((move) => move.compare(first) === 0);
  if (!isCommon) return undefined;
  const { down, up } = marketMove(
    moving.map((each) => ({ ...each, beta: Ratio.ONE })),
    account.wallet,
  );
  return (first.sign() < 0 ? down : up)?.over(first);
}

/** The share at which an isolated position is liquidated, also above 1. */
function isolatedShare({ outcome, reference }: AssessedPosition, move: Ratio): Ratio | undefined {
  if (outcome.kind !== 'at') return outcome.kind === 'already' ? Ratio.ZERO : undefined;
  const { price, danger } = outcome.bound;
  const isToward = danger === 'below' ? move.sign() < 0 : move.sign() > 0;
  return isToward ? price.over(reference).minus(Ratio.ONE).over(move) : undefined;
}
