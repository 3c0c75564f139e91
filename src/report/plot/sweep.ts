import { assess } from '../../core/assessment.js';
import { pricedRows, type SweepAxis, type SweepRow } from '../../core/plan/sweep.js';
import { Ratio } from '../../core/ratio.js';
import { priceText, type PriceStyle } from '../figures.js';
import type { Sweep } from '../text/plan/sweep-table.js';
import type { Curve, Plot } from './plot.js';

/** What is swept, in words. */
export const AXIS_WORDS: Readonly<Record<SweepAxis, string>> = {
  lev: 'leverage',
  entry: 'entry price',
  margin: 'margin',
};

/**
 * The liquidation price over the swept values. The requested values are evenly spaced; between two of them every sample
 * is priced separately.
 *
 * @param samples - how many prices each curve has.
 * @returns `undefined` if there is no price to show.
 */
export function sweepPlot({ axis, rows }: Sweep, samples: number, style: PriceStyle): Plot | undefined {
  const priced = pricedRows(rows);
  const prices = priced.flatMap(({ assessment }) => assessment.price ?? []);
  const entry = axis === 'entry' ? undefined : priced[0]?.assessment.position.entry;
  const shown = entry ? [...prices, entry] : prices;
  const [low, high] = [Ratio.least(shown), Ratio.greatest(shown)];
  if (!low || !high) return undefined;
  const series = (rows[0] ?? []).map((_, side) => rows.flatMap((row) => row.slice(side, side + 1)));
  return {
    kind: 'plot',
    title: '',
    summary: '',
    x: { title: AXIS_WORDS[axis], ticks: ticksOf(series[0] ?? [], axis) },
    y: 'liquidation price',
    range: { low, high },
    curves: series.map((each) => curveOf(each, axis, samples)),
    levels: entry ? [{ name: 'entry', letter: '.', value: entry, text: priceText(entry, style) }] : [],
    moments: [],
  };
}

/** The requested values under their places. */
function ticksOf(rows: readonly SweepRow[], axis: SweepAxis): Plot['x']['ticks'] {
  return rows.map(({ value }, index) => ({
    at: rows.length < 2 ? 0 : index / (rows.length - 1),
    text: `${value.toText(30)}${axis === 'lev' ? 'x' : ''}`,
  }));
}

function curveOf(rows: readonly SweepRow[], axis: SweepAxis, samples: number): Curve {
  const placeOf = (index: number): number => placeAmong(index, rows.length, samples);
  const values = Array.from({ length: samples }, (_, place) => {
    const after = rows.findIndex((_, index) => placeOf(index) >= place);
    if (after < 0) return undefined;
    const before = Math.max(0, after - 1);
    const [right, left] = [rows[after] as SweepRow, rows[before] as SweepRow];
    const [to, from] = [placeOf(after), placeOf(before)];
    if (to === from || place === to) return priceOf(right);
    const share = Ratio.of(BigInt(place - from), BigInt(to - from));
    const value = left.value.plus(right.value.minus(left.value).times(share));
    if (right.kind === 'refused' || left.kind === 'refused') return undefined;
    const { terms, position } = right.assessment;
    return assess({ ...terms, [axis]: value.reduced() }, position.table).price;
  });
  return { name: rows[0]?.side ?? '', letter: '*', values, isJoined: true };
}

/** The sample that belongs to a requested value. */
const placeAmong = (index: number, count: number, samples: number): number =>
  count < 2 ? 0 : Math.round((index * (samples - 1)) / (count - 1));

/** The liquidation price of a row, if it has one. */
export function priceOf(row: SweepRow): Ratio | undefined {
  return row.kind === 'priced' ? row.assessment.price : undefined;
}
