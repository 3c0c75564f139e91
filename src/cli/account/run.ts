import type { Account } from '../../core/account.js';
import type { Warning } from '../../core/assessment.js';
import { answerAccount } from '../../commands/shared/account-answer.js';
import { accountForms } from './forms.js';
import { UnmatchedSymbols, type AccountOptions } from './options.js';
import { accountRecords, inputName } from './records.js';
import { areAllFar, failedPositions } from '../../report/text/account-rows.js';
import { UsageError } from '../command.js';
import { flagName } from '../../formats/flag-name.js';
import { accountOnlyProblems, areKnownOfAccounts } from './only.js';
import type { Io } from '../io.js';
import { problemList } from '../problem-list.js';
import { RecordReport } from '../record-report.js';
import { placeOf, runRecords } from '../run-records.js';

/** Answers the accounts of a call, and returns the exit code. */
export function answerAccounts(io: Io, options: AccountOptions): Promise<number> {
  const { common } = options;
  const { only, alert, isQuiet } = common;
  const report = new RecordReport(io, { alert, isQuiet, isGate: alert !== undefined });
  const unmatched = new UnmatchedSymbols(options);
  const isFromFlags = options.positions.length + options.add.length > 0;
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
    note: ({ before, after }, record) => {
      const { assessment, input } = after;
      report.failedPositions(record.at, failedPositions(before ?? after));
      report.warn(input.notes ?? []);
      if ((only || before) && isFromFlags) report.warn(assumedMarks(assessment.account));
      report.alerts.account(assessment, () => placeOf(record, input.own));
      unmatched.see(assessment.account);
    },
    end: () => {
      for (const words of unmatched.warnings()) report.note(words);
    },
  });
}

/** The warnings about marks that flags did not give. Bare values and comparisons do not show them. */
function assumedMarks({ positions }: Account): readonly Warning[] {
  return positions.flatMap(({ notes = [] }) => notes.filter(({ code }) => code === 'MARK_ASSUMED'));
}
