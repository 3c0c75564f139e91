import { isLiqcalcError } from '../core/errors.js';
import type { JsonField } from '../formats/raw-account.js';
import { jsonScalar } from '../formats/json.js';
import { failureOf, ownName } from '../report/failure.js';
import { recordPlace } from './alert.js';
import { ARRAY, LINES } from '../report/frame.js';
import { clipped, printableLine } from '../report/printable.js';
import { STDIN_NAME, type Io } from './io.js';
import type { CommonOptions } from './options.js';
import { usageError } from './problem-list.js';
import type { RecordReport } from './record-report.js';
import { recordWriter, type RecordForms, type RecordFormat, type Titled } from './record-writer.js';

/** One record of an input. */
export interface InputRecord {
  readonly text: string;
  /** Its place in the input: `book.ndjson:3`; empty for flags. */
  readonly at: string;
}

/** The place of a record in the input, and its owner according to its own keys. */
export function placeOf({ at }: InputRecord, own: readonly JsonField[]): string {
  const members = new Map(own);
  return recordPlace(at, (key) => jsonScalar(members.get(key) ?? 'null'));
}

/** What a record of several is called: by its own keys, else by its place in the input. */
export function titleOf({ at }: InputRecord, own: readonly JsonField[]): string {
  return printableLine(clipped(ownName(own) ?? at));
}

const HOW_TO_GIVE = 'give a file of accounts, or positions with --pos SIDE:SYMBOL:QTY@ENTRY';

/** The formats in which several records have titles, or are an array. */
const COUNTED = ['text', 'markdown', 'html', 'json'] as const satisfies readonly RecordFormat[];

/** Whether the input has one record; no record counts as several. */
export type Count = 'one' | 'several';

/** What a command does with the records of its input. */
export interface RecordCommand<T extends InputRecord, A extends Titled> {
  /** How messages name the input. */
  readonly input: string;
  readonly common: CommonOptions<RecordFormat>;
  /** Whether names of fields mean another thing of one record than of several. */
  readonly areNamesCounted?: boolean;
  /** How answers are written. Called before the first record is answered. */
  readonly forms: () => RecordForms<A>;
  /** @throws {LiqcalcError} for a record without an answer. */
  readonly answer: (record: T, number: number, count: Count) => A;
  /** Whether a stream of answers leaves this one out. */
  readonly isLeftOut?: (answer: A) => boolean;
  /** Reports what stderr and the exit code say about an answer, after it was written. */
  readonly note: (answer: A, record: T) => void;
  /** Reports what is known after the last record. */
  readonly end?: () => void;
}

/** Answers records one by one, in order, and returns the exit code. A record that fails is written in its place. */
export async function runRecords<T extends InputRecord, A extends Titled>(
  io: Io,
  records: AsyncGenerator<T>,
  report: RecordReport,
  command: RecordCommand<T, A>,
): Promise<number> {
  const { format: requested, only } = command.common;
  // If the number of records decides nothing, the first answer does not wait for the second record.
  const isFormatCounted = requested === undefined || COUNTED.some((each) => each === requested);
  const isCounted = command.areNamesCounted === true || (!only && isFormatCounted);
  const first = await firstOf(records, isCounted ? 2 : 1);
  const count = first.length === 1 ? 'one' : 'several';
  const format = requested ?? (count === 'one' ? 'text' : 'ndjson');
  const frame = format === 'json' && count === 'several' ? ARRAY : LINES;
  const isStream = only !== undefined || format === 'ndjson' || frame === ARRAY;
  const writer = await recordWriter(io, command.common, { format, frame }, command.forms());
  const tally = { records: 0, failed: 0 };
  const take = async (record: T): Promise<void> => {
    tally.records++;
    try {
      const answer = command.answer(record, tally.records, count);
      if (!isStream || !command.isLeftOut?.(answer)) await writer.record(answer);
      command.note(answer, record);
    } catch (error) {
      if (!isLiqcalcError(error)) throw error;
      if (record.at === '') throw usageError(error.problems, flagOfField);
      tally.failed++;
      const failure = failureOf(error.problems);
      report.failed(record.at, failure.message);
      writer.failed(failure, record.text);
    }
  };
  for (const record of first) await take(record);
  for await (const record of records) await take(record);
  writer.end();
  command.end?.();
  if (tally.records === 0) report.empty(command.input, command.input === STDIN_NAME ? HOW_TO_GIVE : undefined);
  return report.ended(tally);
}

async function firstOf<T>(records: AsyncGenerator<T>, most: number): Promise<readonly T[]> {
  const first: T[] = [];
  while (first.length < most) {
    const next = await records.next();
    if (next.done) break;
    first.push(next.value);
  }
  return first;
}

/** How a problem of a record from flags names its field. */
const flagOfField = (field: string): string => (field === 'wallet' ? '--wallet' : field);
