import { UsageError, type Invocation } from '../command.js';
import { closest } from '../../core/names.js';
import { EXIT_CODES, exitCodesText } from '../exit-codes.js';
import { COMMON_FLAGS, type Usage } from '../flags.js';
import { commandHelp, commandNames, programHelp } from '../program.js';

const EXIT_CODES_TOPIC = 'exit-codes';

/** `liqcalc help [TOPIC]`: the same as `--help`, or the exit codes. */
export const usage: Usage = {
  operands: [{ usage: '[topic]', meaning: `a command, or ${EXIT_CODES_TOPIC}` }],
  flags: COMMON_FLAGS,
};

export async function run({ io, operands }: Invocation): Promise<number> {
  const [topic] = operands;
  if (topic === undefined) io.stdout.write(programHelp());
  else if (topic === EXIT_CODES_TOPIC) io.stdout.write(exitCodesText());
  else if (commandNames().includes(topic)) io.stdout.write(await commandHelp(topic));
  else {
    const suggestion = closest(topic, [EXIT_CODES_TOPIC, ...commandNames()]);
    throw new UsageError(`no help on "${topic}"${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`);
  }
  return EXIT_CODES.done.code;
}
