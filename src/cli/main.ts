import { isLiqcalcError } from '../core/errors.js';
import { RunError, UsageError } from './command.js';
import { exitCode } from './ending.js';
import { InputError, OutputError, type Io } from './io.js';
import { processIo } from './process-io.js';
import { flagName } from '../formats/flag-name.js';
import { printableLine } from '../report/printable.js';
import { isForPrograms } from '../report/writers/index.js';
import { guarded } from './doors.js';
import { problemList } from './problem-list.js';
import { printProgramHelp, runCommand } from './program.js';
import { VERSION } from '../core/version.js';

/**
 * The whole program: takes arguments and environment, returns the exit code.
 *
 * @param argv - the arguments after the program's name.
 */
export async function main(argv: readonly string[], surroundings: Io = processIo()): Promise<number> {
  const io = guarded(surroundings);
  try {
    return await dispatch(argv, io);
  } catch (error) {
    return await report(error, io, argv);
  }
}

/** The command that runs if no command is named and data comes through stdin. */
const PIPED_COMMAND = 'batch';
const PROGRAM_FLAGS: ReadonlySet<string> = new Set(['--help', '-h', '--version', '-V']);

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...args] = argv;
  const isProgramFlag = name !== undefined && PROGRAM_FLAGS.has(name);
  if (!isProgramFlag && (name === undefined || name.startsWith('-')) && io.stdin.isPiped()) {
    return await runCommand(PIPED_COMMAND, argv, io);
  }
  if (name === undefined || name === '--help' || name === '-h') await printProgramHelp(io);
  else if (name === '--version' || name === '-V') io.stdout.write(`${VERSION}\n`);
  else if (name.startsWith('-')) throw new UsageError(`write flags after the command: liqcalc COMMAND ${name}`);
  else return await runCommand(name, args, io);
  return exitCode({ kind: 'answered' });
}

/** Prints the error to stderr, never to stdout, and returns the exit code. */
async function report(error: unknown, io: Io, argv: readonly string[]): Promise<number> {
  const words = wordsOf(error, io);
  if (words !== undefined) {
    const isForProgram = isRequestedByProgram(argv);
    io.stderr.write(isForProgram ? (await import('./error-json.js')).errorJson(error, words) : `liqcalc: ${words}\n`);
  }
  return exitCode({ kind: 'failed', error });
}

/** Whether the call requests a format for programs: errors are then printed as JSON, too. */
function isRequestedByProgram(args: readonly string[]): boolean {
  const formats = args.map((word, at) => (word === '--format' ? args[at + 1] : /^--format=(.*)$/s.exec(word)?.[1]));
  return args.includes('--json') || formats.some((format) => isForPrograms(format?.toLowerCase() ?? ''));
}

/** The message of an error; `undefined` if a reader closed the output early, which is not an error. */
function wordsOf(error: unknown, { env }: Io): string | undefined {
  if (error instanceof OutputError) {
    return error.kind === 'closed' ? undefined : `output cannot be written: ${error.message}`;
  }
  if (isLiqcalcError(error)) return problemList(error.problems, flagName);
  if (error instanceof InputError) return printableLine(error.message);
  if (error instanceof RunError || error instanceof UsageError) return error.message;
  const stack = error instanceof Error && env['LIQCALC_DEBUG'] === '1' ? `\n${error.stack ?? ''}` : '';
  const message = error instanceof Error ? error.message : String(error);
  return `a bug in liqcalc: ${message.replace(/\n.*/s, '')}; LIQCALC_DEBUG=1 prints the stack${stack}`;
}
