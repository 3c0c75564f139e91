import { isUtf8 } from 'node:buffer';
import type { Assessment } from '../core/assessment.js';
import { requirementProblems } from '../core/requirements.js';
import type { Order } from '../formats/order.js';
import { fieldOfKey } from '../formats/record.js';
import { fromBinary, isAscii, toBinary } from './binary-text.js';
import { readCsvHeader, readCsvRecord, type CsvHeader } from './csv-record.js';
import { Collected } from './collected.js';
import type { Counts, Encoder, Numbered } from './encoder.js';
import { readJsonRecord, type ReadRecord } from './json-record.js';
import { columnsOf, type EchoRecord } from './echo-record.js';
import { Pricer, type Answer, type Pricing } from './price-record.js';
import type { LaneFormat } from './lane-format.js';
import { LateLane } from './late-lane.js';
import { OutputBytes } from './output-bytes.js';
import { recognise, type InputFormat, type Layout } from './recognise.js';
import { CsvSplitter } from './split-csv.js';
import { JsonSplitter } from './split-json.js';
import { LineSplitter } from './split-lines.js';
import { isUtf16, UTF16_WORDS } from './utf16.js';
import { MAX_RECORD_BYTES, SHOWN_BYTES, type RecordSlice, type Splitter } from './splitter.js';

/** One input: a file or stdin. */
export interface Source {
  /** Its name in messages. */
  readonly name: string;
  /** Its bytes; a chunk is valid until the next is requested. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/** What to do with records that fail: keep them in place, leave them out, or stop. */
export const ON_ERROR = ['inline', 'skip', 'stop'] as const;
export type OnError = (typeof ON_ERROR)[number];

/** The number of processed records. */
export interface Tally {
  readonly records: number;
  readonly failed: number;
}

/** Where an answered record came from. */
export interface Origin extends Numbered {
  readonly source: string;
  readonly line: number;
}

/** Receives the events of a run. */
export interface Observer {
  readonly answered: (assessment: Assessment, origin: Origin) => void;
  /**
   * A record failed.
   *
   * @param at - its place: `book.ndjson:3`.
   * @param message - in words.
   */
  readonly failed: (at: string, message: string) => void;
  /** An input ended without a record. */
  readonly empty: (source: string) => void;
  /** Called after every write, and where records are kept after every chunk, with the progress. */
  readonly progressed: (tally: Tally) => void;
  /** The distance in percent, as printed, below which it must see assessments; `undefined` to see none. */
  readonly alertBelow: () => number | undefined;
}

/** The settings of a stream of records. */
export interface Batch {
  readonly sources: readonly Source[];
  /** The format of the input; `undefined` to detect it. */
  readonly input?: InputFormat | undefined;
  readonly pricing: Pricing;
  /** The encoder for the detected layout. */
  readonly encoderFor: (layout: Layout) => Promise<Encoder>;
  /** The format in which the fast lane may write plain records; `undefined` if the fast lane cannot write it. */
  readonly laneFor: (layout: Layout) => LaneFormat | undefined;
  /** From this many bytes on, it pays to prepare for a long input: above all, to load the lane. */
  readonly longFrom: number;
  /** Called once, when that many bytes are available. */
  readonly onLong?: () => void;
  readonly onError: OnError;
  /** Whether an answered record is written; without this, every one is. The fast lane does not call it. */
  readonly isWritten?: (assessment: Assessment) => boolean;
  /** The order in which records are written at the end; without it, in that of the input, with the fast lane. */
  readonly order?: Order | undefined;
  /** Called with the first record, before anything is written. */
  readonly onFirstRecord?: (record: EchoRecord) => void;
  /** Called with every record. The fast lane does not call it. */
  readonly onRecord?: (record: EchoRecord) => void;
  /** Writes bytes; the promise waits for a slow reader. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  readonly observer: Observer;
}

/** Inputs whose formats do not go together. */
export class MixedInputError extends Error {
  override readonly name = 'MixedInputError';
}

/** The bytes of output that are collected before a write, if one chunk gives that much. */
const FLUSH_AT = 1 << 20;

/** Prices every record of all inputs, in order. */
export async function runBatch(batch: Batch): Promise<Tally> {
  const run = new BatchRun(batch);
  return run.all();
}

class BatchRun {
  readonly #batch: Batch;
  readonly #pricer: Pricer;
  #encoder: Encoder | undefined;
  #layout: Layout | undefined;
  #header: CsvHeader | undefined;
  readonly #tally = { records: 0, failed: 0 };
  readonly #output = new OutputBytes();
  #lane: LateLane | undefined;
  #bytes = 0;
  #isLong = false;
  #isFirstSeen = false;
  #stopped = false;
  readonly #counts: Counts = { at: 0, never: 0, already: 0, failed: 0 };
  readonly #collected: Collected | undefined;

  constructor(batch: Batch) {
    this.#batch = batch;
    this.#pricer = new Pricer(batch.pricing);
    this.#collected = batch.order && new Collected(batch.order);
  }

