import type { TableReport } from './format.js';
import type { Style } from './style.js';
import { gridText, type Grid } from './text/grid.js';

/**
 * A grid for every writer: rows only.
 *
 * @param title - the heading above it in text.
 */
export function gridReport(grid: Grid, title: (style: Style) => string = () => ''): TableReport {
  const { columns, rows } = grid;
  const keys = columns.map(({ key }) => key);
  return {
    inputs: [],
    figures: [],
    list: {
      key: 'rows',
      columns: keys,
      rows: rows.map((row) => keys.map((key, index) => [key, row[index] ?? null] as const)),
    },
    text: (style) => title(style) + gridText(grid, style),
  };
}
