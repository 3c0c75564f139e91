import { kebab } from '../schema/input.js';
import { FIELDS, type Field } from './fields.js';
import { fieldOfKey } from './record.js';

/** The name of a field in messages on the command line: its flag. */
export function flagName(field: string): string {
  const key = fieldOfKey(field);
  if (key === undefined) return /^[a-z][\w-]*$/i.test(field) ? `--${kebab(field)}` : field;
  const { flag }: Field = FIELDS[key];
  return flag === undefined ? '<side>' : `--${flag}`;
}
