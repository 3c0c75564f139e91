import type { FormatWriters, WriterOptions } from '../format.js';
import type { Report } from '../report.js';
import type { Sink, Writer } from '../writer.js';

/** Writes reports for people, separated by a blank line; errors of records are on stderr. */
function writer(sink: Sink, { style }: WriterOptions): Writer<Pick<Report, 'text'>> {
  let written = 0;
  return {
    begin: () => undefined,
    record: ({ text: textOf }) => sink(`${written++ > 0 ? '\n' : ''}${textOf(style)}`),
    failed: () => undefined,
    end: () => undefined,
  };
}

/** Text for people. */
export const text = { reports: writer, tables: writer } satisfies Partial<FormatWriters>;
