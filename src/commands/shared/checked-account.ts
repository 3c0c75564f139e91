import { isFailed, type Account } from '../../core/account.js';
import type { Warning } from '../../core/assessment.js';
import type { FailedRiskPosition, RiskInput, RiskPosition } from '../../core/risk/input.js';
import type { RawAccount } from '../../formats/raw-account.js';
import { readRiskData, riskMembers, type AccountData } from '../../formats/risk-account.js';
import { failedPositions } from '../../report/text/account-rows.js';
import type { Failure } from '../../report/failure.js';
import type { Checked } from '../../report/text/risk/report-rows.js';
import { answerAccount, type AccountQuestion } from './account-answer.js';

/** Data for accounts that do not have it themselves, and for how accounts are judged. */
export type SharedData = AccountData & Pick<RiskInput, 'atrSeed'>;

/** An account to check, and what is known of it besides. */
export interface CheckedAccount extends Pick<Checked, 'input' | 'echo'> {
  readonly account: Account;
  /** Why positions have no price. */
  readonly failures: readonly Failure[];
  /** How the account was read. */
  readonly slips: readonly Warning[];
}

/**
 * An account with the data that risk rules judge.
 *
 * @param text - the JSON that the account came in.
 * @throws {LiqcalcError} with every problem of the account.
 */
export function checkedAccount(
  raw: RawAccount,
  text: string,
  question: AccountQuestion,
  shared: SharedData,
): CheckedAccount {
  const data = readRiskData(raw, raw.problems.length > 0 ? '' : text);
  const all = { ...raw, problems: [...raw.problems, ...data.problems] };
  const { after } = answerAccount(all, question);
  const { assessment } = after;
  const positions: RiskPosition[] = [];
  const failed: FailedRiskPosition[] = [];
  assessment.account.positions.forEach((_, index) => {
    const position = assessment.positionAt(index);
    if (isFailed(position)) failed.push({ index, position });
    else positions.push({ assessed: position, index, data: data.positions[index] ?? {} });
  });
  const {
    equity = shared.equity,
    event = shared.event,
    usualLev = shared.usualLev,
    marginLog = shared.marginLog,
  } = data.account;
  return {
    input: { positions, failed, account: assessment, equity, event, usualLev, marginLog, atrSeed: shared.atrSeed },
    echo: raw.own.filter(([key]) => !Object.hasOwn(riskMembers().account, key)),
    failures: failedPositions(after),
    account: assessment.account,
    slips: after.input.notes ?? [],
  };
}
