import { filled, padded } from './text-table.js';

/** The minimum number of dashes under a heading. */
const LEAST_WIDTH = 3;

/** A markdown table, padded so that it is readable as text too. */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = headings.map((heading, index) => {
    const column = filled(
      { heading: cellText(heading) },
      rows.map((row) => cellText(row[index] as string)),
    );
    return { ...column, width: Math.max(LEAST_WIDTH, column.width) };
  });
  const head = columns.map((column) => padded(column.heading, column));
  const rule = columns.map(({ width }) => '-'.repeat(width));
  const body = rows.map((_, index) => columns.map((column) => padded(column.cells[index] as string, column)));
  return [head, rule, ...body].map(lineOf).join('');
}

/** One row of a markdown table without padding, for tables that are written before all rows are known. */
export function markdownRow(cells: readonly string[]): string {
  return lineOf(cells.map((cell) => withoutPipes(cell).replace(/[\r\n]+/g, ' ')));
}

const lineOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

const withoutPipes = (cell: string): string => cell.replaceAll('|', '\\|');

const cellText = (cell: string): string => withoutPipes(cell).replaceAll('\n', ' ');
