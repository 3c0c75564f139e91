import { safeCsv } from '../report/csv.js';
import { drawnWriter } from '../report/drawn-writer.js';
import type { Frame } from '../report/frame.js';
import {
  blockRecords,
  csvRecords,
  drawnRecords,
  jsonRecords,
  lineRecords,
  type CsvRows,
  type Pieces,
  type TextOf,
} from '../report/record-writers.js';
import type { DrawnContent } from '../report/report.js';
import type { Style } from '../report/style.js';
import type { RecordWriter, Sink } from '../report/writer.js';
import { codeOf, drawnBy, type FormatFor } from '../report/writers/index.js';
import type { Io } from './io.js';
import { printableText, styleFor } from './text.js';
import type { CommonOptions } from './options.js';

/** The formats of records that nest rows. */
export type RecordFormat = FormatFor<'nested' | keyof DrawnContent>;

/** The formats of nested records that are blocks of text. */
type BlockFormat = 'text' | 'markdown';

/** An answer that may be one of several. */
export interface Titled {
  /** What it is called, if there are several. */
  readonly title?: string;
}

/** How the answers of a command are written, in each format. Text and markdown of several have their titles above. */
export interface RecordForms<A extends Titled> {
  /** The values of `--only`. */
  readonly bare: (answer: A, only: readonly string[]) => Pieces;
  /** A value on one line, without its line end. */
  readonly json: TextOf<A>;
  readonly csv: CsvRows<A>;
  readonly blocks: Readonly<Record<BlockFormat, (answer: A, style: Style) => Pieces | Promise<Pieces>>>;
  readonly drawn: DrawnForms<A>;
}

/** What is drawn of an answer, and of a record that failed. */
type DrawnForms<A extends Titled> = {
  readonly [K in keyof DrawnContent]?: {
    readonly of: (answer: A) => Promise<DrawnContent[K]>;
    readonly failed?: (message: string) => DrawnContent[K];
  };
};

/** The writer for the requested output. */
export async function recordWriter<A extends Titled>(
  io: Io,
  common: CommonOptions<RecordFormat>,
  { format, frame }: { readonly format: RecordFormat; readonly frame: Frame },
  { bare, json, csv, blocks, drawn }: RecordForms<A>,
): Promise<RecordWriter<A>> {
  const { only } = common;
  if (only) return lineRecords(sinkFor(io, 'bare', common), (answer) => bare(answer, only));
  const sink = sinkFor(io, format, common);
  const kind = drawnBy(format);
  if (kind) return drawnRecords(await drawnWriter(format, kind, sink), drawn[kind]);
  const form = await codeOf(format as FormatFor<'nested'>, 'nested');
  if (form === 'rows') return csvRecords(sink, csv);
  if (form === 'values') return jsonRecords(sink, frame, json);
  const style = await styleFor(io, common.color);
  const block = format as BlockFormat;
  return blockRecords(sink, async (answer) => [
    ...titleLines(answer, block, style),
    ...(await blocks[block](answer, style)),
  ]);
}

function titleLines({ title }: Titled, format: BlockFormat, { paint }: Style): readonly string[] {
  if (title === undefined) return [];
  return [format === 'markdown' ? `## ${title}\n\n` : `${paint.strong(`ACCOUNT ${title}`)}\n`];
}

/** Standard output for a format: text as people can read it, and, if requested, CSV without formulas. */
function sinkFor(io: Io, format: string, { isCsvSafe }: { readonly isCsvSafe: boolean }): Sink {
  if (format === 'text') return (text) => io.stdout.write(printableText(io, text));
  return (text) => io.stdout.write(isCsvSafe && format === 'csv' ? safeCsv(text) : text);
}
