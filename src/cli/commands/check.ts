import { fail, type Problem } from '../../core/errors.js';
import { giveByFlag } from '../check/data-words.js';
import {
  CHECK_USAGE,
  configurationFor,
  isPosition,
  readGate,
  refuseUnknownKeys,
  strayFlagProblems,
  withSingleRates,
  type FoundConfig,
  type Gate,
} from '../check/options.js';
import { checkedPosition } from '../check/position.js';
import { checkRecords, type CheckInput } from '../check/run.js';
import type { Invocation } from '../command.js';
import type { Usage } from '../flags.js';
import { excessProblems, unknownFlagProblems } from '../options.js';
import type { Wanted } from '../live/fill.js';
import type { InputRecord } from '../run-records.js';

export const usage: Usage = CHECK_USAGE;

/** What `--live` requests for one position. */
const OF_ONE_POSITION: Wanted = {
  hasEntry: false,
  data: ['rates', 'candles', 'openInterest', 'feed', 'fundingInterval', 'dailyVolume', 'book'],
};

/** `liqcalc check`: the risk rules on an account or on one position. */
export async function run(invocation: Invocation): Promise<number> {
  const { options, operands, unknown } = invocation;
  const problems: Problem[] = [];
  const isAboutRules = options['list'] === true || options['explain'] !== undefined;
  if (isAboutRules || options['init'] === true) {
    problems.push(...unknownFlagProblems(unknown, usage), ...excessProblems(operands));
  }
  if (options['init'] === true) return (await import('../check/rules.js')).writeConfig(invocation, problems);
  const gate = readGate(options, problems);
  const config = configurationFor(invocation, problems);
  if (isAboutRules) return (await import('../check/rules.js')).printRules(invocation, config, problems);
  const isLive = options['live'] === true;
  if (options['feeds'] !== undefined && !isLive)
    fail('NEEDS', 'feeds', { other: 'live', why: 'only then are prices requested' });
  if (isPosition(invocation)) {
    const call = isLive ? await (await import('../live/fill.js')).filled(invocation, OF_ONE_POSITION) : invocation;
    return checkPosition({ ...call, options: withSingleRates(call.options) }, gate, config, problems);
  }
  return (await import('../check/accounts.js')).checkAccounts(invocation, gate, config, problems);
}

async function checkPosition(
  invocation: Invocation,
  gate: Gate,
  config: FoundConfig,
  problems: Problem[],
): Promise<number> {
  const { io, options } = invocation;
  problems.push(...strayFlagProblems(options, 'position'));
  const { input, common } = await checkedPosition(invocation, problems);
  refuseUnknownKeys(common.only);
  const read = (): CheckInput => ({ input, echo: [], slips: common.slips });
  return checkRecords(io, flagged(), { ...config, gate, input: 'the flags', common, give: giveByFlag, read });
}

async function* flagged(): AsyncGenerator<InputRecord> {
  yield await Promise.resolve({ text: '', at: '' });
}
