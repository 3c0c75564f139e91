import { bareTableStyle, type FormatWriters } from '../format.js';
import { BLOCKS, framing } from '../frame.js';
import { markdownRow, markdownTable } from '../text/markdown.js';
import { bareText } from '../bare.js';
import { columnsOf, headOf, recordsOf, type Data, type Member } from '../report.js';
import { cellsOf } from '../table.js';
import type { Sink, Writer } from '../writer.js';

/** Writes each report as markdown: its fields in one table and its rows in another. */
function writer(sink: Sink): Writer<Data> {
  const { before } = framing(BLOCKS);
  return {
    record: (report) => sink(before() + reportBlock(report)),
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

/** The header of a table whose later rows are unknown. */
const openHeader = (columns: readonly string[]): string => markdownRow(columns) + markdownRow(columns.map(() => '---'));

/** Markdown tables. */
export const markdown = {
  reports: writer,
  tables: writer,
  records: { kind: 'table', style: () => bareTableStyle(markdownRow, openHeader) },
  nested: 'blocks',
} satisfies Partial<FormatWriters>;
