import type { Grid } from './text/grid.js';
import type { Data } from './report.js';

/** A grid as data for every writer: rows only. */
export function gridData({ columns, rows }: Grid): Data {
  const keys = columns.map(({ key }) => key);
  return {
    inputs: [],
    figures: [],
    list: {
      key: 'rows',
      columns: keys,
      rows: rows.map((row) => keys.map((key, index) => [key, row[index] ?? null] as const)),
    },
  };
}
