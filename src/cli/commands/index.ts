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
  long: { summary: 'liquidation price of a long position', load: () => Promise.resolve(positionModule('long')) },
  short: { summary: 'liquidation price of a short position', load: () => Promise.resolve(positionModule('short')) },
  batch: { summary: 'liquidation prices of a stream: JSON, NDJSON or CSV', load: () => import('./batch.js') },
  account: {
    summary: 'liquidation prices of an account, and the move that liquidates it',
    load: () => import('./account.js'),
  },
  ...questions,
  check: {
    summary: 'check a position or an account against risk rules, like a linter',
    load: () => import('./check.js'),
  },
  brackets: {
    summary: 'bracket tables: list, show, validate, import, remove, diff',
    load: () => import('./brackets.js'),
  },
  schema: { summary: 'JSON Schemas of inputs and outputs', load: () => import('./schema.js') },
  completion: { summary: 'shell completion of commands, flags and values', load: () => import('./completion.js') },
  help: { summary: 'help on a command, or on exit-codes', load: () => import('./help.js') },
};
