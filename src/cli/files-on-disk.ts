import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** When a file was last changed; `undefined` for anything that is not a file, such as stdin. */
export function modifiedAt(path: string): number | undefined {
  try {
    const status = statSync(path);
    return status.isFile() ? status.mtimeMs : undefined;
  } catch {
    return undefined;
  }
}

const READABLE_BY_ALL = 0o644;
const READABLE_BY_OWNER = 0o600;

/**
 * Writes a new file beside the old one, then renames it over the old one: a reader sees the old text or the new one.
 *
 * It does not wait for the disk, which takes seconds for hundreds of files: after a power cut a file may be incomplete.
 */
export function replaceFile(path: string, text: string): void {
  makeFolderOf(path);
  writeBeside(path, text, READABLE_BY_OWNER, (beside) => renameSync(beside, path));
}

/** The same as `replaceFile`, but a file that is there already stays as it is. */
export function addFile(path: string, text: string): void {
  makeFolderOf(path);
  try {
    createWithMode(path, text, READABLE_BY_OWNER);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function makeFolderOf(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
}

/** The names of the entries of a folder, sorted; empty if there is no such folder. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

/** Removes a file, if it is there. */
export function removeFile(path: string): void {
  rmSync(path, { force: true });
}

/** The error codes of file systems without links. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP']);

/**
 * Writes a temporary file and links it to its final name, which fails if that name exists. Without links, the file is
 * written directly under its final name.
 */
export function createFile(path: string, text: string): void {
  createWithMode(path, text, READABLE_BY_ALL);
}

function createWithMode(path: string, text: string, mode: number): void {
  writeBeside(path, text, mode, (beside) => {
    try {
      linkSync(beside, path);
    } catch (error) {
      if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
      writeFileSync(path, text, { flag: 'wx', mode });
    }
    rmSync(beside);
  });
}

function writeBeside(path: string, text: string, mode: number, putInPlace: (beside: string) => void): void {
  const beside = `${path}.${process.pid}.tmp`;
  const descriptor = openSync(beside, 'w', mode);
  try {
    try {
      writeFileSync(descriptor, text);
    } finally {
      closeSync(descriptor);
    }
    putInPlace(beside);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
