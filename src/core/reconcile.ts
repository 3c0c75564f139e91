import {
  accountMarginRatio,
  isFailed,
  type AccountAssessment,
  type AssessedPosition,
  type PositionAnswer,
} from './account.js';
import { symbolKey } from './brackets.js';
import { marginRatioAt } from './health.js';
import { maintenanceAt, profitAt, valueAt } from './leg.js';
import { equityAt, missingAt, othersMaintenance, totalMaintenanceAt } from './position.js';
import { Ratio, stepOf } from './ratio.js';
import {
  areNear,
  NEAR,
  reasonsFor,
  type Assumption,
  type ComparedFigure,
  type Comparison,
  type Equation,
  type Reason,
  type ReportedValue,
} from './reconcile-reasons.js';

/** What the exchange reports about a position, margin asset; absent if it does not report it. */
export interface ReportedPosition {
  /** Its liquidation price, or `none` if it reports that no price liquidates the position. */
  readonly price?: ReportedValue | 'none';
  /** Maintenance margin at the mark. */
  readonly maintenance?: ReportedValue;
  /** Maintenance over equity of an isolated position, a fraction. */
  readonly marginRatio?: ReportedValue;
  /** Unrealised profit at the mark. */
  readonly profit?: ReportedValue;
}

/** What it reports about an account: its cross positions and their collateral. */
export type ReportedAccount = Omit<ReportedPosition, 'price'>;

/** Everything that the exchange reports. */
export interface Reported {
  readonly account?: ReportedAccount | undefined;
  readonly positions: readonly (ReportedPosition | undefined)[];
}

/** A figure that differs from the exchange's. A side that has no value is absent. */
export interface Difference {
  readonly figure: ComparedFigure;
  readonly ours?: Ratio | undefined;
  readonly reported?: Ratio | undefined;
}

/** A position, or the account, that differs from the exchange's report. */
export interface Discrepancy {
  /** The position's index; absent for the account. */
  readonly index?: number;
  /** At least one. */
  readonly differences: readonly Difference[];
  /** The price step within which our price counts as equal to the exchange's. */
  readonly tick?: Ratio;
  /** The likely reasons, the first one first. */
  readonly reasons: readonly [Reason, ...Reason[]];
}

const FIVE_DIGITS_BELOW = 5;
/** Without an exchange price, the usual tick has no coarser bound. */
const MOST_DECIMALS = 30;

/**
 * The usual price step at a price level: five digits below the first (0.1 for 26316.89), or the last digit that the
 * price is written with if that is coarser.
 *
 * @param decimals - the decimals that the price is written with.
 */
export function usualTick(price: Ratio, decimals: number): Ratio {
  let tick = stepOf(FIVE_DIGITS_BELOW);
  const ten = Ratio.of(10n);
  let leading = price;
  for (; !leading.isBelow(ten); leading = leading.over(ten)) tick = tick.times(ten);
  for (; leading.isBelow(Ratio.ONE); leading = leading.times(ten)) tick = tick.over(ten);
  return tick.max(stepOf(decimals));
}

/**
 * The account and the positions whose figures differ from the exchange's, each with the likely reasons.
 *
 * @param tick - the tick of all prices; by default the position's tick, else the usual one.
 */
export function discrepancies(assessment: AccountAssessment, reported: Reported, tick?: Ratio): Discrepancy[] {
  const pool = poolOf(assessment);
  const positions = assessment.account.positions.flatMap((_, index): Compared[] => {
    const [position, said] = [assessment.positionAt(index), reported.positions[index] ?? {}];
    if (!isComparable(assessment, position)) return [];
    return [{ index, position, said, tick: tick ?? position.terms.tick ?? tickOf(position, said) }];
  });
  const common = commonShift(positions);
  const ofPositions = positions.flatMap((each): Discrepancy[] => {
    const { index } = each;
    const differences = positionDifferences(each);
    if (differences.length === 0) return [];
    const reasons = reasonsFor(positionComparison(each, differences, { pool, common }));
    return [{ index, differences, tick: each.tick, reasons }];
  });
  return [...accountDiscrepancy(assessment, pool, reported.account), ...ofPositions];
}

/**
 * Whether a position can be compared with the exchange's report: not if it failed, or shares a pool with a position that
 * did.
 */