  async all(): Promise<Tally> {
    for (const source of this.#batch.sources) {
      const before = this.#tally.records;
      await this.#source(source);
      if (this.#tally.records === before) this.#batch.observer.empty(source.name);
      if (this.#stopped) break;
    }
    if (this.#encoder) {
      for (const write of this.#collected?.inOrder() ?? []) {
        this.#put(write());
        if (this.#output.length > FLUSH_AT) await this.#flush();
      }
      this.#put(this.#encoder.end(this.#counts));
    }
    await this.#flush();
    return this.#tally;
  }

  async #source({ name, chunks }: Source): Promise<void> {
    let head: Buffer = Buffer.alloc(0);
    let splitter: Splitter | undefined;
    const state: SourceState = { name, headerRead: false, ended: false, isLines: false };
    for await (const chunk of chunks()) {
      this.#bytes += chunk.length;
      if (splitter) {
        await this.#prepare();
        await this.#slices(splitter.push(chunk), state);
      } else {
        head = Buffer.concat([head, chunk]);
        splitter = await this.#begin(state, head, 'more');
        if (splitter) await this.#prepare();
        if (splitter) await this.#slices(splitter.push(head.subarray(this.#skip)), state);
        else if (head.length > 2 * MAX_RECORD_BYTES) head = head.subarray(-1);
      }
      await this.#flush();
      if (this.#stopped || state.ended || splitter?.isBroken()) return;
    }
    if (!splitter) {
      splitter = await this.#begin(state, head, 'end');
      if (!splitter) return;
      await this.#prepare();
      await this.#slices(splitter.push(head.subarray(this.#skip)), state);
    }
    if (!this.#stopped && !state.ended) await this.#slices(splitter.end(), state);
    await this.#flush();
  }

  /** Prepares for a long input, once enough bytes are read. */
  async #prepare(): Promise<void> {
    if (this.#isLong || this.#bytes < this.#batch.longFrom) return;
    this.#isLong = true;
    this.#batch.onLong?.();
    await this.#lane?.load();
  }

  #skip = 0;

  /** The splitter for the layout that the first bytes of an input show. */
  async #begin(state: SourceState, head: Buffer, follows: 'more' | 'end'): Promise<Splitter | undefined> {
    if (isUtf16(head)) throw new MixedInputError(`${state.name} is ${UTF16_WORDS}`);
    const recognised = recognise(head, follows, this.#batch.input);
    if (!recognised) return undefined;
    const { layout, skip } = recognised;
    if (this.#layout && !isSameFormat(this.#layout, layout)) {
      throw new MixedInputError(
        `${state.name} has another format than the inputs before it; all inputs must have the same format`,
      );
    }
    if (!this.#layout) {
      this.#layout = layout;
      const format = this.#batch.laneFor(layout);
      const surroundings = { pricing: this.#batch.pricing, output: this.#output };
      this.#lane = format && new LateLane(({ Lane }) => Lane.between(layout, format, surroundings));
    }
    this.#lane?.close();
    this.#encoder ??= await this.#batch.encoderFor(layout);
    this.#skip = layout.kind === 'lines' ? 0 : skip;
    state.isLines = layout.kind === 'lines';
    if (layout.kind === 'csv') return new CsvSplitter(layout.delimiter, this.#lane);
    return layout.kind === 'lines'
      ? new LineSplitter(MAX_RECORD_BYTES, this.#lane)
      : new JsonSplitter(layout.kind, MAX_RECORD_BYTES, this.#lane);
  }

  async #slices(slices: Iterable<RecordSlice>, state: SourceState): Promise<void> {
    for (const { bytes, start, end, line, fault } of slices) {
      const written = bytes.toString('latin1', start, end);
      const isText = isAscii(written) || isUtf8(bytes.subarray(start, end));
      const text = isText ? written : toBinary(bytes.toString('utf8', start, end));
      if (this.#layout?.kind === 'csv' && !state.headerRead) this.#takeHeader(text, { fault, isText }, state);
      else {
        const read = this.#read(text, { fault, isText });
        this.#record(read, text, line, state);
        if (this.#stopped || state.ended) return;
      }
      if (this.#output.length > FLUSH_AT) await this.#flush();
    }
  }

  #takeHeader(text: string, { fault, isText }: SliceFaults, state: SourceState): void {
    const { delimiter } = this.#layout as Extract<Layout, { kind: 'csv' }>;
    const header = readCsvHeader(text, delimiter);
    if (fault !== undefined) throw new MixedInputError(`${state.name}: the header cannot be read: ${fault}`);
    if (!header.keys.some((key) => fieldOfKey(key) !== undefined) && !this.#isWholeByDefaults()) {
      const shown = JSON.stringify(text.slice(0, SHOWN_BYTES));
      throw new MixedInputError(
        `${state.name} is neither JSON nor CSV with field names in its header, such as side,entry,lev,mmr: ${fromBinary(shown)}`,
      );
    }
    if (!isText) throw new MixedInputError(`${state.name}: the header is ${NOT_UTF8}`);
    if (this.#header && this.#header.names.join('\n') !== header.names.join('\n')) {
      throw new MixedInputError(
        `${state.name} has another header than the inputs before it; all inputs must have the same header`,
      );
    }
    state.headerRead = true;
    if (!this.#header) this.#put(this.#encoder?.begin(header) ?? '');
    this.#header ??= header;
  }

  /** Whether the defaults alone are a whole position, so that rows need no field. */
  #isWholeByDefaults(): boolean {
    const fields = this.#batch.pricing.defaults.map(([name]) => fieldOfKey(name) ?? name);
    return requirementProblems(new Set(fields)).length === 0;
  }

  #read(text: string, { fault, isText }: SliceFaults): ReadRecord {
    if (fault !== undefined) return { kind: 'text', failure: { code: 'INVALID_INPUT', message: fault }, isJson: true };
    const read = this.#header ? readCsvRecord(text, this.#header) : readJsonRecord(text);
    return isText ? read : { ...read, failure: { code: 'INVALID_INPUT', message: `the record is ${NOT_UTF8}` } };
  }

  #record(read: ReadRecord, text: string, line: number, state: SourceState): void {
    const encoder = this.#encoder as Encoder;
    this.#tally.records++;
    if (read.kind === 'text') {
      // Without lines, a text that is not JSON ends the reading, because the start of the next record is unknown.
      state.ended = !read.isJson && !state.isLines;
      const { code, message } = read.failure;
      this.#fail(text, state.ended ? { code, message: `${message}; the rest is not read` } : read.failure, line, state);
      return;
    }
    const { record } = read;
    if (!this.#isFirstSeen) this.#batch.onFirstRecord?.(record);
    this.#isFirstSeen = true;
    this.#batch.onRecord?.(record);
    const keys = encoder.resultsOf(record);
    const failure = read.failure ?? encoder.rejects(record);
    const answer = failure ?? this.#pricer.plain(record, keys) ?? this.#pricer.explained(record, keys);
    if ('message' in answer) this.#fail(record, answer, line, state);
    else this.#answer({ source: state.name, line, record, number: this.#tally.records }, keys, answer, encoder);
  }

  #answer(origin: Origin, keys: Parameters<Encoder['answered']>[1], answer: Answer, encoder: Encoder): void {
    const { observer } = this.#batch;
    const { assessment } = answer;
    observer.answered(assessment, origin);
    this.#counts[assessment.outcome.kind]++;
    if (this.#batch.isWritten?.(assessment) === false) return;
    if (this.#collected) {
      // The first record of the input sets the columns, in any place in the order.
      this.#put(encoder.begin(columnsOf(origin.record)));
      this.#collected.answered(origin.record, assessment, encoder.answered(origin, keys, answer));
      return;
    }
    this.#put(encoder.answered(origin, keys, answer)());
    this.#lane?.answered(this.#header);
    this.#lane?.watch(observer.alertBelow());
  }

  #fail(
    failed: EchoRecord | string,
    failure: Parameters<Encoder['failed']>[1],
    line: number,
    state: SourceState,
  ): void {
    const { onError, observer } = this.#batch;
    this.#tally.failed++;
    this.#counts.failed++;
    observer.failed(`${state.name}:${line}`, fromBinary(failure.message));
    if (onError === 'inline') {
      const encoder = this.#encoder as Encoder;
      const number = this.#tally.records;
      if (this.#collected) this.#collected.failed(() => encoder.failed(failed, failure, number));
      else this.#put(encoder.failed(failed, failure, number));
    }
    this.#stopped = onError === 'stop';
  }

  #put(text: string): void {
    this.#output.put(text);
  }

  async #flush(): Promise<void> {
    this.#tally.records += this.#lane?.counted() ?? 0;
    const { length } = this.#output;
    if (length > 0) await this.#batch.write(this.#output.view());
    this.#output.clear();
    if (length > 0 || this.#collected) this.#batch.observer.progressed(this.#tally);
  }
}

/** What is wrong with a slice, if anything. */
interface SliceFaults {
  readonly fault: string | undefined;
  /** Whether its bytes are UTF-8; if not, its text has replacement characters. */
  readonly isText: boolean;
}

const NOT_UTF8 = 'not valid UTF-8; save the file as UTF-8';

/** The state of reading one input. */
interface SourceState {
  readonly name: string;
  headerRead: boolean;
  /** Whether every line is a record, so that a bad one affects no other. */
  isLines: boolean;
  /** Whether reading ended early because of a syntax error. */
  ended: boolean;
}

function isSameFormat(one: Layout, other: Layout): boolean {
  const isObjects = ({ kind }: Layout): boolean => kind === 'lines' || kind === 'objects';
  if (one.kind === 'csv' && other.kind === 'csv') return one.delimiter === other.delimiter;
  return one.kind === other.kind || (isObjects(one) && isObjects(other));
}
