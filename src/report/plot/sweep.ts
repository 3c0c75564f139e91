import { assess } from '../../core/assessment.js';
import { pricedRows, type PricedRow, type SweepAxis, type SweepRow } from '../../core/plan/sweep.js';
import { Ratio } from '../../core/ratio.js';
import { percentText, priceText, type PriceStyle } from '../figures.js';
import { shownSymbol } from '../printable.js';
import type { Sweep } from '../text/plan/sweep-table.js';
import type { Picture } from './picture.js';
import type { Curve, Plot } from './plot.js';
import { marginUnit, priceUnit } from './units.js';

/** What is swept, in words. */
export const AXIS_WORDS: Readonly<Record<SweepAxis, string>> = {
  lev: 'leverage',
  entry: 'entry price',
  margin: 'margin',
};

/** A value on the axis, and the requested values around it. */
interface Valued {
  readonly value: Ratio;
  readonly before: number;
  readonly after: number;
}

/** Where values are on the axis: at even steps in the order they were given, or in proportion. */
interface Scale {
  readonly title: string;
  /** The place of each requested value, from 0 to 1. */
  readonly places: readonly number[];
  /** The value of a sample; `undefined` after the last requested value. */
  readonly valueAt: (sample: number) => Valued | undefined;
}

/**
 * The liquidation price over the swept values, which are evenly spaced; between two of them every sample is priced
 * separately.
 *
 * @param samples - how many prices each curve has.
 * @returns `undefined` if there is no price to show.
 */
export function sweepPlot(sweep: Sweep, samples: number, style: PriceStyle): Plot | undefined {
  return plotOf(sweep, samples, style, evenScale(valuesOf(sweep), samples));
}

/** The number of prices on a curve of a picture. */
const PICTURE_SAMPLES = 121;

/** The sweep as a picture, its values in proportion; words if there is no price to show. */
export function sweepPicture(sweep: Sweep, style: PriceStyle): Picture {
  const ordered = {
    ...sweep,
    rows: [...sweep.rows].sort(([one], [other]) => (one && other ? one.value.compare(other.value) : 0)),
  };
  const samples = sweep.rows.length > 1 ? PICTURE_SAMPLES : 1;
  const scale = trueScale(valuesOf(ordered), samples, sweep.axis);
  return plotOf(ordered, samples, style, scale) ?? { kind: 'words', ...sweepWords(sweep, style) };
}

function plotOf({ axis, rows }: Sweep, samples: number, style: PriceStyle, scale: Scale): Plot | undefined {
  const priced = pricedRows(rows);
  const prices = priced.flatMap(({ assessment }) => assessment.price ?? []);
  const entry = axis === 'entry' ? undefined : priced[0]?.assessment.position.entry;
  const shown = entry ? [...prices, entry] : prices;
  const [low, high] = [Ratio.least(shown), Ratio.greatest(shown)];
  if (!low || !high) return undefined;
  const ticks = (rows.map(([row]) => row) as readonly SweepRow[]).map((row, index) => ({
    at: scale.places[index] as number,
    text: valueText(row, axis),
  }));
  return {
    kind: 'plot',
    ...sweepWords({ axis, rows }, style),
    x: { title: xTitle(axis, priced[0]) + scale.title, ticks },
    y: `liquidation price, ${priceUnit(priced[0]?.assessment.terms ?? {})}`,
    range: { low, high },
    curves: (rows[0] ?? []).map((_, side) => curveOf(rowsOfSide(rows, side), axis, samples, scale)),
    levels: entry ? [{ name: 'entry', letter: '.', value: entry, text: priceText(entry, style) }] : [],
    moments: [],
  };
}

const valuesOf = ({ rows }: Sweep): readonly Ratio[] => rows.flatMap(([row]) => (row ? [row.value] : []));

function evenScale(values: readonly Ratio[], samples: number): Scale {
  const count = values.length;
  const sampleOf = (index: number): number => (count < 2 ? 0 : Math.round((index * (samples - 1)) / (count - 1)));
  return {
    title: '',
    places: values.map((_, index) => (count < 2 ? 0 : index / (count - 1))),
    valueAt: (sample) => {
      const after = values.findIndex((_, index) => sampleOf(index) >= sample);
      if (after < 0) return undefined;
      const before = sampleOf(after) === sample ? after : Math.max(0, after - 1);
      const [to, from] = [values[after] as Ratio, values[before] as Ratio];
      if (after === before) return { value: to, before, after };
      const span = sampleOf(after) - sampleOf(before);
      const share = Ratio.of(BigInt(sample - sampleOf(before)), BigInt(span));
      return { value: from.plus(to.minus(from).times(share)).reduced(), before, after };
    },
  };
}