export function isComparable({ lacking }: AccountAssessment, position: PositionAnswer): position is AssessedPosition {
  return !isFailed(position) && (lacking.length === 0 || position.mode === 'isolated');
}

/** A position, its index in the account, and what the exchange reports about it. */
interface Compared {
  readonly index: number;
  readonly position: AssessedPosition;
  readonly said: ReportedPosition;
  readonly tick: Ratio;
}

/** The cross positions of an account together, at the marks. */
interface CrossPool {
  readonly wallet: Ratio;
  readonly profit: Ratio;
  readonly maintenance: Ratio;
  readonly value: Ratio;
}

function poolOf({ account, equity, maintenance, value }: AccountAssessment): CrossPool {
  return { wallet: account.wallet, profit: equity.minus(account.wallet), maintenance, value };
}

/** The liquidation price that the exchange reports, if it reports one. */
const priceOf = ({ price }: ReportedPosition): ReportedValue | undefined => (price === 'none' ? undefined : price);

function tickOf({ price }: AssessedPosition, said: ReportedPosition): Ratio {
  const reported = priceOf(said);
  return usualTick(reported?.value ?? price ?? Ratio.ONE, reported?.decimals ?? MOST_DECIMALS);
}

function accountDiscrepancy(
  assessment: AccountAssessment,
  pool: CrossPool,
  said: ReportedAccount | undefined,
): Discrepancy[] {
  if (!said || !assessment.outcome) return [];
  const { maintenance, profit, value } = pool;
  const differences = [
    ...figureDifference('maintenanceMargin', maintenance, said.maintenance),
    ...figureDifference('marginRatio', accountMarginRatio(assessment), said.marginRatio),
    ...figureDifference('unrealizedPnl', profit, said.profit, value),
  ];
  if (differences.length === 0) return [];
  const differs = new Set(differences.map(({ figure }) => figure));
  return [{ differences, reasons: reasonsFor({ own: pool, backing: pool, said, differs }) }];
}

function positionDifferences({ position: of, said, tick }: Compared): Difference[] {
  const { position, reference, mode } = of;
  // The ratio of cross positions is the account's.
  const saidRatio = mode === 'isolated' ? said.marginRatio : undefined;
  return [
    ...priceDifference(of, said, tick),
    ...figureDifference('maintenanceMargin', ownMaintenance(of), said.maintenance),
    ...figureDifference('marginRatio', marginRatioAt(position, reference), saidRatio),
    ...figureDifference('unrealizedPnl', profitAt(position, reference), said.profit, valueAt(position, reference)),
  ];
}

/** Maintenance margin of a position, at the mark unless its formula values it at the entry. */
function ownMaintenance({ position, reference, formula }: AssessedPosition): Ratio {
  return maintenanceAt(position, formula.name === 'simple' ? position.entry : reference);
}

function priceDifference({ price }: AssessedPosition, said: ReportedPosition, tick: Ratio): Difference[] {
  if (said.price === undefined) return [];
  const reported = priceOf(said)?.value;
  const isSame = price && reported ? !price.minus(reported).abs().isAbove(tick) : !price && !reported;
  return isSame ? [] : [{ figure: 'liquidationPrice', ours: price, reported }];
}

/** Profits are compared relative to the value that they come from, because entries and marks are rounded. */
const PROFIT_NEAR = Ratio.from('0.00001');

/** @param value - the value of which the figure is a small part, if it is one. */
function figureDifference(
  figure: ComparedFigure,
  ours: Ratio | undefined,
  said: ReportedValue | undefined,
  value = Ratio.ZERO,
): Difference[] {
  if (!said) return [];
  if (!ours) return [{ figure, reported: said.value }];
  const step = stepOf(said.decimals);
  const gap = ours.minus(said.value).abs();
  const isSame = areNear(ours, said.value) || !gap.isAbove(step.max(value.times(PROFIT_NEAR)));
  return isSame ? [] : [{ figure, ours, reported: said.value }];
}

