import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isUtf8 } from 'node:buffer';
import { seededRandom } from '../../src/live/clock.js';
import { runForBytes } from '../cli/run.js';
import { SEED } from '../seed.js';
import { faultOf } from './judge.js';
import { bytesOf, mutated } from './mutate.js';
import { READERS, type Reader } from './readers.js';

const CORPUS = 'test/fuzz/corpus';
/** Seconds for each reader: `npm run fuzz -- --minutes 10` gives more. */
const SECONDS = Number(process.env['LIQCALC_FUZZ_SECONDS'] ?? '1') / Object.keys(READERS).length;
/** Milliseconds of processor time that an input of this size may take. Other work on the machine does not count. */
const SLOWEST_MS = 3000;

const folder = mkdtempSync(join(tmpdir(), 'liqcalc-fuzz-'));
const corpusOf = (name: string): string[] =>
  readdirSync(join(CORPUS, name)).map((file) => readFileSync(join(CORPUS, name, file), 'utf8'));

/** Runs a reader on a text and gives what is wrong with what it did; what took too long once gets a second try. */
async function tried(reader: Reader, call: string, text: string): Promise<string | undefined> {
  const fault = await triedOnce(reader, call, text);
  return fault?.endsWith(' ms') ? triedOnce(reader, call, text) : fault;
}

async function triedOnce({ isCall, env }: Reader, call: string, text: string): Promise<string | undefined> {
  const file = join(folder, 'input');
  const isFile = call.includes('FILE');
  const bytes = bytesOf(text);
  if (isFile) writeFileSync(file, bytes);
  const argv = isCall
    ? text.split(/\s+/).filter((word) => word !== '')
    : call.split(' ').map((word) => (word === 'FILE' ? file : word));
  const begun = process.cpuUsage();
  try {
    const done = await runForBytes(argv, { ...(env && { env }), ...(!isFile && !isCall && { stdin: [bytes] }) });
    const { user, system } = process.cpuUsage(begun);
    const milliseconds = (user + system) / 1000;
    if (milliseconds > SLOWEST_MS) return `${Math.round(milliseconds)} ms`;
    if (!isUtf8(done.stdout)) return 'output that is not UTF-8';
    return faultOf(argv, isCall ? '' : text, { ...done, stdout: done.stdout.toString() });
  } catch (error) {
    return `thrown: ${String(error)}`;
  }
}

/** Calls that would wait for somebody, or write to the user's files. */
const isSafeCall = (text: string): boolean => !/\bimport\b|^\s*$|^-/.test(text);

describe.each(Object.entries(READERS))('%s', (name, reader) => {
  const corpus = corpusOf(name).flatMap((text) => (reader.isCall ? text.trim().split('\n') : [text]));

  it('reads its corpus', async () => {
    expect(corpus.length).toBeGreaterThan(0);
    for (const call of reader.calls) {
      for (const text of corpus) expect([call, text, await tried(reader, call, text)]).toEqual([call, text, undefined]);
    }
  });

  it(
    'never crashes, hangs, loses a record or speaks in foreign words',
    { timeout: 1000 * (SECONDS + 60) },
    async () => {
      const random = seededRandom(SEED);
      const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
      const until = performance.now() + SECONDS * 1000;
      let runs = 0;
      do {
        const text = mutated(pick(corpus), pick(corpus), random);
        if (reader.isCall && !isSafeCall(text)) continue;
        const call = pick(reader.calls);
        const fault = await tried(reader, call, text);
        if (fault !== undefined) keep(name, text);
        expect({ call, text, fault }).toEqual({ call, text, fault: undefined });
        runs++;
      } while (performance.now() < until);
      expect(runs).toBeGreaterThan(0);
      if (SECONDS > 1) process.stdout.write(`${name}: ${runs} inputs, seed ${SEED}\n`);
    },
  );
});

/** Keeps what was found: mended, it stays in the corpus. */
function keep(name: string, text: string): void {
  mkdirSync(join(CORPUS, name), { recursive: true });
  writeFileSync(join(CORPUS, name, `found-${SEED}.txt`), bytesOf(text));
}

describe('the judge', () => {
  const good = { code: 0, stdout: '', stderr: '' };
  it.each([
    ['a bug', { ...good, code: 70 }],
    ['an unknown code', { ...good, code: 3 }],
    ['words of V8', { ...good, stderr: 'liqcalc: Unexpected token x in JSON at position 3\n' }],
    ['words of zod', { ...good, stderr: 'Invalid input: expected string, received number\n' }],
    ['output with wrong usage', { ...good, code: 2, stdout: '{}' }],
    ['broken JSON', { ...good, stdout: '{"a":1}{\n' }],
    ['a lost record', { ...good, stdout: '{"a":1}\n' }],
    ['a failure that is not told', { ...good, stdout: '{"a":1}\n{"error":{}}\n' }],
  ])('sees %s', (_, run) => {
    expect(faultOf(['batch', '--input', 'ndjson'], '{}\n{}\n', run)).toBeDefined();
  });

  it('accepts what is right', () => {
    const run = { code: 65, stdout: '{"a":1}\n{"error":{}}\n', stderr: 'liqcalc: 1 of 2 records failed\n' };
    expect(faultOf(['batch', '--input', 'ndjson'], '{}\n \n{}', run)).toBeUndefined();
  });
});
