import { isUtf8 } from 'node:buffer';
import { JsonSplitter } from '../../stream/split-json.js';
import { LineSplitter } from '../../stream/split-lines.js';
import { TOO_LONG, type RecordSlice } from '../../stream/splitter.js';
import { isJson, jsonItems, jsonKind, jsonValueEnd } from '../../formats/json.js';

/** The maximum size of one account, in bytes. */
export const MOST_ACCOUNT_BYTES = 64 * 1024 * 1024;

/** One account of the input: its text, or why it cannot be read. */
export interface AccountText {
  readonly text: string;
  /** Its place in the input: `book.ndjson:3`. */
  readonly at: string;
  /** `brokenOff`: the rest of the array around it is not valid JSON, and nothing follows. */
  readonly fault?: 'notJson' | 'notUtf8' | 'utf16' | 'brokenOff' | 'tooLong';
  /** Why it is broken off, in words. */
  readonly why?: string;
}

/** What an array is: one account (as exchanges return it), or a list of accounts. */
export type ArrayMeaning = 'account' | 'accounts';

/** Splits bytes into accounts as they arrive. */
export interface TextSource {
  readonly push: (chunk: Uint8Array) => Iterable<AccountText>;
  readonly end: () => Iterable<AccountText>;
  /** Whether no further account can follow. */
  readonly isBroken: () => boolean;
}

/** The elements of arrays, and any values between arrays. */
export class ArrayTexts implements TextSource {
  readonly #splitter = new JsonSplitter('mixed', MOST_ACCOUNT_BYTES);
  #isBroken = false;

  constructor(private readonly name: string) {}

  push(chunk: Uint8Array): Iterable<AccountText> {
    return this.#texts(this.#splitter.push(chunk));
  }

  end(): Iterable<AccountText> {
    return this.#texts(this.#splitter.end());
  }

  isBroken(): boolean {
    return this.#isBroken;
  }

  *#texts(pieces: Iterable<RecordSlice>): Generator<AccountText> {
    for (const piece of pieces) {
      const found = this.#textOf(piece);
      this.#isBroken = found.fault === 'notJson' || found.fault === 'brokenOff';
      yield found;
      if (this.#isBroken) return;
    }
  }

  #textOf({ bytes, start, end, line, fault }: RecordSlice): AccountText {
    const text = bytes.toString('utf8', start, end);
    if (fault === TOO_LONG) return { text: text.slice(0, 60), at: this.#place(), fault: 'tooLong' };
    if (fault !== undefined) return { text, at: `${this.name}:${line}`, fault: 'brokenOff', why: fault };
    if (!isJson(text)) return { text, at: `${this.name}:${line}`, fault: 'notJson' };
    return { text, at: this.#place(), ...utf8Fault(bytes.subarray(start, end)) };
  }

  #place(): string {
    const { value, element } = this.#splitter.last;
    const number = value > 1 ? ` no. ${value}` : '';
    return `${this.name}${number}${element === undefined ? '' : `[${element}]`}`;
  }
}

/** One account per line. */
export class LineTexts implements TextSource {
  readonly #splitter = new LineSplitter(MOST_ACCOUNT_BYTES);

  constructor(
    private readonly name: string,
    private readonly arrays: ArrayMeaning,
  ) {}

  push(chunk: Uint8Array): Iterable<AccountText> {
    return this.#texts(this.#splitter.push(chunk));
  }

  end(): Iterable<AccountText> {
    return this.#texts(this.#splitter.end());
  }

  isBroken(): boolean {
    return false;
  }

  *#texts(pieces: Iterable<RecordSlice>): Generator<AccountText> {
    for (const { bytes, start, end, line, fault } of pieces) {
      const text = bytes.toString('utf8', start, end);
      const at = `${this.name}:${line}`;
      if (fault === undefined)
        yield* itemsOf({ ...judged(text, at), ...utf8Fault(bytes.subarray(start, end)) }, this.arrays);
      else yield { text: text.slice(0, 60), at, fault: 'tooLong' };
    }
  }
}

/** One account after another; they are known once the whole input is read. It keeps the chunks that it is given. */
export class WholeTexts implements TextSource {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  constructor(
    private readonly name: string,
    private readonly arrays: ArrayMeaning,
  ) {}

  *push(chunk: Uint8Array): Generator<AccountText> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (!this.isBroken()) return;
    const [first = chunk] = this.#chunks.splice(0);
    yield { text: Buffer.from(first).toString('utf8').slice(0, 60), at: this.name, fault: 'tooLong' };
  }

  *end(): Generator<AccountText> {
    const bytes = joined(this.#chunks.splice(0));
    const text = bytes.toString('utf8').trim();
    if (!isUtf8(bytes)) yield { text, at: this.name, fault: 'notUtf8' };
    else for (const each of oneAfterAnother(text, this.name)) yield* itemsOf(each, this.arrays);
  }

  isBroken(): boolean {
    return this.#length > MOST_ACCOUNT_BYTES;
  }
}

/** Chunks as one; a single one is not copied, because it may be long. */
function joined(chunks: readonly Uint8Array[]): Buffer {
  const [first, ...more] = chunks;
  return first && more.length === 0 ? Buffer.from(first.buffer, first.byteOffset, first.length) : Buffer.concat(chunks);
}

/** The fault of bytes that are not UTF-8: their text no longer has their content. */
function utf8Fault(bytes: Uint8Array): Pick<AccountText, 'fault'> {
  return isUtf8(bytes) ? {} : { fault: 'notUtf8' };
}

/** An account, or the accounts of an array. */
function* itemsOf(each: AccountText, arrays: ArrayMeaning): Generator<AccountText> {
  if (each.fault !== undefined || arrays === 'account' || jsonKind(each.text) !== 'array') yield each;
  else for (const [index, item] of jsonItems(each.text).entries()) yield { text: item, at: `${each.at}[${index}]` };
}

function judged(text: string, at: string): AccountText {
  if (Buffer.byteLength(text) > MOST_ACCOUNT_BYTES) return { text: text.slice(0, 60), at, fault: 'tooLong' };
  return isJson(text) ? { text, at } : { text, at, fault: 'notJson' };
}

/** Values one after another; the first that is not valid JSON ends the list. */
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
