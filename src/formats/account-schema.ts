import { accountJson } from '../schema/account-json.js';
import type { JsonSchema } from '../schema/json-notes.js';
import { optional, type Members } from '../schema/object.js';
import { valueSchema } from '../schema/value.js';
import { FIELD_LIST, FIELDS } from './fields.js';
import { riskMembers } from './risk-account.js';
import { meaningOf } from './schema.js';

const fields: Members = Object.fromEntries(
  FIELD_LIST.map(([key, field]) => [
    key,
    optional(valueSchema(field), { also: field.aliases, meaning: meaningOf(field) }),
  ]),
);

/**
 * The JSON Schema of an account, as `liqcalc check` reads it: it covers what the program refuses, as far as a schema
 * can express it.
 */
export const accountSchema = (): JsonSchema =>
  accountJson({ fields, spellingsOf: (key) => [key, ...FIELDS[key].aliases], data: riskMembers() });
