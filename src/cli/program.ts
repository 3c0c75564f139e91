import { isLiqcalcError, type LiqcalcError } from '../core/errors.js';
import { closest } from '../core/names.js';
import { printableLine } from '../report/printable.js';
import { configPath } from './config-folder.js';
import {
  UsageError,
  type CommandEntry,
  type Invocation,
  type CommandManual,
  type CommandModule,
  type HelpPages,
  type ProgramHelp,
} from './command.js';
import { commands } from './commands/index.js';
import { exitCode } from './ending.js';
import type { Style } from '../report/style.js';
import type { Parsed } from './flags.js';
import type { Io } from './io.js';
import { colorOf } from './options.js';
import { printText } from './text.js';
import { parseArguments } from './parser.js';
import { VERSION } from '../core/version.js';

const NAMES: readonly string[] = Object.keys(commands);

/** Loads a command by its name, in any case. */
async function load(
  written: string,
  io?: Io,
): Promise<{ name: string; module: CommandModule; summary: string; group: CommandEntry['group'] }> {
  const name = written.toLowerCase();
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!entry) throw new UsageError((io && (await fileWords(written, io))) ?? unknownCommand(written));
  return { name, module: await entry.load(), summary: entry.summary, group: entry.group };
}

/** How to read a file that was named in place of a command. */
async function fileWords(written: string, io: Io): Promise<string | undefined> {
  return /[./\\]/.test(written) ? (await import('./file-command.js')).fileCommandWords(written, io) : undefined;
}

function unknownCommand(name: string): string {
  const suggestion = closest(name, NAMES);
  return `unknown command "${printableLine(name)}"${suggestion === undefined ? '; liqcalc --help lists them' : `; did you mean ${suggestion}?`}`;
}

/** The help of the whole program. */
async function programHelp(style: Style, part: ProgramHelp = 'brief'): Promise<string> {
  return (await import('./help/program-help.js')).programHelp(commands, part, style);
}

/** Prints the help of the whole program. */
export function printProgramHelp(io: Io): Promise<void> {
  return printText(io, { color: 'auto' }, (style) => programHelp(style));
}

/** The help of one command. */
async function commandHelp(written: string, style: Style, isShort = false): Promise<string> {
  const { module, summary, name } = await load(written);
  const { longHelp, shortHelp } = await import('./help/command-help.js');
  return (isShort ? shortHelp : longHelp)({ name, summary, usage: module.usage }, style);
}

/** Every command with its usage. */
async function commandManuals(): Promise<readonly CommandManual[]> {
  return Promise.all(
    Object.entries(commands).map(async ([name, { summary, load: module }]) => {
      const { usage } = await module();
      return { name, summary, usage };
    }),
  );
}

const HELP_PAGES: HelpPages = {
  topics: NAMES,
  program: programHelp,
  command: commandHelp,
  manuals: commandManuals,
};

/** Runs a command with its arguments. */
export async function runCommand(written: string, args: readonly string[], io: Io): Promise<number> {
  const { module, name, group } = await load(written, io);
  const { usage } = module;
  const parsed = parseArguments(name, usage, args);
  if (parsed.options['help'] === true) await printHelp(io, name, parsed, args);
  else if (parsed.options['version'] === true) io.stdout.write(`${VERSION}\n`);
  else {
    const call = { io, name, usage, help: HELP_PAGES, ...parsed };
    try {
      const code = await module.run(group === 'data' ? call : await withDefaults(call));
      noteUnusedFormat(io, parsed.options);
      return code;
    } catch (error) {
      throw isLiqcalcError(error) && parsed.unknown.length > 0 ? await withOwners(error) : error;
    }
  }
  return exitCode({ kind: 'answered' });
}

/** `--only` prints bare values: a format beside it has no effect. */
function noteUnusedFormat({ stderr }: Io, { only, format, json, quiet }: Parsed['options']): void {
  if (only === undefined || quiet === true || (format === undefined && json !== true)) return;
  stderr.write(
    `liqcalc: warning: --only prints bare values; ${format === undefined ? '--json' : '--format'} has no effect\n`,
  );
}

/** An error about unknown flags that names the commands which have them. */
async function withOwners(error: LiqcalcError): Promise<LiqcalcError> {
  return (await import('./flag-owners.js')).namingOwners(error);
}

/** A call with the defaults of the user's file. Without a file, its reader is not loaded. */
async function withDefaults(call: Invocation): Promise<Invocation> {
  const path = configPath(call.io, call.options);
  return path === undefined ? call : (await import('./config.js')).configured(call, path);
}

/** Prints the help of a command: short for `-h`, whole for `--help`. */
async function printHelp(io: Io, name: string, { options }: Parsed, args: readonly string[]): Promise<void> {
  const color = colorOf(options, []);
  await printText(io, { color }, (style) => commandHelp(name, style, !args.includes('--help')));
}
