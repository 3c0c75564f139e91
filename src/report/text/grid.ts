import type { Style } from '../style.js';
import { textTable, type Column, type Heading } from './text-table.js';

/** A value of a grid: text, a whole number, or `null`. */
export type Cell = string | number | null;

/** A column of a grid: its key in JSON and CSV, and its form in text. */
export interface GridColumn extends Heading {
  readonly key: string;
  /** The value for people to read; by default unchanged, `-` for `null`. */
  readonly text?: (value: Cell) => string;
}

/** Rows of values under columns. */
export interface Grid {
  readonly columns: readonly GridColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A grid for reading. */
export function gridText({ columns, rows }: Grid, { paint, width }: Style): string {
  const shown = columns.map(({ text = plainText, ...column }, index): Column<readonly Cell[]> => ({
    ...column,
    cell: (row) => text(row[index] as Cell),
  }));
  return [...textTable(shown, rows, { width, head: paint.strong }), ''].join('\n');
}

const plainText = (value: Cell): string => (value === null ? '-' : String(value));
