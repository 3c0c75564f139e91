import {
  accountColumns,
  accountCsv,
  accountJson,
  accountMarkdown,
  ownKeysOf,
  type AccountRendering,
} from '../../report/text/account-rows.js';
import { ASKED } from '../../formats/account-figures.js';
import { wordsSheet } from '../../report/page/words.js';
import type { Style } from '../../report/style.js';
import { accountOnlyLines } from '../../report/text/account-only.js';
import type { RecordForms } from '../record-writer.js';
import type { AnsweredAccount } from '../../commands/shared/account-answer.js';
import type { AccountOptions } from './options.js';

/** The answer for an account; one of several has a title. */
export interface NamedAnswer extends AnsweredAccount {
  readonly title?: string;
}

const FAILED = 'An account that failed';

/** How the answers of `account` are written. What only some formats need is loaded when it is used. */
export function accountForms(
  { common: { decimals, isQuiet }, need, shock, fills, isCharted }: AccountOptions,
  today: number,
): RecordForms<NamedAnswer> {
  const rendering: AccountRendering = { decimals, today, isQuiet };
  const asked = ASKED.filter((each) => ({ need, shock, fills })[each] !== undefined);
  return {
    bare: ({ after }, only) => [accountOnlyLines(after, only, rendering)],
    json: async ({ before, after }) => {
      if (!before) return accountJson(after, rendering);
      return (await import('../../report/text/account-comparison.js')).comparisonJson({ before, after }, rendering);
    },
    csv: {
      columnsOf: (first) => accountColumns(first ? ownKeysOf(first.after.input) : [], asked),
      linesOf: ({ after }, number, columns) => [accountCsv(after, number, columns, rendering)],
    },
    blocks: {
      text: async (answered, style) => {
        const title = answered.title === undefined ? '' : `${style.paint.strong(`ACCOUNT ${answered.title}`)}\n`;
        const table = title + (await tableOf(answered, { ...style, ...rendering }));
        if (!isCharted) return [table];
        const { accountChart } = await import('../../report/text/account-chart.js');
        return [table, '\n', accountChart(answered.after.assessment, style)];
      },
      markdown: ({ after }) => [accountMarkdown(after, rendering)],
    },
    drawn: {
      charts: {
        of: async ({ after }) => {
          const { accountVegaLite } = await import('../../report/text/account-chart.js');
          return accountVegaLite(after, decimals);
        },
      },
      pictures: {
        of: async ({ after }) => {
          const { accountPicture } = await import('../../report/text/account-chart.js');
          return accountPicture(after);
        },
        failed: (summary) => ({ kind: 'words', title: FAILED, summary }),
      },
      pages: {
        of: async ({ before, after, title }) => {
          const { accountSheet } = await import('../../report/page/account.js');
          return accountSheet({ before, after }, title, rendering);
        },
        failed: (message) => wordsSheet(FAILED, message),
      },
    },
  };
}

async function tableOf({ before, after }: AnsweredAccount, options: AccountRendering & Style): Promise<string> {
  if (!before) return (await import('../../report/text/account-table.js')).accountTable(after, options);
  return (await import('../../report/text/account-comparison.js')).comparisonText({ before, after }, options);
}
