import type { AtrSeed } from '../../core/plan/atr-seeds.js';
import { filedData, flaggedData } from './flagged-data.js';
import { ACCOUNT_INPUTS } from './position-flags.js';
import type { Problem } from '../../core/errors.js';

import { accountData } from '../../formats/risk-account.js';
import { checkedAccount, type SharedData } from '../../commands/shared/checked-account.js';
import { readAccountOptions } from '../account/options.js';
import { UnmatchedSymbols } from '../account/unmatched.js';
import { GivenWallet } from '../account/given-wallet.js';
import { liveCall } from '../account/live-call.js';
import { accountRecords, inputName } from '../account/records.js';
import { giveByKey } from './data-words.js';
import { FINDING_FORMATS, refuseUnknownKeys, strayFlagProblems, type FoundConfig, type Gate } from './options.js';
import { checkRecords } from './run.js';
import { readInputs } from '../../commands/shared/read-question.js';
import { textsOf } from '../read-question.js';
import type { Invocation } from '../command.js';
import { withoutProblems } from '../gathering.js';
import { reportSlips } from '../slips.js';
import { tablesFor } from '../tables.js';

/** `liqcalc check [FILE]`: checks accounts one by one, in order, and returns the exit code. */
export async function checkAccounts(
  given: Invocation,
  gate: Gate,
  config: FoundConfig,
  problems: Problem[],
): Promise<number> {
  const { invocation, marks } = await liveCall(given, 'risk data');
  const { io, options: flags } = invocation;
  problems.push(...strayFlagProblems(flags, 'account'));
  const shared = readFlaggedData(invocation, problems);
  const tables = await tablesFor(io, flags);
  const options = withoutProblems(problems, () => ({
    ...readAccountOptions(invocation, tables, FINDING_FORMATS),
    marks,
  }));
  const common = { ...options.common, format: FINDING_FORMATS.find((each) => each === options.common.format) };
  refuseUnknownKeys(common.only);
  reportSlips(io, common.slips, common);
  const unmatched = new UnmatchedSymbols(options);
  const wallet = new GivenWallet(options.wallet);
  return checkRecords(io, accountRecords(io, options), {
    ...config,
    gate,
    input: inputName(options),
    common,
    give: giveByKey,
    isCounted: wallet.isGiven,
    read: ({ account, text }, number, count) => {
      wallet.see(account, number, count);
      const found = withoutProblems([], () => checkedAccount(account, text, options, shared));
      unmatched.see(found.account);
      return found;
    },
    end: (report) => {
      for (const words of [...unmatched.warnings(), ...wallet.warnings()]) report.note(words);
    },
  });
}

/** Data from flags for accounts that do not have it themselves, and for how accounts are judged. */
function readFlaggedData({ io, options: flags }: Invocation, problems: Problem[]): SharedData {
  const { values } = readInputs(ACCOUNT_INPUTS, (key) => textsOf(flags, key), problems);
  const { atrSeed } = values as { readonly atrSeed?: AtrSeed };
  const filed = filedData(io, flags, {}, problems);
  return { ...accountData({ ...flaggedData('account', values, flags), ...filed }), atrSeed };
}
