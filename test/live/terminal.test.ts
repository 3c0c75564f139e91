import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const RECORDING = 'examples/crash.ndjson';
const ENTER = '\u001b[?1049h';
const LEAVE = '\u001b[?1049l';
const HIDE = '\u001b[?25l';
const SHOW = '\u001b[?25h';

/** A program on a pseudo terminal. */
interface Run {
  readonly shown: () => string;
  readonly type: (keys: string) => void;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Ends the terminal itself: the window was closed. */
  readonly close: () => void;
  readonly isStopped: () => boolean;
  readonly isGone: () => boolean;
  readonly code: Promise<number>;
  /** The settings of the terminal before the program, and after it. */
  readonly settings: () => readonly string[];
}

const isInstalled = spawnSync('script', ['--version']).status === 0;

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect.fail(`in vain: ${what}`);
}

/** Runs `watch` on a pseudo terminal, which a shell asks for its settings before and after. */
async function onTerminal(argv: string, options = '', { log }: { readonly log?: number } = {}): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'liqcalc-terminal-'));
  const path = (name: string): string => join(folder, name);
  const text = (name: string): string => (existsSync(path(name)) ? readFileSync(path(name), 'utf8').trim() : '');
  writeFileSync(
    path('run.sh'),
    [
      `stty -g > ${path('before')}`,
      // Files of the program cannot grow beyond this: the disk is full.
      ...(log === undefined ? [] : [`ulimit -f ${log / 512}`, 'trap "" XFSZ', `export LOG=${path('log')}`]),
      `sh -c 'echo $$ > ${path('pid')}; exec "${process.execPath}" ${options} bin/liqcalc.js watch ${argv}'`,
      `echo $? > ${path('code')}`,
      `stty -g > ${path('after')}`,
    ].join('\n'),
  );
  const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8', TERM: 'xterm', HOME: folder };
  const child = spawn('script', ['-qec', `sh ${path('run.sh')}`, '/dev/null'], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  child.stdout.on('data', (data: Buffer) => (shown += data.toString()));
  const over = new Promise<void>((resolve) => void child.on('close', () => resolve()));
  const pid = (): number => Number(text('pid'));
  await until(() => shown.includes(ENTER) && shown.includes('BTCUSDT'), 'the screen is drawn');
  return {
    shown: () => shown,
    type: (keys) => void child.stdin.write(keys),
    signal: (name) => void process.kill(pid(), name),
    close: () => void child.kill('SIGKILL'),
    isStopped: () => / T /.test(readFileSync(`/proc/${pid()}/stat`, 'utf8')),
    isGone: () => !existsSync(`/proc/${pid()}`),
    code: over.then(() => Number(text('code') || 'NaN')),
    settings: () => ['before', 'after'].map(text),
  };
}

/** Whether the alternate screen was left, the cursor is visible, and keys are lines with an echo again. */
function expectRestored({ shown, settings }: Run): void {
  const last = (sequence: string): number => shown().lastIndexOf(sequence);
  expect(last(LEAVE)).toBeGreaterThan(last(ENTER));
  expect(last(SHOW)).toBeGreaterThan(last(HIDE));
  const [before, after] = settings();
  expect(after).not.toBe('');
  expect(after).toBe(before);
}

const replay = (more = ''): string => `--replay ${RECORDING} --speed 1 ${more}`;

describe.skipIf(!isInstalled)('the terminal is as it was', () => {
  it.each<[string, (run: Run) => void, number]>([
    ['q', ({ type }) => type('q'), 0],
    ['Ctrl-C', ({ type }) => type('\u0003'), 130],
    ['SIGINT', ({ signal }) => signal('SIGINT'), 130],
    ['SIGTERM', ({ signal }) => signal('SIGTERM'), 0],
    ['SIGHUP', ({ signal }) => signal('SIGHUP'), 0],
  ])('after %s', async (_, end, code) => {
    const run = await onTerminal(replay());
    end(run);
    expect(await run.code).toBe(code);
    expectRestored(run);
  });

  it.each([
    ['the time is over', '--for 1s', 0],
    ['an alert', '--until alert --alert 99', 1],
  ])('when it ends without a key: %s', async (_, more, code) => {
    const run = await onTerminal(replay(more));
    expect(await run.code).toBe(code);
    expectRestored(run);
  });

  it.each([
    ['an exception', `throw new Error("it broke")`],
    ['a promise that nobody awaits', `void Promise.reject(new Error("it broke"))`],
  ])('after a bug, %s: exit 70, and its message is readable', async (_, bug) => {
    const code = `process.on("SIGUSR2", () => { ${bug}; })`;
    const run = await onTerminal(replay(), `--import "data:text/javascript,${encodeURIComponent(code)}"`);
    run.signal('SIGUSR2');
    expect(await run.code).toBe(70);
    expectRestored(run);
    const { [run.shown().split(LEAVE).length - 1]: after = '' } = run.shown().split(LEAVE);
    expect(after).toContain('a bug in liqcalc: it broke');
  });

  it('after a log that can no longer be written: exit 73', async () => {
    const run = await onTerminal(replay('--log "$LOG"'), '', { log: 4096 });
    expect(await run.code).toBe(73);
    expectRestored(run);
  });

  it('while it is stopped by Ctrl-Z, and drawn again afterwards', async () => {
    const run = await onTerminal(replay());
    run.type('\u001a');
    await until(run.isStopped, 'the process is stopped');
    const stopped = run.shown();
    expect(stopped.lastIndexOf(LEAVE)).toBeGreaterThan(stopped.lastIndexOf(ENTER));
    expect(stopped.lastIndexOf(SHOW)).toBeGreaterThan(stopped.lastIndexOf(HIDE));
    run.signal('SIGCONT');
    await until(() => run.shown().slice(stopped.length).includes('BTCUSDT'), 'the screen is drawn again');
    expect(run.shown().slice(stopped.length)).toContain(ENTER);
    run.type('q');
    expect(await run.code).toBe(0);
    expectRestored(run);
  });

  it('goes away with its window: the process ends, too', async () => {
    const run = await onTerminal(replay());
    run.close();
    await until(run.isGone, 'the process has ended');
  });
});
