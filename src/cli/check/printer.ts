import { LiqcalcError, type Problem } from '../../core/errors.js';
import { judged, type Conclusion, type Report } from '../../core/risk/report.js';
import type { Datum } from '../../core/risk/rule.js';
import { csvLine } from '../../report/csv.js';
import {
  BARE_KEYS,
  REPORT_COLUMNS,
  reportBare,
  reportCsv,
  reportJson,
  reportMarkdown,
  type Checked,
  type Pieces,
} from '../../report/text/risk/report-rows.js';
import { reportText } from '../../report/text/risk/report-text.js';
import { dictionaryOf, keysNamed } from '../../report/dictionary.js';
import { failedJson } from '../account/failed.js';
import type { Format } from '../flags.js';
import type { Io } from '../io.js';
import type { CommonOptions } from '../options.js';
import { printData } from '../print-data.js';
import { printText, writeInPieces } from '../text.js';

/** Prints reports and error records one by one, in the format of the call. */
export interface CheckPrinter {
  readonly report: (checked: Checked) => Promise<Conclusion>;
  /** @param text - the JSON of the account that failed. */
  readonly failure: (error: LiqcalcError, text: string) => void;
  readonly end: () => void;
}

/** The options of a printer. */
export interface PrinterOptions {
  readonly common: Pick<CommonOptions<string>, 'only' | 'color' | 'isVerbose' | 'isQuiet' | 'isCsvSafe'>;
  /** The final choice: `text` if one report is printed, else as requested. */
  readonly format: Format;
  readonly count: 'one' | 'several';
  /** How the user can give a datum. */
  readonly give: (datum: Datum) => string;
  /** The file that configures the rules: named on stderr if `--only` does not request it. */
  readonly config: string | undefined;
}

/** The printer of a call. */
export function checkPrinter(io: Io, options: PrinterOptions): CheckPrinter {
  const { common, format, count, config } = options;
  if (common.only) {
    const isNamed = config === undefined || common.isQuiet || common.only.includes('config');
    if (!isNamed) io.stderr.write(`liqcalc: rules: ${config}\n`);
    return onlyPrinter(io, common.only);
  }
  if (format === 'text') return textPrinter(io, options);
  if (format === 'csv') return csvPrinter((text) => printData(io, { format, isCsvSafe: common.isCsvSafe }, text));
  if (format === 'markdown') return markdownPrinter(io);
  return jsonPrinter(io, format === 'json' && count === 'several' ? 'array' : 'lines');
}

/**
 * Throws for names in `--only` that no finding has.
 *
 * @throws {LiqcalcError} with all of them.
 */
export function refuseUnknownKeys(only: readonly string[] | undefined): void {
  const problems: Problem[] = [];
  keysNamed(only ?? [], dictionaryOf([], BARE_KEYS), problems);
  if (problems.length > 0) throw new LiqcalcError(problems);
}

/** Prints reports in pieces, as they are made. */
function piecesPrinter(
  write: (text: string) => void,
  piecesOf: (checked: Checked) => Pieces,
  failure: CheckPrinter['failure'],
): CheckPrinter {
  return {
    report: (checked) => Promise.resolve(writeInPieces(write, piecesOf(checked))),
    failure,
    end: () => undefined,
  };
}

/** Prints reports whose layout needs the whole report. */
function wholePrinter(print: (report: Report, checked: Checked, lead: string) => Promise<void>): CheckPrinter {
  let printed = 0;
  return {
    report: async (checked) => {
      const report = judged(checked.verdicts());
      await print(report, checked, printed++ > 0 ? '\n' : '');
      return report;
    },
    failure: () => undefined,
    end: () => undefined,
  };
}

function onlyPrinter({ stdout }: Io, only: readonly string[]): CheckPrinter {
  const write = (text: string): void => stdout.write(text);
  return piecesPrinter(
    write,
    (checked) => reportBare(checked, only),
    () => write('\n'),
  );
}

function textPrinter(io: Io, { common, give }: PrinterOptions): CheckPrinter {
  const verbosity = common.isVerbose ? 'full' : 'brief';
  return wholePrinter((report, checked, lead) =>
    printText(io, common, ({ paint }) =>
      Promise.resolve(lead + reportText(report, checked, { paint, give, verbosity })),
    ),
  );
}

function markdownPrinter({ stdout }: Io): CheckPrinter {
  return wholePrinter((report, checked, lead) => {
    stdout.write(lead + reportMarkdown(report, checked));
    return Promise.resolve();
  });
}

function jsonPrinter({ stdout }: Io, shape: 'array' | 'lines'): CheckPrinter {
  const write = (text: string): void => stdout.write(text);
  let printed = 0;
  const lead = (): string => (shape === 'lines' ? '' : printed++ > 0 ? ',\n' : '[\n');
  const ending = shape === 'lines' ? '\n' : '';
  function* framed(checked: Checked): Pieces {
    yield lead();
    const conclusion = yield* reportJson(checked);
    yield ending;
    return conclusion;
  }
  const failure: CheckPrinter['failure'] = (error, text) => write(lead() + failedJson(error, text) + ending);
  return {
    ...piecesPrinter(write, framed, failure),
    end: () => {
      if (shape === 'array') write(printed > 0 ? '\n]\n' : '[]\n');
    },
  };
}

function csvPrinter(write: (text: string) => void): CheckPrinter {
  let number = 0;
  const header = (): void => {
    if (number++ === 0) write(csvLine(REPORT_COLUMNS));
  };
  const piecesOf = (checked: Checked): Pieces => {
    header();
    return reportCsv(checked, number);
  };
  return piecesPrinter(write, piecesOf, (error) => {
    header();
    const cells = REPORT_COLUMNS.map((column) => (column === 'account' ? String(number) : ''));
    write(csvLine([...cells.slice(0, -1), error.message]));
  });
}
