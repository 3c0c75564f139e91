import type { Style } from '../style.js';
import type { Report } from '../report.js';
import type { Sink, Writer } from '../writer.js';

/** Writes reports for people, a blank line between them; what is wrong with a record stands on stderr. */
export function textWriter(sink: Sink, style: Style): Writer<Pick<Report, 'text'>> {
  let written = 0;
  return {
    begin: () => undefined,
    record: ({ text }) => sink(`${written++ > 0 ? '\n' : ''}${text(style)}`),
    failed: () => undefined,
    end: () => undefined,
  };
}
