import { closest } from '../core/names.js';
import { printableLine } from '../report/printable.js';
import { UsageError, type CommandManual, type CommandModule, type HelpPages } from './command.js';
import { commands } from './commands/index.js';
import { exitCode } from './ending.js';
import type { Io } from './io.js';
import { parseArguments } from './parser.js';
import { VERSION } from './version.js';

const NAMES: readonly string[] = Object.keys(commands);

/** Loads a command by its name, in any case. */
async function load(written: string, io?: Io): Promise<{ name: string; module: CommandModule; summary: string }> {
  const name = written.toLowerCase();
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!entry) throw new UsageError((io && (await fileWords(written, io))) ?? unknownCommand(written));
  return { name, module: await entry.load(), summary: entry.summary };
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
export function programHelp(): string {
  const width = Math.max(...NAMES.map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}\n`);
  return `liqcalc ${VERSION}: exact liquidation prices for leveraged futures positions

Usage: liqcalc COMMAND [ARGUMENTS]

Commands:
${lines.join('')}
Examples:
  liqcalc long --entry 30000 --lev 10 --mmr 0.5
  liqcalc short BTCUSDT --entry 60000 --lev 20 --qty 0.5 --mark 61000 --explain
  liqcalc long --entry 30000 --lev 10 --mmr 0.5 --only liquidationPrice

liqcalc COMMAND --help lists the flags of a command, liqcalc help exit-codes the
exit codes.
`;
}

/** The help of one command. */
async function commandHelp(written: string): Promise<string> {
  const { module, summary, name } = await load(written);
  const { helpText } = await import('./help-text.js');
  return helpText(name, summary, module.usage);
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
  const { module, name } = await load(written, io);
  const { usage } = module;
  const parsed = parseArguments(name, usage, args);
  if (parsed.options['help'] === true) io.stdout.write(await commandHelp(name));
  else if (parsed.options['version'] === true) io.stdout.write(`${VERSION}\n`);
  else return module.run({ io, name, usage, help: HELP_PAGES, ...parsed });
  return exitCode({ kind: 'answered' });
}
