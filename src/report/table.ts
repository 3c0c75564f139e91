import { bareText } from './bare.js';
import { columnsOf, headOf, recordsOf, type Data, type Member } from './report.js';

/** The rows of a report as cells under some columns. */
export function rowsUnder(columns: readonly string[], report: Data): readonly (readonly string[])[] {
  return recordsOf(report).map((record) => cellsOf(record, columns));
}

/** The columns that a report has. */
export function columnsOfReport(report: Data): readonly string[] {
  const head = headOf(report).map(([key]) => key);
  const found = columnsOf(recordsOf(report));
  return report.list?.columns ? [...new Set([...head, ...report.list.columns, ...found])] : found;
}

/** The cells of a record under some columns; a cell is empty if the record lacks the key. */
export function cellsOf(record: readonly Member[], columns: readonly string[]): string[] {
  const values = new Map(record);
  return columns.map((column) => bareText(values.get(column)));
}
