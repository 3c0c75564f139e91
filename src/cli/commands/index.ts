import { commands as answering } from '../../commands/index.js';
import type { CommandEntry } from '../command.js';
import { planModule, positionModule } from '../plan.js';

/** The commands that answer a question about a position. */
const questions: Readonly<Record<string, CommandEntry>> = Object.fromEntries(
  Object.entries(answering).map(([name, { summary, load }]) => [
    name,
    {
      summary,
      load: async () => planModule((await load()).command),
    },
  ]),
);

/**
 * Every command by name. To add one, add a file here and a line below. Most calls ask for one position, so its module
 * is part of the program; the others are loaded when they are called.
 */
export const commands: Readonly<Record<string, CommandEntry>> = {
  long: { summary: 'where a long position is liquidated', load: () => Promise.resolve(positionModule('long')) },
  short: { summary: 'where a short position is liquidated', load: () => Promise.resolve(positionModule('short')) },
  batch: { summary: 'a stream of positions: JSON, NDJSON or CSV', load: () => import('./batch.js') },
  account: {
    summary: 'a cross account: every liquidation price, and the market move to it',
    load: () => import('./account.js'),
  },
  ...questions,
  check: { summary: 'the risk rules on a position or an account, like a linter', load: () => import('./check.js') },
  brackets: { summary: 'bracket tables: list, show, validate, import, compare', load: () => import('./brackets.js') },
  schema: { summary: 'JSON Schema of what is read and what is printed', load: () => import('./schema.js') },
  completion: { summary: 'completion of commands, flags and values in a shell', load: () => import('./completion.js') },
  help: { summary: 'help on a command, or on exit-codes', load: () => import('./help.js') },
};
