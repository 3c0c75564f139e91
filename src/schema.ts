import { command as average } from './commands/average.js';
import { command as compare } from './commands/compare.js';
import { command as funding } from './commands/funding.js';
import { command as maxOpen } from './commands/max-open.js';
import { command as pnl } from './commands/pnl.js';
import { planSchema } from './commands/shared/plan-schema.js';
import { schemasOf } from './commands/shared/schemas.js';
import { command as size } from './commands/size.js';
import { command as solve } from './commands/solve.js';
import { command as stop } from './commands/stop.js';
import { command as sweep } from './commands/sweep.js';
import { command as target } from './commands/target.js';
import { lazily } from './schema/lazily.js';

/** The name of a JSON Schema: what it describes. */
export type SchemaName = keyof typeof schemasOf;

/** The commands that answer a question, in the order of help. */
const commands = {
  sweep,
  solve,
  size,
  pnl,
  target,
  'max-open': maxOpen,
  average,
  compare,
  funding,
  stop,
};

/**
 * The JSON Schemas (draft 2020-12) of everything that the command line and the library read and write, by name; made
 * when they are read for the first time.
 *
 * @example
 * schemas.input.title
 */
export const schemas: Readonly<Record<SchemaName, object>> = Object.defineProperties(
  {} as Record<SchemaName, object>,
  Object.fromEntries(
    Object.entries(schemasOf).map(([name, make]) => [
      name,
      { enumerable: true, get: lazily(() => (make ? make() : planSchema(commands))) },
    ]),
  ),
);
