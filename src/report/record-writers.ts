import { csvLine } from './csv.js';
import { ERROR_KEY, failedJson, nameInText } from './failure.js';
import { BLOCKS, framing, NO_FRAME, type Frame, type Framing } from './frame.js';
import type { RecordWriter, Sink, Writer } from './writer.js';

/** A text in pieces: joined, it may be too long for one string. Those of a generator are written as they are made. */
export type Pieces = readonly string[] | Generator<string, unknown, undefined>;

/** The text of an answer in one format. */
export type TextOf<A> = (answer: A) => Pieces | Promise<Pieces>;

/** Answers as the rows of one CSV table. */
export interface CsvRows<A> {
  /** The columns, which the first record decides; it may have failed. */
  readonly columnsOf: (first: A | undefined) => readonly string[];
  /** @param number - the number of the record, from 1. */
  readonly linesOf: (answer: A, number: number, columns: readonly string[]) => Pieces;
}

/** The column with the name of the account, or its number in the input. */
export const ACCOUNT_COLUMN = 'account';

/** Writes each answer as one JSON value; a record that failed keeps its place. */
export function jsonRecords<A>(sink: Sink, layout: Frame, textOf: TextOf<A>): RecordWriter<A> {
  const frame = framing(layout);
  const failed: RecordWriter<A>['failed'] = (failure, text) => put(sink, frame, [failedJson(failure, text)]);
  return { ...framed(sink, frame, textOf), failed };
}

/** Writes the lines of each answer; an empty line for a record that failed. */
export function lineRecords<A>(sink: Sink, textOf: TextOf<A>): RecordWriter<A> {
  return { ...framed(sink, framing(NO_FRAME), textOf), failed: () => sink('\n') };
}

/** Writes each answer with a blank line between them. The errors of records are on stderr. */
export function blockRecords<A>(sink: Sink, textOf: TextOf<A>): RecordWriter<A> {
  return { ...framed(sink, framing(BLOCKS), textOf), failed: () => undefined };
}

/** Writes answers as rows below one header; a record that failed is a row with its name and its error. */
export function csvRecords<A>(sink: Sink, { columnsOf, linesOf }: CsvRows<A>): RecordWriter<A> {
  let columns: readonly string[] | undefined;
  let number = 0;
  const header = (first?: A): readonly string[] => {
    if (columns) return columns;
    columns = columnsOf(first);
    sink(csvLine(columns));
    return columns;
  };
  const lines = framed<A>(sink, framing(NO_FRAME), (answer) => linesOf(answer, number + 1, header(answer)));
  return {
    record: async (answer) => {
      await lines.record(answer);
      number++;
    },
    failed: ({ message }, text) => {
      const place = String(++number);
      const cells = new Map([
        [ACCOUNT_COLUMN, nameInText(text) ?? place],
        [ERROR_KEY, message],
      ]);
      sink(csvLine(header().map((column) => cells.get(column) ?? '')));
    },
    end: lines.end,
  };
}

/** Draws answers one after another. A record that failed is drawn as its message, if that is given. */
export function drawnRecords<A, D>(
  { record, end }: Writer<D>,
  forms: { readonly of: (answer: A) => Promise<D>; readonly failed?: ((message: string) => D) | undefined } | undefined,
): RecordWriter<A> {
  return {
    record: async (answer) => {
      if (forms) record(await forms.of(answer));
    },
    failed: ({ message }) => {
      if (forms?.failed) record(forms.failed(message));
    },
    end,
  };
}

function framed<A>(sink: Sink, frame: Framing, textOf: TextOf<A>): Omit<RecordWriter<A>, 'failed'> {
  return {
    record: async (answer) => put(sink, frame, await textOf(answer)),
    end: () => {
      const text = frame.end();
      if (text !== '') sink(text);
    },
  };
}

/** The number of characters that are written at once. */
const WRITTEN_AT_ONCE = 1 << 20;

/** Writes one record, many pieces at once. */
function put(sink: Sink, frame: Framing, pieces: Pieces): void {
  let text = frame.before();
  for (const piece of pieces) {
    text += piece;
    if (text.length < WRITTEN_AT_ONCE) continue;
    sink(text);
    text = '';
  }
  text += frame.after;
  if (text !== '') sink(text);
}
