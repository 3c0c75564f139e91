import { Command, CommanderError, Option } from 'commander';
import { UsageError } from './command.js';
import { type Flag, type Parsed, type Usage } from './flags.js';

const HELP_WIDTH = 80;

function optionOf({ name, short, placeholder, meaning, heading, choices, repeats }: Flag): Option {
  const flags = `${short === undefined ? '' : `-${short}, `}--${name}${placeholder === undefined ? '' : ` <${placeholder}>`}`;
  const option = new Option(flags, choices ? `${meaning} (${choices.join(', ')})` : meaning).helpGroup(`${heading}:`);
  if (repeats) option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  return option;
}

function commandOf(name: string, usage: Usage): Command {
  const command = new Command(`liqcalc ${name}`);
  command.helpOption(false).helpCommand(false).allowUnknownOption().exitOverride();
  command.configureOutput({
    writeErr: () => undefined,
    getOutHelpWidth: () => HELP_WIDTH,
    getOutHasColors: () => false,
  });
  for (const operand of usage.operands) command.argument(operand.usage, operand.meaning);
  for (const flag of usage.flags) command.addOption(optionOf(flag));
  return command;
}

/**
 * Parses the arguments of a command; flags that are not known are kept apart, so that all problems are told at once.
 *
 * @throws {UsageError} for a flag whose value is missing.
 */
export function parseArguments(name: string, usage: Usage, args: readonly string[]): Parsed {
  refuseFlagsAsValues(args, usage);
  const command = commandOf(name, usage);
  try {
    const { operands, unknown } = command.parseOptions([...args]);
    return { operands, unknown, options: command.opts() };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const flag = /--[a-z-]+/.exec(error.message)?.[0];
    throw new UsageError(flag === undefined ? error.message.replace(/^error: /, '') : `${flag}: its value is missing`);
  }
}

/** A flag that would take the next flag for its value lacks one. */
function refuseFlagsAsValues(args: readonly string[], { flags }: Usage): void {
  args.forEach((word, place) => {
    const flag = flags.find(({ name, placeholder }) => placeholder !== undefined && word === `--${name}`);
    if (flag && flags.some(({ name }) => args[place + 1] === `--${name}`)) {
      throw new UsageError(`--${flag.name}: its value is missing`);
    }
  });
}

/** The help of a command. */
export function helpText(name: string, summary: string, usage: Usage): string {
  return commandOf(name, usage).description(summary).helpInformation();
}
