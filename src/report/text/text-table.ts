import { beside, shownLength, wrap } from './lines.js';

/** The heading of a column of a text table, and the alignment of its cells; left by default. */
export interface Heading {
  readonly heading: string;
  readonly align?: 'left' | 'right';
  /**
   * If a table is too wide, the columns with the highest rank are left out first, those of rank 0 never. By default it is
   * the place of the column.
   */
  readonly rank?: number;
}

/** A column of a text table. */
export interface Column<Row> extends Heading {
  readonly cell: (row: Row) => string;
}

/** The cells of a column from top to bottom, and the width of the widest, heading included. */
export interface Filled {
  readonly cells: readonly string[];
  readonly width: number;
}

/** A column with its cells. */
export type FilledColumn = Heading & Filled;

/** How a line is painted. */
export type Tone = (text: string) => string;

/** How wide a table may be, and how to paint its lines; rows are numbered from 0. By default nothing is painted. */
export interface TableStyle {
  readonly width: number;
  readonly head?: Tone;
  readonly row?: (index: number) => Tone;
}

const GAP = '  ';
/** The minimum width of a last column that is wrapped. */
const leastRoom = (width: number): number => Math.min(24, Math.floor(width * 0.3));
/** A line unchanged. */
export const plain: Tone = (text) => text;

export function textTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], style: TableStyle): string[] {
  return tableLines(
    columns.map((column) => filledFrom(column, rows)),
    style,
  );
}

/** A column with its cell of each row. */
export function filledFrom<Row, C extends Column<Row>>(column: C, rows: readonly Row[]): C & Filled {
  return filled(
    column,
    rows.map((row) => column.cell(row)),
  );
}

export function filled<C extends Heading>(column: C, cells: readonly string[]): C & Filled {
  const width = cells.reduce((most, cell) => Math.max(most, shownLength(cell)), shownLength(column.heading));
  return { ...column, cells, width };
}

/** The width of columns beside each other. */
export function widthOf(columns: readonly Filled[]): number {
  return columns.reduce((sum, { width }) => sum + width + GAP.length, -GAP.length);
}

/** How easily a column is left out of a table that would be too wide: the highest first, 0 never. */
export interface Ranked {
  readonly rank: number;
}

/** A line that names the columns that do not fit, if there are any. */
export function leftOutWords(all: readonly Heading[], shown: readonly Heading[]): readonly string[] {
  const left = all.filter((column) => !shown.includes(column)).map(({ heading }) => heading);
  return left.length > 0 ? [`Columns that do not fit: ${left.join(', ')} (--json has all).`] : [];
}

/** How wide a column beside others may be. */
export function roomBeside(columns: readonly Filled[], width: number): number {
  return width - widthOf(columns) - GAP.length;
}

/** The columns that fit a width. */
export function fitting<C extends FilledColumn>(columns: readonly C[], width: number): readonly C[] {
  const ranks = new Map(columns.map((column, index) => [column, column.rank ?? index]));
  let shown = columns;
  for (;;) {
    const highest = Math.max(...shown.map((column) => ranks.get(column) ?? 0));
    if (leastWidth(shown, width) <= width || highest === 0) return shown;
    shown = shown.filter((column) => ranks.get(column) !== highest);
  }
}

/** The width that columns need: the last one is wrapped if it is left-aligned. */
function leastWidth(columns: readonly FilledColumn[], width: number): number {
  const last = columns.at(-1);
  if (!last || last.align === 'right') return widthOf(columns);
  return widthOf([...columns.slice(0, -1), { ...last, width: Math.min(last.width, leastRoom(width)) }]);
}

/**
 * The columns that fit as lines: two blanks between, no blanks at the ends of lines. The last column is wrapped if it is
 * left-aligned. A last line names the columns that do not fit.
 */
export function tableLines(
  columns: readonly FilledColumn[],
  { width, head = plain, row: toneOf = () => plain }: TableStyle,
): string[] {
  const shown = fitting(columns, width);
  const [others, last] = [shown.slice(0, -1), shown.slice(-1)];
  const room = Math.max(roomBeside(others, width), leastRoom(width));
  const lines = (textOf: (column: FilledColumn) => string, tone: Tone): string[] => {
    const start = others.map((column) => padded(textOf(column), column) + GAP).join('');
    const end = last.flatMap((column) => lastLines(textOf(column), column, room));
    return beside(start, end).map((line) => tone(line.trimEnd()));
  };
  const rows = shown[0]?.cells ?? [];
  return [
    ...lines(({ heading }) => heading, head),
    ...rows.flatMap((_, index) => lines(({ cells }) => cells[index] as string, toneOf(index))),
    ...leftOutWords(columns, shown).flatMap((words) => wrap(words, width)),
  ];
}

function lastLines(text: string, column: FilledColumn, room: number): string[] {
  return column.align === 'right' ? [padded(text, column)] : wrap(text, room);
}

/** A cell as wide as its column. */
export function padded(text: string, { align, width }: Pick<FilledColumn, 'align' | 'width'>): string {
  const blanks = ' '.repeat(Math.max(0, width - shownLength(text)));
  return align === 'right' ? blanks + text : text + blanks;
}
