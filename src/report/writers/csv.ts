import { csvLine, safeCsv } from '../csv.js';
import { cellsOf, columnsOfReport, failedMembers, rowsUnder } from '../table.js';
import type { Data } from '../report.js';
import type { Sink, Writer } from '../writer.js';

/** Whether a cell may contain text that a spreadsheet would run as a formula. */
export type Cells = 'as they are' | 'safe';

/** Writes rows of CSV below one header. A report with rows becomes one CSV row for each, with the inputs. */
export function csvWriter(sink: Sink, cells: Cells = 'as they are'): Writer<Data> {
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