function positionComparison(
  compared: Compared,
  differences: readonly Difference[],
  { pool, common }: { readonly pool: CrossPool; readonly common: CommonShift | undefined },
): Comparison {
  const { position: of, said } = compared;
  const { position, reference, mode } = of;
  const own = {
    maintenance: ownMaintenance(of),
    profit: profitAt(position, reference),
    value: valueAt(position, reference),
  };
  const differs = new Set(differences.map(({ figure }) => figure));
  const price = differs.has('liquidationPrice') ? priceOf(said)?.value : undefined;
  const fitting = price && (mode === 'cross' ? commonWallet(of, common) : ownWallet(compared, differs, price));
  return {
    own,
    backing: mode === 'cross' ? pool : { wallet: position.collateral.wallet, profit: own.profit },
    said,
    differs,
    ...(price && { equation: equationOf(compared, price, pool) }),
    ...(fitting && { fitting }),
  };
}

function commonWallet({ position, terms }: AssessedPosition, common: CommonShift | undefined): Comparison['fitting'] {
  if (!common) return undefined;
  return {
    wallet: position.collateral.wallet.plus(common.shift),
    isOfSymbol: common.symbols.has(symbolKey(terms.symbol)),
  };
}

/** The wallet of an isolated position that gives the price. It is useful only if the maintenance margin equals ours. */
function ownWallet(
  { position, said }: Compared,
  differs: ReadonlySet<ComparedFigure>,
  price: Ratio,
): Comparison['fitting'] {
  if (!said.maintenance || differs.has('maintenanceMargin')) return undefined;
  return { wallet: position.position.collateral.wallet.plus(missingAt(position.position, price)), isOfSymbol: true };
}

function equationOf({ position: of, said, tick }: Compared, price: Ratio, pool: CrossPool): Equation {
  const { position, reference, mode } = of;
  const { partner, collateral } = position;
  const held = [
    othersMaintenance(collateral),
    said.maintenance?.value ?? ownMaintenance(of),
    ...(partner ? [maintenanceAt(partner, reference)] : []),
  ];
  const ownValue = (at: Ratio): Ratio => {
    const alone = valueAt(position, at);
    return partner ? alone.plus(valueAt(partner, at)) : alone;
  };
  const others = mode === 'isolated' ? Ratio.ZERO : pool.value.minus(ownValue(reference));
  const surplusAt = (at: Ratio, { shift, fee, isHeld }: Assumption): Ratio => {
    const maintenance = isHeld ? Ratio.sum(held) : totalMaintenanceAt(position, at);
    const fees = fee ? fee.times(ownValue(at).plus(others)) : Ratio.ZERO;
    return equityAt(position, at)
      .plus(shift ?? Ratio.ZERO)
      .minus(maintenance)
      .minus(fees);
  };
  return { price, tick, surplusAt };
}

/** A wallet shift that most symbols agree on, with the symbols that do. */
interface CommonShift {
  readonly shift: Ratio;
  readonly symbols: ReadonlySet<string>;
}

/** `undefined` if there are several symbols and fewer than two agree. */
function commonShift(positions: readonly Compared[]): CommonShift | undefined {
  const bySymbol = new Map<string, Ratio>();
  for (const { position, said } of positions) {
    const reported = priceOf(said)?.value;
    if (position.mode === 'cross' && reported) {
      bySymbol.set(symbolKey(position.terms.symbol), missingAt(position.position, reported));
    }
  }
  const sorted = [...bySymbol].sort(([, a], [, b]) => a.compare(b));
  const largest = largestGroup(sorted.map(([, shift]) => shift));
  const symbols = sorted.slice(largest.from, largest.to).map(([symbol]) => symbol);
  const shift = sorted[largest.at]?.[1];
  return shift && (symbols.length > 1 || bySymbol.size === 1) ? { shift, symbols: new Set(symbols) } : undefined;
}

/**
 * The index of the value that most others are close to, and the indices of these others. Values are in rising order.
 */
function largestGroup(values: readonly Ratio[]): { readonly at: number; readonly from: number; readonly to: number } {
  let largest = { at: 0, from: 0, to: 0 };
  let [from, to] = [0, 0];
  values.forEach((value, at) => {
    const margin = value.abs().times(NEAR);
    while (value.minus(values[from] as Ratio).isAbove(margin)) from++;
    while (to < values.length && !(values[to] as Ratio).minus(value).isAbove(margin)) to++;
    if (to - from > largest.to - largest.from) largest = { at, from, to };
  });
  return largest;
}
