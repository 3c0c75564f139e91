import { fail, LiqcalcError, problem } from './core/errors.js';
import { isAlarming } from './core/nearness.js';
import { orderOfBook } from './formats/order.js';
import { RESULT_KEYS, type ResultKey } from './formats/result-keys.js';
import { assess, type FilledPosition, type Options, type PositionResults } from './index.js';
import { readChoice } from './library/choice.js';
import { numberOf, orderOf, PERCENT } from './library/numbers.js';
import { listOf, recordOf, shown, withPercentRate, type Numeric } from './library/given.js';
import { decimalsOf, optionsOf, tablesWith, todayOf } from './library/options.js';
import type { Fields } from './library/types.js';
import type { FieldKey } from './formats/fields.js';
import { failureOf, type Failure } from './report/failure.js';
import { printableColumns } from './report/printable.js';
import { noPaint, unicodeGlyphs } from './report/style.js';
import { LINE_WIDTH } from './report/text/lines.js';
import { formatsFor, type FormatFor } from './report/writers/index.js';
import type { BookStyle } from './stream/encode-book.js';
import { DEFAULT_RESULTS, defaultsProblems, LONG_FROM } from './stream/defaults.js';
import { encoderFor, laneFormatFor } from './stream/encoders.js';
import { INPUT_FORMATS, type InputFormat } from './stream/recognise.js';
import { TooManyRecordsError } from './stream/collected.js';
import { MixedInputError, ON_ERROR, runBatch, type OnError } from './stream/stream.js';

export { isLiqcalcError, LiqcalcError, type ErrorCode, type Problem } from './core/errors.js';

/** How a stream of positions is read, priced and written. */
export interface BatchOptions extends Options {
  /** Values for fields that a record lacks. */
  readonly defaults?: Fields<FieldKey> | undefined;
  /** Results to add to each record, or all; by default `outcome`, `liquidationPrice`, `distancePercent`. */
  readonly fields?: readonly ResultKey[] | 'all' | undefined;
  /** The format of the input; detected if not given. */
  readonly input?: InputFormat | undefined;
  /** The format of the output; that of the input by default. */
  readonly format?: FormatFor<'records'> | undefined;
  /** An invalid record: keep it in its place with its error (default), skip it, or stop after it. */
  readonly onError?: OnError | undefined;
  /** Only records at or below this distance to liquidation, in percent, and failed records. */
  readonly within?: Numeric | undefined;
  /** Results, fields or other keys to sort by; `-` before a name reverses its order. All records are kept in memory. */
  readonly sort?: readonly string[] | undefined;
  /** Only the first records of the order; without `sort` those nearest to liquidation. */
  readonly top?: number | undefined;
  /** Whether records with unknown keys are refused. */
  readonly strict?: boolean | undefined;
}

/** Input of a stream: whole, or in pieces that may end anywhere. */
export type BatchInput = string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Prices a stream of positions: JSON, NDJSON or CSV in, the same bytes out as `liqcalc batch` writes. Memory does not
 * grow with the stream, and a slow reader slows it down.
 *
 * @param input - text or UTF-8 bytes. In a record, rates are in percent.
 * @throws {LiqcalcError} at once for invalid options and for a value that cannot be an input; while it is read, for text that is
 * neither JSON nor CSV with field names in its header. A record that fails keeps its place with its error (see
 * `onError`). An error of the input itself is passed on as it is.
 * @example
 * for await (const bytes of batch(createReadStream('book.ndjson'))) process.stdout.write(bytes);
 */
export function batch(input: BatchInput, options: BatchOptions = {}): AsyncGenerator<Uint8Array, void, undefined> {
  const run = runOf(piecesOf(input), options);
  return streamed(run);
}

type Run = (write: (bytes: Uint8Array) => Promise<void>) => Promise<unknown>;

