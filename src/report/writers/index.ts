import type { Style } from '../style.js';
import { bareWriter } from './bare.js';
import { csvWriter, type Cells } from './csv.js';
import { jsonRowsWriter, jsonWriter, ndjsonWriter } from './json.js';
import { markdownWriter } from './markdown.js';
import { textWriter } from './text.js';
import { vegaLiteWriter } from './vega-lite.js';
import type { Sink, Writer } from '../writer.js';

/** The options of writers besides the format. */
export interface WriterOptions {
  readonly style: Style;
  readonly cells: Cells;
}

/** Every format of reports. To add one, add a file here and a line below. */
export const writers = {
  text: (sink, { style }) => textWriter(sink, style),
  json: (sink) => jsonWriter(sink),
  ndjson: (sink) => ndjsonWriter(sink),
  csv: (sink, { cells }) => csvWriter(sink, cells),
  markdown: (sink) => markdownWriter(sink),
  'vega-lite': (sink) => vegaLiteWriter(sink),
} as const satisfies Readonly<Record<string, (sink: Sink, options: WriterOptions) => Writer>>;

/** The name of a format. */
export type WriterName = keyof typeof writers;

export { bareWriter, jsonRowsWriter };
