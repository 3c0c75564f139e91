import type { LiqcalcError } from '../../core/errors.js';
import {
  ownKeysOf,
  accountColumns,
  accountCsv,
  accountJson,
  accountMarkdown,
  type AccountRendering,
} from '../../report/text/account-rows.js';
import type { Style } from '../../report/style.js';
import { csvLine } from '../../report/csv.js';
import { accountOnlyLines } from '../../report/text/account-only.js';
import type { AnsweredAccount } from './answer.js';
import { failedJson } from './failed.js';
import type { AccountFormat, AccountOptions } from './options.js';
import type { Io } from '../io.js';
import { printData } from '../print-data.js';
import { printText, writePieces } from '../text.js';

/** Prints answers and error records one by one, in the format of the call. */
export interface AccountPrinter {
  readonly answer: (answered: AnsweredAccount) => Promise<void>;
  /** @param text - the JSON of the account that failed. */
  readonly failure: (error: LiqcalcError, text: string) => void;
  readonly end: () => void;
}

/** @param format - the final choice: `text` if one account is printed, else as requested. */
export function accountPrinter(
  io: Io,
  options: AccountOptions,
  format: AccountFormat,
  count: 'one' | 'several',
): AccountPrinter {
  const rendering: AccountRendering = {
    decimals: options.common.decimals,
    today: io.now(),
    isQuiet: options.common.isQuiet,
  };
  if (options.common.only) return onlyPrinter(io, options.common.only, rendering);
  if (format === 'text') return textPrinter(io, options, rendering);
  if (format === 'csv') {
    const asked = options.need ? 'need' : 'nothing';
    return csvPrinter((text) => printData(io, { format, isCsvSafe: options.common.isCsvSafe }, text), rendering, asked);
  }
  if (format === 'markdown') return plainPrinter(io, ({ after }) => Promise.resolve(accountMarkdown(after, rendering)));
  if (format === 'vega-lite') return plainPrinter(io, vegaLite(rendering));
  return jsonPrinter(io, rendering, format === 'json' && count === 'several' ? 'array' : 'lines');
}

function vegaLite({ decimals }: AccountRendering): (answered: AnsweredAccount) => Promise<string> {
  return async ({ after }) => {
    const { accountVegaLite } = await import('../../report/text/account-chart.js');
    return `${accountVegaLite(after, decimals)}\n`;
  };
}

function plainPrinter(io: Io, render: (answered: AnsweredAccount) => Promise<string>): AccountPrinter {
  let printed = 0;
  return {
    answer: async (answered) => io.stdout.write(`${printed++ > 0 ? '\n' : ''}${await render(answered)}`),
    failure: () => undefined,
    end: () => undefined,
  };
}

function textPrinter(io: Io, options: AccountOptions, rendering: AccountRendering): AccountPrinter {
  let printed = 0;
  const answer = (answered: AnsweredAccount): Promise<void> =>
    printText(io, options.common, async (style) => {
      const parts = [await tableOf(answered, { ...style, ...rendering })];
      if (options.isCharted) {
        const { accountChart } = await import('../../report/text/account-chart.js');
        parts.push(accountChart(answered.after.assessment, style));
      }
      return `${printed++ > 0 ? '\n' : ''}${parts.join('\n')}`;
    });
  return { answer, failure: () => undefined, end: () => undefined };
}

async function tableOf({ before, after }: AnsweredAccount, options: AccountRendering & Style): Promise<string> {
  if (!before) return (await import('../../report/text/account-table.js')).accountTable(after, options);
  return (await import('../../report/text/account-comparison.js')).comparisonText({ before, after }, options);
}

function onlyPrinter(io: Io, only: readonly string[], rendering: AccountRendering): AccountPrinter {
  return {
    answer: ({ after }) => {
      io.stdout.write(accountOnlyLines(after, only, rendering));
      return Promise.resolve();
    },
    failure: () => {
      io.stdout.write('\n');
    },
    end: () => undefined,
  };
}

function jsonPrinter(io: Io, rendering: AccountRendering, shape: 'array' | 'lines'): AccountPrinter {
  let printed = 0;
  const write = (json: readonly string[]): void => {
    const lead = shape === 'lines' ? '' : printed > 0 ? ',\n' : '[\n';
    printed++;
    writePieces(io.stdout, [lead, ...json, shape === 'lines' ? '\n' : '']);
  };
  return {
    answer: async ({ before, after }) => {
      if (!before) {
        write(accountJson(after, rendering));
        return;
      }
      const { comparisonJson } = await import('../../report/text/account-comparison.js');
      write(comparisonJson({ before, after }, rendering));
    },
    failure: (error, text) => write([failedJson(error, text)]),
    end: () => {
      if (shape === 'array') io.stdout.write(printed > 0 ? '\n]\n' : '[]\n');
    },
  };
}

function csvPrinter(
  print: (text: string) => void,
  rendering: AccountRendering,
  asked: 'need' | 'nothing',
): AccountPrinter {
  let columns: readonly string[] | undefined;
  let number = 0;
  const header = (ownKeys: readonly string[]): readonly string[] => {
    if (columns) return columns;
    columns = accountColumns(ownKeys, asked);
    print(csvLine(columns));
    return columns;
  };
  return {
    answer: ({ after }) => {
      number++;
      print(accountCsv(after, number, header(ownKeysOf(after.input)), rendering));
      return Promise.resolve();
    },
    failure: (error) => {
      number++;
      const at = header([]);
      print(
        csvLine(at.map((column) => (column === 'account' ? String(number) : column === 'error' ? error.message : ''))),
      );
    },
    end: () => undefined,
  };
}
