import { formatOf, recognise, type InputFormat } from '../batch/recognise.js';
import type { Source } from '../batch/stream.js';
import { UsageError } from './command.js';
import type { Io } from './io.js';

const STDIN = '-';

/** An input that an operand names. */
export interface NamedSource extends Source {
  readonly isStdin: boolean;
}

/**
 * The inputs that operands name; stdin where there are none.
 *
 * Files are looked at first, so that one that is missing, or of another format than the first, is told before anything
 * is written.
 *
 * @throws {InputError} for a file that cannot be read.
 */
export function sourcesOf(operands: readonly string[], io: Io, asked: InputFormat | undefined): readonly NamedSource[] {
  const paths = operands.length > 0 ? operands : [STDIN];
  const formats = paths.map((path) => (path === STDIN ? undefined : formatOfFile(path, io, asked)));
  const first = formats.find((format) => format !== undefined);
  const other = formats.findIndex((format) => format !== undefined && format !== first);
  if (other >= 0) {
    const [one, two] = [paths[formats.indexOf(first)] ?? '', paths[other] ?? ''];
    throw new UsageError(
      `${one} is ${first?.toUpperCase() ?? ''} and ${two} is ${formats[other]?.toUpperCase() ?? ''}; several files need one format`,
    );
  }
  return paths.map((path) =>
    path === STDIN
      ? { name: '<stdin>', isStdin: true, chunks: () => io.stdin.chunks() }
      : { name: path, isStdin: false, chunks: () => io.fileChunks(path) },
  );
}

function formatOfFile(path: string, io: Io, asked: InputFormat | undefined): string | undefined {
  const head = io.fileHead(path);
  const recognised = head && recognise(Buffer.from(head), 'end', asked);
  return recognised && formatOf(recognised.layout);
}
