import { judged } from '../../core/risk/report.js';
import type { Datum } from '../../core/risk/rule.js';
import {
  REPORT_COLUMNS,
  reportBare,
  reportCsv,
  reportJson,
  reportMarkdown,
  type Checked,
} from '../../report/text/risk/report-rows.js';
import { reportText } from '../../report/text/risk/report-text.js';
import { wordsSheet } from '../../report/page/words.js';
import type { RecordForms } from '../record-writer.js';

/**
 * How reports are written: if the layout allows it, while the findings are made.
 *
 * @param give - how the user can give a datum.
 */
export function checkForms(give: (datum: Datum) => string, verbosity: 'brief' | 'full'): RecordForms<Checked> {
  return {
    bare: reportBare,
    json: reportJson,
    csv: { columnsOf: () => REPORT_COLUMNS, linesOf: reportCsv },
    blocks: {
      text: (checked, style) => reportText(checked, { ...style, give, verbosity }),
      markdown: (checked) => [reportMarkdown(judged(checked.verdicts()), checked)],
    },
    drawn: {
      pages: {
        of: async (checked) =>
          (await import('../../report/page/check.js')).checkSheet(judged(checked.verdicts()), checked, give),
        failed: (message) => wordsSheet('An account that failed', message),
      },
    },
  };
}
