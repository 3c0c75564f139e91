import { choice } from '../../core/choice.js';
import { LiqcalcError, problem } from '../../core/errors.js';
import type { Invocation } from '../command.js';
import { completionOf } from '../completion.js';
import { exitCode } from '../ending.js';
import { BARE_FLAGS, type Usage } from '../flags.js';
import { excessProblems, unknownFlagProblems } from '../options.js';
import { shells } from '../shells/index.js';

const NAMES = Object.keys(shells) as (keyof typeof shells)[];

/** `liqcalc completion SHELL`: a script that makes the shell complete commands, flags and values. */
export const usage: Usage = {
  help: {
    usual: ['help', 'version'],
    examples: ['completion bash', 'completion zsh'],
  },
  operands: [{ usage: '<shell>', meaning: `the shell: ${NAMES.join(', ')}`, choices: NAMES }],
  flags: BARE_FLAGS,
};

export async function run({ io, operands, unknown, help }: Invocation): Promise<number> {
  const [operand, ...excess] = operands;
  const problems = [...unknownFlagProblems(unknown, usage), ...excessProblems(excess)];
  if (operand === undefined) {
    problems.push(problem('MISSING_OPERAND', '', { what: 'a shell', usage: `liqcalc completion ${NAMES.join('|')}` }));
  }
  const name = operand === undefined ? undefined : choice('', operand, NAMES, problems);
  if (!name || problems.length > 0) throw new LiqcalcError(problems);
  io.stdout.write(shells[name](completionOf(await help.manuals())));
  return exitCode({ kind: 'answered' });
}
