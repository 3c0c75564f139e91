import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from './run.js';

/** What must not reach a terminal out of data: everything but line ends and colours of our own. */
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;
const NASTY = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u007f';
const PLAIN = { side: 'long', entry: '30000', lev: '10', mmr: '0.5', mark: '29000' };

const folder = mkdtempSync(join(tmpdir(), 'liqcalc-controls-'));

describe('control characters out of the input', () => {
  it('are not on the card of a position', async () => {
    const { stdout, code } = await run(['long', `X${NASTY}Y`, '-e', '30000', '-l', '10', '--mmr', '0.5'], {
      terminal: true,
      env: { LANG: 'C.UTF-8', NO_COLOR: '1' },
    });
    expect([code, stdout.includes('27135.68')]).toEqual([0, true]);
    expect(stdout).not.toMatch(CONTROLS);
  });

  it('are not in the table of an account', async () => {
    const position = { symbol: `A${NASTY}B`, ...PLAIN, qty: '0.1' };
    const file = join(folder, 'account.json');
    writeFileSync(file, JSON.stringify({ wallet: '1000', positions: [position] }));
    const { stdout, stderr, code } = await run(['account', file], {
      terminal: true,
      env: { LANG: 'C.UTF-8', NO_COLOR: '1' },
    });
    expect([code, stdout.includes('LIQUIDATION')]).toEqual([0, true]);
    expect(stdout).not.toMatch(CONTROLS);
    expect(stderr).not.toMatch(CONTROLS);
  });

  it('leave our own colours as they are', async () => {
    const { stdout } = await run([
      'long',
      `X${NASTY}Y`,
      '-e',
      '30000',
      '-l',
      '10',
      '--mmr',
      '0.5',
      '--color',
      'always',
    ]);
    expect(stdout).toContain('\u001b[33m27135.68\u001b[39m');
    expect(stdout).not.toContain('\u001b]');
    expect(stdout).not.toContain('\u001b[2J');
  });

  it.each(['\u001b[31m', '\u0007', '\u009b', '\u007f', '\t', '\r'])(
    'are not in what is said of a stream whose name has %j',
    async (control) => {
      const file = join(folder, `a${control}b.ndjson`);
      writeFileSync(file, `${JSON.stringify(PLAIN)}\n{"side":"long"}\n`);
      const { stderr, code } = await run(['batch', file], { terminal: false });
      expect(code).toBe(65);
      expect(stderr).toContain('b.ndjson:2: ');
      expect(stderr).toContain('liqcalc: 1 of 2 records failed\n');
      expect(stderr).not.toMatch(CONTROLS);
    },
  );
});
