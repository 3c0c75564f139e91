import type { Command } from './shared/command.js';

/** A command in the registry: its module is loaded when it is called. */
export interface CommandEntry {
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** Every command that answers a question about a position. To add one, add a file here and a line below. */
export const commands = {
  sweep: {
    summary: 'liquidation prices over several leverages, entries or margins',
    load: () => import('./sweep.js'),
  },
  solve: {
    summary: 'the leverage, margin or size that puts liquidation at a price',
    load: () => import('./solve.js'),
  },
  size: { summary: 'the size of a trade from its risk, and its highest leverage', load: () => import('./size.js') },
  pnl: { summary: 'profit, return and fees between entry and exit', load: () => import('./pnl.js') },
  target: { summary: 'the exit price for a return or a profit', load: () => import('./target.js') },
  'max-open': {
    summary: 'the largest size that a balance allows at a leverage',
    load: () => import('./max-open.js'),
  },
  average: {
    summary: 'the average entry of fills, and every result of the position',
    load: () => import('./average.js'),
  },
  compare: { summary: 'the exact price beside the prices of other formulas', load: () => import('./compare.js') },
  funding: { summary: 'the cost of funding, and when funding alone liquidates', load: () => import('./funding.js') },
  stop: {
    summary: 'a trailing stop from candles, and whether liquidation comes first',
    load: () => import('./stop.js'),
  },
} as const satisfies Readonly<Record<string, CommandEntry>>;
