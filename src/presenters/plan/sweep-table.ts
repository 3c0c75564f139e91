import { shownSymbol } from '../printable.js';
import { warningWords, warningsOf, type Warning } from '../../core/assessment.js';
import { roomTo } from '../../core/liquidation.js';
import { pricedRows, type PricedRow, type RefusedRow, type SweepAxis, type SweepRow } from '../../core/plan/sweep.js';
import { problemWords } from '../../core/errors.js';
import { profitAt, walletMargin } from '../../core/position.js';
import { Ratio } from '../../core/ratio.js';
import { barCells } from '../bars.js';
import { amountText, cardDecimals, labelled, liquidationText, percentText, type CardOptions } from '../card.js';
import { LINE_WIDTH } from '../lines.js';
import { sizeText } from './words.js';
import { columns, widthBefore, type Column } from '../columns.js';

/** A sweep as it is shown. */
export interface Sweep {
  readonly axis: SweepAxis;
  /** For each value a row of each side. */
  readonly rows: readonly (readonly SweepRow[])[];
}

/** Why a row has no answer, in words. */
export function refusalWords({ problems }: RefusedRow): string {
  return problems.map((each) => problemWords(each)).join('; ');
}

const AXIS_WORDS = { lev: 'LEVERAGE', entry: 'ENTRY', margin: 'MARGIN' } as const;

/** How far each position may move, as a table with bars on one scale; both sides meet in the middle. */
export function sweepText(sweep: Sweep, options: CardOptions): string {
  const [first] = pricedRows(sweep.rows);
  if (!first) return '';
  const table = (sweep.rows[0]?.length ?? 1) > 1 ? bothTable(sweep, options) : oneTable(sweep, options);
  return [title(first, sweep, options), '', ...table, '', ...notes(first, sweep, options), ''].join('\n');
}

function title({ assessment }: PricedRow, { axis, rows }: Sweep, { paint }: CardOptions): string {
  const { terms, position } = assessment;
  const sides = (rows[0] ?? []).map(({ side }) => side.toUpperCase()).join(' and ');
  const name = terms.symbol === undefined ? '' : ` ${shownSymbol(terms.symbol)}`;
  const entry = axis === 'entry' ? [] : [`${sizeText(terms)}${position.entry.toText(30)}`];
  const per = position.perUnit ? ['amounts per unit'] : [];
  const mark = position.mark ? [`mark ${position.mark.toText(30)}`] : [];
  return [paint.strong(`${sides}${name}`), ...entry, ...mark, ...per].join('  ');
}

function valueText(row: SweepRow, axis: SweepAxis): string {
  const { value } = row;
  const maxLev = row.kind === 'priced' ? row.maxLev : undefined;
  const over = axis === 'lev' && maxLev && value.isAbove(maxLev) ? '!' : '';
  return `${value.toText(30)}${axis === 'lev' ? 'x' : ''}${over}`;
}

function priceText(row: SweepRow, options: CardOptions): string {
  if (row.kind === 'refused') return 'refused';
  return liquidationText(row.assessment, options);
}

/** Room as a fraction of the reference; nothing without a price. */
function roomOf(row: SweepRow): Ratio | undefined {
  if (row.kind === 'refused') return undefined;
  const { reference, outcome } = row.assessment;
  const { bound } = outcome;
  return bound && roomTo(bound, reference).over(reference);
}

function roomText(row: SweepRow): string {
  const room = roomOf(row);
  return room ? `${percentText(room)}%` : '';
}

function longestRoom(rows: readonly SweepRow[]): Ratio {
  return rows.reduce((longest, row) => longest.max(roomOf(row) ?? Ratio.ZERO), Ratio.ZERO);
}

/** The bar of a row: its room, or one mark of what is lost already. */
function bar(row: SweepRow, longest: Ratio, width: number, { glyphs }: CardOptions): string {
  const room = roomOf(row);
  if (row.kind === 'priced' && row.assessment.outcome.kind === 'already') return glyphs.lost;
  return room ? glyphs.room.repeat(barCells(room, longest, width)) : '';
}

function oneTable({ axis, rows }: Sweep, options: CardOptions): string[] {
  const flat = rows.flat();
  const right = (heading: string): Column => ({ heading, align: 'right' });
  const headings = [
    right(AXIS_WORDS[axis]),
    right('LIQUIDATION'),
    right('ROOM'),
    ...(axis === 'margin' ? [] : [right('MARGIN')]),
    right('LOSS'),
  ];
  const money = (amount: Ratio, row: PricedRow): string =>
    amountText(amount, row.assessment.position.contract.marginAsset === 'base' ? 8 : cardDecimals(options));
  const cells = flat.map((row) => {
    if (row.kind === 'refused')
      return [valueText(row, axis), priceText(row, options), ...headings.slice(2).map(() => '')];
    const { price, position } = row.assessment;
    const margin = axis === 'margin' ? [] : [money(walletMargin(position), row)];
    const loss = price ? money(profitAt(position, price).negated(), row) : '';
    return [valueText(row, axis), priceText(row, options), roomText(row), ...margin, loss];
  });
  const width = Math.max(8, LINE_WIDTH - widthBefore(headings, cells));
  const longest = longestRoom(flat);
  const withBars = cells.map((each, index) => [...each, bar(flat[index] as SweepRow, longest, width, options)]);
  return columns([...headings, { heading: 'ROOM ON ONE SCALE'.slice(0, width), align: 'left' }], withBars);
}

function bothTable({ axis, rows }: Sweep, options: CardOptions): string[] {
  const longest = longestRoom(rows.flat());
  const right = (heading: string): Column => ({ heading, align: 'right' });
  const outer = [right(AXIS_WORDS[axis]), right('LONG'), right('ROOM'), right('ROOM'), right('SHORT')];
  const cells = rows.map((pair) => {
    const [long, short] = pair as readonly [SweepRow, SweepRow];
    return [
      valueText(long, axis),
      priceText(long, options),
      roomText(long),
      roomText(short),
      priceText(short, options),
    ];
  });
  const width = Math.max(6, Math.floor((LINE_WIDTH - widthBefore(outer, cells) - 3) / 2));
  const withBars = cells.map((each, index) => {
    const [long, short] = rows[index] as unknown as readonly [SweepRow, SweepRow];
    const [left, rightBar] = [bar(long, longest, width, options), bar(short, longest, width, options)];
    return [...each.slice(0, 3), `${left.padStart(width)}|${rightBar.padEnd(width)}`, ...each.slice(3)];
  });
  const middle: Column = { heading: 'E'.padStart(width + 1), align: 'left' };
  return columns([...outer.slice(0, 3), middle, ...outer.slice(3)], withBars);
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
  const lost = isLost ? `; ${options.glyphs.lost} is liquidated at once` : '';
  return [
    ...limit,
    ...refusals.map((words) => labelled('Refused', words)),
    ...warnings.map((warning) => labelled('Warning', warningWords(warning))),
    labelled(
      'Note',
      `room is from the ${what}; loss${gain} is at liquidation, before the liquidation fee; funding to come is not in it${lost}`,
    ),
  ];
}

/** The warnings of all rows, each once. */
function sweepWarnings(rows: readonly PricedRow[], today: number): Warning[] {
  const all = rows.flatMap(({ assessment }) => warningsOf(assessment, today));
  return [...new Map(all.map((warning) => [`${warning.code}${warningWords(warning)}`, warning])).values()];
}
