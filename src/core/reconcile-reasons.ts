import { Ratio } from './ratio.js';

/** A value that an exchange reports, with the decimals it is written with. */
export interface ReportedValue {
  readonly value: Ratio;
  readonly decimals: number;
}

/** The figures that are compared with the exchange's. */
export const COMPARED_FIGURES = ['liquidationPrice', 'maintenanceMargin', 'marginRatio', 'unrealizedPnl'] as const;
export type ComparedFigure = (typeof COMPARED_FIGURES)[number];

/** The kinds of reasons, in the order they are tried. */
export const REASON_KINDS = [
  'brackets',
  'heldAtMark',
  'fee',
  'pnlInCollateral',
  'leg',
  'wallet',
  'existence',
] as const satisfies readonly Reason['kind'][];

/** A likely reason why our figures and the exchange's differ. */
export type Reason =
  /** Another bracket table: the exchange's maintenance at the mark differs from ours, if it reports it. */
  | { readonly kind: 'brackets'; readonly maintenance?: Ratio; readonly ours?: Ratio }
  /** The exchange keeps the maintenance margin at the mark instead of following the price. */
  | { readonly kind: 'heldAtMark'; readonly maintenance: Ratio }
  /** The maintenance margin includes a fee, a fraction of value. */
  | { readonly kind: 'fee'; readonly fee: Ratio }
  /** One collateral includes unrealised profit and the other does not. */
  | { readonly kind: 'pnlInCollateral'; readonly profit: Ratio; readonly wallet: Ratio }
  /** The prices of the other symbols fit one wallet, this one does not: one of its legs may be missing. */
  | { readonly kind: 'leg'; readonly wallet: Ratio }
  /** The profit itself differs: a leg, or another size, entry or mark. */
  | { readonly kind: 'leg'; readonly profit: Ratio; readonly ours: Ratio }
  /** The figures fit another wallet, or a position is missing. */
  | { readonly kind: 'wallet'; readonly wallet: Ratio }
  /** No other reason fits: one of the two prices does not exist. */
  | { readonly kind: 'existence' };

/** What is assumed about the exchange if its price differs from ours. */
export interface Assumption {
  /** Added to the wallet, margin asset. */
  readonly shift?: Ratio;
  /** A fee in all maintenance, a fraction of value. */
  readonly fee?: Ratio;
  /** Whether maintenance stays at its value at the mark. */
  readonly isHeld?: boolean;
}

/** The liquidation equation of a position, to test at the exchange's price. */
export interface Equation {
  readonly price: Ratio;
  readonly tick: Ratio;
  /** Equity minus maintenance at a price, margin asset. */
  readonly surplusAt: (price: Ratio, assumed: Assumption) => Ratio;
}

/** The input of the search for reasons: a position or an account whose figures differ from the exchange's. */
export interface Comparison {
  /** Of the position or account itself, at the mark, margin asset. */
  readonly own: { readonly maintenance: Ratio; readonly profit: Ratio; readonly value: Ratio };
  /**
   * Its collateral: the isolated wallet with its profit, or the cross wallet with the profit of all cross positions.
   */
  readonly backing: { readonly wallet: Ratio; readonly profit: Ratio };
  readonly said: {
    readonly maintenance?: ReportedValue;
    readonly marginRatio?: ReportedValue;
    readonly profit?: ReportedValue;
  };
  readonly differs: ReadonlySet<ComparedFigure>;
  /** Present if the exchange has a price and ours differs or does not exist. */
  readonly equation?: Equation;
  /** The wallet that gives the exchange's prices of most symbols, and whether it gives the price of this symbol. */
  readonly fitting?: { readonly wallet: Ratio; readonly isOfSymbol: boolean };
}

/** Tests a hypothesis: the reason, with its own figures, if it gives the exchange's figures. */
type Hypothesis = (of: Comparison) => Reason | undefined;

/**
 * The reasons that give the exchange's figures, in this order: another table, maintenance fixed at the mark, a fee in
 * it, profit inside the collateral, a missing leg, another wallet. Several may fit.
 */
export function reasonsFor(of: Comparison): readonly [Reason, ...Reason[]] {
  const [first, ...others] = HYPOTHESES.flatMap((hypothesis) => hypothesis(of) ?? []);
  if (first) return [first, ...others];
  const isPriced = of.equation !== undefined || !of.differs.has('liquidationPrice');
  return [{ kind: isPriced ? 'brackets' : 'existence' }];
}

const anotherTable: Hypothesis = ({ own, said, differs }) =>
  differs.has('maintenanceMargin') && said.maintenance
    ? { kind: 'brackets', maintenance: said.maintenance.value, ours: own.maintenance }
    : undefined;

const heldAtMark: Hypothesis = ({ own, said, equation }) =>
  equation && solves(equation, { isHeld: true })
    ? { kind: 'heldAtMark', maintenance: said.maintenance?.value ?? own.maintenance }
    : undefined;

