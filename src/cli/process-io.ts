import { closeSync, createReadStream, fstatSync, openSync, readSync, statSync, write, writeSync } from 'node:fs';
import { isUtf8 as areUtf8 } from 'node:buffer';
import { addFile, createFile, modifiedAt, namesIn, removeFile, replaceFile } from './files-on-disk.js';
import { InputError, OutputError, STDIN_NAME, type Io, type Output } from './io.js';

/**
 * V8 lets the heap grow to a multiple of the live objects. These flags keep it near their size, and cost a stream no
 * time.
 */
const SMALL_HEAP = ['--semi-space-growth-factor=1', '--heap-growing-percent=10'];

function keepHeapSmall(): void {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  for (const flag of SMALL_HEAP) setFlagsFromString(flag);
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

/** Writes all bytes to a file descriptor without blocking the program. */
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

/** The bytes of a stream; its failures become our errors. */
async function* chunksOf(name: string, open: () => AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* open();
  } catch (error) {
    throw readFault(name, error);
  }
}

const CHUNK_BYTES = 1 << 18;

/**
 * The bytes of a plain file from its current position, always in the same buffer. Reading a plain file does not wait,
 * so it needs no thread. The pause lets signals and timers run in between.
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

/** The bytes of standard input; an input that may block the reader is read as a stream. */
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

/** Reads the available bytes, and waits for a slow writer; 0 means the end. */
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
 * Whether a descriptor is a terminal. Files, pipes and (on Linux, where it is device 1:3) /dev/null are recognised
 * without loading node:tty, which takes a tenth of the whole start.
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

/** Ignores an output that cannot be written: the data decides the exit code, not whether messages were read. */
function ignoringFailures(write: Output['write']): Output['write'] {
  return (text) => {
    try {
      write(text);
    } catch (error) {
      if (!(error instanceof OutputError)) throw error;
    }
  };
}

/** The environment of the real process. */
export function processIo(): Io {
  const output = (descriptor: number): Output => ({
    isTerminal: () => isTerminal(descriptor),
    columns: () => (isTerminal(descriptor) ? (descriptor === 1 ? process.stdout : process.stderr).columns : undefined),
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
      chunks: () => chunksOf(STDIN_NAME, bytesOfStdin),
    },
    stdout: output(1),
    stderr: { ...output(2), write: ignoringFailures(output(2).write) },
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
    keepHeapSmall,
    exitOnInterrupt: (code, cleanUp) => {
      process.once('SIGINT', () => {
        cleanUp();
        process.exit(code);
      });
    },
  };
}
