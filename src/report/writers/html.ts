import type { FormatWriters } from '../format.js';
import { headOf, sectionOf, TAIL } from '../page/html.js';
import type { Sheet } from '../page/sheet.js';
import type { Sink, Writer } from '../writer.js';

/** Writes sheets as the sections of one page. */
function writer(sink: Sink): Writer<Sheet> {
  let count = 0;
  return {
    record: (sheet) => {
      if (count === 0) sink(headOf(sheet.title));
      sink(sectionOf(sheet, ++count));
    },
    end: () => {
      if (count > 0) sink(TAIL);
    },
  };
}

/** A page for a browser, alone in its file. */
export const html = { pages: writer } satisfies Partial<FormatWriters>;
