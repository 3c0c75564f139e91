import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The Python that Debian's python3-distributed is for. */
const PYTHON = '/usr/bin/python3';
const isInstalled = spawnSync(PYTHON, ['-c', 'import distributed']).status === 0;
const PROGRAM = [process.execPath, resolve('bin/liqcalc.js')] as const;
/** A file of this size is cut into a dozen parts. */
const RECORDS = 8000;
const PART_BYTES = String(1 << 15);

const folder = mkdtempSync(join(tmpdir(), 'liqcalc-dask-'));
const running: ChildProcess[] = [];
let scheduler = '';

function started(...args: readonly string[]): ChildProcess {
  const child = spawn(PYTHON, args, { cwd: folder, stdio: 'ignore' });
  running.push(child);
  return child;
}

function worker(): ChildProcess {
  const options = ['--nthreads', '1', '--no-nanny', '--no-dashboard', '--host', '127.0.0.1'];
  return started('-m', 'distributed.cli.dask_worker', scheduler, ...options, '--local-directory', folder);
}

beforeAll(async () => {
  if (!isInstalled) return;
  const file = join(folder, 'scheduler.json');
  const options = ['--host', '127.0.0.1', '--port', '0', '--no-dashboard', '--scheduler-file', file];
  started('-m', 'distributed.cli.dask_scheduler', ...options);
  for (let tries = 0; tries < 300 && !existsSync(file); tries++) await pause(100);
  await pause(100);
  scheduler = (JSON.parse(readFileSync(file, 'utf8')) as { address: string }).address;
}, 60_000);

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** Records of which every seventh fails. */
function input(format: 'csv' | 'ndjson'): string {
  const path = join(folder, `book.${format}`);
  const entry = (id: number): string => (id % 7 === 0 ? 'x' : `30${id}`);
  const lines = Array.from({ length: RECORDS }, (_, id) =>
    format === 'csv'
      ? `${id},long,${entry(id)},10,0.5`
      : `{"id":${id},"side":"long","entry":"${entry(id)}","lev":10,"mmr":0.5}`,
  );
  // The last line has no end.
  writeFileSync(path, [...(format === 'csv' ? ['id,side,entry,lev,mmr'] : []), ...lines].join('\n'));
  return path;
}

/** What the example writes; `met` is called with each piece. */
function priced(path: string, command: readonly string[], met: () => void = () => undefined): Promise<Buffer> {
  const env = { ...process.env, PART_BYTES };
  const child = spawn(PYTHON, [resolve('examples/dask/price.py'), scheduler, path, ...command], { env });
  running.push(child);
  const pieces: Buffer[] = [];
  let said = '';
  child.stdout.on('data', (piece: Buffer) => {
    pieces.push(piece);
    met();
  });
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  return new Promise((done, failed) => {
    child.on('close', (code) => {
      if (code === 0) done(Buffer.concat(pieces));
      else failed(new Error(said));
    });
  });
}

const alone = (path: string): Buffer =>
  spawnSync(PROGRAM[0], [PROGRAM[1], 'batch', '-q', path], { maxBuffer: 1 << 28 }).stdout;

describe('the Dask example, with a scheduler and two workers', () => {
  it('gives the bytes of one process, and of all records if a worker is killed half-way', async ({ skip }) => {
    skip(!isInstalled, "Debian's python3-distributed is not installed");
    const workers = [worker(), worker()] as const;
    for (const format of ['ndjson', 'csv'] as const) {
      const path = input(format);
      const expected = alone(path);
      expect(expected.toString().match(/is not a/g)).toHaveLength(Math.ceil(RECORDS / 7));
      expect((await priced(path, PROGRAM)).equals(expected)).toBe(true);
    }
    const path = join(folder, 'book.ndjson');
    const slow = ['sh', '-c', 'sleep 0.2; exec "$@"', 'sh', ...PROGRAM];
    let pieces = 0;
    const written = await priced(path, slow, () => {
      if (++pieces === 4) workers[0].kill('SIGKILL');
    });
    expect(workers[0].killed).toBe(true);
    expect(pieces).toBeGreaterThan(8);
    expect(written.equals(alone(path))).toBe(true);
  });
});
