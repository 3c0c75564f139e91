import { wrap } from '../lines.js';
import { priceText } from '../../figures.js';
import type { Axis, Plot } from '../../plot/plot.js';
import { AXIS_WORDS, priceOf, sweepPlot } from '../../plot/sweep.js';
import type { Ratio } from '../../../core/ratio.js';
import type { CardOptions } from '../card.js';
import { plotCells } from '../plot.js';
import type { Sweep } from './sweep-table.js';

const ROWS = 16;

/** The liquidation price over the swept values as a curve. */
export function sweepChart(sweep: Sweep, options: CardOptions): string {
  const range = sweepPlot(sweep, 1, options)?.range;
  if (!range) return 'no position has a liquidation price\n';
  const labels = [range.high, range.low].map((price) => priceText(price, options));
  const gutter = Math.max(...labels.map((label) => label.length)) + 1;
  const width = options.width - gutter - 2;
  const plot = sweepPlot(sweep, width, options) as Plot;
  const label = (row: number): string =>
    (row === 0 ? labels[0] : row === ROWS - 1 ? labels[1] : '')?.padStart(gutter) ?? '';
  const key = `* liquidation price${plot.levels.length > 0 ? ', . entry' : ''}${plot.curves.length > 1 ? '; long below, short above' : ''}`;
  return [
    ...plotCells(plot, width, ROWS).map((cells, row) => `${label(row)} |${cells.trimEnd()}`),
    `${' '.repeat(gutter)} +${'-'.repeat(width)}`,
    `${' '.repeat(gutter + 2)}${axisLabels(plot.x, width)}`,
    ...wrap(key, width).map((each) => ' '.repeat(gutter + 2) + each),
    '',
  ].join('\n');
}

/** The values below the axis, each under its column, as many as fit. */
function axisLabels({ ticks }: Axis, width: number): string {
  let text = '';
  for (const { at, text: label } of ticks) {
    const start = Math.min(Math.round(at * (width - 1)), width - label.length);
    if (text.length > 0 && start < text.length + 1) continue;
    text = text.padEnd(start) + label;
  }
  return text;
}

/** A Vega-Lite specification of the sweep with its values in it. */
export function sweepVegaLite({ axis, rows }: Sweep, decimals: number): string {
  const values = rows.flat().map((row) => {
    const price = priceOf(row);
    return {
      side: row.side,
      [axis]: number(row.value, 30),
      liquidationPrice: price ? number(price, decimals) : null,
    };
  });
  const type = { type: 'quantitative', scale: { zero: false } };
  const spec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: `Liquidation price over ${AXIS_WORDS[axis]}`,
    width: 600,
    height: 320,
    data: { values },
    mark: { type: 'line', point: true, tooltip: true },
    encoding: {
      x: {
        field: axis,
        ...type,
        ...(axis === 'lev' && { scale: { type: 'log', nice: false } }),
        axis: { values: rows.flatMap(([row]) => (row ? [number(row.value, 30)] : [])) },
        title: AXIS_WORDS[axis],
      },
      y: { field: 'liquidationPrice', ...type, title: 'liquidation price' },
      color: { field: 'side', type: 'nominal', title: null },
    },
  };
  return JSON.stringify(spec);
}

/** Charts take numbers: the number nearest to the rounded decimal. */
function number(value: Ratio, decimals: number): number {
  return Number(value.toText(decimals));
}
