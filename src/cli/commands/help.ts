import { UsageError, type Invocation } from '../command.js';
import { LiqcalcError } from '../../core/errors.js';
import { closest, listed } from '../../core/names.js';
import { exitCode } from '../ending.js';
import { EXIT_CODES_TOPIC, exitCodesText } from '../exit-codes.js';
import { PLAIN_FLAGS, type Usage } from '../flags.js';
import { excessProblems, unknownFlagProblems } from '../options.js';

/** `liqcalc help [TOPIC]`: the same as `--help`, or the exit codes. */
export const usage: Usage = {
  operands: [{ usage: '[topic]', meaning: `a command, or ${EXIT_CODES_TOPIC}`, takes: 'topic' }],
  flags: PLAIN_FLAGS,
};

export async function run({ io, operands, unknown, help }: Invocation): Promise<number> {
  const [name, ...excess] = operands;
  const problems = [...unknownFlagProblems(unknown, usage), ...excessProblems(excess)];
  if (problems.length > 0) throw new LiqcalcError(problems);
  const topic = name?.toLowerCase();
  if (topic === undefined) io.stdout.write(help.program());
  else if (topic === EXIT_CODES_TOPIC) io.stdout.write(exitCodesText());
  else if (help.topics.includes(topic)) io.stdout.write(await help.command(topic));
  else {
    const topics = [...help.topics, EXIT_CODES_TOPIC];
    const suggestion = closest(topic, topics);
    const advice = suggestion === undefined ? `the topics are ${listed(topics, 'and')}` : `did you mean ${suggestion}?`;
    throw new UsageError(`there is no help on "${topic}"; ${advice}`);
  }
  return exitCode({ kind: 'answered' });
}
