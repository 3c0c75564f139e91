import {
  closeSync,
  createReadStream,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  write,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { isUtf8 as areUtf8 } from 'node:buffer';
import { dirname } from 'node:path';

/** One output of the program. */
export interface Output {
  readonly isTerminal: () => boolean;
  /** Writes text whole before it returns. */
  readonly write: (text: string) => void;
  /** Writes bytes without holding up the program; the promise waits for a slow reader. */
  readonly writeBytes: (bytes: Uint8Array) => Promise<void>;
}

/** The standard input. */
export interface Input {
  readonly isTerminal: () => boolean;
  /** Whether it is a pipe or a file: neither a terminal nor the empty device. */
  readonly isPiped: () => boolean;
  /** Its bytes, as they are read; a chunk is valid until the next is asked for. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/** Everything that the program takes from the world around it; tests give their own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Milliseconds since 1970: only the age of bracket tables depends on it. */
  readonly now: () => number;
  /** `win32`, or something else. */
  readonly platform: string;
  /**
   * The text of a file; `-` is stdin. Fails with `EFBIG` for more bytes than `most` (by default 128 MiB), and with `EILSEQ`
   * for bytes that are not UTF-8.
   */
  readonly readFile: (path: string, most?: number) => string;
  /** Milliseconds since 1970 at which a file was last changed; nothing where that cannot be told. */
  readonly modifiedAt: (path: string) => number | undefined;
  /** Writes a file whole or not at all, readable by its owner alone, in a folder that is made where it lacks. */
  readonly replaceFile: (path: string, text: string) => void;
  /** Writes a file whole or not at all where there is none; fails with `EEXIST` where there is something. */
  readonly createFile: (path: string, text: string) => void;
  /** The same as `replaceFile`, but a file that is there already stays as it is. */
  readonly addFile: (path: string, text: string) => void;
  /** The names of what is in a folder, sorted; empty where there is no such folder. */
  readonly namesIn: (folder: string) => readonly string[];
  /** Removes a file, if it is there. */
  readonly removeFile: (path: string) => void;
  /** The bytes of a file, as they are read; a chunk is valid until the next is asked for. */
  readonly fileChunks: (path: string) => AsyncIterable<Uint8Array>;
  /** The first bytes of a file; nothing of what is no plain file, because reading it would use it up. */
  readonly fileHead: (path: string) => Uint8Array | undefined;
  /** Ends the program with a code when the user interrupts it, after cleaning up. */
  readonly exitOnInterrupt: (code: number, cleanUp: () => void) => void;
}

/** Output that could not be written: the reader went away (`closed`), or the disk is full and the like. */
export class OutputError extends Error {
  override readonly name = 'OutputError';

  constructor(
    readonly kind: 'closed' | 'failed',
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** A file that could not be read. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

const PAUSE = new Int32Array(new SharedArrayBuffer(4));

/** Writes all of a text to a file descriptor, waiting for a slow reader. */
function writeAll(descriptor: number, text: string): void {
  let bytes: Uint8Array = Buffer.from(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(descriptor, bytes));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EAGAIN') Atomics.wait(PAUSE, 0, 0, 2);
      else throw new OutputError(code === 'EPIPE' ? 'closed' : 'failed', error);
    }
  }
}

const RETRY_AFTER_MS = 2;

/** Writes all bytes to a file descriptor while the program goes on. */
async function writeAllBytes(descriptor: number, bytes: Uint8Array): Promise<void> {
  let left = bytes;
  while (left.length > 0) {
    const rest = left;
    left = await new Promise((resolve, reject) => {
      write(descriptor, rest, 0, rest.length, null, (error, count) => {
        if (!error) resolve(rest.subarray(count));
        else if (error.code === 'EAGAIN') setTimeout(resolve, RETRY_AFTER_MS, rest);
        else reject(new OutputError(error.code === 'EPIPE' ? 'closed' : 'failed', error));
      });
    });
  }
}

const READ_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
};

function readFault(name: string, error: unknown): InputError {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new InputError(`${name} cannot be read: ${READ_FAULTS[code] ?? message}`, { cause: error });
}

/** The bytes of a stream, its failures in our words. */
async function* chunksOf(name: string, open: () => AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* open();
  } catch (error) {
    throw readFault(name, error);
  }
}

const CHUNK_BYTES = 1 << 18;

/**
 * The bytes of a plain file from where it stands, always in the same buffer. Reading one does not wait, so it needs no
 * thread; the pause lets signals and timers come in between.
 */
