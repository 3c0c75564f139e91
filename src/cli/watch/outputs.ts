import { closeSync, fchmodSync, openSync, writeSync } from 'node:fs';
import { eventLine } from '../../report/text/watch-words.js';
import type { WrittenEvent } from '../../live/session-settings.js';
import { RunError } from '../command.js';
import { writeFault } from '../files.js';
import type { Io } from '../io.js';
import { printableText } from '../text.js';

/** Takes events as they happen. */
export type Output = (event: WrittenEvent) => void;

/** Every event as one line of JSON. */
export const ndjsonOutput =
  (io: Io): Output =>
  ({ json }) => {
    io.stdout.write(`${json}\n`);
  };

/** One line an event, for people. */
export const lineOutput =
  (io: Io): Output =>
  ({ at, event }) => {
    const line = eventLine(at, event);
    if (line !== undefined) io.stdout.write(`${printableText(io, line)}\n`);
  };

/** A file that lines are appended to, readable by its owner only. */
export interface LineFile {
  readonly write: (line: string) => void;
  readonly close: () => void;
}

const OWNER_ONLY = 0o600;

/**
 * Opens a file to append to, or to write anew.
 *
 * @throws {RunError} 73 if it cannot be written.
 */
export function lineFile(path: string, mode: 'append' | 'anew'): LineFile {
  const guarded = <T>(run: () => T): T => {
    try {
      return run();
    } catch (error) {
      throw new RunError(`${path} cannot be written: ${writeFault(error)}`, 'unwritable');
    }
  };
  const descriptor = guarded(() => openSync(path, mode === 'append' ? 'a' : 'w', OWNER_ONLY));
  if (mode === 'anew') guarded(() => fchmodSync(descriptor, OWNER_ONLY));
  return {
    write: (line) => guarded(() => void writeSync(descriptor, `${line}\n`)),
    close: () => closeSync(descriptor),
  };
}
