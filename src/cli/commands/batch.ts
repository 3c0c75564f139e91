import { LiqcalcError, type Problem } from '../../core/errors.js';
import { fromBinary } from '../../stream/binary-text.js';
import { LONG_FROM } from '../../stream/defaults.js';
import type { BookStyle } from '../../stream/encode-book.js';
import { encoderFor, laneFormatFor } from '../../stream/encoders.js';
import { TooManyRecordsError } from '../../stream/collected.js';
import { MixedInputError, runBatch } from '../../stream/stream.js';
import { isAlarming } from '../../core/nearness.js';
import { orderOfBook } from '../../formats/order.js';
import { BatchReport } from '../batch-report.js';
import { BATCH_FLAGS, readBatchOptions } from '../batch-options.js';
import { sourcesOf } from '../batch-sources.js';
import { RunError, UsageError, type Invocation } from '../command.js';
import { exitCode } from '../ending.js';
import { canWrite, codeOf, formatsFor, type FormatFor } from '../../report/writers/index.js';
import { RESULT_FLAGS, withFormats, type Usage } from '../flags.js';
import { LIVE_FLAGS } from '../live/flags.js';
import { OnlyNames } from '../only.js';
import { readCommonOptions, unknownFlagProblems } from '../options.js';
import { tablesFor } from '../tables.js';
import { printableText, styleFor } from '../text.js';

/** The formats of a stream. */
const FORMATS = [...formatsFor('records'), ...formatsFor('pages')];

/** `liqcalc batch [FILE...]`: a stream of positions. */
export const usage: Usage = {
  help: {
    usual: ['fields', 'side', 'lev', 'mmr', 'input', 'on-error', 'within', 'format', 'only', 'alert'],
    examples: [
      'batch book.csv --fields all',
      'batch positions.ndjson --mmr 0.5 --alert 5',
      'batch book.csv --only account,liquidationPrice',
    ],
  },
  operands: [{ usage: '[file...]', meaning: 'JSON, NDJSON or CSV; stdin if absent or -', takes: 'file' }],
  flags: [...BATCH_FLAGS, ...LIVE_FLAGS, ...withFormats(RESULT_FLAGS, FORMATS)],
};

export async function run({ io, operands, unknown, options }: Invocation): Promise<number> {
  const problems: Problem[] = unknownFlagProblems(unknown, usage);
  const common = readCommonOptions(options, problems, FORMATS);
  const { defaults, policy, fields, input, onError, within, order: requested } = readBatchOptions(options, problems);
  if (problems.length > 0) throw new LiqcalcError(problems);
  const { only, decimals, isCsvSafe, color } = common;
  const format = common.format ?? (only === undefined && io.stdout.isTerminal() ? 'text' : undefined);
  const isBook = format !== undefined && (format === 'text' || canWrite(format, 'pages'));
  const order = isBook && !only ? orderOfBook(requested) : requested;
  const marks =
    options['live'] === true ? await (await import('../live/marks.js')).liveMarks(io, options, unknown) : undefined;
  const sources = sourcesOf(operands, io, input);
  const report = new BatchReport(io, common);
  report.warn(common.slips);
  if (sources.some(({ isStdin }) => isStdin)) report.waitsFor(io.stdin);
  io.exitOnInterrupt(exitCode({ kind: 'interrupted' }), () => report.clear());
  const isPage = format !== undefined && canWrite(format, 'pages');
  const book = async (): Promise<BookStyle> => ({
    style: await styleFor(io, isPage ? 'never' : color),
    decimals,
    print: (text) => printableText(io, text),
    page: isPage ? await pageWriter(format) : undefined,
  });
  const output = { fields, format, only, isCsvSafe, book };
  const names = [
    new OnlyNames(only),
    new OnlyNames(
      requested?.fields.map(({ name }) => name),
      'sort',
    ),
  ];
  const held: Uint8Array[] = [];
  const write = async (bytes: Uint8Array): Promise<void> => {
    if (names.some((each) => each.areUnseen)) held.push(Uint8Array.from(bytes));
    else for (const each of [...held.splice(0), bytes]) await report.around(io.stdout, each);
  };
  const lane = io.env['LIQCALC_LANE'];
  const pricing = {
    tables: await tablesFor(io, options),
    defaults,
    policy,
    today: io.now(),
    lacking: marks?.lacking,
    ...(decimals !== undefined && { decimals }),
  };
  try {
    const tally = await runBatch({
      sources,
      input,
      pricing,
      encoderFor: (layout) => encoderFor(layout, output),
      laneFor: (layout) => (lane === 'off' || within || order || marks ? undefined : laneFormatFor(layout, output)),
      longFrom: lane === 'on' ? 0 : LONG_FROM,
      // Records that are kept fill the heap.
      ...(!order && { onLong: io.keepHeapSmall }),
      onError,
      ...(within && { isWritten: (assessment) => isAlarming(within, assessment) }),
      order,
      onFirstRecord: (record) => {
        for (const each of names) each.refuse(record.names.map(fromBinary), record.value ? 'varying' : 'fixed');
        report.onFirstRecord(record.names, defaults);
      },
      onRecord: (record) => {
        for (const each of names) if (each.areUnseen) each.see(record.names.map(fromBinary));
      },
      write,
      observer: report,
    });
    for (const each of names) each.end();
    for (const each of held) await report.around(io.stdout, each);
    return report.ended(tally);
  } catch (error) {
    report.clear();
    if (error instanceof TooManyRecordsError) throw new UsageError(error.message);
    throw error instanceof MixedInputError ? new RunError(error.message, 'invalidRecords') : error;
  }
}

/** Writes a book as a page. */
async function pageWriter(format: FormatFor<'pages'>): Promise<NonNullable<BookStyle['page']>> {
  const [{ bookSheet }, make] = [await import('../../report/page/book.js'), await codeOf(format, 'pages')];
  return (book) => {
    const texts: string[] = [];
    const writer = make((text) => texts.push(text));
    writer.record(bookSheet(book));
    writer.end();
    return texts.join('');
  };
}
