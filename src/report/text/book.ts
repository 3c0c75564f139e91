import type { Assessment } from '../../core/assessment.js';
import type { BracketTable } from '../../core/brackets.js';
import { roomTo, type Outcome } from '../../core/liquidation.js';
import { Ratio } from '../../core/ratio.js';
import { percentText } from '../figures.js';
import { shownSymbol } from '../printable.js';
import type { Paint, Style } from '../style.js';
import { liquidationText } from './card.js';
import { isMoveOutOfSight } from './account-table.js';
import { wrap } from './lines.js';
import {
  filledFrom,
  fitting,
  leftOutWords,
  plain,
  tableLines,
  type Column,
  type FilledColumn,
  type Ranked,
  type Tone,
  widthOf,
} from './text-table.js';

/** One record of a book. */
export interface BookRow {
  /** The id of the record or its owner; its number if it names neither. */
  readonly name: string;
  readonly symbol: string;
  readonly side: string;
  readonly entry: string;
  readonly mark: string;
  /** The price, or the outcome in words if no price liquidates it. */
  readonly liquidation: string;
  /** A fraction of the present price. */
  readonly room: Ratio | undefined;
  readonly outcome: Outcome['kind'] | 'failed';
  /** Requested results besides those that the book always shows. */
  readonly more: readonly string[];
  /** The table that its rates come from. */
  readonly table?: BracketTable | undefined;
  /** Why it failed. */
  readonly failure?: string;
}

/** A book for reading: the totals of all records, and the rows of those that are shown. */
export interface Book {
  readonly rows: readonly BookRow[];
  readonly counts: Readonly<Record<BookRow['outcome'], number>>;
  /** The headings of `more`. */
  readonly moreKeys: readonly string[];
}

/** What a priced record shows. */
export function pricedRow(
  assessment: Assessment,
  style: Style,
  decimals: number | undefined,
): Pick<BookRow, 'symbol' | 'side' | 'entry' | 'mark' | 'liquidation' | 'room' | 'outcome' | 'table'> {
  const { terms, outcome, reference, position } = assessment;
  const { bound, kind } = outcome;
  const options = { ...style, entryDecimals: terms.entry.decimals, decimals, today: undefined, isQuiet: true };
  return {
    symbol: terms.symbol === undefined ? '' : shownSymbol(terms.symbol),
    side: terms.side,
    entry: terms.entry.toText(MOST_DECIMALS),
    mark: position.mark?.toText(MOST_DECIMALS) ?? '',
    liquidation: liquidationText(assessment, options),
    room: bound && roomTo(bound, reference).over(reference),
    outcome: kind,
    table: position.ratesFromTable ? position.table : undefined,
  };
}

const MOST_DECIMALS = 30;

/** A book as lines: its totals, and a table with a bar for the room of each position. */
export function bookText({ rows, counts, moreKeys }: Book, style: Style): string {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const lines = [
    ...wrap(totalWords(total, counts, style), style.width),
    ...(rows.length > 0 ? ['', ...tableOf(rows, moreKeys, style)] : []),
  ];
  if (rows.length < total) lines.push(`${rows.length} of ${recordsWords(total)} shown.`);
  return `${lines.join('\n')}\n`;
}

const recordsWords = (count: number): string => `${count} ${count === 1 ? 'record' : 'records'}`;

/** What a number of records is, by outcome. */
export const COUNT_WORDS = {
  at: 'with a liquidation price',
  never: 'never liquidated',
  already: 'liquidated already',
  failed: 'failed',
} as const satisfies Record<BookRow['outcome'], string>;

function totalWords(total: number, counts: Book['counts'], { paint }: Style): string {
  const tones: Partial<Record<BookRow['outcome'], Tone>> = { already: paint.bad, failed: paint.bad };
  const parts = (Object.keys(COUNT_WORDS) as BookRow['outcome'][])
    .filter((kind) => counts[kind] > 0)
    .map((kind) => (tones[kind] ?? plain)(`${counts[kind]} ${COUNT_WORDS[kind]}`));
  return `${paint.strong(recordsWords(total))}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`;
}

