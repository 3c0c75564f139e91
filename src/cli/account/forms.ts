import { accountColumns, accountCsv, ownKeysOf } from '../../report/text/account-csv.js';
import { accountMarkdown } from '../../report/text/account-markdown.js';
import { accountJson, type AccountAnswer, type AccountRendering, type State } from '../../report/text/account-rows.js';
import { ASKED } from '../../formats/account-figures.js';
import { wordsSheet } from '../../report/page/words.js';
import type { Style } from '../../report/style.js';
import { accountOnlyLines } from '../../report/text/account-only.js';
import { assetOf } from '../../report/text/account-words.js';
import type { RecordForms, Titled } from '../record-writer.js';
import { areCompared, type AnsweredAccount } from '../../commands/shared/account-answer.js';
import type { AccountOptions } from './options.js';

/** The answer for an account; one of several has a title. */
export interface NamedAnswer extends AnsweredAccount, Titled {}

const FAILED = 'An account that failed';

/** How the answers of `account` are written. What only some formats need is loaded when it is used. */
export function accountForms(options: AccountOptions, today: number): RecordForms<NamedAnswer> {
  const { common, need, shock, fills, rooms, isCharted } = options;
  const { decimals, isQuiet } = common;
  const rendering: AccountRendering = { decimals, today, isQuiet };
  const asked = ASKED.filter((each) => ({ need, shock, fills, rooms })[each] !== undefined);
  return {
    bare: ({ after }, only) => [accountOnlyLines(after, only, rendering)],
    json: async ({ before, after }) => {
      if (!before) return accountJson(after, rendering);
      return (await import('../../report/text/account-comparison.js')).comparisonJson({ before, after }, rendering);
    },
    csv: {
      columnsOf: (first) =>
        accountColumns(first && ownKeysOf(statesOf(first).map(([, { input }]) => input)), asked, areCompared(options)),
      linesOf: (answered, number, columns) =>
        statesOf(answered).map(([state, answer]) =>
          accountCsv(answer, { number, columns, ...(state && { state }) }, rendering),
        ),
    },
    blocks: {
      text: async (answered, style) => {
        const table = await tableOf(answered, { ...style, ...rendering });
        if (!isCharted) return [table];
        const { accountChart } = await import('../../report/text/account-chart.js');
        return [table, '\n', accountChart(answered.after.assessment, style, assetOf(answered.after.input))];
      },
      markdown: (answered) => [
        statesOf(answered)
          .map(([state, answer]) => accountMarkdown(answer, rendering, state))
          .join('\n'),
      ],
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

/** The account as it is, or before and after changes. */
function statesOf({
  before,
  after,
}: AnsweredAccount): readonly (readonly [state: State | undefined, answer: AccountAnswer])[] {
  return before
    ? [
        ['before', before],
        ['after', after],
      ]
    : [[undefined, after]];
}

async function tableOf({ before, after }: AnsweredAccount, options: AccountRendering & Style): Promise<string> {
  if (!before) return (await import('../../report/text/account-table.js')).accountTable(after, options);
  return (await import('../../report/text/account-comparison.js')).comparisonText({ before, after }, options);
}
