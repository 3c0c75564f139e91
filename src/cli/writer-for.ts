import type { WriterOptions } from '../report/format.js';
import type { Data } from '../report/report.js';
import type { Sink, Writer } from '../report/writer.js';
import { bareWriter } from '../report/bare-writer.js';
import type { FormatName } from '../report/writers/index.js';
import type { Io } from './io.js';
import type { CommonOptions } from './options.js';
import { printableText, styleFor } from './text.js';

/** The part of the flags that chooses a writer. */
type Chosen<F extends string> = Pick<CommonOptions<F>, 'format' | 'only' | 'color' | 'isCsvSafe'>;

/**
 * The writer that the flags ask for: bare values for `--only`, else the format, by default text.
 *
 * @param codeOf - the code of a format for what is printed.
 */
export async function writerFor<F extends FormatName, T extends Data>(
  io: Io,
  { format, only, color, isCsvSafe }: Chosen<F | 'text'>,
  codeOf: (format: F | 'text') => Promise<(sink: Sink, options: WriterOptions) => Writer<T>>,
): Promise<Writer<T>> {
  const write = (text: string): void => io.stdout.write(text);
  if (only) return bareWriter(write, only);
  const isText = format === undefined || format === 'text';
  const style = await styleFor(io, isText ? color : 'never');
  const sink = isText ? (text: string): void => write(printableText(io, text)) : write;
  return (await codeOf(format ?? 'text'))(sink, { style, cells: isCsvSafe ? 'safe' : 'as they are' });
}
