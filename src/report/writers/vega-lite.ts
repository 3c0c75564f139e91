import type { FormatWriters } from '../format.js';
import type { Sink, Writer } from '../writer.js';

/** Writes specifications of charts, one per line. */
const writer = (sink: Sink): Writer<string> => ({ record: (chart) => sink(`${chart}\n`), end: () => undefined });

/** The specification of a chart. */
export const vegaLite = { charts: writer } satisfies Partial<FormatWriters>;
