import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const PROGRAM = 'bin/liqcalc.js';
const RECORD = '{"id":1,"side":"long","entry":"30000","lev":10,"mmr":0.5}';
const ANSWER = `${RECORD.slice(0, -1)},"outcome":"at","liquidationPrice":"27135.67839196","distancePercent":"9.5477"}`;
const folder = mkdtempSync(join(tmpdir(), 'liqcalc-stream-'));

afterAll(() => rmSync(folder, { recursive: true }));

const start = (...args: string[]): ChildProcessWithoutNullStreams => spawn(process.execPath, [PROGRAM, ...args]);

function nextText(stream: NodeJS.ReadableStream, cause: () => void = () => undefined): Promise<string> {
  cause();
  return new Promise((resolve) => {
    stream.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    stream.resume();
  });
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
}

function end(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  return new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
}

/** Runs a pipeline in bash; `$LIQCALC` is the program. */
function shell(script: string): { stdout: string; stderr: string; code: number | null } {
  const env = { PATH: process.env['PATH'] ?? '', LIQCALC: `${process.execPath} ${PROGRAM}`, FOLDER: folder };
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', script], {
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 26,
  });
  return { stdout, stderr, code: status };
}

describe('the built program', () => {
  it('gives the first answer before its input ends, in every layout', async () => {
    const first = [
      [`${RECORD}\n`, `${ANSWER}\n`],
      [`[${RECORD}`, `[\n${ANSWER}`],
      [`{"id":1,"side":"long",\n"entry":"30000","lev":10,"mmr":0.5}`, `${ANSWER}\n`],
      ['side,entry,lev,mmr\nlong,30000,10,0.5\n', 'long,30000,10,0.5,at,27135.67839196,9.5477,\n'],
    ] as const;
    for (const [input, answer] of first) {
      const child = start('batch');
      child.stdin.write(input);
      expect(await nextText(child.stdout)).toContain(answer);
      child.stdin.end();
      await end(child);
    }
  });

  it('ends silently with 0 when its reader goes away', () => {
    const endless = `yes '${RECORD}'`;
    const { stdout, stderr, code } = shell(`${endless} | $LIQCALC | head -1; echo "codes \${PIPESTATUS[1]}"`);
    expect({ stdout, stderr, code }).toEqual({ stdout: `${ANSWER}\ncodes 0\n`, stderr: '', code: 0 });
  });

  it('says that the disk is full: 73', () => {
    const { stderr, code } = shell(`echo '${RECORD}' | $LIQCALC batch > /dev/full`);
    expect(code).toBe(73);
    expect(stderr).toMatch(/^liqcalc: output cannot be written: [^\n]*\n$/);
  });

  it('ends with 130 when interrupted, waiting for input or for its reader', async () => {
    const waiting = start('batch');
    waiting.stdin.write(`${RECORD}\n`);
    await nextText(waiting.stdout);
    waiting.kill('SIGINT');
    expect(await end(waiting)).toEqual({ code: 130, signal: null });
    const stuck = start('batch');
    stuck.stdin.on('error', () => undefined);
    await nextText(stuck.stdout.pause(), () => stuck.stdin.write(`${RECORD}\n`.repeat(100_000)));
    stuck.stdout.pause();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const ended = end(stuck);
    stuck.kill('SIGINT');
    setTimeout(() => stuck.stdout.resume(), 100);
    expect(await ended).toEqual({ code: 130, signal: null });
  });

  it('works as people pipe', ({ skip }) => {
    if (spawnSync('jq', ['--version']).status !== 0) return skip('jq is not installed');
    const records = `printf '%s\\n' '${RECORD}' '{"side":"short"}' '${RECORD}'`;
    expect(shell(`${records} | $LIQCALC 2>/dev/null | jq -r '.liquidationPrice // .error.message'`).stdout).toMatch(
      /^27135\.67839196\nentry price is missing[^\n]*\n27135\.67839196\n$/,
    );
    expect(shell(`${records} | jq . | $LIQCALC batch - --only liquidationPrice 2>/dev/null`).stdout).toBe(
      '27135.67839196\n\n27135.67839196\n',
    );
    expect(shell(`${records} | jq -s . | $LIQCALC 2>/dev/null | jq length`).stdout).toBe('3\n');
    expect(shell(`price=$(echo '${RECORD}' | $LIQCALC --only liquidationPrice); echo "<$price>"`).stdout).toBe(
      '<27135.67839196>\n',
    );
  });

  it('gives the same bytes under GNU parallel', ({ skip }) => {
    if (spawnSync('parallel', ['--version']).status !== 0) return skip('parallel is not installed');
    const { stdout } = shell(
      `for i in $(seq 2000); do echo '${RECORD}'; done > $FOLDER/in; $LIQCALC batch $FOLDER/in > $FOLDER/one
       parallel --pipe -k --block 20k $LIQCALC batch < $FOLDER/in > $FOLDER/many; cmp $FOLDER/one $FOLDER/many && echo same`,
    );
    expect(stdout).toBe('same\n');
  });
});

