import type { FieldName, Problem } from '../core/errors.js';
import type { Configuration } from '../core/risk/configuration.js';
import type { ExitName } from './exit-codes.js';
import type { Parsed, Usage } from './flags.js';
import type { Style } from '../report/style.js';
import type { Io } from './io.js';

/** A call of one command, its arguments parsed. */
export interface Invocation extends Parsed {
  readonly io: Io;
  /** Its name in the registry; the user may write it in any case. */
  readonly name: string;
  readonly usage: Usage;
  readonly help: HelpPages;
  /** The file of defaults and rules that was read, with its rules. Its defaults are among the options. */
  readonly config?: { readonly path: string; readonly rules: Configuration };
}

/** A command for help, completion and the manual. */
export interface CommandManual {
  readonly name: string;
  readonly summary: string;
  readonly usage: Usage;
}

/** Whether the help of the program lists the topics, too. */
export type ProgramHelp = 'brief' | 'with topics';

/** The pages that `liqcalc help` can print. */
export interface HelpPages {
  /** The names of all commands. */
  readonly topics: readonly string[];
  readonly program: (style: Style, part?: ProgramHelp) => Promise<string>;
  /** The whole help of a command. */
  readonly command: (name: string, style: Style) => Promise<string>;
  /** Every command, with its module loaded. */
  readonly manuals: () => Promise<readonly CommandManual[]>;
}

/** What a file in `commands/` provides. */
export interface CommandModule {
  readonly usage: Usage;
  /** @returns the exit code. */
  readonly run: (invocation: Invocation) => number | Promise<number>;
}

/** The groups of commands in help, in order. */
export const GROUPS = ['price', 'book', 'before the trade', 'rules', 'data'] as const;

/** A command in the registry: its module is loaded when it is called. */
export interface CommandEntry {
  readonly group: (typeof GROUPS)[number];
  /** Commands of a group with the same summary share a line of help. */
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

/** A usage error: a message for stderr, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  /** @param about - its problems, if it has any, and how they name fields. */
  constructor(
    message: string,
    readonly about?: { readonly problems: readonly Problem[]; readonly name: FieldName },
  ) {
    super(message);
  }
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
