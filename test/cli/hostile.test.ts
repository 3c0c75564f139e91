import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HOSTILE_SHAPES, hostileInputs } from '../fuzz/hostile.js';
import { READERS } from '../fuzz/readers.js';
import { run, type Run } from './run.js';

/** Bytes of each input. */
const SIZE = 1 << 15;
/** Milliseconds of processor time that need no second look. */
const QUICK_MS = 300;
/** A slower input is tried again with four times the bytes: linear readers take four times as long, quadratic ones sixteen. */
const MOST_GROWTH = 9;
/** A machine that does other things can make one measurement long, not every one. */
const MOST_ATTEMPTS = 3;

const folder = mkdtempSync(join(tmpdir(), 'liqcalc-hostile-'));
const readers = Object.entries(READERS).filter(([, { isCall }]) => !isCall);

/** Processor time of a run, and what it left behind. */
async function measured(name: string, text: string): Promise<Run & { readonly milliseconds: number }> {
  const { calls, env } = READERS[name] ?? { calls: [] };
  const [call = ''] = calls;
  const isFile = call.includes('FILE');
  const file = join(folder, 'input');
  if (isFile) writeFileSync(file, text);
  const argv = call.split(' ').map((word) => (word === 'FILE' ? file : word));
  const begun = process.cpuUsage();
  const done = await run(argv, { ...(env && { env }), ...(!isFile && { stdin: text }) });
  const { user, system } = process.cpuUsage(begun);
  return { ...done, milliseconds: (user + system) / 1000 };
}

describe.each(readers)('hostile text for the reader of %s', (name) => {
  it.each(HOSTILE_SHAPES)('%s', { timeout: 120_000 }, async (shape) => {
    const longer = hostileInputs(name, shape, 4 * SIZE);
    for (const [index, text] of hostileInputs(name, shape, SIZE).entries()) {
      const { milliseconds, code, stderr } = await measured(name, text);
      expect([0, 1, 2, 65, 66, 78]).toContain(code);
      expect(stderr.length).toBeLessThan(10_000);
      if (milliseconds >= QUICK_MS) expect(await growth(name, text, longer[index] ?? '')).toBeLessThan(MOST_GROWTH);
    }
  });
});

/** How many times as long the longer text takes, the least of some attempts. */
async function growth(name: string, text: string, longer: string): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < MOST_ATTEMPTS && least >= MOST_GROWTH; attempt++) {
    const short = await measured(name, text);
    const long = await measured(name, longer);
    least = Math.min(least, long.milliseconds / short.milliseconds);
  }
  return least;
}
