import { LineSplitter } from '../batch/split-lines.js';
import type { Piece } from '../batch/splitter.js';
import { isJson, jsonItems, jsonKind, jsonValueEnd } from '../formats/json.js';
import type { Io } from './io.js';

/** The most bytes that one account may have. */
const MOST_ACCOUNT_BYTES = 64 * 1024 * 1024;

/** One account of the input: its text, or why it cannot be read. */
export interface AccountText {
  readonly text: string;
  /** Where it stands: `book.ndjson:3`. */
  readonly at: string;
  readonly fault?: 'notJson' | 'tooLong';
}

/** What an array is: one account (as exchanges return it), or a list of accounts. */
export type ArrayMeaning = 'account' | 'accounts';

const LF = 10;

/**
 * The accounts of a file, or of stdin for `-`: one a line if the first line is one whole value and more follow, else one
 * after another. Of lines no more is read than the next account takes.
 */
export async function* accountTexts(io: Io, path: string, arrays: ArrayMeaning): AsyncGenerator<AccountText> {
  const name = path === '-' ? 'stdin' : path;
  const chunks = path === '-' ? io.stdin.chunks() : io.fileChunks(path);
  for await (const each of textsOf(chunks, name)) {
    if (each.fault === undefined && arrays === 'accounts' && jsonKind(each.text) === 'array') {
      for (const [index, item] of jsonItems(each.text).entries()) yield { text: item, at: `${each.at}[${index}]` };
    } else yield each;
  }
}

async function* textsOf(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<AccountText> {
  const head: Uint8Array[] = [];
  let isUndecided = true;
  let lines: LineSplitter | undefined;
  for await (const chunk of chunks) {
    if (lines) {
      for (const piece of lines.push(chunk)) yield lineOf(piece, name);
      continue;
    }
    head.push(Uint8Array.from(chunk));
    if (!isUndecided || !chunk.includes(LF)) continue;
    const text = decoded(head);
    const start = text.length - text.trimStart().length;
    const lineEnd = text.indexOf('\n', start);
    if (lineEnd < 0) continue;
    isUndecided = false;
    if (!isJson(text.slice(start, lineEnd))) continue;
    lines = new LineSplitter(MOST_ACCOUNT_BYTES);
    for (const each of head.splice(0)) for (const piece of lines.push(each)) yield lineOf(piece, name);
  }
  if (lines) for (const piece of lines.end()) yield lineOf(piece, name);
  else yield* oneAfterAnother(decoded(head).trim(), name);
}

function decoded(chunks: readonly Uint8Array[]): string {
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

function lineOf({ bytes, start, end, line, fault }: Piece, name: string): AccountText {
  const text = bytes.toString('utf8', start, end);
  const at = `${name}:${line}`;
  return fault === undefined ? judged(text, at) : { text: text.slice(0, 60), at, fault: 'tooLong' };
}

function judged(text: string, at: string): AccountText {
  if (Buffer.byteLength(text) > MOST_ACCOUNT_BYTES) return { text: text.slice(0, 60), at, fault: 'tooLong' };
  return isJson(text) ? { text, at } : { text, at, fault: 'notJson' };
}

/** Values one after another; the first that is no JSON ends them. */
function* oneAfterAnother(text: string, name: string): Generator<AccountText> {
  if (text === '') return;
  const whole = judged(text, name);
  if (whole.fault === undefined || jsonValueEnd(text, 0) >= text.length) {
    yield whole;
    return;
  }
  let number = 0;
  for (let at = 0; at < text.length;) {
    const end = jsonValueEnd(text, at);
    const value = text.slice(at, end).trim();
    at = end;
    number++;
    if (value === '') continue;
    const found = judged(value, `${name} no. ${number}`);
    yield found;
    if (found.fault !== undefined) return;
  }
}
