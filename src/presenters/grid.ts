import { LINE_WIDTH, wrap } from './lines.js';
import type { Style } from './style.js';

/** A value of a grid: text, a whole number, or nothing. */
export type Cell = string | number | null;

/** A column: its key in JSON and CSV, and how it looks in text. */
export interface Column {
  readonly key: string;
  readonly heading: string;
  readonly align?: 'right';
  /** The value as people read it; by default as it is, `-` for nothing. */
  readonly text?: (value: Cell) => string;
}

/** Rows of values under columns. */
export interface Grid {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

const GAP = '  ';

/** A grid for reading: columns aligned, the last one wrapped so that lines keep to 80 columns where they can. */
export function gridText({ columns, rows }: Grid, { paint }: Pick<Style, 'paint'>): string {
  const texts = rows.map((row) => columns.map(({ text = plainText }, index) => text(row[index] as Cell)));
  const sized = columns.map((column, index) => ({
    ...column,
    width: Math.max(column.heading.length, ...texts.map((row) => (row[index] as string).length)),
  }));
  const last = columns.length - 1;
  const indent = sized.slice(0, last).reduce((sum, { width }) => sum + width + GAP.length, 0);
  const line = (cells: readonly string[]): string => {
    const padded = sized.slice(0, last).map((column, index) => pad(cells[index] as string, column));
    const [first = '', ...more] = lastCell(cells[last] as string, sized[last] as Sized, LINE_WIDTH - indent);
    const below = more.map((each) => `\n${' '.repeat(indent)}${each}`);
    return [...padded, first].join(GAP).trimEnd() + below.join('');
  };
  return [paint.strong(line(columns.map(({ heading }) => heading))), ...texts.map(line), ''].join('\n');
}

const plainText = (value: Cell): string => (value === null ? '-' : String(value));

type Sized = Column & { readonly width: number };

const pad = (cell: string, { align, width }: Sized): string =>
  align === 'right' ? cell.padStart(width) : cell.padEnd(width);

function lastCell(cell: string, { align, width }: Sized, room: number): string[] {
  return align === 'right' ? [cell.padStart(width)] : wrap(cell, Math.max(room, 24));
}
