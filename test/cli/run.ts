import { addFile, createFile, modifiedAt, namesIn, removeFile, replaceFile } from '../../src/cli/files-on-disk.js';
import type { Io } from '../../src/cli/io.js';
import { processIo } from '../../src/cli/process-io.js';
import { main } from '../../src/cli/main.js';

/** What a run of the program left behind. */
export interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Surroundings of a run; by default pipes, a UTF-8 locale, and a fixed day. */
export interface Surroundings {
  readonly env?: Io['env'];
  readonly terminal?: boolean;
  /** The width that the terminal says it has. */
  readonly columns?: number;
  /** What stdin gives, whole or in chunks; without it stdin is a terminal. */
  readonly stdin?: string | Iterable<Uint8Array | string>;
  /** Told of every text on standard output as it is written. */
  readonly heard?: (text: string) => void;
  /** Told of all that is written on either output, in the order in which a terminal shows it. */
  readonly seen?: (bytes: Buffer) => void;
  /** The present moment; by default always `TODAY`. */
  readonly now?: () => number;
}

/** The day that tests take as the present. */
export const TODAY = Date.UTC(2026, 10, 22);

/** Runs the program within this process. */
export async function run(argv: readonly string[], surroundings?: Surroundings): Promise<Run> {
  const { stdout, stderr, code } = await runForBytes(argv, surroundings);
  return { stdout: stdout.toString(), stderr, code };
}

/** The same, with standard output as it was written. */
export async function runForBytes(
  argv: readonly string[],
  {
    env = { LANG: 'C.UTF-8', LIQCALC_LANE: 'on' },
    terminal = false,
    columns,
    stdin,
    heard,
    seen,
    now = () => TODAY,
  }: Surroundings = {},
): Promise<Omit<Run, 'stdout'> & { readonly stdout: Buffer }> {
  const { fileHead, fileChunks, readFile } = processIo();
  const written = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  const keep = (name: 'stdout' | 'stderr', bytes: Buffer): void => {
    written[name].push(bytes);
    seen?.(bytes);
  };
  const output = (name: 'stdout' | 'stderr'): Io['stdout'] => ({
    isTerminal: () => terminal,
    columns: () => columns,
    write: (text) => {
      keep(name, Buffer.from(text));
      if (name === 'stdout') heard?.(text);
    },
    writeBytes: (bytes) => {
      keep(name, Buffer.from(bytes));
      return Promise.resolve();
    },
  });
  const code = await main(argv, {
    env,
    stdin: {
      isTerminal: () => stdin === undefined,
      isPiped: () => stdin !== undefined,
      chunks: () => chunksOf(stdin ?? ''),
    },
    stdout: output('stdout'),
    stderr: output('stderr'),
    now,
    platform: 'linux',
    modifiedAt,
    replaceFile,
    createFile,
    addFile,
    namesIn,
    removeFile,
    readFile: (path, most) => (path === '-' && typeof stdin === 'string' ? stdin : readFile(path, most)),
    fileHead,
    fileChunks,
    keepHeapSmall: () => undefined,
    exitOnInterrupt: () => undefined,
  });
  return { stdout: Buffer.concat(written.stdout), stderr: Buffer.concat(written.stderr).toString(), code };
}

async function* chunksOf(stdin: string | Iterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for (const chunk of typeof stdin === 'string' ? [stdin] : stdin) yield await Promise.resolve(Buffer.from(chunk));
}