/** Leverages are on a logarithmic scale. Pixels may be inexact; no figure is computed from them. */
function trueScale(values: readonly Ratio[], samples: number, axis: SweepAxis): Scale {
  const isLog = axis === 'lev';
  const [onto, back] = isLog ? [Math.log, Math.exp] : [Number, Number];
  const numbers = values.map((value) => onto(Number(value.toText(30))));
  const [first, last] = [numbers[0] ?? 0, numbers.at(-1) ?? 0];
  return {
    title: isLog ? '; logarithmic' : '',
    places: numbers.map((each) => (last === first ? 0 : (each - first) / (last - first))),
    valueAt: (sample) => {
      const wanted = first + ((last - first) * sample) / (samples - 1);
      const found = numbers.findIndex((each) => each >= wanted);
      const after = found < 0 ? numbers.length - 1 : found;
      const isThere = sample === 0 || sample === samples - 1;
      const value = isThere ? (values[after] as Ratio) : Ratio.from(back(wanted).toPrecision(12));
      return { value, before: isThere ? after : Math.max(0, after - 1), after };
    },
  };
}

function curveOf(rows: readonly SweepRow[], axis: SweepAxis, samples: number, { places, valueAt }: Scale): Curve {
  const values = Array.from({ length: samples }, (_, sample) => {
    const valued = valueAt(sample);
    if (!valued) return undefined;
    const { value, before, after } = valued;
    const [right, left] = [rows[after] as SweepRow, rows[before] as SweepRow];
    if (right.kind === 'refused' || left.kind === 'refused') return undefined;
    if (after === before) return right.assessment.price;
    const { terms, position } = right.assessment;
    return assess({ ...terms, [axis]: value }, position.table).price;
  });
  const dots = rows.flatMap((row, index) => {
    const value = priceOf(row);
    return value ? [{ at: places[index] as number, value }] : [];
  });
  const side = rows[0]?.side ?? '';
  return { name: side, letter: '*', values, isJoined: true, look: side === 'short' ? 'second' : 'first', dots };
}

/** The liquidation price of a row, if it has one. */
export function priceOf(row: SweepRow): Ratio | undefined {
  return row.kind === 'priced' ? row.assessment.price : undefined;
}

/** The title of the axis with its unit. */
function xTitle(axis: SweepAxis, row: PricedRow | undefined): string {
  const { terms, position } = row?.assessment ?? {};
  if (axis === 'lev' || !terms || !position) return `${AXIS_WORDS[axis]}, times the margin`;
  const unit = axis === 'entry' ? priceUnit(terms) : marginUnit(terms, position.contract);
  return `${AXIS_WORDS[axis]}, ${unit}`;
}

const rowsOfSide = (rows: Sweep['rows'], side: number): readonly SweepRow[] =>
  rows.flatMap((row) => row.slice(side, side + 1));

const valueText = ({ value }: SweepRow, axis: SweepAxis): string => `${value.toText(30)}${axis === 'lev' ? 'x' : ''}`;

/** Title and summary: what is swept, and the prices at both ends. */
function sweepWords({ axis, rows }: Sweep, style: PriceStyle): Pick<Plot, 'title' | 'summary'> {
  const [first] = pricedRows(rows);
  const sides = (rows[0] ?? []).map(({ side }) => side.toUpperCase()).join(' and ');
  const symbol = first?.assessment.terms.symbol;
  const name = symbol === undefined ? '' : ` ${shownSymbol(symbol)}`;
  const ends = (rows[0] ?? []).flatMap((_, side) =>
    rowsOfSide(rows, side)
      .filter((_, index, { length }) => index === 0 || index === length - 1)
      .map((row) => endWords(row, axis, style)),
  );
  return { title: `${sides}${name}: liquidation price over ${AXIS_WORDS[axis]}`, summary: `${ends.join('; ')}.` };
}

function endWords(row: SweepRow, axis: SweepAxis, style: PriceStyle): string {
  const value = valueText(row, axis);
  const at = axis === 'lev' ? `at ${value}` : `with ${AXIS_WORDS[axis]} ${value}`;
  if (row.kind === 'refused') return `${row.side} ${at}: refused`;
  const { price, outcome, reference, position } = row.assessment;
  if (!price || outcome.kind === 'never')
    return `${row.side} ${at}: ${outcome.kind === 'never' ? 'never liquidated' : 'liquidated at once'}`;
  const room = percentText(price.minus(reference).abs().over(reference));
  return `${row.side} ${at}: ${priceText(price, style)}, ${room} % from the ${position.mark ? 'mark' : 'entry'}`;
}
