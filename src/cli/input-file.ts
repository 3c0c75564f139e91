import type { Io } from './io.js';

/** An input file that cannot be read; the exit code is 66. */
export class InputFileError extends Error {
  override readonly name = 'InputFileError';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
};

/** The text of an input file, without a byte order mark. */
export function readInputFile(io: Io, path: string): string {
  try {
    return io.readFile(path).replace(/^\uFEFF/, '');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new InputFileError(`${path} cannot be read: ${REASONS[code] ?? code}`, { cause: error });
  }
}
