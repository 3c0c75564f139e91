import type { Account, AccountPosition, AssessedPosition, PositionAnswer } from '../../core/account.js';
import type { Warning } from '../../core/assessment.js';
import type { FailedRiskPosition, PositionData, RiskInput, RiskPosition } from '../../core/risk/input.js';
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
  const positionAt = lastKept(assessment.positionAt);
  assessment.account.positions.forEach(({ terms, mode, failure }, index) => {
    if (failure) failed.push({ index, position: { terms, mode, failure } });
    else positions.push(new LatePosition(terms, mode, data.positions[index] ?? {}, index, positionAt));
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

/** A position that is assessed when a rule asks for it, and not kept: an account may have many. */
class LatePosition implements RiskPosition {
  constructor(
    readonly terms: AccountPosition['terms'],
    readonly mode: AccountPosition['mode'],
    readonly data: PositionData,
    readonly index: number,
    private readonly answerAt: (index: number) => PositionAnswer,
  ) {}

  get assessed(): AssessedPosition {
    return this.answerAt(this.index) as AssessedPosition;
  }
}

/** The same function with its last result kept, because all rules ask for one position after another. */
function lastKept<T>(make: (index: number) => T): (index: number) => T {
  let last: { readonly index: number; readonly made: T } | undefined;
  return (index) => {
    if (last?.index !== index) last = { index, made: make(index) };
    return last.made;
  };
}
