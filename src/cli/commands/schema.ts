import { choice } from '../choice.js';
import { LiqcalcError } from '../../core/errors.js';
import { listed } from '../../core/names.js';
import { accountSchema } from '../../formats/account-schema.js';
import { bracketsOutput } from '../../schema/brackets-output.js';
import { checkOutput } from '../../schema/check-output.js';
import { configFile } from '../../schema/config.js';
import { jsonSchemaOf } from '../../schema/json-schema.js';
import { planSchema } from '../../commands/shared/plan-schema.js';
import { JSON_SCHEMAS } from '../../formats/schema.js';
import { UsageError, type Invocation } from '../command.js';
import { exitCode } from '../ending.js';
import { UNALARMED_FLAGS, type Usage } from '../flags.js';
import { excessProblems, unknownFlagProblems } from '../options.js';

/** Every schema that can be printed. */
const SCHEMAS = {
  input: JSON_SCHEMAS.input,
  output: JSON_SCHEMAS.output,
  account: accountSchema,
  'account-output': JSON_SCHEMAS['account-output'],
  'plan-output': planSchema,
  'check-output': checkOutput,
  'brackets-output': bracketsOutput,
  'error-output': JSON_SCHEMAS['error-output'],
  config: () => jsonSchemaOf(configFile()),
} satisfies Readonly<Record<string, () => object | Promise<object>>>;
const NAMES = Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[];

const NAME_WORDS = listed(NAMES);

/** `liqcalc schema NAME`: a JSON Schema. */
export const usage: Usage = {
  operands: [{ usage: '<name>', meaning: NAME_WORDS, choices: NAMES }],
  flags: UNALARMED_FLAGS,
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
