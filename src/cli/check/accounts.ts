import type { AtrSeed } from '../../core/plan/atr-seeds.js';
import { flaggedData } from './flagged-data.js';
import { ACCOUNT_INPUTS } from './position-flags.js';
import type { Problem } from '../../core/errors.js';
import type { FailedRiskPosition, RiskInput, RiskPosition } from '../../core/risk/input.js';
import { isFailed, type Account } from '../../core/account.js';
import { failedPositions } from '../../report/text/account-rows.js';
import { accountData, readRiskData, riskMembers, type AccountData } from '../../formats/risk-account.js';
import { answerAccount } from '../account/answer.js';
import { FINDING_FORMATS, readAccountOptions, UnmatchedSymbols, type AccountOptions } from '../account/options.js';
import { accountRecords, inputName, type AccountRecord } from '../account/records.js';
import { giveByKey } from './data-words.js';
import { refuseUnknownKeys, strayFlagProblems, type Gate } from './options.js';
import type { FoundConfig } from './config.js';
import { checkRecords, type CheckInput } from './run.js';
import { readInputs } from '../../commands/shared/read-question.js';
import { textsOf } from '../read-question.js';
import type { Invocation } from '../command.js';
import type { Parsed } from '../flags.js';
import { withoutProblems } from '../gathering.js';
import { reportSlips } from '../slips.js';
import { tablesFor } from '../tables.js';

/** `liqcalc check [FILE]`: checks accounts one by one, in order, and returns the exit code. */
export async function checkAccounts(
  invocation: Invocation,
  gate: Gate,
  config: FoundConfig,
  problems: Problem[],
): Promise<number> {
  const { io, options: flags } = invocation;
  problems.push(...strayFlagProblems(flags, 'account'));
  const shared = readFlaggedData(flags, problems);
  const tables = await tablesFor(io, flags);
  const options = withoutProblems(problems, () => readAccountOptions(invocation, tables, FINDING_FORMATS));
  const common = { ...options.common, format: FINDING_FORMATS.find((each) => each === options.common.format) };
  refuseUnknownKeys(common.only);
  reportSlips(io, common.slips, common);
  const unmatched = new UnmatchedSymbols(options);
  return checkRecords(io, accountRecords(io, options), {
    ...config,
    gate,
    input: inputName(options),
    common,
    give: giveByKey,
    read: (record) => {
      const found = readRecord(record, options, shared);
      unmatched.see(found.account);
      return found;
    },
    end: (report) => {
      for (const words of unmatched.warnings()) report.note(words);
    },
  });
}

/** Data from flags for accounts that do not have it themselves, and for how accounts are judged. */
type FlaggedData = AccountData & Pick<RiskInput, 'atrSeed'>;

function readFlaggedData(flags: Parsed['options'], problems: Problem[]): FlaggedData {
  const { values } = readInputs(ACCOUNT_INPUTS, (key) => textsOf(flags, key), problems);
  const { atrSeed } = values as { readonly atrSeed?: AtrSeed };
  return { ...accountData(flaggedData('account', values, flags)), atrSeed };
}

function readRecord(
  { account: raw, text }: AccountRecord,
  options: AccountOptions,
  shared: FlaggedData,
): CheckInput & { readonly account: Account } {
  const data = readRiskData(raw, raw.problems.length > 0 ? '' : text);
  const all = { ...raw, problems: [...raw.problems, ...data.problems] };
  const { after } = withoutProblems([], () => answerAccount(all, options));
  const { assessment } = after;
  const positions: RiskPosition[] = [];
  const failed: FailedRiskPosition[] = [];
  assessment.account.positions.forEach((_, index) => {
    const position = assessment.positionAt(index);
    if (isFailed(position)) failed.push({ index, position });
    else positions.push({ assessed: position, index, data: data.positions[index] ?? {} });
  });
  const { equity = shared.equity, event = shared.event, usualLev = shared.usualLev } = data.account;
  return {
    input: { positions, failed, account: assessment, equity, event, usualLev, atrSeed: shared.atrSeed },
    echo: raw.own.filter(([key]) => !Object.hasOwn(riskMembers().account, key)),
    failures: failedPositions(after),
    account: assessment.account,
    slips: after.input.notes ?? [],
  };
}