/** The rooms from which on a row is painted less: the limits of the `distance` rule. */
const STEPS = [
  ['0.05', 'bad'],
  ['0.1', 'warn'],
  ['0.15', 'strong'],
] as const satisfies readonly (readonly [string, keyof Paint])[];

/** How a row is painted. */
export function toneOf({ outcome, room }: BookRow, { paint }: Pick<Style, 'paint'>): Tone {
  if (outcome === 'already' || outcome === 'failed') return paint.bad;
  const step = STEPS.find(([limit]) => room?.isBelow(Ratio.from(limit)));
  return step ? paint[step[1]] : plain;
}

type RankedColumn = Column<BookRow> & Ranked;

const left = (heading: string, rank: number, cell: RankedColumn['cell']): RankedColumn => ({ heading, rank, cell });
const right = (heading: string, rank: number, cell: RankedColumn['cell']): RankedColumn => ({
  heading,
  rank,
  cell,
  align: 'right',
});

/** The room that fills a bar: a longer one would hide how near the others are. */
const FULL = Ratio.from('0.2');
const BAR = { least: 8, most: 20 } as const;
/** The blanks before the bars. */
const GAP = 2;

function tableOf(rows: readonly BookRow[], moreKeys: readonly string[], style: Style): readonly string[] {
  const isUsed = (cell: RankedColumn['cell']): boolean => rows.some((row) => cell(row) !== '');
  const columns = [
    left('RECORD', 0, ({ name }) => name),
    left('SYMBOL', 0, ({ symbol }) => symbol),
    left('SIDE', 0, ({ side }) => side),
    right('ENTRY', 4, ({ entry }) => entry),
    right('MARK', 3, ({ mark }) => mark),
    right('LIQUIDATION', 0, ({ liquidation }) => liquidation),
    right('ROOM', 0, roomWords),
    ...moreKeys.map((key, index) => right(key.toUpperCase(), 2, ({ more }) => more[index] ?? '')),
  ]
    .filter(({ heading, cell }) => heading === 'ROOM' || isUsed(cell))
    .map((column) => filledFrom(column, rows));
  const shown = fitting([...columns, barColumn(rows, BAR.least, style)], style.width).filter(
    ({ heading }) => heading !== BAR_HEADING,
  );
  const beside = style.width - widthOf(shown) - GAP;
  const width = Math.min(BAR.most, beside);
  const isBarShown = beside >= BAR.least;
  const all = isBarShown ? [...shown, barColumn(rows, width, style)] : shown;
  const tones = rows.map((row) => toneOf(row, style));
  return [
    ...tableLines(all, { width: style.width, head: style.paint.faint, row: (index) => tones[index] ?? plain }),
    ...leftOutWords(columns, shown).flatMap((words) => wrap(words, style.width)),
    ...(isBarShown ? wrap(`A full bar is a room of ${FULL.percent().toText(0)} % or more.`, style.width) : []),
  ];
}

/** The room of a record in words. */
export function roomWords({ room, outcome }: BookRow): string {
  if (!room) return '';
  if (isMoveOutOfSight(room)) return '> 900%';
  return `${percentText(room)}%${outcome === 'already' ? ' past' : ''}`;
}

const BAR_HEADING = '';

function barColumn(rows: readonly BookRow[], width: number, { glyphs }: Style): FilledColumn & Ranked {
  const cell = ({ room, outcome }: BookRow): string => {
    if (outcome === 'already') return glyphs.lost;
    return room ? glyphs.room.repeat(barCells(room, width)) : '';
  };
  return filledFrom({ heading: BAR_HEADING, rank: 1, cell }, rows);
}

/** The cells of a bar, at least one. Pixels may be inexact. */
function barCells(room: Ratio, width: number): number {
  const share = room.over(FULL).times(Ratio.of(BigInt(width)));
  return share.isBelow(Ratio.of(BigInt(width))) ? Math.max(1, Number(share.toFixed(0))) : width;
}
