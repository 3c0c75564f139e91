import type { ExitName } from './exit-codes.js';
import type { Parsed, Usage } from './flags.js';
import type { Io } from './io.js';

/** A call of one command, its arguments parsed. */
export interface Invocation extends Parsed {
  readonly io: Io;
  /** Its name in the registry; the user may write it in any case. */
  readonly name: string;
  readonly usage: Usage;
  readonly help: HelpPages;
}

/** A command for help, completion and the manual. */
export interface CommandManual {
  readonly name: string;
  readonly summary: string;
  readonly usage: Usage;
}

/** The pages that `liqcalc help` can print. */
export interface HelpPages {
  /** The names of all commands. */
  readonly topics: readonly string[];
  readonly program: () => string;
  readonly command: (name: string) => Promise<string>;
  /** Every command, with its module loaded. */
  readonly manuals: () => Promise<readonly CommandManual[]>;
}

/** What a file in `commands/` provides. */
export interface CommandModule {
  readonly usage: Usage;
  /** @returns the exit code. */
  readonly run: (invocation: Invocation) => number | Promise<number>;
}

/** A command in the registry: its module is loaded when it is called. */
export interface CommandEntry {
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

/** A usage error without a field: a message for stderr, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** An error that ends the run with its own exit code and a message for stderr. */
export class RunError extends Error {
  override readonly name = 'RunError';

  constructor(
    message: string,
    readonly exit: ExitName,
  ) {
    super(message);
  }
}
