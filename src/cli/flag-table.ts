import { commands } from './commands/index.js';

/** The commands that have each flag, by its name. The build puts its answer in its place, because it loads every command. */
export async function commandsOfFlags(): Promise<Readonly<Record<string, readonly string[]>>> {
  const table: Record<string, string[]> = {};
  for (const [command, { load }] of Object.entries(commands)) {
    const { usage } = await load();
    for (const { name, isIdle } of usage.flags) if (!isIdle) (table[name] ??= []).push(command);
  }
  return table;
}