const LONG_RUN = process.env['LIQCALC_LONG'] === '1';
const RECORDS = LONG_RUN ? 1_000_000 : 100_000;
const MOST_MIB = 150;

/** The most memory a process has used, in MiB, as Linux counts it. */
function peakMemory({ pid }: { pid?: number | undefined }): number {
  const status = readFileSync(`/proc/${pid ?? 0}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

describe.runIf(process.platform === 'linux')(`memory with ${RECORDS} records`, () => {
  it.for(['lines', 'array'])('stays flat with a slow reader: %s', async (layout) => {
    const child = start('batch', '-q');
    const separator = layout === 'array' ? ',\n' : '\n';
    const feeding = feed(child, layout === 'array' ? '[' : '', separator, layout === 'array' ? ']' : '');
    let [answers, peak, seen] = [0, 0, 0];
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      answers += chunk.toString('latin1').split('"liquidationPrice":"27135.67839196"').length - 1;
      if (seen++ % 20 === 0) {
        peak = Math.max(peak, child.exitCode === null ? peakMemory(child) : 0);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
    await feeding;
    // An answer that a chunk of the pipe cuts in two is not counted: at most one a chunk.
    expect(answers).toBeGreaterThan(RECORDS - seen - 1);
    expect(answers).toBeLessThanOrEqual(RECORDS);
    expect(peak).toBeGreaterThan(10);
    expect(peak).toBeLessThan(MOST_MIB);
  });
});

describe.runIf(process.platform === 'linux')('memory with records that fail', () => {
  it('is that of a stream, however many there are', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'liqcalc-'));
    const file = join(folder, 'failing.ndjson');
    // Some 20,000 records fill what would be kept; each is explained in full.
    writeFileSync(file, RECORD.replace('30000', '30,000').concat('\n').repeat(40_000));
    const child = start('batch', '-q', file);
    let [answers, peak] = [0, 0];
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      answers += chunk.toString('latin1').split('"INVALID_INPUT"').length - 1;
      peak = Math.max(peak, child.exitCode === null ? peakMemory(child) : 0);
    }
    expect(answers).toBeGreaterThan(39_000);
    expect(peak).toBeGreaterThan(10);
    expect(peak).toBeLessThan(80);
  });
});

async function feed(
  child: ChildProcessWithoutNullStreams,
  head: string,
  separator: string,
  tail: string,
): Promise<void> {
  const block = 1000;
  child.stdin.write(head + RECORD);
  for (let sent = 1; sent < RECORDS; sent += block) {
    const more = Math.min(block, RECORDS - sent);
    if (!child.stdin.write((separator + RECORD).repeat(more))) {
      await new Promise((resolve) => child.stdin.once('drain', resolve));
    }
  }
  child.stdin.end(`${tail}\n`);
}
