import { fail, type Problem } from '../core/errors.js';
import { NO_LIST } from '../schema/brackets.js';
import { readJson, type Schema } from '../schema/issues.js';
import type { JsonValue } from '../schema/json-value.js';

/** Refuses a table. */
export function refuse(table: string, fault: string): never {
  return fail('INVALID_BRACKETS', '', { table, fault });
}

/**
 * Reads a table as written.
 *
 * @param table - its name in faults.
 * @throws {LiqcalcError} `INVALID_BRACKETS` with the first fault.
 */
export function readTable<T extends object>(schema: Schema<T>, value: JsonValue, table: string): T {
  const problems: Problem[] = [];
  return readJson(schema, value, '', problems) ?? refuse(table, problems.map(faultOf)[0] ?? NO_LIST);
}

/** A problem as the fault of a table: `no. 3: rate is missing`. */
function faultOf(of: Problem): string {
  const { steps, key } = placeOf(of.field);
  if (of.code === 'MISSING') {
    const [missing = ''] = of.details.give;
    return missing === 'brackets' ? NO_LIST : within([...steps, ...key], `${missing} is missing`);
  }
  if (of.code === 'DUPLICATE_KEY') return within(steps, `${shownText(key.join(''))} occurs twice`);
  const { advice = '' } = of.code === 'NOT_A_VALUE' ? of.details : {};
  return advice.startsWith('is ') ? within(steps, `${key.join('')} ${advice}`) : within([...steps, ...key], advice);
}

/** The path to a place in a table, and the key there: `brackets[2].info.cum` is `no. 3`, `info` and `cum`. */
function placeOf(field: string): { readonly steps: readonly string[]; readonly key: readonly string[] } {
  const names = field.split(/[.[\]]+/).filter((each) => each !== '' && each !== 'brackets');
  const steps = names.map((each) => (/^\d+$/.test(each) ? `no. ${Number(each) + 1}` : each));
  const isKey = /[^\]]$/.test(field) && steps.length > 0;
  return isKey ? { steps: steps.slice(0, -1), key: steps.slice(-1) } : { steps, key: [] };
}

const within = (steps: readonly string[], fault: string): string =>
  steps.length === 0 ? fault : `${steps.join(', ')}: ${fault}`;

/** Text from a file as faults show it: short, and without control characters. */
export function shownText(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 37)}...` : text);
}
