import { delimiterOf } from '../formats/csv.js';
import { OPEN_BRACE, OPEN_BRACKET } from '../formats/json-grammar.js';
import { isJson } from '../formats/json.js';
import { BYTE_ORDER_MARK, isBlank, isMarked, LF, MAX_RECORD_BYTES, mayBeMarked, QUOTE } from './splitter.js';

/** The layout of records in the input. */
export type Layout =
  { readonly kind: 'lines' | 'array' | 'objects' } | { readonly kind: 'csv'; readonly delimiter: string };

/** The formats that a flag can set for the input. */
export const INPUT_FORMATS = ['json', 'ndjson', 'csv'] as const;
export type InputFormat = (typeof INPUT_FORMATS)[number];

/** The default format of the output. */
export function formatOf(layout: Layout): 'json' | 'ndjson' | 'csv' {
  return layout.kind === 'csv' ? 'csv' : layout.kind === 'array' ? 'json' : 'ndjson';
}

/** The layout, and the length of the byte order mark at the start. */
export interface Recognised {
  readonly layout: Layout;
  readonly skip: number;
}

/**
 * Recognises the layout from the first bytes.
 *
 * @param follows - whether more bytes may come.
 * @param format - the format that the user set for the input.
 * @returns `undefined` if the bytes do not show it yet, or are all blanks.
 */
export function recognise(head: Buffer, follows: 'more' | 'end', format?: InputFormat): Recognised | undefined {
  if (follows === 'more' && mayBeMarked(head)) return undefined;
  const skip = isMarked(head, 0) ? BYTE_ORDER_MARK.length : 0;
  let start = skip;
  while (isBlank(head[start])) start++;
  const first = head[start];
  if (first === undefined) return undefined;
  if (format === 'ndjson') return { skip, layout: { kind: 'lines' } };
  if (format !== 'csv' && first === OPEN_BRACKET) return { skip, layout: { kind: 'array' } };
  if (format === 'json') return { skip, layout: { kind: 'objects' } };
  const lineEnd = head.indexOf(LF, start);
  if (lineEnd < 0 && follows === 'more' && head.length - start <= MAX_RECORD_BYTES) return undefined;
  const line = head.toString('latin1', start, lineEnd < 0 ? head.length : lineEnd);
  if (format === 'csv' || first !== OPEN_BRACE) return { skip, layout: { kind: 'csv', delimiter: delimiterOf(line) } };
  return { skip, layout: { kind: isOneRecord(line) ? 'lines' : 'objects' } };
}

/**
 * Whether a first line that begins with `{` is one record. It is if it is one object; or if its brackets close and no
 * other `{` follows, even though it is not JSON (a bad record, after which the next line is read); or if it ends within
 * a string (which cannot contain a line end).
 */
function isOneRecord(line: string): boolean {
  if (isJson(line)) return true;
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (isQuoted) {
      if (code === 92) at++;
      else if (code === QUOTE) isQuoted = false;
    } else if (code === QUOTE) isQuoted = true;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
    else if (code === 125 || code === 93) depth--;
    if (depth === 0 && !isQuoted)
      return !line
        .slice(at + 1)
        .trimStart()
        .startsWith('{');
  }
  return isQuoted || line.length > MAX_RECORD_BYTES;
}
