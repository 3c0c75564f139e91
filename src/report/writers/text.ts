import type { Style } from '../style.js';
import type { Report } from '../report.js';
import type { Sink, Writer } from '../writer.js';

/** Writes reports for people, separated by a blank line; errors of records are on stderr. */
export function textWriter(sink: Sink, style: Style): Writer<Pick<Report, 'text'>> {
  let written = 0;
  return {
    begin: () => undefined,
    record: ({ text }) => sink(`${written++ > 0 ? '\n' : ''}${text(style)}`),
    failed: () => undefined,
    end: () => undefined,
  };
}
