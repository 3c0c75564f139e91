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

/** The whole text of a file, or of stdin for `-`. */
export async function wholeText(io: Io, path: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of path === '-' ? io.stdin.chunks() : io.fileChunks(path)) chunks.push(Uint8Array.from(chunk));
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

/**
 * The accounts of a text: one a line if the first line is one whole value and more follow, else one after another.
 *
 * @param name - how messages name the input.
 */
export function* accountTexts(text: string, name: string, arrays: ArrayMeaning): Generator<AccountText> {
  const whole = text.trim();
  if (whole === '') return;
  const lineEnd = whole.indexOf('\n');
  const isLines = lineEnd >= 0 && isJson(whole.slice(0, lineEnd));
  const found = isLines ? lines(text, name) : oneAfterAnother(whole, name);
  for (const each of found) {
    if (each.fault === undefined && arrays === 'accounts' && jsonKind(each.text) === 'array') {
      for (const [index, item] of jsonItems(each.text).entries()) yield { text: item, at: `${each.at}[${index}]` };
    } else yield each;
  }
}

function judged(text: string, at: string): AccountText {
  if (Buffer.byteLength(text) > MOST_ACCOUNT_BYTES) return { text: text.slice(0, 60), at, fault: 'tooLong' };
  return isJson(text) ? { text, at } : { text, at, fault: 'notJson' };
}

function* lines(text: string, name: string): Generator<AccountText> {
  let number = 0;
  for (let at = 0; at < text.length;) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    const line = text.slice(at, end).trim();
    number++;
    at = end + 1;
    if (line !== '') yield judged(line, `${name}:${number}`);
  }
}

/** Values one after another; the first that is no JSON ends them. */
function* oneAfterAnother(text: string, name: string): Generator<AccountText> {
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
