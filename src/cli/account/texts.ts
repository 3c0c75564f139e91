import { BYTE_ORDER_MARK, isBlank, isMarked, LF, mayBeMarked } from '../../stream/splitter.js';
import { isUtf16 } from '../../stream/utf16.js';
import { OPEN_BRACKET } from '../../formats/json-grammar.js';
import { isJson } from '../../formats/json.js';
import {
  ArrayTexts,
  LineTexts,
  MOST_ACCOUNT_BYTES,
  WholeTexts,
  type AccountText,
  type ArrayMeaning,
  type TextSource,
} from './sources.js';
import { nameOfInput, type Io } from '../io.js';

/**
 * The accounts of a file, or of stdin for `-`: the elements of an array of accounts; one per line if the first line is
 * one whole value and more follow; else one after another. For arrays and lines, no more is read than the next account
 * needs.
 */
export async function* accountTexts(io: Io, path: string, arrays: ArrayMeaning): AsyncGenerator<AccountText> {
  const name = nameOfInput(path);
  const chunks = path === '-' ? io.stdin.chunks() : io.fileChunks(path);
  const head: Uint8Array[] = [];
  let source: TextSource | undefined;
  let [isBegun, length] = [false, 0];
  for await (const chunk of chunks) {
    if (source) yield* source.push(Uint8Array.from(chunk));
    else {
      head.push(Uint8Array.from(chunk));
      length += chunk.length;
      if (length > MOST_ACCOUNT_BYTES) break;
      const isMore = isBegun ? !chunk.includes(LF) : head.length > 2 && chunk.every(isBlank);
      if (isMore) continue;
      const bytes = Buffer.concat(head);
      if (isUtf16(bytes)) {
        yield { text: '', at: name, fault: 'utf16' };
        return;
      }
      const start = contentStart(bytes);
      isBegun = start !== undefined;
      source = start === undefined ? undefined : sourceFrom(bytes, start, { name, arrays });
      if (source) yield* source.push(withoutMark(Buffer.concat(head.splice(0))));
    }
    if (source?.isBroken()) return;
  }
  if (!source) {
    source = new WholeTexts(name, arrays);
    yield* source.push(withoutMark(Buffer.concat(head.splice(0))));
  }
  yield* source.end();
}

/** The index of the first byte that is neither a blank nor part of a byte order mark; `undefined` until it is known. */
function contentStart(bytes: Buffer): number | undefined {
  if (mayBeMarked(bytes)) return undefined;
  let start = isMarked(bytes, 0) ? BYTE_ORDER_MARK.length : 0;
  while (isBlank(bytes[start])) start++;
  return start < bytes.length ? start : undefined;
}

/** The layout of the accounts, from the first bytes; `undefined` if these do not show it yet. */
function sourceFrom(
  bytes: Buffer,
  start: number,
  { name, arrays }: { readonly name: string; readonly arrays: ArrayMeaning },
): TextSource | undefined {
  if (arrays === 'accounts' && bytes[start] === OPEN_BRACKET) return new ArrayTexts(name);
  const lineEnd = bytes.indexOf(LF, start);
  if (lineEnd < 0) return undefined;
  const isLine = isJson(bytes.toString('utf8', start, lineEnd));
  return isLine ? new LineTexts(name, arrays) : new WholeTexts(name, arrays);
}

function withoutMark(bytes: Buffer): Buffer {
  return isMarked(bytes, 0) ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;
}
