import { LiqcalcError, type Problem } from '../core/errors.js';
import { listed } from '../core/names.js';
import type { CommandManual } from './command.js';

/** The maximum number of commands that are named. */
const MOST_NAMED = 3;

/** The same error; where a flag belongs to other commands, it names them. */
export function namingOwners({ problems }: LiqcalcError, commands: readonly CommandManual[]): LiqcalcError {
  return new LiqcalcError(problems.map((each) => withOwners(each, commands)));
}

function withOwners(of: Problem, commands: readonly CommandManual[]): Problem {
  if (of.code !== 'UNKNOWN_KEY') return of;
  const owners = commands
    .filter(({ usage }) => usage.flags.some(({ name, isIdle }) => of.field === `--${name}` && !isIdle))
    .map(({ name }) => name);
  const [owner] = owners;
  if (owner === undefined) return of;
  const named = owners.slice(0, MOST_NAMED);
  const words = owners.length > MOST_NAMED ? [...named, `${owners.length - MOST_NAMED} more`] : named;
  const why = `this command does not accept this flag; ${listed(words, 'and')} ${owners.length > 1 ? 'do' : 'does'}`;
  return { ...of, details: { ...of.details, why } };
}
