import { bareLine } from './bare.js';
import { recordsOf, type Data } from './report.js';
import { cellsOf } from './table.js';
import type { Sink, Writer } from './writer.js';

/** Writes the bare values of some keys, one record a line. */
export function bareWriter(sink: Sink, keys: readonly string[]): Writer<Data> {
  return {
    record: (report) => {
      for (const record of recordsOf(report)) sink(bareLine(cellsOf(record, keys)));
    },
    end: () => undefined,
  };
}
