import { reasonWithoutOutcome, type AccountAssessment } from '../../core/account.js';
import { Ratio } from '../../core/ratio.js';
import { accountFigures } from '../../formats/account-figures.js';
import { accountPlot, crossings, samplesOf } from '../plot/account.js';
import type { Picture } from '../plot/picture.js';
import type { Plot } from '../plot/plot.js';
import type { AccountAnswer } from './account-rows.js';
import { packed, wrap } from './lines.js';
import { moveWords } from './account-table.js';
import { assetOf, shockMoves } from './account-words.js';
import { plotCells, rowOf } from './plot.js';
import { DEFAULT_DECIMALS } from '../figures.js';
import type { Style } from '../style.js';

const HEIGHT = 15;
const LABELS = 13;
/** The free cells at the right of the chart. */
const RIGHT_MARGIN = 2;

/**
 * Equity against maintenance over the market move, drawn with letters: `e` equity, `m` maintenance, `X` where the
 * account is liquidated, `|` its present state.
 */
export function accountChart(
  assessment: AccountAssessment,
  { paint, width: lineWidth }: Style,
  asset?: string,
): string {
  if (assessment.lacking.length > 0)
    return `${wrap(`No chart: ${reasonWithoutOutcome(assessment) ?? ''}`, lineWidth).join('\n')}\n`;
  const width = lineWidth - RIGHT_MARGIN - LABELS - 1;
  const plot = accountPlot(assessment, width);
  const zero = rowOf(Ratio.ZERO, plot.range, HEIGHT);
  const [low, high] = [plot.range.low, plot.range.high].map((value) => Number(value.toFixed(8))) as [number, number];
  const lines = plotCells(plot, width, HEIGHT).map((cells, row) => {
    const isLabelled = row === 0 || row === HEIGHT - 1 || row === zero;
    const value = row === zero ? 0 : high - ((high - low) * row) / (HEIGHT - 1);
    return `${(isLabelled ? compact(value) : '').padStart(LABELS)} ${coloured(cells, paint)}`.trimEnd();
  });
  const amounts = asset === undefined ? '' : `, amounts in ${asset}`;
  const key = [`market move${amounts}:`, ...KEY];
  const indent = ' '.repeat(LABELS + 1);
  return [
    ...lines,
    axis(plot, width),
    ...packed(key, lineWidth - indent.length).map((line) => indent + line),
    ...wrap(moveWords(assessment), lineWidth),
    '',
  ].join('\n');
}

/** The letters of the chart. */
const KEY = ['e equity', 'm maintenance', 'X liquidated', '| now', '. zero'];

/** The number of moves that a picture shows. */
const PICTURE_SAMPLES = 121;

/** The same as a picture. */
export function accountPicture({ assessment, input, fills, shock }: AccountAnswer): Picture {
  const drawn = accountPlot(assessment, PICTURE_SAMPLES, assetOf(input));
  const title = [
    drawn.title,
    ...(fills ? ['after its open orders filled'] : []),
    ...(shock ? [`after the shock: ${shockMoves(shock.shock)}`] : []),
  ].join(', ');
  const plot = { ...drawn, title };
  const summary = `${moveWords(assessment)}.`;
  return assessment.lacking.length > 0 ? { kind: 'words', title: plot.title, summary } : { ...plot, summary };
}

function compact(value: number): string {
  return Math.abs(value) >= 100_000_000 ? value.toExponential(3) : String(Number(value.toPrecision(6)));
}

function coloured(cells: string, paint: Style['paint']): string {
  return cells.replace(/e+/g, (run) => paint.good(run)).replace('X', paint.bad('X'));
}

/** The moves at both ends and now, below the grid. */
function axis({ x: { ticks }, moments }: Plot, width: number): string {
  const [left, right] = [ticks[0]?.text ?? '', ticks.at(-1)?.text ?? ''];
  const cells = Array.from({ length: width }, () => ' ');
  const write = (text: string, at: number): void => {
    for (let index = 0; index < text.length; index++) cells[at + index] = text.charAt(index);
  };
  const now = Math.round((moments[0]?.at ?? 0) * (width - 1));
  if (now > left.length && now < width - right.length - 1) write('0', now);
  write(left, 0);
  write(right, width - right.length);
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
  const values = samplesOf(assessment, SPEC_SAMPLES).flatMap(({ move, equity, maintenance }) => [
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
          y: { field: 'amount', type: 'quantitative', title: assetOf(answer.input) ?? 'margin asset' },
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
