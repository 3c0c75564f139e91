import { RunError } from './command.js';
import { nameOfInput, type Io } from './io.js';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'there is no such file',
  EFBIG: 'it is too large',
  EILSEQ: 'it is not valid UTF-8; save it as UTF-8',
  ENOSPC: 'no space is left',
  EROFS: 'the file system is read-only',
};

/** Why the operating system refuses to write a file, in words. A missing entry means its folder here. */
export function writeFault(error: unknown): string {
  const code = codeOf(error);
  if (code === 'EEXIST') return 'it exists already';
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'there is no such folder' : fileFault(error);
}

/** Whether there is no such file. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Why the operating system refuses to read a file, in words. */
export function fileFault(error: unknown): string {
  const code = codeOf(error);
  return code === undefined ? 'unknown reason' : (WORDS[code] ?? code);
}

/**
 * The text of a file that the user named, without a byte order mark.
 *
 * @param most - the maximum size, in bytes.
 * @throws {RunError} if it cannot be read: exit code 66.
 */
export function fileText(io: Io, path: string, most?: number): string {
  try {
    return io.readFile(path, most).replace(/^\uFEFF/, '');
  } catch (error) {
    throw new RunError(`${nameOfInput(path)} cannot be read: ${fileFault(error)}`, 'unreadable');
  }
}
