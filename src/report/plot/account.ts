import type { AccountAssessment } from '../../core/account.js';
import { afterMarketMove } from '../../core/market-move.js';
import { Ratio } from '../../core/ratio.js';
import { percentText } from '../figures.js';
import { shareOf, type Plot, type Range } from './plot.js';

/** Equity and maintenance of an account after a market move; moves are fractions. */
interface Sample {
  readonly move: Ratio;
  readonly equity: Ratio;
  readonly maintenance: Ratio;
}

/**
 * Equity and maintenance margin of an account over a common move of the market.
 *
 * @param count - how many moves are computed.
 * @param asset - the margin asset, if it is known.
 */
export function accountPlot(assessment: AccountAssessment, count: number, asset?: string): Plot {
  const after = afterMarketMove(assessment.moving, assessment.account.wallet);
  const samples = samplesOf(assessment, count);
  const [equity, maintenance] = [samples.map((each) => each.equity), samples.map((each) => each.maintenance)];
  const all = [Ratio.ZERO, ...equity, ...maintenance];
  const [low, high] = [Ratio.least(all) ?? Ratio.ZERO, Ratio.greatest(all) ?? Ratio.ZERO];
  const moves = { low: samples[0]?.move ?? Ratio.ZERO, high: samples.at(-1)?.move ?? Ratio.ZERO };
  const placeOf = (move: Ratio): number => shareOf(move, moves);
  const between = roundMoves(moves).map((move) => ({ at: placeOf(move), text: `${move.percent().toText(2)}%` }));
  const [first, last] = [moves.low, moves.high].map((move) => ({ at: placeOf(move), text: `${percentText(move)}%` }));
  const ticks = [...(first ? [first] : []), ...between, ...(last ? [last] : [])];
  return {
    kind: 'plot',
    title: 'Equity against maintenance margin over the market move',
    summary: '',
    x: { title: 'common move of all marks, %', ticks },
    y: `equity and maintenance margin, ${asset ?? 'margin asset'}`,
    range: { low, high },
    curves: [
      { name: 'maintenance', letter: 'm', values: maintenance, isJoined: false, look: 'second' },
      { name: 'equity', letter: 'e', values: equity, isJoined: false, look: 'first' },
    ],
    levels: [{ name: 'zero', letter: '.', value: Ratio.ZERO, text: 'zero' }],
    moments: [
      { name: 'now', letter: '|', at: placeOf(Ratio.ZERO) },
      ...crossings(assessment).map((move) => ({
        name: `liquidated at ${percentText(move)} %`,
        letter: 'X',
        at: placeOf(move),
        spot: after(move).equity,
      })),
    ],
  };
}

/** Round moves between both ends, for labels. */
function roundMoves({ low, high }: Range): readonly Ratio[] {
  const step = ['0.01', '0.02', '0.05', '0.1', '0.2', '0.5', '1']
    .map((text) => Ratio.from(text))
    .find((each) => !high.minus(low).over(each).isAbove(Ratio.of(10n)));
  const moves: Ratio[] = [];
  if (!step) return moves;
  for (let move = low.ceilTo(step); move.isBelow(high); move = move.plus(step)) moves.push(move);
  return moves.filter((move) => move.isAbove(low));
}

/** The moves that liquidate the account. */
export function crossings({ move: { down, up } }: AccountAssessment): readonly Ratio[] {
  return [down, up].filter((each) => each !== undefined);
}

/** Moves from a little beyond the lower crossing to a little beyond the upper one, where every price stays positive. */
function rangeOf(assessment: AccountAssessment): readonly [Ratio, Ratio] {
  const { down, up } = assessment.move;
  const beyond = Ratio.from('1.25');
  const half = Ratio.from('0.5');
  const [isDownFar, isUpFar] = [down && !down.isAbove(FARTHEST.negated()), up && !up.isBelow(FARTHEST)];
  const [lower, upper] = [isDownFar ? undefined : down, isUpFar ? undefined : up];
  const from = lower ? lower.times(beyond) : upper ? upper.times(half).negated() : half.negated();
  const to = upper ? upper.times(beyond) : lower ? lower.times(half).negated() : half;
  const [lowest, highest] = positiveMoves(assessment);
  return [from.max(lowest), to.min(highest)];
}

const ALMOST = Ratio.from('0.99');

/** Moves beyond this are not drawn: the text below the chart states them. */
const FARTHEST = Ratio.from('3');

/** The range of moves that keep at least 1 % of every price. */
function positiveMoves({ account }: AccountAssessment): readonly [Ratio, Ratio] {
  let lowest = ALMOST.negated();
  let highest = FARTHEST;
  for (const { beta } of account.positions) {
    if (beta.sign() === 0) continue;
    const limit = ALMOST.negated().over(beta);
    if (beta.sign() > 0) lowest = lowest.max(limit);
    else highest = highest.min(limit);
  }
  return [lowest, highest];
}

/** Equity and maintenance at even steps of the move. */
export function samplesOf(assessment: AccountAssessment, count: number): readonly Sample[] {
  const after = afterMarketMove(assessment.moving, assessment.account.wallet);
  const [from, to] = rangeOf(assessment);
  const step = to.minus(from).over(Ratio.of(BigInt(count - 1)));
  return Array.from({ length: count }, (_, index) => {
    const exact = from.plus(step.times(Ratio.of(BigInt(index))));
    const move = exact.rounded(8);
    return { move, ...after(move) };
  });
}
