import { safeCsv } from '../report/csv.js';
import type { Frame } from '../report/frame.js';
import {
  blockRecords,
  csvRecords,
  jsonRecords,
  lineRecords,
  type CsvRows,
  type Pieces,
  type TextOf,
} from '../report/record-writers.js';
import type { Style } from '../report/style.js';
import type { RecordWriter, Sink } from '../report/writer.js';
import type { Io } from './io.js';
import { printableText, styleFor } from './text.js';
import type { CommonOptions } from './options.js';

/** The formats in which answers are blocks of text. */
type BlockFormat<F> = Exclude<F, 'json' | 'ndjson' | 'csv'>;

/** How the answers of a command are written, in each format. */
export interface RecordForms<A, F extends string> {
  /** The values of `--only`. */
  readonly bare: (answer: A, only: readonly string[]) => Pieces;
  /** A value on one line, without its line end. */
  readonly json: TextOf<A>;
  readonly csv: CsvRows<A>;
  readonly blocks: Readonly<Record<BlockFormat<F | 'text'>, (answer: A, style: Style) => Pieces | Promise<Pieces>>>;
}

/** The writer for the requested output. */
export async function recordWriter<A, F extends string>(
  io: Io,
  common: CommonOptions<F>,
  { format, frame }: { readonly format: F | 'text' | 'ndjson'; readonly frame: Frame },
  { bare, json, csv, blocks }: RecordForms<A, F>,
): Promise<RecordWriter<A>> {
  const { only } = common;
  if (only) return lineRecords(sinkFor(io, 'bare', common), (answer) => bare(answer, only));
  const sink = sinkFor(io, format, common);
  if (isBlock(format)) {
    const style = await styleFor(io, common.color);
    return blockRecords(sink, (answer) => blocks[format](answer, style));
  }
  return format === 'csv' ? csvRecords(sink, csv) : jsonRecords(sink, frame, json);
}

function isBlock<F extends string>(format: F): format is BlockFormat<F> {
  return format !== 'json' && format !== 'ndjson' && format !== 'csv';
}

/** Standard output for a format: text as people can read it, and, if requested, CSV without formulas. */
function sinkFor(io: Io, format: string, { isCsvSafe }: { readonly isCsvSafe: boolean }): Sink {
  if (format === 'text') return (text) => io.stdout.write(printableText(io, text));
  return (text) => io.stdout.write(isCsvSafe && format === 'csv' ? safeCsv(text) : text);
}