async function* bytesOfFile(descriptor: number): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  for (;;) {
    const count = readSync(descriptor, buffer);
    if (count === 0) return;
    yield buffer.subarray(0, count);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The bytes of standard input; what may make the reader wait is read as a stream. */
function bytesOfStdin(): AsyncIterable<Uint8Array> {
  const stats = fstatSync(0);
  if (stats.isDirectory()) throw Object.assign(new Error('EISDIR'), { code: 'EISDIR' });
  return stats.isFile() ? bytesOfFile(0) : process.stdin;
}

async function* bytesAt(path: string): AsyncGenerator<Uint8Array> {
  if (!statSync(path).isFile()) {
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES });
    return;
  }
  const descriptor = openSync(path, 'r');
  try {
    yield* bytesOfFile(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const MOST_FILE_BYTES = 128 << 20;

function textOfFile(path: string, most = MOST_FILE_BYTES): string {
  const descriptor = path === '-' ? 0 : openSync(path, 'r');
  try {
    const bytes = bytesUpTo(descriptor, most);
    if (!areUtf8(bytes)) throw Object.assign(new Error('EILSEQ'), { code: 'EILSEQ' });
    return bytes.toString('utf8');
  } finally {
    if (path !== '-') closeSync(descriptor);
  }
}

function bytesUpTo(descriptor: number, most: number): Buffer {
  const chunks: Uint8Array[] = [];
  for (let length = 0; length <= most;) {
    const chunk = Buffer.allocUnsafe(HEAD_BYTES);
    const count = readWaiting(descriptor, chunk);
    if (count === 0) return Buffer.concat(chunks, length);
    chunks.push(chunk.subarray(0, count));
    length += count;
  }
  throw Object.assign(new Error('EFBIG'), { code: 'EFBIG' });
}

/** Reads what there is, waiting for a slow writer; 0 is the end. */
function readWaiting(descriptor: number, into: Uint8Array): number {
  for (;;) {
    try {
      return readSync(descriptor, into);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(PAUSE, 0, 0, RETRY_AFTER_MS);
    }
  }
}

const HEAD_BYTES = 1 << 16;

function headOf(path: string): Uint8Array | undefined {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) {
      if (stats.isDirectory()) throw Object.assign(new Error('EISDIR'), { code: 'EISDIR' });
      return undefined;
    }
    const file = openSync(path, 'r');
    try {
      const head = Buffer.alloc(HEAD_BYTES);
      return head.subarray(0, readSync(file, head));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw readFault(path, error);
  }
}

/**
 * Whether a descriptor is a terminal. Files, pipes and (on Linux, where it is device 1:3) /dev/null are told apart without
 * loading node:tty, which takes a tenth of the whole start.
 */
function isTerminal(descriptor: number): boolean {
  try {
    const status = fstatSync(descriptor);
    if (!status.isCharacterDevice() || (process.platform === 'linux' && status.rdev === 0x103)) return false;
    return process.getBuiltinModule('node:tty').isatty(descriptor);
  } catch {
    return false;
  }
}

function isPiped(descriptor: number): boolean {
  try {
    return !fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}

/** Talk goes where it can: what became of the data decides the exit code, not whether somebody listened. */
function talk(write: Output['write']): Output['write'] {
  return (text) => {
    try {
      write(text);
    } catch (error) {
      if (!(error instanceof OutputError)) throw error;
    }
  };
}

/** The program's own surroundings. */
export function processIo(): Io {
  const output = (descriptor: number): Output => ({
    isTerminal: () => isTerminal(descriptor),
    write: (text) => {
      writeAll(descriptor, text);
    },
    writeBytes: (bytes) => writeAllBytes(descriptor, bytes),
  });
  return {
    env: process.env,
    stdin: {
      isTerminal: () => isTerminal(0),
      isPiped: () => isPiped(0),
      chunks: () => chunksOf('<stdin>', bytesOfStdin),
    },
    stdout: output(1),
    stderr: { ...output(2), write: talk(output(2).write) },
    now: Date.now,
    platform: process.platform,
    readFile: textOfFile,
    modifiedAt,
    replaceFile,
    createFile,
    addFile,
    namesIn,
    removeFile,
    fileChunks: (path) => chunksOf(path, () => bytesAt(path)),
    fileHead: headOf,
    exitOnInterrupt: (code, cleanUp) => {
      process.once('SIGINT', () => {
        cleanUp();
        process.exit(code);
      });
    },
  };
}

/** When a file was last changed; nothing for what is no file, stdin among it. */
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
 * Writes a file beside the old one and puts it in its place: whoever reads sees the old text or the new one.
 *
 * It does not wait for the disk, which takes seconds for hundreds of files: after a power cut a file may be short.
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

/** The names of what is in a folder, sorted; empty where there is no such folder. */
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

/** File systems without links answer so. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP']);

/**
 * Writes a new file beside its place and links it there, which fails where something is already; where there are no
 * links it is written in its place at once.
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

/** When colour is wanted. */
export type ColorChoice = 'auto' | 'always' | 'never';

/**
 * The colour level of an output (0 none, 1 to 3): `--color`, then `NO_COLOR`, then `FORCE_COLOR`, then whether it is a
 * terminal.
 */
export function colorLevel(choice: ColorChoice, env: Io['env'], isTerminal: () => boolean): 0 | 1 | 2 | 3 {
  if (choice === 'never') return 0;
  if (choice === 'always') return 1;
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return 0;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force === '0' || force === 'false' ? 0 : force === '2' ? 2 : force === '3' ? 3 : 1;
  return isTerminal() && env['TERM'] !== 'dumb' ? 1 : 0;
}

/** Whether the locale says that text may be UTF-8. */
export function isUtf8(env: Io['env']): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  return locale !== undefined && /utf-?8/i.test(locale);
}