/** The fee must be a usual one, and give the price or the maintenance margin, or both if both differ. */
const feeWithin: Hypothesis = ({ own, said, differs, equation }) => {
  const gap = differs.has('maintenanceMargin') && said.maintenance?.value.minus(own.maintenance);
  const ofMaintenance = gap ? usualFee(gap.over(own.value)) : undefined;
  const ofPrice = equation && feeOfPrice(equation);
  if (equation && !ofPrice) return undefined;
  if (ofMaintenance && ofPrice && ofMaintenance.compare(ofPrice) !== 0) return undefined;
  const fee = ofPrice ?? ofMaintenance;
  return fee && { kind: 'fee', fee };
};

const profitInCollateral: Hypothesis = (of) => {
  const { backing, equation, differs } = of;
  const { wallet, profit } = backing;
  if (profit.sign() === 0) return undefined;
  const equity = equityByRatio(of);
  const fits = (shift: Ratio): boolean => {
    if (equation) return solves(equation, { shift });
    return equity !== undefined && areNear(equity, wallet.plus(profit).plus(shift));
  };
  if (!equation && !differs.has('marginRatio')) return undefined;
  const shift = [profit.negated(), profit].find(fits);
  return shift && { kind: 'pnlInCollateral', profit, wallet: wallet.plus(shift) };
};

const legMissing: Hypothesis = ({ own, said, differs, equation, fitting }) => {
  if (differs.has('unrealizedPnl') && said.profit) return { kind: 'leg', profit: said.profit.value, ours: own.profit };
  return equation && fitting && !fitting.isOfSymbol ? { kind: 'leg', wallet: fitting.wallet } : undefined;
};

const anotherWallet: Hypothesis = (of) => {
  const { backing, said, equation, fitting, differs } = of;
  if (equation) return fitting?.isOfSymbol ? { kind: 'wallet', wallet: fitting.wallet } : undefined;
  const equity = differs.has('marginRatio') ? equityByRatio(of) : undefined;
  return equity && { kind: 'wallet', wallet: equity.minus(said.profit?.value ?? backing.profit) };
};

const HYPOTHESES: readonly Hypothesis[] = [
  anotherTable,
  heldAtMark,
  feeWithin,
  profitInCollateral,
  legMissing,
  anotherWallet,
];

/** Whether the liquidation equation holds within a tick of the exchange's price. */
function solves({ price, tick, surplusAt }: Equation, assumed: Assumption): boolean {
  const low = price.minus(tick).max(price.over(Ratio.of(2n)));
  return surplusAt(low, assumed).sign() * surplusAt(price.plus(tick), assumed).sign() <= 0;
}

/** The fee that makes the exchange's price the liquidation price, if it is a usual fee. */
function feeOfPrice(equation: Equation): Ratio | undefined {
  const { price, surplusAt } = equation;
  const left = surplusAt(price, {});
  const value = left.minus(surplusAt(price, { fee: Ratio.ONE }));
  const fee = closestFee(left.over(value));
  // If the tick is too coarse to separate one fee from the next, any price would fit.
  const isDistinct = fee && solves(equation, { fee }) && !solves(equation, { fee: fee.plus(QUARTER_STEP) });
  return isDistinct ? fee : undefined;
}

/** Equity by the exchange's margin ratio and maintenance margin. */
function equityByRatio({ own, said }: Comparison): Ratio | undefined {
  const ratio = said.marginRatio?.value;
  return ratio?.sign() === 1 ? (said.maintenance?.value ?? own.maintenance).over(ratio) : undefined;
}

const FEE_STEP = Ratio.from('0.00005');
const QUARTER_STEP = FEE_STEP.over(Ratio.of(4n));
/** The highest fee that venues include in maintenance, a fraction. */
const MOST_FEE = Ratio.from('0.002');
/** A figure this close to a round fee, as a share of it, is taken for that fee. */
const ROUND = Ratio.from('0.005');

const nearestFee = (fee: Ratio): Ratio => fee.over(FEE_STEP).plus(Ratio.of(1n, 2n)).floorTo(Ratio.ONE).times(FEE_STEP);

/** A fee computed from rounded figures: the nearest multiple of 0.005 % if it is close, else unchanged; a fraction. */
export function roundFee(fee: Ratio): Ratio {
  const round = nearestFee(fee);
  return fee.minus(round).abs().isAbove(fee.times(ROUND)) ? fee : round;
}

/** The fee nearest to a figure, if venues charge such a fee: up to 0.2 %. */
function closestFee(figure: Ratio): Ratio | undefined {
  const fee = nearestFee(figure);
  return fee.sign() <= 0 || fee.isAbove(MOST_FEE) ? undefined : fee;
}

/** The fee that a figure equals except for rounding, if venues charge such a fee. */
export function usualFee(figure: Ratio): Ratio | undefined {
  const fee = closestFee(figure);
  return fee && !figure.minus(fee).abs().isAbove(fee.times(ROUND)) ? fee : undefined;
}

/** Figures closer than this, as a share of the larger, count as equal: exchanges report rounded figures. */
export const NEAR = Ratio.from('0.001');

/** Whether two figures are equal except for rounding. */
export function areNear(a: Ratio, b: Ratio): boolean {
  return !a.minus(b).abs().isAbove(a.abs().max(b.abs()).times(NEAR));
}
