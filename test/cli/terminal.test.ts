import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OutputError } from '../../src/cli/io.js';
import { VERSION } from '../../src/core/version.js';
import { run } from './run.js';

const ARGUMENTS = 'long --entry 30000 --lev 10 --mmr 0.5';
const COLOR = '\u001b[33m27135.68\u001b[39m';

/** Runs the built program on a pseudo terminal. */
function onTerminal(command: string, env: Readonly<Record<string, string>> = {}): string | undefined {
  const base = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', TERM: 'xterm' };
  const done = spawnSync('script', ['-qec', command, '/dev/null'], { env: { ...base, ...env }, encoding: 'utf8' });
  return done.error ? undefined : done.stdout;
}

describe('the built program', () => {
  it('is coloured on a terminal and plain in a pipe', ({ skip }) => {
    const shown = onTerminal(`'${process.execPath}' bin/liqcalc.js ${ARGUMENTS}`);
    if (shown === undefined) return skip('script (of util-linux) is not installed');
    expect(shown).toContain(COLOR);
    expect(onTerminal(`'${process.execPath}' bin/liqcalc.js ${ARGUMENTS} | cat`)).not.toContain('\u001b');
  });

  it('obeys NO_COLOR on a terminal', ({ skip }) => {
    const shown = onTerminal(`'${process.execPath}' bin/liqcalc.js ${ARGUMENTS}`, { NO_COLOR: '1' });
    if (shown === undefined) return skip('script (of util-linux) is not installed');
    expect(shown).toContain('27135.68');
    expect(shown).not.toContain('\u001b');
  });

  it('keeps ASCII where the locale is not UTF-8', () => {
    const done = spawnSync(process.execPath, ['bin/liqcalc.js', ...ARGUMENTS.split(' ')], { env: { LC_ALL: 'C' } });
    expect([...done.stdout].every((byte) => byte < 128)).toBe(true);
  });

  it('has the version of the package', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(VERSION).toBe(version);
  });

  it('is done where the reader goes away, and fails where the output cannot be written', async () => {
    const broken = (kind: 'closed' | 'failed') => () => {
      throw new OutputError(kind, new Error('no space left'));
    };
    const closed = await run(ARGUMENTS.split(' '), { heard: broken('closed') });
    expect([closed.stderr, closed.code]).toEqual(['', 0]);
    const full = await run(ARGUMENTS.split(' '), { heard: broken('failed') });
    expect([full.stderr, full.code]).toEqual(['liqcalc: output cannot be written: no space left\n', 73]);
  });

  it('reports a bug as one line and exit code 70, the stack only when asked', async () => {
    const brokenClock = (): number => {
      throw new Error('broken\nsecond line');
    };
    const quiet = await run(ARGUMENTS.split(' '), { now: brokenClock });
    const words = 'liqcalc: a bug in liqcalc: broken; LIQCALC_DEBUG=1 prints the stack\n';
    expect(quiet).toEqual({ stdout: '', stderr: words, code: 70 });
    const loud = await run(ARGUMENTS.split(' '), { now: brokenClock, env: { LIQCALC_DEBUG: '1' } });
    expect(loud.stderr).toMatch(/broken[\s\S]*at .*brokenClock/);
  });
});
