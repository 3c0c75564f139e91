import { Help } from 'commander';
import type { Usage } from './flags.js';
import { commandOf } from './parser.js';

/** The help of a command. */
export function helpText(name: string, summary: string, usage: Usage): string {
  const command = commandOf(name, usage.flags).description(summary);
  for (const operand of usage.operands) command.argument(operand.usage, operand.meaning);
  // The code that writes help is loaded with this file, not with commander, so the bundle does not load it at start.
  command.createHelp = () => Object.assign(new Help(), command.configureHelp());
  return command.helpInformation();
}
