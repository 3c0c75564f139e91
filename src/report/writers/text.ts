import type { FormatWriters, WriterOptions } from '../format.js';
import { BLOCKS, framing } from '../frame.js';
import type { Report } from '../report.js';
import type { Sink, Writer } from '../writer.js';

/** Writes reports for people, separated by a blank line. */
function writer(sink: Sink, { style }: WriterOptions): Writer<Pick<Report, 'text'>> {
  const { before } = framing(BLOCKS);
  return {
    record: ({ text: textOf }) => sink(before() + textOf(style)),
    end: () => undefined,
  };
}

/** Text for people. */
export const text = {
  reports: writer,
  tables: writer,
  records: { kind: 'book' },
  nested: 'blocks',
} satisfies Partial<FormatWriters>;
