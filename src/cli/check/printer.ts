import { LiqcalcError, problem } from '../../core/errors.js';
import { closest } from '../../core/names.js';
import type { Datum } from '../../core/risk/rule.js';
import { csvLine } from '../../presenters/csv.js';
import { bareLine, bareText } from '../../presenters/bare.js';
import {
  BARE_KEYS,
  findingRow,
  REPORT_COLUMNS,
  reportCsv,
  reportJson,
  reportMarkdown,
  type Checked,
} from '../../presenters/risk/report-rows.js';
import { reportText } from '../../presenters/risk/report-text.js';
import { failedJson } from '../account/failed.js';
import type { Format } from '../flags.js';
import type { Io } from '../io.js';
import type { CommonOptions } from '../options.js';
import { printData } from '../print-data.js';
import { printText } from '../text.js';

/** Prints reports and error records one by one, in the format of the call. */
export interface CheckPrinter {
  readonly report: (checked: Checked) => Promise<void>;
  /** @param text - the JSON of the account that failed. */
  readonly failure: (error: LiqcalcError, text: string) => void;
  readonly end: () => void;
}

/** What a printer is made for. */
export interface PrinterOptions {
  readonly common: Pick<CommonOptions<string>, 'only' | 'color' | 'isVerbose' | 'isQuiet' | 'isCsvSafe'>;
  /** Settled: `text` where one report is printed, else as asked. */
  readonly format: Format;
  readonly count: 'one' | 'several';
  /** How the reader gives a datum. */
  readonly give: (datum: Datum) => string;
  /** The file that set the rules: named on stderr where `--only` does not ask for it. */
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
  if (format === 'markdown') return plainPrinter(io, reportMarkdown);
  return jsonPrinter(io, format === 'json' && count === 'several' ? 'array' : 'lines');
}

/**
 * Names asked for with `--only` that no finding has.
 *
 * @throws {LiqcalcError} with all of them.
 */
export function refuseUnknownKeys(only: readonly string[] | undefined): void {
  const problems = (only ?? [])
    .filter((name) => !BARE_KEYS.includes(name))
    .map((value) =>
      problem('NOT_A_CHOICE', 'only', { value, choices: BARE_KEYS, suggestion: closest(value, BARE_KEYS) }),
    );
  if (problems.length > 0) throw new LiqcalcError(problems);
}

function onlyPrinter({ stdout }: Io, only: readonly string[]): CheckPrinter {
  return {
    report: ({ report, input, config = null }) => {
      for (const finding of report.findings) {
        const row = new Map(Object.entries({ ...findingRow(finding, input), config }));
        stdout.write(bareLine(only.map((name) => bareText(row.get(name)))));
      }
      return Promise.resolve();
    },
    failure: () => {
      stdout.write('\n');
    },
    end: () => undefined,
  };
}

function textPrinter(io: Io, { common, give }: PrinterOptions): CheckPrinter {
  let printed = 0;
  const verbosity = common.isVerbose ? 'full' : 'brief';
  return {
    report: (checked) =>
      printText(io, common, ({ paint }) =>
        Promise.resolve(`${printed++ > 0 ? '\n' : ''}${reportText(checked, { paint, give, verbosity })}`),
      ),
    failure: () => undefined,
    end: () => undefined,
  };
}

function plainPrinter({ stdout }: Io, render: (checked: Checked) => string): CheckPrinter {
  let printed = 0;
  return {
    report: (checked) => {
      stdout.write(`${printed++ > 0 ? '\n' : ''}${render(checked)}`);
      return Promise.resolve();
    },
    failure: () => undefined,
    end: () => undefined,
  };
}

function jsonPrinter({ stdout }: Io, shape: 'array' | 'lines'): CheckPrinter {
  let printed = 0;
  const write = (json: string): void => {
    const lead = shape === 'lines' ? '' : printed > 0 ? ',\n' : '[\n';
    printed++;
    stdout.write(shape === 'lines' ? `${json}\n` : lead + json);
  };
  return {
    report: (checked) => {
      write(reportJson(checked));
      return Promise.resolve();
    },
    failure: (error, text) => write(failedJson(error, text)),
    end: () => {
      if (shape === 'array') stdout.write(printed > 0 ? '\n]\n' : '[]\n');
    },
  };
}

function csvPrinter(write: (text: string) => void): CheckPrinter {
  let number = 0;
  const header = (): void => {
    if (number++ === 0) write(csvLine(REPORT_COLUMNS));
  };
  return {
    report: (checked) => {
      header();
      write(reportCsv(checked, number));
      return Promise.resolve();
    },
    failure: (error) => {
      header();
      const cells = REPORT_COLUMNS.map((column) => (column === 'account' ? String(number) : ''));
      write(csvLine([...cells.slice(0, -1), error.message]));
    },
    end: () => undefined,
  };
}
