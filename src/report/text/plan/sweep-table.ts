import { shownSymbol } from '../../printable.js';
import { warningWords, warningsOf, type Warning } from '../../../core/assessment.js';
import { roomTo } from '../../../core/liquidation.js';
import {
  pricedRows,
  type PricedRow,
  type RefusedRow,
  type SweepAxis,
  type SweepRow,
} from '../../../core/plan/sweep.js';
import { problemWords } from '../../../core/errors.js';
import { profitAt } from '../../../core/leg.js';
import { walletMargin } from '../../../core/position.js';
import { Ratio } from '../../../core/ratio.js';
import { amountIn, labelled, liquidationText, percentText, warningLine, type CardOptions } from '../card.js';
import { sizeText } from './words.js';
import { packed } from '../lines.js';
import { filledFrom, fitting, roomBeside, tableLines, type Column } from '../text-table.js';

/** A sweep for output. */
export interface Sweep {
  readonly axis: SweepAxis;
  /** For each value, one row per side. */
  readonly rows: readonly (readonly SweepRow[])[];
}

/** Why a row has no answer, in words. */
export function refusalWords({ problems }: RefusedRow): string {
  return problems.map((each) => problemWords(each)).join('; ');
}

export const AXIS_HEADINGS = { lev: 'LEVERAGE', entry: 'ENTRY', margin: 'MARGIN' } as const;

/** The room of each position as a table with bars on one scale; both sides meet in the middle. */
export function sweepText(sweep: Sweep, options: CardOptions): string {
  const [first] = pricedRows(sweep.rows);
  if (!first) return '';
  const table = (sweep.rows[0]?.length ?? 1) > 1 ? bothTable(sweep, options) : oneTable(sweep, options);
  return [title(first, sweep, options), '', ...table, '', ...notes(first, sweep, options), ''].join('\n');
}

function title({ assessment }: PricedRow, { axis, rows }: Sweep, { paint, width }: CardOptions): string {
  const { terms, position } = assessment;
  const sides = (rows[0] ?? []).map(({ side }) => side.toUpperCase()).join(' and ');
  const name = terms.symbol === undefined ? '' : ` ${shownSymbol(terms.symbol)}`;
  const entry = axis === 'entry' ? [] : [`${sizeText(terms)}${position.entry.toText(30)}`];
  const per = position.perUnit ? ['amounts per unit'] : [];
  const mark = position.mark ? [`mark ${position.mark.toText(30)}`] : [];
  return packed([paint.strong(`${sides}${name}`), ...entry, ...mark, ...per], width).join('\n');
}

export function valueText(row: SweepRow, axis: SweepAxis): string {
  const { value } = row;
  const maxLev = row.kind === 'priced' ? row.maxLev : undefined;
  const over = axis === 'lev' && maxLev && value.isAbove(maxLev) ? '!' : '';
  return `${value.toText(30)}${axis === 'lev' ? 'x' : ''}${over}`;
}

export function priceText(row: SweepRow, options: CardOptions): string {
  if (row.kind === 'refused') return 'refused';
  return liquidationText(row.assessment, options);
}

/** Room as a fraction of the reference; `undefined` without a price. */
export function roomOf(row: SweepRow): Ratio | undefined {
  if (row.kind === 'refused') return undefined;
  const { reference, outcome } = row.assessment;
  const { bound } = outcome;
  return bound && roomTo(bound, reference).over(reference);
}

export function roomText(row: SweepRow): string {
  const room = roomOf(row);
  return room ? `${percentText(room)}%` : '';
}

function longestRoom(rows: readonly SweepRow[]): Ratio {
  return rows.reduce((longest, row) => longest.max(roomOf(row) ?? Ratio.ZERO), Ratio.ZERO);
}

/** The bar of a row: its room in half cells, or one mark if it is liquidated already. */
function bar(row: SweepRow, { longest, width, isFromRight = false }: Scale, { glyphs }: CardOptions): string {
  const room = roomOf(row);
  if (row.kind === 'priced' && row.assessment.outcome.kind === 'already') return glyphs.lost;
  if (!room) return '';
  const halves = barHalves(room, longest, width);
  const [full, [right, left]] = [glyphs.room.repeat(Math.floor(halves / 2)), glyphs.half];
  if (halves % 2 === 0) return full;
  return isFromRight ? left + full : full + right;
}

/** The scale of bars: the room that fills the width. */
interface Scale {
  readonly longest: Ratio;
  readonly width: number;
  /** Whether bars grow from right to left. */
  readonly isFromRight?: boolean;
}

/** The half cells of a bar: its share of the longest, at least one if it is not zero. Pixels may be inexact. */
function barHalves(value: Ratio, longest: Ratio, width: number): number {
  if (value.sign() <= 0 || longest.sign() <= 0) return 0;
  const share = value.over(longest).times(Ratio.of(BigInt(2 * width)));
  return Math.min(2 * width, Math.max(1, Number(share.toFixed(0))));
}

const right = <Row>(heading: string, cell: (row: Row) => string, rank = 0): Column<Row> => ({
  heading,
  align: 'right',
  rank,
  cell,
});

