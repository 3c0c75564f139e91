import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sessionsOf, type Session, type Step } from '../session.js';
import { run } from './run.js';

const pages = ['README.md', ...['docs', 'test/cli/transcripts'].flatMap(pagesIn)];

function pagesIn(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
}

/** A command that needs no shell, as the words that a shell makes of it, and whether its exit code is printed after it. */
interface Plain {
  readonly argv: readonly string[];
  readonly isCodeShown: boolean;
}

const WORD = /^(?:'[^']*'|"[^"$`\\]*"|[^\s'"$`\\|&;<>()*?[\]{}~#!])+$/;
const CODE_SHOWN = '; echo "exit $?"';

/** `undefined` if it is a command of another program, or has pipes, variables and the like. */
function plain(command: string): Plain | undefined {
  const isCodeShown = command.trimEnd().endsWith(CODE_SHOWN);
  const own = isCodeShown ? command.replace(CODE_SHOWN, '') : command;
  const words = own.replaceAll('\\\n', ' ').match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  if (words[0] !== 'liqcalc' || !words.every((word) => WORD.test(word))) return undefined;
  return { argv: words.slice(1).map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2')), isCodeShown };
}

/** The first commands of a session, up to one that needs a shell: the commands after it may depend on it. */
function plainSteps({ steps }: Session): readonly (Step & Plain)[] {
  const all = steps.map((step) => ({ step, plain: plain(step.command) }));
  const end = all.findIndex((each) => !each.plain);
  return all.slice(0, end < 0 ? undefined : end).flatMap(({ step, plain: own }) => (own ? [{ ...step, ...own }] : []));
}

const sessions = pages.flatMap((page) =>
  sessionsOf(page).flatMap((session) => {
    const steps = plainSteps(session);
    return steps.length > 0 ? [{ page, line: session.line, steps }] : [];
  }),
);

// The sessions are replayed as people type them elsewhere; here they run on the sources, without a build.
it.for(sessions)('$page, line $line', async ({ steps }) => {
  const config = mkdtempSync(join(tmpdir(), 'liqcalc-config-'));
  const env = { LANG: 'C.UTF-8', HOME: config, XDG_CONFIG_HOME: config };
  for (const { command, argv, isCodeShown, output } of steps) {
    const printed: Buffer[] = [];
    const { code } = await run(argv, { env, seen: (bytes) => printed.push(bytes) });
    expect({ command, output: Buffer.concat(printed).toString() + (isCodeShown ? `exit ${code}\n` : '') }).toEqual({
      command,
      output,
    });
  }
});

it('there are many', () => {
  expect(sessions.length).toBeGreaterThan(40);
});
