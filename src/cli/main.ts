import { isLiqcalcError } from '../core/errors.js';
import { RunError, UsageError } from './command.js';
import { EXIT_CODES } from './exit-codes.js';
import { InputError, OutputError, type Io } from './io.js';
import { processIo } from './process-io.js';
import { flagName } from './flags.js';
import { printableLine } from '../presenters/printable.js';
import { guarded } from './doors.js';
import { problemList } from './problem-list.js';
import { programHelp, runCommand } from './program.js';
import { VERSION } from './version.js';

/**
 * The whole program: arguments and surroundings in, exit code out.
 *
 * @param argv - the arguments after the program's name.
 */
export async function main(argv: readonly string[], surroundings: Io = processIo()): Promise<number> {
  const io = guarded(surroundings);
  try {
    return await dispatch(argv, io);
  } catch (error) {
    return report(error, io);
  }
}

/** The command that is meant where none is named and data comes through stdin. */
const PIPED_COMMAND = 'batch';
const PROGRAM_FLAGS: ReadonlySet<string> = new Set(['--help', '-h', '--version', '-V']);

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...args] = argv;
  const isProgramFlag = name !== undefined && PROGRAM_FLAGS.has(name);
  if (!isProgramFlag && (name === undefined || name.startsWith('-')) && io.stdin.isPiped()) {
    return await runCommand(PIPED_COMMAND, argv, io);
  }
  if (name === undefined || name === '--help' || name === '-h') io.stdout.write(programHelp());
  else if (name === '--version' || name === '-V') io.stdout.write(`${VERSION}\n`);
  else if (name.startsWith('-')) throw new UsageError(`flags go after the command: liqcalc COMMAND ${name}`);
  else return await runCommand(name, args, io);
  return EXIT_CODES.done.code;
}

/** Says on stderr what went wrong and gives the exit code; nothing of it reaches stdout. */
function report(error: unknown, io: Io): number {
  if (error instanceof OutputError) return reportOutput(error, io);
  if (isLiqcalcError(error)) {
    const words = problemList(error.problems, flagName);
    return say(io, words, error.code === 'INVALID_BRACKETS' ? 'invalidRecords' : 'usage');
  }
  if (error instanceof RunError) return say(io, error.message, error.exit);
  if (error instanceof InputError) return say(io, printableLine(error.message), 'unreadable');
  if (error instanceof UsageError) return say(io, error.message, 'usage');
  const stack = error instanceof Error && io.env['LIQCALC_DEBUG'] === '1' ? `\n${error.stack ?? ''}` : '';
  const message = error instanceof Error ? error.message : String(error);
  return say(io, `a bug of liqcalc: ${message.replace(/\n.*/s, '')}; LIQCALC_DEBUG=1 shows where${stack}`, 'bug');
}

function say(io: Io, words: string, code: keyof typeof EXIT_CODES): number {
  io.stderr.write(`liqcalc: ${words}\n`);
  return EXIT_CODES[code].code;
}

function reportOutput(error: OutputError, io: Io): number {
  if (error.kind === 'closed') return EXIT_CODES.done.code;
  return say(io, `output cannot be written: ${error.message}`, 'unwritable');
}
