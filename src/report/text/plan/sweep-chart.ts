import { assess } from '../../../core/assessment.js';
import { pricedRows, type SweepAxis, type SweepRow } from '../../../core/plan/sweep.js';
import { Ratio } from '../../../core/ratio.js';
import type { CardOptions } from '../card.js';
import { LINE_WIDTH } from '../lines.js';
import { priceText } from '../../figures.js';
import type { Sweep } from './sweep-table.js';

const ROWS = 16;

/** A point of a curve: its column, and its price if there is one. */
interface Point {
  readonly column: number;
  readonly price: Ratio | undefined;
}

/**
 * The liquidation price over the swept values as a curve. The requested values are evenly spaced below; between two of
 * them every column is priced separately.
 */
export function sweepChart({ axis, rows }: Sweep, options: CardOptions): string {
  const series = (rows[0] ?? []).map((_, side) => rows.flatMap((row) => row.slice(side, side + 1)));
  const priced = pricedRows(rows);
  const entry = priced[0]?.assessment.position.entry;
  const prices = priced.flatMap(({ assessment }) => assessment.price ?? []);
  const shown = axis === 'entry' || !entry ? prices : [...prices, entry];
  const [low, high] = [Ratio.least(shown), Ratio.greatest(shown)];
  if (!low || !high) return 'no position has a liquidation price\n';
  const labels = [high, low].map((price) => priceText(price, options));
  const gutter = Math.max(...labels.map((label) => label.length)) + 1;
  const width = LINE_WIDTH - gutter - 2;
  const grid = Array.from({ length: ROWS }, () => Array.from({ length: width }, () => ' '));
  if (axis !== 'entry' && entry) grid[line(entry, low, high)]?.fill('.');
  for (const each of series) plot(grid, each, axis, { low, high });
  const label = (row: number): string =>
    (row === 0 ? labels[0] : row === ROWS - 1 ? labels[1] : '')?.padStart(gutter) ?? '';
  const key = `* liquidation price${axis !== 'entry' ? ', . entry' : ''}${series.length > 1 ? '; long below, short above' : ''}`;
  return [
    ...grid.map((cells, row) => `${label(row)} |${cells.join('').trimEnd()}`),
    `${' '.repeat(gutter)} +${'-'.repeat(width)}`,
    `${' '.repeat(gutter + 2)}${axisLabels(series[0] ?? [], width, axis)}`,
    `${' '.repeat(gutter + 2)}${key}`,
    '',
  ].join('\n');
}

/** The row of a price, 0 at the top. */
function line(price: Ratio, low: Ratio, high: Ratio): number {
  const span = high.minus(low);
  if (span.sign() === 0) return ROWS - 1;
  return Math.max(
    0,
    Math.min(
      ROWS - 1,
      Number(
        high
          .minus(price)
          .over(span)
          .times(Ratio.of(BigInt(ROWS - 1)))
          .toFixed(0),
      ),
    ),
  );
}

function columnOf(index: number, count: number, width: number): number {
  return count < 2 ? 0 : Math.round((index * (width - 1)) / (count - 1));
}

function plot(
  grid: string[][],
  rows: readonly SweepRow[],
  axis: SweepAxis,
  { low, high }: { low: Ratio; high: Ratio },
): void {
  const width = grid[0]?.length ?? 0;
  let before: number | undefined;
  for (const { column, price } of points(rows, axis, width)) {
    const at = price && line(price, low, high);
    if (at === undefined) {
      before = undefined;
      continue;
    }
    const from = before === undefined || before === at ? at : before + Math.sign(at - before);
    for (let row = Math.min(from, at); row <= Math.max(from, at); row++) (grid[row] as string[])[column] = '*';
    before = at;
  }
}

function points(rows: readonly SweepRow[], axis: SweepAxis, width: number): Point[] {
  return Array.from({ length: width }, (_, column) => {
    const after = rows.findIndex((_, index) => columnOf(index, rows.length, width) >= column);
    if (after < 0) return { column, price: undefined };
    const [right, left] = [rows[after] as SweepRow, rows[Math.max(0, after - 1)] as SweepRow];
    const [to, from] = [columnOf(after, rows.length, width), columnOf(Math.max(0, after - 1), rows.length, width)];
    if (to === from || column === to) return { column, price: priceOf(right) };
    const share = Ratio.of(BigInt(column - from), BigInt(to - from));
    const value = left.value.plus(right.value.minus(left.value).times(share));
    if (right.kind === 'refused' || left.kind === 'refused') return { column, price: undefined };
    const { terms, position } = right.assessment;
    return { column, price: assess({ ...terms, [axis]: value.reduced() }, position.table).price };
  });
}

function priceOf(row: SweepRow): Ratio | undefined {
  return row.kind === 'priced' ? row.assessment.price : undefined;
}

/** The values below the axis, each under its column, as many as fit. */
function axisLabels(rows: readonly SweepRow[], width: number, axis: SweepAxis): string {
  let text = '';
  rows.forEach(({ value }, index) => {
    const label = `${value.toText(30)}${axis === 'lev' ? 'x' : ''}`;
    const start = Math.min(columnOf(index, rows.length, width), width - label.length);
    if (text.length > 0 && start < text.length + 1) return;
    text = text.padEnd(start) + label;
  });
  return text;
}

const AXIS_WORDS: Readonly<Record<SweepAxis, string>> = { lev: 'leverage', entry: 'entry price', margin: 'margin' };

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