function runOf(pieces: Pieces, given: BatchOptions): Run {
  const options = optionsOf(given);
  const decimals = decimalsOf(options);
  const defaults = options.defaults === undefined ? [] : withPercentRate(recordOf(options.defaults));
  const fields = options.fields === 'all' ? RESULT_KEYS : listOf('fields', options.fields ?? DEFAULT_RESULTS);
  for (const field of fields) readChoice('fields', field, RESULT_KEYS);
  const format = readChoice('format', options.format, formatsFor('records'));
  const inputFormat = readChoice('input', options.input, INPUT_FORMATS);
  const onError = readChoice('onError', options.onError, ON_ERROR) ?? 'inline';
  const problems = [...defaultsProblems(defaults)];
  const within = numberOf('within', PERCENT, options.within, problems)?.percent();
  const requested = orderOf(options, problems);
  if (problems.length > 0) throw new LiqcalcError(problems);
  const order = format === 'text' ? orderOfBook(requested) : requested;
  const output = { fields, format, only: undefined, isCsvSafe: false, book: plainBook(decimals) };
  const pricing = {
    tables: tablesWith(options),
    defaults,
    policy: options.strict ? ('refuseUnknown' as const) : ('passUnknown' as const),
    today: todayOf(options),
    ...(decimals !== undefined && { decimals }),
  };
  return (write) =>
    runBatch({
      sources: [{ name: 'input', chunks: () => bytesOf(pieces) }],
      input: inputFormat,
      pricing,
      encoderFor: (layout) => encoderFor(layout, output),
      laneFor: (layout) => (within || order ? undefined : laneFormatFor(layout, output)),
      longFrom: LONG_FROM,
      onError,
      ...(within && { isWritten: (assessment) => isAlarming(within, assessment) }),
      order,
      write,
      observer: SILENT,
    });
}

/** Text without colours. */
const plainBook = (decimals: number | undefined) => (): Promise<BookStyle> =>
  Promise.resolve({
    style: { paint: noPaint, glyphs: unicodeGlyphs, width: LINE_WIDTH },
    decimals,
    print: printableColumns,
  });

const SILENT = {
  answered: () => undefined,
  failed: () => undefined,
  empty: () => undefined,
  progressed: () => undefined,
  alertBelow: () => undefined,
};

type Pieces = Exclude<BatchInput, string | Uint8Array>;

const INPUT_ADVICE = 'give text, bytes, or an iterable of them';

/** Input of a stream in pieces, checked to be one. */
function piecesOf(input: BatchInput): Pieces {
  return typeof input === 'string' || input instanceof Uint8Array ? [input] : iterableOf('input', input, INPUT_ADVICE);
}

/** Something that `for await` takes, checked. Types prevent anything else, but not every caller has a compiler. */
function iterableOf<T extends object>(key: string, given: T, advice: string): T {
  const value: unknown = given;
  if (typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value))
    return given;
  return fail('NOT_A_VALUE', key, { value: shown(value), advice });
}

async function* bytesOf(pieces: Pieces): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  for await (const piece of pieces) {
    if (typeof piece === 'string') yield encoder.encode(piece);
    else if ((piece as unknown) instanceof Uint8Array) yield piece;
    else fail('NOT_A_VALUE', 'input', { value: shown(piece), advice: INPUT_ADVICE });
  }
}

/** What a run writes, piece by piece: the run waits until its reader has taken a piece. */
async function* streamed(run: Run): AsyncGenerator<Uint8Array, void, undefined> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  // A piece is copied, because its buffer is used again (`slice` of a Buffer does not copy).
  const ended = run((bytes) => writer.write(new Uint8Array(bytes))).then(
    () => writer.close(),
    (error: unknown) => writer.abort(inWords(error)),
  );
  // After a reader that stopped early, writing fails: nobody waits for the rest.
  ended.catch(() => undefined);
  const reader = readable.getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** An input that cannot be answered at all, as an error of the library; any other error as it is. */
const inWords = (error: unknown): unknown =>
  error instanceof MixedInputError || error instanceof TooManyRecordsError
    ? new LiqcalcError([problem('REFUSED', '', { why: error.message })])
    : error;

/** A record that failed, and why. */
export interface FailedRecord {
  /** What is wrong with the record. */
  readonly error: Failure;
}

/**
 * Prices positions one by one: records in, results out, in order. A record that fails is a result with `error`.
 *
 * @throws {LiqcalcError} at once for positions that are not an array or another iterable.
 * @example
 * for await (const result of assessAll(positions)) if (!('error' in result)) console.log(result.liquidationPrice);
 */
export function assessAll(
  positions: Iterable<FilledPosition> | AsyncIterable<FilledPosition>,
  options: Options = {},
): AsyncGenerator<PositionResults | FailedRecord, void, undefined> {
  return assessed(iterableOf('positions', positions, 'give an array or another iterable of positions'), options);
}

async function* assessed(
  positions: Iterable<FilledPosition> | AsyncIterable<FilledPosition>,
  options: Options,
): AsyncGenerator<PositionResults | FailedRecord, void, undefined> {
  for await (const position of positions) yield resultOf(position, options);
}

function resultOf(position: FilledPosition, options: Options): PositionResults | FailedRecord {
  try {
    return assess(position, options);
  } catch (error) {
    if (!(error instanceof LiqcalcError)) throw error;
    return { error: failureOf(error.problems) };
  }
}
