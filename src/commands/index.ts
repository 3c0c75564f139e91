import type { Command } from './shared/command.js';

/** A command in the registry: its module is loaded when it is called. */
export interface CommandEntry {
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** Every command that answers a question about a position. To add one, add a file here and a line below. */
export const commands = {
  sweep: { summary: 'prices over several leverages, entries or margins', load: () => import('./sweep.js') },
  solve: { summary: 'the leverage, margin or size for a wanted price', load: () => import('./solve.js') },
  size: { summary: 'the size of a trade from its risk and its stop', load: () => import('./size.js') },
  pnl: { summary: 'profit, return and fees between entry and exit', load: () => import('./pnl.js') },
  target: { summary: 'the exit price for a return or a profit', load: () => import('./target.js') },
  'max-open': { summary: 'the largest size that a balance can open', load: () => import('./max-open.js') },
  average: { summary: 'the average entry of fills, and their position', load: () => import('./average.js') },
  compare: { summary: 'the exact price beside those of other formulas', load: () => import('./compare.js') },
  funding: { summary: 'the cost of funding, and when it liquidates', load: () => import('./funding.js') },
  stop: { summary: 'a trailing stop from candles, and liquidation', load: () => import('./stop.js') },
} as const satisfies Readonly<Record<string, CommandEntry>>;
