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

  /** Hides text, asks the terminal for its title, clears it, returns, and turns the direction of the following text. */
  const STEERS = '\u001b[8m\u001b[21t\u001bc\u009b2J\r\b\u007f\u202e\u2066\u2028\u200f';
  const seen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
  const record = {
    side: 'long',
    symbol: `A${STEERS}B`,
    note: STEERS,
    entry: '30000',
    lev: '10',
    mmr: '0.5',
    mark: '29000',
    qty: '1',
  };
  const csv = `side,entry,lev,mmr,mark,note\nlong,30000,10,0.5,29000,"a${STEERS}b"\n`;
  const account = JSON.stringify({ wallet: '5000', note: STEERS, positions: [record] });
  const ON_A_TERMINAL = { terminal: true, env: { LANG: 'C.UTF-8', NO_COLOR: '1' } } as const;

  const inputs: readonly (readonly [words: string, stdin: string])[] = [
    ...['ndjson', 'json', 'csv', 'markdown'].map((format) => [`batch --format ${format}`, csv] as const),
    ['batch --only note,liquidationPrice', csv],
    ...['ndjson', 'json', 'csv'].map((format) => [`batch --format ${format}`, `${JSON.stringify(record)}\n`] as const),
    ...['text', 'ndjson', 'json', 'csv', 'markdown'].map((format) => [`account --format ${format}`, account] as const),
    ['account --only symbol,note,liquidationPrice', account],
    ...['text', 'ndjson', 'json', 'csv', 'markdown'].map((format) => [`check --format ${format}`, account] as const),
    ['check --only symbol,message', account],
  ];
  it.each(inputs)('do not reach a terminal: %s', async (words, stdin) => {
    const { stdout } = await run([...words.split(' '), '-'], { ...ON_A_TERMINAL, stdin });
    expect(stdout).not.toBe('');
    expect(stdout).not.toMatch(seen);
  });

  it.each([
    [STEERS],
    ['long', `--${STEERS}`, '1'],
    ['long', 'BTCUSDT', '-e', STEERS, '-l', '10'],
    ['long', `${STEERS}USDT`, '-e', '1', '-l', '10'],
    ['long', '-e', '1', '-l', '10', '--brackets', `/${STEERS}`],
    ['help', STEERS],
    ['batch', `/${STEERS}.ndjson`],
    ['batch', '--fields', STEERS],
    ['account', `/${STEERS}.json`],
    ['account', '--wallet', '1', '--pos', `long:${STEERS}:1@1`],
    ['check', '--config', `/${STEERS}`],
    ['check', '--rule', `${STEERS}=1`],
    ['brackets', STEERS],
    ['brackets', 'import', `/${STEERS}`],
    ['schema', STEERS],
    ['completion', STEERS],
    ['average', 'BTCUSDT', '--fills', `/${STEERS}`],
    ['stop', 'long', '--candles', `/${STEERS}`],
    ['pnl', 'long', '-e', '1', '--exit', STEERS],
    ['sweep', 'long', '--lev', `1..${STEERS}`],
  ])('do not reach stderr: %j %j', async (...argv: readonly string[]) => {
    const { stdout, stderr, code } = await run(argv);
    expect([stdout, code > 0]).toEqual(['', true]);
    expect(stderr).not.toBe('');
    expect(stderr).not.toMatch(seen);
  });

  it('leave for a file or a program unchanged', async () => {
    const { stdout } = await run(['batch', '--format', 'csv'], { stdin: csv });
    expect(stdout).toContain(STEERS);
  });

  it.each([
    'long -l 10',
    'sweep long --levs 10,20',
    'size long -l 10 --equity 1000 --risk 1 --stop 29000',
    'solve long -l 10 --target 28000',
  ])('do not begin a line of their own in the name of a symbol: %s', async (words) => {
    const { stdout, code } = await run([
      ...words.split(' '),
      '--symbol',
      'A\nLIQUIDATION 5\tB',
      '-e',
      '30000',
      '--mmr',
      '0.5',
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('A\\u000aLIQUIDATION 5\\u0009B');
  });

  it('do not begin a row of their own in the table of an account, or a line in a report', async () => {
    const text = JSON.stringify({ wallet: '5000', positions: [{ ...record, symbol: 'A\nROW\tB' }] });
    for (const command of ['account', 'check', 'account --wallet-change 10']) {
      const { stdout } = await run([...command.split(' '), '-'], { stdin: text });
      expect(stdout).toContain('A\\u000aROW\\u0009B');
    }
  });

  it('are cut out of characters that come in pieces', async () => {
    const pieces = [...Buffer.from(csv.replace('a\u001b', '\u5e01\u001b'))].map((byte) => Buffer.from([byte]));
    const { stdout } = await run(['batch', '--format', 'csv'], { ...ON_A_TERMINAL, stdin: pieces });
    expect(stdout).toContain('\u5e01\\u001b[8m');
    expect(stdout).not.toMatch(seen);
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
