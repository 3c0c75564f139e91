import { bareTableStyle, type FormatWriters } from '../format.js';
import { markdownRow, markdownTable } from '../text/markdown.js';
import { bareText } from '../bare.js';
import { columnsOf, headOf, recordsOf, type Data, type Member } from '../report.js';
import { cellsOf, failedMembers, rowsUnder } from '../table.js';
import type { Sink, Writer } from '../writer.js';

/**
 * Writes markdown. After `begin`: the rows of one table, which is not padded because later rows are not known. Without
 * it: each report separately, its fields in one table and its rows in another.
 */
function writer(sink: Sink): Writer<Data> {
  let columns: readonly string[] | undefined;
  let written = 0;
  const block = (text: string): void => sink(`${written++ > 0 ? '\n' : ''}${text}`);
  const row = (cells: readonly string[]): void => sink(markdownRow(cells));
  return {
    begin: (given) => {
      columns = given;
      sink(openHeader(given));
    },
    record: (report) => {
      if (columns) rowsUnder(columns, report).forEach(row);
      else block(reportBlock(report));
    },
    failed: (inputs, failure) => {
      const members = failedMembers(inputs, failure);
      if (columns) row(cellsOf(members, columns));
      else block(fieldTable(members));
    },
    end: () => undefined,
  };
}

function reportBlock(report: Data): string {
  const { list } = report;
  if (!list) return fieldTable(recordsOf(report).flat());
  const columns = list.columns ?? columnsOf(list.rows);
  const table = markdownTable(
    columns,
    list.rows.map((row) => cellsOf(row, columns)),
  );
  const head = headOf(report);
  return head.length === 0 ? table : `${fieldTable(head)}\n${table}`;
}

const fieldTable = (members: readonly Member[]): string =>
  markdownTable(
    ['field', 'value'],
    members.map(([key, value]) => [key, bareText(value)]),
  );

/** The header of a table whose later rows are not known. */
const openHeader = (columns: readonly string[]): string => markdownRow(columns) + markdownRow(columns.map(() => '---'));

/** Markdown tables. */
export const markdown = {
  reports: writer,
  tables: writer,
  records: { kind: 'table', style: () => bareTableStyle(markdownRow, openHeader) },
} satisfies Partial<FormatWriters>;
