import { readFileSync } from 'node:fs';
import { modifiedAt, replaceFile, type Io } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';

/** What a run of the program left behind. */
export interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Surroundings of a run; by default pipes, a UTF-8 locale, and a fixed day. */
export interface Surroundings {
  readonly env?: Io['env'];
  readonly terminal?: boolean;
  readonly now?: () => number;
}

/** The day that tests take as the present. */
export const TODAY = Date.UTC(2026, 10, 22);

/** Runs the program within this process. */
export async function run(
  argv: readonly string[],
  { env = { LANG: 'C.UTF-8' }, terminal = false, now = () => TODAY }: Surroundings = {},
): Promise<Run> {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr'): Io['stdout'] => ({
    isTerminal: () => terminal,
    write: (text) => {
      written[name] += text;
    },
  });
  const code = await main(argv, {
    env,
    stdin: { isTerminal: () => true },
    stdout: output('stdout'),
    stderr: output('stderr'),
    now,
    platform: 'linux',
    readFile: (path) => readFileSync(path, 'utf8'),
    modifiedAt,
    replaceFile,
  });
  return { ...written, code };
}
