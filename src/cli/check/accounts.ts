import type { AtrSeed } from '../../core/plan/atr-seeds.js';
import { flaggedData } from './flagged-data.js';
import { ACCOUNT_INPUTS } from './position-flags.js';
import type { Problem } from '../../core/errors.js';
import type { RiskInput } from '../../core/risk/input.js';
import { accountData, readRiskData, riskMembers, type AccountData } from '../../formats/risk-account.js';
import { answerAccount } from '../account/answer.js';
import { FINDING_FORMATS, readAccountOptions, type AccountOptions } from '../account/options.js';
import { inputName, rawAccounts, type AccountRecord } from '../account/records.js';
import { placeOfAccount } from '../account/run.js';
import { checkPrinter, refuseUnknownKeys } from './printer.js';
import { giveByKey } from './data-words.js';
import { gathering, refuseAll, strayFlagProblems, type Gate } from './options.js';
import type { FoundConfig } from './config.js';
import { CheckRun } from './run.js';
import { readInputs } from '../read-question.js';
import type { Invocation } from '../command.js';
import type { Parsed } from '../flags.js';
import { reportSlips } from '../slips.js';
import { tablesFor } from '../tables.js';

/** `liqcalc check [FILE]`: checks accounts one by one, in order, and returns the exit code. */
export async function checkAccounts(
  invocation: Invocation,
  gate: Gate,
  { configuration, path }: FoundConfig,
  problems: Problem[],
): Promise<number> {
  const { io, options: flags } = invocation;
  problems.push(...strayFlagProblems(flags, 'account'));
  const common = readFlaggedData(flags, problems);
  const tables = await tablesFor(io, flags);
  const options = gathering(problems, () => readAccountOptions(invocation, tables, FINDING_FORMATS));
  refuseAll(problems);
  if (!options) throw new Error('options that are refused without a reason');
  refuseUnknownKeys(options.common.only);
  reportSlips(io, options.common.slips, options.common);
  const records = recordsOf(invocation, options);
  const ahead = [await records.next()];
  // If the number of accounts decides nothing, the first report does not wait for the second account.
  const asked = formatOf(options);
  const isCounted = options.common.only === undefined && (asked === undefined || asked === 'json');
  if (isCounted) ahead.push(await records.next());
  const first = ahead.flatMap((each) => (each.done ? [] : [each.value]));
  const count = first.length === 1 ? 'one' : 'several';
  const format = asked ?? (count === 'one' ? 'text' : 'ndjson');
  const printer = checkPrinter(io, { common: options.common, format, count, give: giveByKey, config: path });
  const run = new CheckRun(
    io,
    { configuration, config: path, gate, input: inputName(options), common: options.common },
    printer,
  );
  for (const record of first) await judgeRecord(run, record, options, common);
  for await (const record of records) await judgeRecord(run, record, options, common);
  return run.end();
}

const formatOf = ({ common }: AccountOptions): (typeof FINDING_FORMATS)[number] | undefined =>
  FINDING_FORMATS.find((each) => each === common.format);

async function* recordsOf({ io }: Invocation, options: AccountOptions): AsyncGenerator<AccountRecord> {
  const { positions, wallet } = options;
  if (positions.length === 0) yield* rawAccounts(io, options);
  else
    yield { account: { positions, own: [], problems: [], ...(wallet !== undefined && { wallet }) }, text: '', at: '' };
}

/** Data from flags for accounts that do not have it themselves, and for how accounts are judged. */
type FlaggedData = AccountData & Pick<RiskInput, 'atrSeed'>;

function readFlaggedData(flags: Parsed['options'], problems: Problem[]): FlaggedData {
  const { values } = readInputs(ACCOUNT_INPUTS, flags, problems);
  const { atrSeed } = values as { readonly atrSeed?: AtrSeed };
  return { ...accountData(flaggedData('account', values, flags)), atrSeed };
}

async function judgeRecord(
  run: CheckRun,
  record: AccountRecord,
  options: AccountOptions,
  common: FlaggedData,
): Promise<void> {
  const { account: raw, text } = record;
  let judged: { readonly input: RiskInput; readonly echo: typeof raw.own };
  try {
    const data = readRiskData(raw, raw.problems.length > 0 ? '' : text);
    const { after } = answerAccount({ ...raw, problems: [...raw.problems, ...data.problems] }, options);
    const positions = after.assessment.positions.map((assessed, index) => ({
      assessed,
      data: data.positions[index] ?? {},
    }));
    const { equity = common.equity, event = common.event, usualLev = common.usualLev } = data.account;
    const input = { positions, account: after.assessment, equity, event, usualLev, atrSeed: common.atrSeed };
    judged = { input, echo: raw.own.filter(([key]) => !Object.hasOwn(riskMembers().account, key)) };
  } catch (error) {
    run.fail(error, record);
    return;
  }
  await run.judge(judged.input, judged.echo, () => placeOfAccount(record.at, judged.echo));
}
