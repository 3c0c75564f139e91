import { printable } from '../report/printable.js';
import type { Io, Output } from './io.js';

/** The progress line returns to its start before it and after it; nothing else may. */
const LINE = /^(\r?)(.*?)(\r?)$/s;

/**
 * The surroundings with a guard at both doors to people: stderr, and stdout where it is a terminal. What goes to a file or a
 * program leaves byte for byte.
 */
export function guarded(io: Io): Io {
  return { ...io, stdout: io.stdout.isTerminal() ? terminal(io.stdout) : io.stdout, stderr: talk(io.stderr) };
}

function talk(stderr: Output): Output {
  return {
    ...stderr,
    write: (text) => {
      const [, before = '', words = '', after = ''] = LINE.exec(text) ?? [];
      stderr.write(before + printable(words) + after);
    },
  };
}

function terminal(stdout: Output): Output {
  // Bytes come in pieces that may end within a character.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    ...stdout,
    write: (text) => {
      stdout.write(printable(text));
    },
    writeBytes: (bytes) => stdout.writeBytes(Buffer.from(printable(decoder.decode(bytes, { stream: true })))),
  };
}
