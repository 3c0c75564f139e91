import { printable } from '../report/printable.js';
import type { Io, Output } from './io.js';

/** A carriage return may stand only at the start and at the end, as in the progress line. */
const LINE = /^(\r?)(.*?)(\r?)$/s;

/**
 * The same `Io` with unsafe characters escaped where people read: on stderr, and on stdout if it is a terminal. Output
 * to a file or a program stays byte for byte.
 */
export function guarded(io: Io): Io {
  return { ...io, stdout: io.stdout.isTerminal() ? terminal(io.stdout) : io.stdout, stderr: messages(io.stderr) };
}

function messages(stderr: Output): Output {
  return {
    ...stderr,
    write: (text) => {
      const [, before = '', words = '', after = ''] = LINE.exec(text) ?? [];
      stderr.write(before + printable(words) + after);
    },
  };
}

function terminal(stdout: Output): Output {
  // Bytes arrive in pieces, which may end within a character.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    ...stdout,
    write: (text) => {
      stdout.write(printable(text));
    },
    writeBytes: (bytes) => stdout.writeBytes(Buffer.from(printable(decoder.decode(bytes, { stream: true })))),
  };
}
