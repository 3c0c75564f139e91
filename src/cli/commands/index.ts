import type { CommandEntry } from '../command.js';
import * as position from './position.js';

/**
 * Every command by name: a new one is a file here and a line below. One position is what most calls ask for, so its module
 * comes with the program; the others are loaded when they are called.
 */
export const commands: Readonly<Record<string, CommandEntry>> = {
  long: { summary: 'where a long position is liquidated', load: () => Promise.resolve(position) },
  short: { summary: 'where a short position is liquidated', load: () => Promise.resolve(position) },
  brackets: { summary: 'the bracket tables: list, show, check and bring them', load: () => import('./brackets.js') },
  batch: { summary: 'a stream of positions: JSON, NDJSON or CSV', load: () => import('./batch.js') },
  schema: { summary: 'JSON Schema of input or output', load: () => import('./schema.js') },
  help: { summary: 'help on a command, or on exit-codes', load: () => import('./help.js') },
};
