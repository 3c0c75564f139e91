import { concaveAt, lineAt, positiveSet, type Line } from './concave.js';
import { equityLine, surplus, type MovingLeg } from './liquidation.js';
import type { Leg } from './leg.js';
import { Ratio } from './ratio.js';

/** The common moves of all marks, as fractions, at which an account is liquidated. A missing move does not exist. */
export interface MarketMove {
  /** Negative. */
  readonly down?: Ratio;
  /** Positive. */
  readonly up?: Ratio;
}

/** A leg that takes part in a market move: its price becomes `mark (1 + beta x move)`. */
export interface MarketLeg {
  readonly leg: Leg;
  /** Quote per base. */
  readonly mark: Ratio;
  readonly beta: Ratio;
}

/**
 * The moves at which equity equals maintenance, among those that keep every price positive.
 *
 * Along `x = 1 + b move`, with `b` the largest beta, every value of a linear account is a line, and `x > 0` is where
 * the prices with that beta are positive; betas between 0 and `b` are less strict, negative ones limit the other end.
 * An inverse account moves along `x = 1 / (1 + move)`, all betas 1.
 *
 * @param legs - of one contract type; inverse ones with a beta of 1. They are read more than once.
 * @param wallet - margin asset; the account is safe at its present marks.
 */
export function marketMove(legs: Iterable<MarketLeg>, wallet: Ratio): MarketMove {
  const betas = differentBetas(legs);
  const base = leadingBeta(betas);
  if (base.sign() === 0) return {};
  const isInverse = isOnInverseAxis(legs);
  const moving = { [Symbol.iterator]: () => movingLegs(legs, base) };
  const set = positiveSet(surplus(moving, { equity: wallet, maintenance: Ratio.ZERO }));
  if (set.kind === 'nowhere') return {};
  const moveAt = (x: Ratio | undefined): Ratio | undefined => {
    const move = x && (isInverse ? x.inverted() : x).minus(Ratio.ONE).over(base);
    return move && keepsPricesPositive(betas, move) ? move : undefined;
  };
  const [start, end] = [moveAt(set.lower), moveAt(set.upper)];
  const [down, up] = isInverse || base.sign() < 0 ? [end, start] : [start, end];
  return { ...(down && { down }), ...(up && { up }) };
}

/**
 * Equity and maintenance (margin asset) after a market move that keeps every price positive.
 *
 * All legs are added up once, along the axis of `marketMove`. Evaluating a move then costs the same for any number of
 * legs.
 *
 * @param legs - of one contract type; inverse ones with a beta of 1.
 * @param wallet - margin asset.
 */
export function afterMarketMove(
  legs: readonly MarketLeg[],
  wallet: Ratio,
): (move: Ratio) => { readonly equity: Ratio; readonly maintenance: Ratio } {
  const base = leadingBeta(differentBetas(legs));
  const moving = [...movingLegs(legs, base)];
  const equityAlong = equityLine(moving, wallet);
  const along = surplus(moving, { equity: wallet, maintenance: Ratio.ZERO });
  const surplusAlong = { ...along, kinks: [...along.kinks] };
  const isInverse = isOnInverseAxis(legs);
  return (move) => {
    const scaled = base.times(move).plus(Ratio.ONE);
    const x = isInverse ? scaled.inverted() : scaled;
    const equity = lineAt(equityAlong, x);
    return { equity, maintenance: equity.minus(concaveAt(surplusAlong, x)) };
  };
}

function isOnInverseAxis(legs: Iterable<MarketLeg>): boolean {
  for (const { leg } of legs) return leg.contract.longSlope < 0;
  return false;
}

function* movingLegs(legs: Iterable<MarketLeg>, base: Ratio): Generator<MovingLeg, undefined> {
  for (const { leg, mark, beta } of legs) yield { leg, value: valueLine({ leg, mark, beta }, base) };
}

/** The betas, each run of equal ones once: most accounts have one beta. */
function differentBetas(legs: Iterable<MarketLeg>): readonly Ratio[] {
  const betas: Ratio[] = [];
  for (const { beta } of legs) if (betas.at(-1)?.compare(beta) !== 0) betas.push(beta);
  return betas;
}

/** The largest beta, or the smallest if all are negative or zero: the one whose price reaches zero first on its side. */
function leadingBeta(betas: readonly Ratio[]): Ratio {
  const [largest, smallest] = [Ratio.greatest([Ratio.ZERO, ...betas]), Ratio.least([Ratio.ZERO, ...betas])];
  return ((largest as Ratio).sign() > 0 ? largest : smallest) as Ratio;
}

/** The value of a leg along `x`: at `x = 1` that of the mark. */
function valueLine({ leg, mark, beta }: MarketLeg, base: Ratio): Line {
  const value = leg.size.times(leg.contract.coordinate(mark));
  if (beta.compare(base) === 0) return { intercept: Ratio.ZERO, slope: value };
  const share = beta.over(base);
  return { intercept: value.times(Ratio.ONE.minus(share)), slope: value.times(share) };
}

function keepsPricesPositive(betas: readonly Ratio[], move: Ratio): boolean {
  return betas.every((beta) => beta.times(move).plus(Ratio.ONE).sign() > 0);
}
