import { noPaint, asciiGlyphs } from '../report/style.js';
import type { Data } from '../report/report.js';
import type { Sink, Writer } from '../report/writer.js';
import { jsonRowsWriter, writers } from '../report/writers/index.js';
import type { Format } from './flags.js';

/** The writer of rows in a format for programs. JSON is one array of rows. */
export function gridWriter(format: Exclude<Format, 'text'>, sink: Sink, isCsvSafe: boolean): Writer<Data> {
  if (format === 'json') return jsonRowsWriter(sink);
  const style = { paint: noPaint, glyphs: asciiGlyphs };
  return writers[format](sink, { style, cells: isCsvSafe ? 'safe' : 'as they are' });
}
