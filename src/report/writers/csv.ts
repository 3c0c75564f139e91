import { csvCell, csvLine, safeCsv } from '../csv.js';
import type { FormatWriters, TableStyle, WriterOptions } from '../format.js';
import { columnsOfReport, rowsUnder } from '../table.js';
import type { Data } from '../report.js';
import type { Sink, Writer } from '../writer.js';

/** Writes rows of CSV below the header of the first report. A report with rows becomes one CSV row for each. */
function writer(sink: Sink, { cells }: WriterOptions): Writer<Data> {
  let columns: readonly string[] | undefined;
  const put = (row: readonly string[]): void => sink(cells === 'safe' ? safeCsv(csvLine(row)) : csvLine(row));
  return {
    record: (report) => {
      if (!columns) {
        columns = columnsOfReport(report);
        put(columns);
      }
      for (const row of rowsUnder(columns, report)) put(row);
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
  nested: 'rows',
} satisfies Partial<FormatWriters>;
