import { isJson, jsonValue } from '../formats/json.js';
import { otherInput, plainFile } from '../formats/other-input.js';
import { printableLine } from '../report/printable.js';
import type { Io } from './io.js';

/** More of a file than this is not read to recognize it. */
const MOST_BYTES = 1 << 20;

/**
 * The message about a file that was named in place of a command, with the command that reads it; `undefined` if there is
 * no such file and its name does not end as files of records do.
 */
export function fileCommandWords(path: string, io: Io): string | undefined {
  const text = textOf(path, io);
  if (text === undefined && !/\.(?:csv|tsv|json|jsonl|ndjson)$/i.test(path)) return undefined;
  const what = text === undefined ? 'is not a command; if it is a file,' : 'is a file, not a command;';
  return `${JSON.stringify(printableLine(path))} ${what} run: liqcalc ${argsFor(text ?? '')} ${plainFile(path)}`;
}

function textOf(path: string, io: Io): string | undefined {
  try {
    return io.readFile(path, MOST_BYTES);
  } catch {
    return undefined;
  }
}

/** The arguments that read a text: of one JSON value, else of its first line. */
function argsFor(text: string): string {
  const [line = ''] = text.trim().split('\n', 1);
  const json = [text, line].find((each) => isJson(each));
  return (json === undefined ? undefined : otherInput(jsonValue(json))?.args) ?? 'batch';
}
