import type { CommandEntry } from '../command.js';
import * as position from './position.js';

/**
 * Every command by name: a new one is a file here and a line below. One position is what most calls ask for, so its module
 * comes with the program; the others are loaded when they are called.
 */
export const commands: Readonly<Record<string, CommandEntry>> = {
  long: { summary: 'where a long position is liquidated', load: () => Promise.resolve(position) },
  short: { summary: 'where a short position is liquidated', load: () => Promise.resolve(position) },
  batch: { summary: 'a stream of positions: JSON, NDJSON or CSV', load: () => import('./batch.js') },
  account: {
    summary: 'a cross account: every price, and the market move that takes it',
    load: () => import('./account.js'),
  },
  sweep: {
    summary: 'liquidation over several leverages, entries or margins, with bars',
    load: () => import('./sweep.js'),
  },
  solve: {
    summary: 'what puts liquidation at a price: leverage, added margin, size',
    load: () => import('./solve.js'),
  },
  size: { summary: 'the size of a trade, and the leverage it can have', load: () => import('./size.js') },
  pnl: { summary: 'profit, return and fees between entry and exit', load: () => import('./pnl.js') },
  target: { summary: 'the exit price for a return or a profit', load: () => import('./target.js') },
  'max-open': { summary: 'the largest size that a balance opens at a leverage', load: () => import('./max-open.js') },
  average: {
    summary: 'the average entry of fills, and every result of the position',
    load: () => import('./average.js'),
  },
  compare: { summary: 'the exact price beside what other formulas say', load: () => import('./compare.js') },
  funding: { summary: 'what funding costs, and when it liquidates by itself', load: () => import('./funding.js') },
  stop: {
    summary: 'a trailing stop from candles, and whether liquidation comes first',
    load: () => import('./stop.js'),
  },
  check: { summary: 'the risk rules on a position or an account, like a linter', load: () => import('./check.js') },
  brackets: { summary: 'the bracket tables: list, show, check and bring them', load: () => import('./brackets.js') },
  schema: { summary: 'JSON Schema of what is read and what is printed', load: () => import('./schema.js') },
  completion: { summary: 'completion of commands, flags and values in a shell', load: () => import('./completion.js') },
  help: { summary: 'help on a command, or on exit-codes', load: () => import('./help.js') },
};
