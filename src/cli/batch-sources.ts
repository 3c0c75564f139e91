import { formatOf, recognise, type InputFormat } from '../stream/recognise.js';
import type { Source } from '../stream/stream.js';
import { UsageError } from './command.js';
import { STDIN_NAME, type Io } from './io.js';

const STDIN = '-';

/** An input that an operand names. */
export interface NamedSource extends Source {
  readonly isStdin: boolean;
}

/**
 * The inputs that operands name; stdin if there are no operands.
 *
 * Files are checked first, so that a file that is missing, or has another format than the first, is reported before
 * anything is written.
 *
 * @throws {InputError} for a file that cannot be read.
 */
export function sourcesOf(
  operands: readonly string[],
  io: Io,
  inputFormat: InputFormat | undefined,
): readonly NamedSource[] {
  const paths = operands.length > 0 ? operands : [STDIN];
  const known = paths.flatMap((path) => {
    const format = path === STDIN ? undefined : formatOfFile(path, io, inputFormat);
    return format === undefined ? [] : [{ path, format }];
  });
  const [first] = known;
  const other = known.find(({ format }) => format !== first?.format);
  if (first && other) {
    const are = [first, other].map(({ path, format }) => `${path} is ${format.toUpperCase()}`);
    throw new UsageError(`${are.join(' and ')}; all files must have the same format`);
  }
  return paths.map((path) =>
    path === STDIN
      ? { name: STDIN_NAME, isStdin: true, chunks: () => io.stdin.chunks() }
      : { name: path, isStdin: false, chunks: () => io.fileChunks(path) },
  );
}

function formatOfFile(path: string, io: Io, inputFormat: InputFormat | undefined): string | undefined {
  const head = io.fileHead(path);
  const recognised = head && recognise(Buffer.from(head), 'end', inputFormat);
  return recognised && formatOf(recognised.layout);
}
