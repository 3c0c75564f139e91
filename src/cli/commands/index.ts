import { commands as answering } from '../../commands/index.js';
import type { CommandEntry } from '../command.js';
import type { LiveDatum } from '../live/fill.js';
import { planModule, positionModule } from '../plan.js';

/** What `--live` requests for a question, besides mark and brackets. */
const LIVE_DATA: Readonly<Record<string, readonly LiveDatum[]>> = { funding: ['rates'], stop: ['candles'] };

/** The commands that answer a question about a position. */
const questions: Readonly<Record<string, CommandEntry>> = Object.fromEntries(
  Object.entries(answering).map(([name, { summary, load }]) => [
    name,
    {
      group: 'before the trade',
      summary,
      load: async () => planModule((await load()).command, LIVE_DATA[name]),
    },
  ]),
);

const ONE_POSITION = 'liquidation price of a long or a short position';

/**
 * Every command by name. To add one, add a file here and a line below. Most calls ask for one position, so its module
 * is part of the program; the others are loaded when they are called.
 */
export const commands: Readonly<Record<string, CommandEntry>> = {
  long: { group: 'price', summary: ONE_POSITION, load: () => Promise.resolve(positionModule('long')) },
  short: { group: 'price', summary: ONE_POSITION, load: () => Promise.resolve(positionModule('short')) },
  batch: {
    group: 'book',
    summary: 'prices of a stream: JSON, NDJSON or CSV',
    load: () => import('./batch.js'),
  },
  account: {
    group: 'book',
    summary: 'prices of an account, and its market move',
    load: () => import('./account.js'),
  },
  ...questions,
  check: {
    group: 'rules',
    summary: 'risk rules for a position or an account',
    load: () => import('./check.js'),
  },
  brackets: {
    group: 'data',
    summary: 'bracket tables: list, show, import, compare',
    load: () => import('./brackets.js'),
  },
  watch: {
    group: 'rules',
    summary: 'a screen and alerts as marks change',
    load: () => import('./watch.js'),
  },
  fetch: {
    group: 'data',
    summary: "an exchange's answers: account, orders, marks ...",
    load: () => import('./fetch.js'),
  },
  schema: { group: 'data', summary: 'JSON Schemas of inputs and outputs', load: () => import('./schema.js') },
  completion: {
    group: 'data',
    summary: 'shell completion of commands, flags and values',
    load: () => import('./completion.js'),
  },
  help: { group: 'data', summary: 'help on a command, or on a topic', load: () => import('./help.js') },
};
