import { LiqcalcError, type Problem } from '../core/errors.js';
import { listed } from '../core/names.js';
import { commandsOfFlags } from './flag-table.js';

/** The maximum number of commands that are named. */
const MOST_NAMED = 3;

/** The same error; where a flag belongs to other commands, it names them. */
export async function namingOwners({ problems }: LiqcalcError): Promise<LiqcalcError> {
  const table = await commandsOfFlags();
  return new LiqcalcError(problems.map((each) => withOwners(each, table)));
}

function withOwners(of: Problem, table: Readonly<Record<string, readonly string[]>>): Problem {
  const name = of.field.replace(/^--/, '');
  if (of.code !== 'UNKNOWN_KEY' || !of.field.startsWith('--') || !Object.hasOwn(table, name)) return of;
  const owners = table[name] ?? [];
  const named = owners.slice(0, MOST_NAMED);
  const words = owners.length > MOST_NAMED ? [...named, `${owners.length - MOST_NAMED} more`] : named;
  const why = `this command does not accept this flag; ${listed(words, 'and')} ${owners.length > 1 ? 'do' : 'does'}`;
  return { ...of, details: { ...of.details, why } };
}
