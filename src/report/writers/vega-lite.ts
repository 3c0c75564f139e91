import type { FormatWriters } from '../format.js';
import type { Report } from '../report.js';
import type { Sink, Writer } from '../writer.js';

/** Writes the Vega-Lite specification of each report that has a chart, one per line. */
function writer(sink: Sink): Writer<Pick<Report, 'chart'>> {
  return {
    record: ({ chart }) => {
      if (chart) sink(`${chart()}\n`);
    },
    end: () => undefined,
  };
}

/** The specification of a chart. */
export const vegaLite = { charts: writer } satisfies Partial<FormatWriters>;
