import { Command, CommanderError, Option } from 'commander';
import { LiqcalcError, problem } from '../core/errors.js';
import { UsageError } from './command.js';
import type { Flag, Parsed, Usage } from './flags.js';

function optionOf({ name, short, placeholder, repeats }: Flag): Option {
  const flags = `${short === undefined ? '' : `-${short}, `}--${name}${placeholder === undefined ? '' : ` <${placeholder}>`}`;
  const option = new Option(flags);
  if (repeats) option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  return option;
}

/** A new command for each call: commander keeps what it parsed. */
function commandOf(name: string, flags: readonly Flag[]): Command {
  const command = new Command(`liqcalc ${name}`);
  command.helpOption(false).helpCommand(false).allowUnknownOption().exitOverride();
  command.configureOutput({ writeErr: () => undefined });
  for (const flag of flags) command.addOption(optionOf(flag));
  return command;
}

/** Only the flags that occur in the arguments: to create the others at every start would cost time for nothing. */
function flagsAmong(args: readonly string[], flags: readonly Flag[]): readonly Flag[] {
  const words = new Set(args.map((word) => word.split('=', 1)[0]));
  const letters = args.filter((word) => /^-[^-]/.test(word)).join('');
  return flags.filter(({ name, short }) => words.has(`--${name}`) || (short !== undefined && letters.includes(short)));
}

/**
 * Parses the arguments of a command. Unknown flags are kept separate, so that all problems are reported at once.
 *
 * @throws {UsageError} for a flag whose value is missing.
 * @throws {LiqcalcError} for `--x` with `--no-x`.
 */
export function parseArguments(name: string, usage: Usage, args: readonly string[]): Parsed {
  const flags = flagsAmong(args, usage.flags);
  refuseFlagsAsValues(args, flags);
  const command = commandOf(name, flags);
  const written = new Set<string>();
  for (const each of flags) command.on(`option:${each.name}`, () => written.add(each.name));
  try {
    const { operands, unknown } = command.parseOptions([...args]);
    refuseContradictions(written);
    return { operands, unknown, options: writtenOptions(command) };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const flag = /--[a-z-]+/.exec(error.message)?.[0];
    throw new UsageError(flag === undefined ? error.message.replace(/^error: /, '') : `${flag}: its value is missing`);
  }
}

/**
 * The options that were written, without commander's defaults: to it, `--no-x` means that `x` is on unless it is
 * written.
 */
function writtenOptions(command: Command): Parsed['options'] {
  const isWritten = ([key]: readonly [string, unknown]): boolean => command.getOptionValueSource(key) === 'cli';
  return Object.fromEntries(Object.entries(command.opts()).filter(isWritten));
}

/** Rejects a flag whose value would be the next flag: its value is missing. */
function refuseFlagsAsValues(args: readonly string[], flags: readonly Flag[]): void {
  args.forEach((word, place) => {
    const flag = flags.find(({ name, placeholder }) => placeholder !== undefined && word === `--${name}`);
    if (flag && flags.some(({ name }) => args[place + 1] === `--${name}`)) {
      throw new UsageError(`--${flag.name}: its value is missing`);
    }
  });
}

/** Rejects `--x` with `--no-x`: they share one option, so one of them would be ignored. */
function refuseContradictions(written: ReadonlySet<string>): void {
  const both = [...written].filter((name) => written.has(`no-${name}`));
  const why = 'one says the opposite of the other';
  if (both.length > 0)
    throw new LiqcalcError(both.map((name) => problem('CONFLICT', `--no-${name}`, { with: `--${name}`, why })));
}
