import { beside, LINE_WIDTH, shownLength, wrap } from './lines.js';

/** The heading of a column of a text table, and the alignment of its cells; left by default. */
export interface Heading {
  readonly heading: string;
  readonly align?: 'left' | 'right';
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

/** How to paint the lines of a table; rows are numbered from 0. By default nothing is painted. */
export interface Tones {
  readonly head?: Tone;
  readonly row?: (index: number) => Tone;
}

const GAP = '  ';
/** The minimum width of the last column, even if lines become too long. */
const LEAST_ROOM = 24;
/** A line unchanged. */
export const plain: Tone = (text) => text;

export function textTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], tones: Tones = {}): string[] {
  return tableLines(
    columns.map((column) => filledFrom(column, rows)),
    tones,
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

/** The columns that fit: those of the highest rank are left out first. */
export function fitting<C extends FilledColumn & Ranked>(columns: readonly C[], width = LINE_WIDTH): readonly C[] {
  let shown = columns;
  for (;;) {
    const highest = Math.max(...shown.map(({ rank }) => rank));
    if (widthOf(shown) <= width || highest === 0) return shown;
    shown = shown.filter(({ rank }) => rank !== highest);
  }
}

/** A line that names the columns that do not fit, if there are any. */
export function leftOutWords(all: readonly Heading[], shown: readonly Heading[]): readonly string[] {
  const left = all.filter((column) => !shown.includes(column)).map(({ heading }) => heading);
  return left.length > 0 ? [`Columns that do not fit: ${left.join(', ')} (--json has all).`] : [];
}

/** How wide a column beside others may be. */
export function roomBeside(columns: readonly Filled[]): number {
  return LINE_WIDTH - widthOf(columns) - GAP.length;
}

/**
 * Columns as lines: two blanks between, no blanks at the ends of lines. The last column is wrapped if it is
 * left-aligned, so that lines keep to their width if possible.
 */
export function tableLines(
  columns: readonly FilledColumn[],
  { head = plain, row: toneOf = () => plain }: Tones = {},
): string[] {
  const [others, last] = [columns.slice(0, -1), columns.slice(-1)];
  const room = Math.max(roomBeside(others), LEAST_ROOM);
  const lines = (textOf: (column: FilledColumn) => string, tone: Tone): string[] => {
    const start = others.map((column) => padded(textOf(column), column) + GAP).join('');
    const end = last.flatMap((column) => lastLines(textOf(column), column, room));
    return beside(start, end).map((line) => tone(line.trimEnd()));
  };
  const rows = columns[0]?.cells ?? [];
  return [
    ...lines(({ heading }) => heading, head),
    ...rows.flatMap((_, index) => lines(({ cells }) => cells[index] as string, toneOf(index))),
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
