import { csvCell, csvLine, safeCsv } from '../csv.js';
import type { FormatWriters, TableStyle, WriterOptions } from '../format.js';
import { cellsOf, columnsOfReport, failedMembers, rowsUnder } from '../table.js';
import type { Data } from '../report.js';
import type { Sink, Writer } from '../writer.js';

/** Writes rows of CSV below one header. A report with rows becomes one CSV row for each, with the inputs. */
function writer(sink: Sink, { cells }: WriterOptions): Writer<Data> {
  let columns: readonly string[] | undefined;
  const put = (row: readonly string[]): void => sink(cells === 'safe' ? safeCsv(csvLine(row)) : csvLine(row));
  const settle = (found: () => readonly string[]): readonly string[] => {
    if (columns) return columns;
    columns = found();
    put(columns);
    return columns;
  };
  return {
    begin: (given) => void settle(() => given),
    record: (report) => {
      const settled = settle(() => columnsOfReport(report));
      for (const row of rowsUnder(settled, report)) put(row);
    },
    failed: (inputs, failure) => {
      const members = failedMembers(inputs, failure);
      const settled = settle(() => members.map(([key]) => key));
      put(cellsOf(members, settled));
    },
    end: () => undefined,
  };
}

/** The cells of records as the input wrote them, joined with others. */
function recordStyle(delimiter: string): TableStyle {
  const bareRow = (cells: readonly string[]): string => cells.map((cell) => csvCell(cell, delimiter)).join(delimiter);
  const joined = (own: string, columns: readonly string[], added: readonly string[]): string =>
    `${own}${columns.length > 0 ? delimiter : ''}${bareRow(added)}\n`;
  return {
    header: (columns, added, echo) => joined(echo ?? bareRow(columns), columns, added),
    row: (own, columns, added) => joined(own.csv(columns, delimiter), columns, added),
    bareRow: (cells) => `${bareRow(cells)}\n`,
  };
}

/** The same without a cell that is a formula for a spreadsheet. */
function safeRecordStyle(delimiter: string): TableStyle {
  const { header, row, bareRow } = recordStyle(delimiter);
  return {
    header: (...parts) => safeCsv(header(...parts), delimiter),
    row: (...parts) => safeCsv(row(...parts), delimiter),
    bareRow: (cells) => safeCsv(bareRow(cells), delimiter),
  };
}

/** Comma-separated values. */
export const csv = {
  reports: writer,
  tables: writer,
  records: {
    kind: 'table',
    style: ({ delimiter, cells }) => (cells === 'safe' ? safeRecordStyle : recordStyle)(delimiter),
  },
} satisfies Partial<FormatWriters>;
