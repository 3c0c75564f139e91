import { symbolKey } from '../../core/brackets.js';
import { answerAccount } from './answer.js';
import { accountForms } from './forms.js';
import type { AccountOptions } from './options.js';
import { accountRecords, inputName } from './records.js';
import { areAllFar } from '../../report/text/account-rows.js';
import { UsageError } from '../command.js';
import { flagName } from '../flags.js';
import { accountOnlyProblems, areKnownOfAccounts } from './only.js';
import type { Io } from '../io.js';
import { problemList } from '../problem-list.js';
import { RecordReport } from '../record-report.js';
import { placeOf, runRecords } from '../run-records.js';

/** Answers the accounts of a call, and returns the exit code. */
export function answerAccounts(io: Io, options: AccountOptions): Promise<number> {
  const { common, betas } = options;
  const { only, alert, isQuiet } = common;
  const report = new RecordReport(io, { alert, isQuiet, isGate: alert !== undefined });
  const unmatched = new Set(betas.keys());
  report.warn(common.slips);
  return runRecords(io, accountRecords(io, options), report, {
    input: inputName(options),
    common,
    isOnlyCounted: only !== undefined && !areKnownOfAccounts(only),
    forms: () => accountForms(options, io.now()),
    answer: ({ account }, number, count) => {
      const answered = answerAccount(account, options);
      // Unknown names are refused before anything is printed.
      const unknown = only && number === 1 ? accountOnlyProblems(only, answered.after.input, count) : [];
      if (unknown.length > 0) throw new UsageError(problemList(unknown, flagName));
      return answered;
    },
    isLeftOut: ({ after }) => areAllFar(after),
    note: ({ after: { assessment, input } }, record) => {
      report.alerts.account(assessment, () => placeOf(record, input.own));
      if (unmatched.size === 0) return;
      for (const { terms } of assessment.account.positions) unmatched.delete(symbolKey(terms.symbol));
    },
    end: () => {
      for (const symbol of unmatched) report.note(`warning: --beta ${symbol}: no account has a position on it`);
    },
  });
}
