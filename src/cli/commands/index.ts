import type { CommandEntry } from '../command.js';

/** Every command by name: a new one is a file here and a line below. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  long: { summary: 'where a long position is liquidated', load: () => import('./position.js') },
  short: { summary: 'where a short position is liquidated', load: () => import('./position.js') },
  account: {
    summary: 'a cross account: every price, and the market move that takes it',
    load: () => import('./account.js'),
  },
  schema: { summary: 'JSON Schema of input, output or account', load: () => import('./schema.js') },
  help: { summary: 'help on a command, or on exit-codes', load: () => import('./help.js') },
};