/** The minimum width of bars, even if lines become too long: with one side, and for each of two sides. */
const LEAST_BARS = { one: 8, both: 6 } as const;

function oneTable({ axis, rows }: Sweep, options: CardOptions): string[] {
  const flat = rows.flat();
  const figures = [
    right(AXIS_HEADINGS[axis], (row: SweepRow) => valueText(row, axis)),
    right('LIQUIDATION', (row: SweepRow) => priceText(row, options)),
    right('ROOM', roomText),
    ...(axis === 'margin' ? [] : [right('MARGIN', (row: SweepRow) => marginText(row, options), 3)]),
    right('LOSS', (row: SweepRow) => lossText(row, options), 2),
  ].map((column) => filledFrom(column, flat));
  const kept = fitting(figures, options.width - LEAST_BARS.one - 2);
  const width = Math.max(LEAST_BARS.one, roomBeside(kept, options.width));
  const longest = longestRoom(flat);
  const bars: Column<SweepRow> = {
    heading: 'ROOM ON ONE SCALE'.slice(0, width),
    cell: (row) => bar(row, { longest, width }, options),
  };
  return tableLines([...figures, { ...filledFrom(bars, flat), rank: 0 }], options);
}

function moneyText(amount: Ratio, { assessment }: PricedRow, options: CardOptions): string {
  return amountIn(assessment.position.contract, options)(amount);
}

export function marginText(row: SweepRow, options: CardOptions): string {
  return row.kind === 'refused' ? '' : moneyText(walletMargin(row.assessment.position), row, options);
}

export function lossText(row: SweepRow, options: CardOptions): string {
  if (row.kind === 'refused') return '';
  const { price, position } = row.assessment;
  return price ? moneyText(profitAt(position, price).negated(), row, options) : '';
}

/** A long and a short at the same value. */
type Pair = readonly [long: SweepRow, short: SweepRow];

function bothTable({ axis, rows }: Sweep, options: CardOptions): string[] {
  const pairs = rows as readonly Pair[];
  const longs = [
    right(AXIS_HEADINGS[axis], ([long]: Pair) => valueText(long, axis)),
    right('LONG', ([long]: Pair) => priceText(long, options)),
    right('ROOM', ([long]: Pair) => roomText(long), 2),
  ].map((column) => filledFrom(column, pairs));
  const shorts = [
    right('ROOM', ([, short]: Pair) => roomText(short), 2),
    right('SHORT', ([, short]: Pair) => priceText(short, options)),
  ].map((column) => filledFrom(column, pairs));
  const width = Math.max(LEAST_BARS.both, Math.floor((roomBeside([...longs, ...shorts], options.width) - 3) / 2));
  const longest = longestRoom(rows.flat());
  const bars: Column<Pair> = {
    heading: 'E'.padStart(width + 1),
    cell: ([long, short]) => {
      const below = bar(long, { longest, width, isFromRight: true }, options);
      const above = bar(short, { longest, width }, options);
      return `${below.padStart(width)}|${above.padEnd(width)}`;
    },
  };
  return tableLines([...longs, filledFrom(bars, pairs), ...shorts], options);
}

function notes(first: PricedRow, { axis, rows: swept }: Sweep, options: CardOptions): string[] {
  const rows = pricedRows(swept);
  const { table } = first.assessment.position;
  const refusals = swept
    .flat()
    .flatMap((row) => (row.kind === 'refused' ? [`${row.side} ${valueText(row, axis)}: ${refusalWords(row)}`] : []));
  const most = rows.filter(({ value, maxLev }) => axis === 'lev' && maxLev && value.isAbove(maxLev));
  const limit =
    first.maxLev && table && axis === 'lev'
      ? [
          labelled(
            'Maximum',
            `${first.maxLev.toText(8)}x is the most that ${table.symbol} allows at this size${most.length > 0 ? ', ! is above it' : ''}`,
            options,
          ),
        ]
      : [];
  const warnings = options.isQuiet
    ? []
    : sweepWarnings(rows, options.today).filter(({ code }) => code !== 'LEVERAGE_ABOVE_BRACKET');
  const what = first.assessment.position.mark ? 'mark' : 'entry';
  const isLost = rows.some(({ assessment }) => assessment.outcome.kind === 'already');
  const isGain = rows.some(({ assessment: { price, position } }) => price && profitAt(position, price).sign() > 0);
  const gain = isGain ? ' (below 0: a gain)' : '';
  const lost = isLost ? `; ${options.glyphs.lost} means liquidated at once` : '';
  return [
    ...limit,
    ...refusals.map((words) => labelled('Refused', words, options)),
    ...warnings.map((warning) => warningLine(warning, options)),
    labelled(
      'Note',
      `room is measured from the ${what}; loss${gain} is at liquidation, before the liquidation fee; future funding is not included${lost}`,
      options,
    ),
  ];
}

/** The warnings of all rows, each once. */
export function sweepWarnings(rows: readonly PricedRow[], today: number | undefined): Warning[] {
  const all = rows.flatMap(({ assessment }) => warningsOf(assessment, today));
  return [...new Map(all.map((warning) => [`${warning.code}${warningWords(warning)}`, warning])).values()];
}
