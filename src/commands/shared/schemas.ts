import { accountSchema } from '../../formats/account-schema.js';
import { JSON_SCHEMAS } from '../../formats/schema.js';
import { bracketsOutput } from '../../schema/brackets-output.js';
import { checkOutput } from '../../schema/check-output.js';
import { configFile } from '../../formats/config-file.js';
import { watchEvents } from '../../schema/watch.js';
import { jsonSchemaOf } from '../../schema/json-schema.js';

/** The JSON Schemas of what is read and written, by name; that of planning commands needs the commands. */
export const schemasOf = {
  input: JSON_SCHEMAS.input,
  output: JSON_SCHEMAS.output,
  account: accountSchema,
  'account-output': JSON_SCHEMAS['account-output'],
  'plan-output': undefined,
  'check-output': checkOutput,
  'brackets-output': bracketsOutput,
  'error-output': JSON_SCHEMAS['error-output'],
  watch: watchEvents,
  config: () => jsonSchemaOf(configFile()),
} as const;
