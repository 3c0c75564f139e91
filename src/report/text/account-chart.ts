import { reasonWithoutOutcome, type AccountAssessment } from '../../core/account.js';
import { afterMarketMove } from '../../core/market-move.js';
import { Ratio } from '../../core/ratio.js';
import { accountFigures } from '../../formats/account-figures.js';
import type { AccountAnswer } from './account-rows.js';
import { wrap } from './lines.js';
import { moveWords } from './account-table.js';
import { DEFAULT_DECIMALS, percentText } from '../figures.js';
import type { Style } from '../style.js';

const WIDTH = 64;
const HEIGHT = 15;
const LABELS = 13;

/** Equity and maintenance of an account after a market move; moves are fractions. */
interface Sample {
  readonly move: Ratio;
  readonly equity: Ratio;
  readonly maintenance: Ratio;
}

/**
 * Equity against maintenance over the market move, drawn with letters: `e` equity, `m` maintenance, `X` where the
 * account is liquidated, `|` its present state.
 */
export function accountChart(assessment: AccountAssessment, { paint }: Style): string {
  if (assessment.lacking.length > 0) return `No chart: ${reasonWithoutOutcome(assessment) ?? ''}\n`;
  const after = afterMarketMove(assessment.moving, assessment.account.wallet);
  const samples = samplesOf(assessment, after, WIDTH);
  const values = samples.flatMap(({ equity, maintenance }) => [pixels(equity), pixels(maintenance)]);
  const [low, high] = [Math.min(0, ...values), Math.max(...values)];
  const rowOf = (value: number): number =>
    high === low ? 0 : Math.round(((high - value) / (high - low)) * (HEIGHT - 1));
  const grid = Array.from({ length: HEIGHT }, () => Array.from({ length: WIDTH }, () => ' '));
  const put = (row: number, column: number, letter: string): void => {
    const cells = grid[row];
    if (cells && column >= 0 && column < WIDTH) cells[column] = letter;
  };
  const columnOf = columnsOf(samples);
  for (let column = 0; column < WIDTH; column++) put(rowOf(0), column, '.');
  for (let row = 0; row < HEIGHT; row++) put(row, columnOf(Ratio.ZERO), '|');
  samples.forEach(({ equity, maintenance }, column) => {
    put(rowOf(pixels(maintenance)), column, 'm');
    put(rowOf(pixels(equity)), column, 'e');
  });
  for (const move of crossings(assessment)) {
    if (columnOf(move) < 0 || columnOf(move) >= WIDTH) continue;
    put(rowOf(pixels(after(move).equity)), columnOf(move), 'X');
  }
  const lines = grid.map((cells, row) => {
    const isLabelled = row === 0 || row === HEIGHT - 1 || row === rowOf(0);
    const value = row === rowOf(0) ? 0 : high - ((high - low) * row) / (HEIGHT - 1);
    return `${(isLabelled ? compact(value) : '').padStart(LABELS)} ${coloured(cells.join(''), paint)}`.trimEnd();
  });
  const key = 'e equity  m maintenance  X liquidated  | now  . zero';
  return [
    ...lines,
    axis(samples, columnOf),
    `${' '.repeat(LABELS + 1)}market move: ${key}`,
    ...wrap(moveWords(assessment)),
    '',
  ].join('\n');
}

/** Pixels may be inexact; no figure is computed from them. */
function pixels(value: Ratio): number {
  return Number(value.toFixed(8));
}

function compact(value: number): string {
  return Math.abs(value) >= 100_000_000 ? value.toExponential(3) : String(Number(value.toPrecision(6)));
}

function coloured(cells: string, paint: Style['paint']): string {
  return cells.replace(/e+/g, (run) => paint.good(run)).replace('X', paint.bad('X'));
}

function crossings({ move: { down, up } }: AccountAssessment): readonly Ratio[] {
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

function samplesOf(
  assessment: AccountAssessment,
  after: ReturnType<typeof afterMarketMove>,
  count: number,
): readonly Sample[] {
  const [from, to] = rangeOf(assessment);
  const step = to.minus(from).over(Ratio.of(BigInt(count - 1)));
  return Array.from({ length: count }, (_, index) => {
    const exact = from.plus(step.times(Ratio.of(BigInt(index))));
    const move = exact.rounded(8);
    return { move, ...after(move) };
  });
}

function columnsOf(samples: readonly Sample[]): (move: Ratio) => number {
  const [from, to] = [pixels(samples[0]?.move ?? Ratio.ZERO), pixels(samples.at(-1)?.move ?? Ratio.ONE)];
  return (move) => Math.round(((pixels(move) - from) / (to - from)) * (WIDTH - 1));
}

/** The moves at both ends and now, below the grid. */
function axis(samples: readonly Sample[], columnOf: (move: Ratio) => number): string {
  const percent = (move: Ratio | undefined): string => `${move ? percentText(move) : ''}%`;
  const [left, right] = [percent(samples[0]?.move), percent(samples.at(-1)?.move)];
  const cells = Array.from({ length: WIDTH }, () => ' ');
  const write = (text: string, at: number): void => {
    for (let index = 0; index < text.length; index++) cells[at + index] = text.charAt(index);
  };
  const now = columnOf(Ratio.ZERO);
  if (now > left.length && now < WIDTH - right.length - 1) write('0', now);
  write(left, 0);
  write(right, WIDTH - right.length);
  return ' '.repeat(LABELS + 1) + cells.join('').trimEnd();
}

const SPEC_SAMPLES = 101;

function needOf(answer: AccountAnswer, decimals: number): Readonly<Record<string, unknown>> {
  const rows = accountFigures(answer, decimals).map(([key, value]) => [key.split('.'), value] as const);
  return Object.fromEntries(rows.flatMap(([[group, part = ''], value]) => (group === 'need' ? [[part, value]] : [])));
}

/** The same as a Vega-Lite specification that contains its data. */
export function accountVegaLite(answer: AccountAnswer, requested: number | undefined): string {
  const { assessment, need } = answer;
  const decimals = requested ?? DEFAULT_DECIMALS;
  const isKnown = assessment.lacking.length === 0;
  const percent = (move: Ratio): number => Number(move.percent().toFixed(4));
  const after = afterMarketMove(assessment.moving, assessment.account.wallet);
  const values = samplesOf(assessment, after, SPEC_SAMPLES).flatMap(({ move, equity, maintenance }) => [
    { move: percent(move), series: 'equity', amount: Number(equity.toFixed(decimals)) },
    ...(isKnown ? [{ move: percent(move), series: 'maintenance', amount: Number(maintenance.toFixed(decimals)) }] : []),
  ]);
  const marks = crossings(assessment).map((move) => ({
    move: percent(move),
    label: `liquidated at ${percent(move)} %`,
  }));
  return JSON.stringify({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: 'Equity against maintenance margin over the market move',
    ...(need && { usermeta: { need: needOf(answer, decimals) } }),
    width: 600,
    height: 320,
    layer: [
      {
        data: { values },
        mark: 'line',
        encoding: {
          x: { field: 'move', type: 'quantitative', title: 'common move of all marks, %' },
          y: { field: 'amount', type: 'quantitative', title: 'margin asset' },
          color: { field: 'series', type: 'nominal', title: null },
          strokeDash: { field: 'series', type: 'nominal', title: null },
        },
      },
      {
        data: { values: marks },
        mark: { type: 'rule', strokeDash: [4, 4] },
        encoding: { x: { field: 'move', type: 'quantitative' }, tooltip: { field: 'label', type: 'nominal' } },
      },
    ],
  });
}
