import { choice } from '../../core/choice.js';
import { LiqcalcError } from '../../core/errors.js';
import { listed } from '../../core/names.js';
import { commands } from '../../commands/index.js';
import type { Command } from '../../commands/shared/command.js';
import { planSchema } from '../../commands/shared/plan-schema.js';
import { schemasOf } from '../../commands/shared/schemas.js';
import { UsageError, type Invocation } from '../command.js';
import { exitCode } from '../ending.js';
import { BARE_FLAGS, type Usage } from '../flags.js';
import { excessProblems, unknownFlagProblems } from '../options.js';

/** Every schema that can be printed. */
const SCHEMAS = {
  ...schemasOf,
  'plan-output': async () => planSchema(await allCommands()),
} satisfies Readonly<Record<string, () => object | Promise<object>>>;

async function allCommands(): Promise<Readonly<Record<string, Command>>> {
  const loaded = Object.entries(commands).map(async ([name, { load }]) => [name, (await load()).command] as const);
  return Object.fromEntries(await Promise.all(loaded));
}

const NAMES = Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[];

const NAME_WORDS = listed(NAMES);

/** `liqcalc schema NAME`: a JSON Schema. */
export const usage: Usage = {
  help: {
    usual: ['help', 'version'],
    examples: ['schema input', 'schema account'],
  },
  operands: [{ usage: '<name>', meaning: NAME_WORDS, choices: NAMES }],
  flags: BARE_FLAGS,
};

export async function run({ io, operands, unknown }: Invocation): Promise<number> {
  const [operand, ...excess] = operands;
  if (operand === undefined) throw new UsageError(`name a schema: ${NAME_WORDS}`);
  const problems = [...unknownFlagProblems(unknown, usage), ...excessProblems(excess)];
  const name = choice('', operand, NAMES, problems);
  if (!name || problems.length > 0) throw new LiqcalcError(problems);
  const schema: object = await Promise.resolve(SCHEMAS[name]());
  io.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
  return exitCode({ kind: 'answered' });
}
