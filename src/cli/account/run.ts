import type { Account } from '../../core/account.js';
import type { Warning } from '../../core/assessment.js';
import { answerAccount } from '../../commands/shared/account-answer.js';
import { accountForms, type NamedAnswer } from './forms.js';
import { GivenWallet } from './given-wallet.js';
import type { AccountOptions } from './options.js';
import { accountRecords, inputName } from './records.js';
import { areAllFar, failedPositions } from '../../report/text/account-rows.js';
import { UsageError } from '../command.js';
import { flagName } from '../../formats/flag-name.js';
import { NamesOfAccounts } from './only.js';
import type { Io } from '../io.js';
import { usageError } from '../problem-list.js';
import { RecordReport } from '../record-report.js';
import { titleOf, placeOf, runRecords } from '../run-records.js';
import { unknownSymbolProblems } from '../../core/shock.js';
import { ShockOrder } from './shock-order.js';
import { UnmatchedSymbols } from './unmatched.js';

/** Answers the accounts of a call, and returns the exit code. */
export function answerAccounts(io: Io, options: AccountOptions): Promise<number> {
  const { common } = options;
  const { only, alert, isQuiet } = common;
  const report = new RecordReport(io, { alert, isQuiet, isGate: alert !== undefined });
  const unmatched = new UnmatchedSymbols(options);
  const order = new ShockOrder();
  const wallet = new GivenWallet(options.wallet);
  const isFromFlags = options.positions.length + options.add.length > 0;
  report.warn(common.slips);
  const names = new NamesOfAccounts(only, options.order);
  const held: string[] = [];
  const release = (): void => {
    for (const text of held.splice(0)) io.stdout.write(text);
  };
  const write = (text: string): void => {
    held.push(text);
    if (!names.areUnseen) release();
  };
  return runRecords({ ...io, stdout: { ...io.stdout, write } }, accountRecords(io, options), report, {
    input: inputName(options),
    common,
    areNamesCounted:
      names.areUnseen ||
      options.order !== undefined ||
      options.shock !== undefined ||
      options.orderFiles.length > 0 ||
      wallet.isGiven,
    forms: () => accountForms(options, io.now()),
    answer: (record, number, count): NamedAnswer => {
      if (count === 'several' && options.orderFiles.length > 0) throw new UsageError(ORDERS_OF_ONE);
      wallet.see(record.account, number, count);
      const answered = answerAccount(record.account, options);
      const { input, assessment } = answered.after;
      const unknown = [
        ...names.see(input, count),
        ...(options.shock && count === 'one' ? unknownSymbolProblems(assessment.account, options.shock) : []),
      ];
      if (unknown.length > 0) throw usageError(unknown, flagName);
      return count === 'one' ? answered : { ...answered, title: titleOf(record, input.own) };
    },
    isLeftOut: ({ after }) => areAllFar(after),
    note: ({ before, after }, record) => {
      const { assessment, input } = after;
      report.failedPositions(record.at, failedPositions(before ?? after));
      report.warn(input.notes ?? []);
      if ((only || before) && isFromFlags) report.warn(assumedMarks(assessment.account));
      report.alerts.account(assessment, () => placeOf(record, input.own));
      unmatched.see(assessment.account);
      // The account after all fills may be far from a liquidation that came before one of them.
      if (alert !== undefined && after.fills?.fills.some(({ isLiquidatedBefore }) => isLiquidatedBefore !== false)) {
        const place = placeOf(record, input.own);
        report.note(`alert: account: liquidated before its orders fill${place === '' ? '' : ` (${place})`}`);
        report.answerNo();
      }
      if (after.shock) order.see(titleOf(record, input.own), after.shock);
    },
    end: () => {
      const unknown = names.unseen();
      if (unknown.length > 0) throw usageError(unknown, flagName);
      release();
      for (const words of [...unmatched.warnings(), ...wallet.warnings()]) report.note(words);
      if (unmatched.hasShock) report.doubt();
      for (const words of order.words()) report.note(words);
    },
  });
}

const ORDERS_OF_ONE = '--orders: there are several accounts; put the orders of each into its positions';

/** The warnings about marks that flags did not give. Bare values and comparisons do not show them. */
function assumedMarks({ positions }: Account): readonly Warning[] {
  return positions.flatMap(({ notes = [] }) => notes.filter(({ code }) => code === 'MARK_ASSUMED'));
}
