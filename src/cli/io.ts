/** One output of the program. */
export interface Output {
  readonly isTerminal: () => boolean;
  /** The width of the terminal in characters, if it is one and knows it. */
  readonly columns: () => number | undefined;
  /** Writes text whole before it returns. */
  readonly write: (text: string) => void;
  /** Writes bytes without blocking the program; the promise waits for a slow reader. */
  readonly writeBytes: (bytes: Uint8Array) => Promise<void>;
}

/** How messages name standard input. */
export const STDIN_NAME = '<stdin>';

/** How messages name a file, or stdin for `-`. */
export const nameOfInput = (path: string): string => (path === '-' ? STDIN_NAME : path);

/** The standard input. */
export interface Input {
  readonly isTerminal: () => boolean;
  /** Whether it is a pipe or a file: neither a terminal nor the empty device. */
  readonly isPiped: () => boolean;
  /** Its bytes, as they are read; a chunk is valid until the next is requested. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/** Everything that the program uses of its environment; tests pass their own. */
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
   * The text of a file; `-` is stdin. Fails with `EFBIG` for more bytes than `most` (by default 128 MiB), and with
   * `EILSEQ` for bytes that are not UTF-8.
   */
  readonly readFile: (path: string, most?: number) => string;
  /** When a file was last changed, in milliseconds since 1970; `undefined` if that is unknown. */
  readonly modifiedAt: (path: string) => number | undefined;
  /** Writes a file whole or not at all, readable only by its owner. Creates its folder if it is missing. */
  readonly replaceFile: (path: string, text: string) => void;
  /** Writes a new file whole or not at all; fails with `EEXIST` if the path exists. */
  readonly createFile: (path: string, text: string) => void;
  /** The same as `replaceFile`, but a file that is there already stays as it is. */
  readonly addFile: (path: string, text: string) => void;
  /** The names of the entries of a folder, sorted; empty if there is no such folder. */
  readonly namesIn: (folder: string) => readonly string[];
  /** Removes a file, if it is there. */
  readonly removeFile: (path: string) => void;
  /** The bytes of a file, as they are read; a chunk is valid until the next is requested. */
  readonly fileChunks: (path: string) => AsyncIterable<Uint8Array>;
  /** The first bytes of a file; `undefined` if it is not a plain file, because reading would consume its bytes. */
  readonly fileHead: (path: string) => Uint8Array | undefined;
  /** Collects garbage earlier: for a stream, whose objects live only as long as its records. */
  readonly keepHeapSmall: () => void;
  /** Ends the program with a code when the user interrupts it, after cleaning up. */
  readonly exitOnInterrupt: (code: number, cleanUp: () => void) => void;
}

/** Output that could not be written: the reader closed it (`closed`), or for example the disk is full. */
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
