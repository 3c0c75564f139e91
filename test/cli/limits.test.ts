import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replaceFile } from '../../src/cli/files-on-disk.js';
import { run } from './run.js';

const POSITION = '"side":"long","entry":"30000","lev":"10","mmr":"0.5"';
const ANSWER = '"outcome":"at","liquidationPrice":"27135.67839196","distancePercent":"9.5477"}\n';
/** An NDJSON record of that many bytes. */
const recordOf = (bytes: number): string => {
  const rest = `{"note":"",${POSITION}}`.length;
  return `{"note":"${'x'.repeat(bytes - rest)}",${POSITION}}`;
};
const price = async (...args: string[]): Promise<string> => {
  const { stdout, stderr } = await run(['long', '--lev', '10', '--mmr', '0.5', '--only', 'liquidationPrice', ...args]);
  return stdout + stderr;
};

describe('limits', () => {
  it.each([
    ['ndjson', (record: string) => `${record}\n`],
    ['json', (record: string) => `[${record}]`],
  ])('a record of %s has up to 1 MiB', async (input, wrap) => {
    const args = ['batch', '--input', input, '--only', 'liquidationPrice'];
    expect((await run(args, { stdin: wrap(recordOf(2 ** 20)) })).stdout).toBe('27135.67839196\n');
    const { stdout, stderr, code } = await run(args, { stdin: wrap(recordOf(2 ** 20 + 1)) });
    expect([stdout, code]).toEqual(['\n', 65]);
    expect(stderr).toContain('the record is longer than 1 MiB');
  });

  it('a row of CSV has up to 1 MiB', async () => {
    const csv = (bytes: number): string => `note,side,entry,lev,mmr\n${'x'.repeat(bytes - 21)},long,30000,10,0.5\n`;
    expect(csv(30).split('\n')[1]).toHaveLength(30 - 21 + ',long,30000,10,0.5'.length);
    expect((await run(['batch', '--only', 'outcome'], { stdin: csv(2 ** 20) })).stdout).toBe('at\n');
    expect((await run(['batch', '--only', 'outcome'], { stdin: csv(2 ** 20 + 100) })).code).toBe(65);
  });

  it('an account has up to 64 MiB', async () => {
    const account = (bytes: number): string => {
      const text = '{"note":"","wallet":5,"positions":[]}';
      return text.replace('""', `"${'x'.repeat(bytes - text.length)}"`);
    };
    const args = ['account', '--only', 'equity'];
    expect((await run(args, { stdin: account(2 ** 26) })).code).toBe(0);
    const { stderr, code } = await run(args, { stdin: account(2 ** 26 + 1) });
    expect(code).toBe(65);
    expect(stderr).toMatch(/^<stdin>: the account is longer than 64 MiB; leave out keys that liqcalc does not need\n/);
    const [long, longer] = [account(2 ** 25), account(2 ** 26 + 1)];
    const array = await run(args, { stdin: ['[', long, ',', longer, ',', long, ']'] });
    expect([array.stdout, array.code]).toEqual(['5\n\n5\n', 65]);
    expect(array.stderr).toMatch(/^<stdin>\[1\]: the account is longer than 64 MiB/);
  });

  it('a number has up to 40 significant digits and lies within 1e-30 to 1e30', async () => {
    expect(await price('--entry', '1'.repeat(30), '--dp', '0')).toBe(`100502512562814070351758793970\n`);
    expect(await price('--entry', `1.${'3'.repeat(39)}`, '--dp', '2')).toBe('1.21\n');
    expect(await price('--entry', `1.${'3'.repeat(40)}`)).toContain('more than 40 significant digits');
    expect(await price('--entry', '1e30', '--dp', '0')).toBe('904522613065326633165829145729\n');
    expect(await price('--entry', '1.01e30')).toContain('is outside 1e-30 to 1e30');
    expect(await price('--entry', '1e-30', '--dp', '30')).toBe('0.000000000000000000000000000001\n');
    expect(await price('--entry', '0.9e-30')).toContain('is outside 1e-30 to 1e30');
    expect(await price('--entry', '1', '--dp', '31')).toContain('--dp');
  });

  it('nesting has no limit of its own: values that pass through may be as deep as a record is long', async () => {
    const deep = '['.repeat(250_000) + ']'.repeat(250_000);
    const { stdout, code } = await run(['batch', '--input', 'ndjson'], { stdin: `{"a":${deep},${POSITION}}\n` });
    expect(code).toBe(0);
    expect(stdout).toBe(`{"a":${deep},${POSITION},${ANSWER}`);
    for (const open of ['[', '{"a":', '{"positions":[', '[{"brackets":']) {
      for (const args of [
        ['batch'],
        ['account'],
        ['account', '--from', 'binance', '--wallet', '5'],
        ['account', '--from', 'ccxt'],
      ]) {
        expect([2, 65]).toContain((await run(args, { stdin: open.repeat(100_000) })).code);
      }
    }
  });
});

describe('keys named like the machinery of JavaScript', () => {
  const EVIL =
    '"__proto__":{"side":"long","polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"toString":"x","hasOwnProperty":1';

  it.each([
    ['a record', ['batch'], `{${EVIL},${POSITION}}\n`],
    ['a record that fails', ['batch'], `{${EVIL},"entry":"30000"}\n`],
    [
      'a row',
      ['batch', '--format', 'ndjson'],
      `__proto__,constructor,toString,side,entry,lev,mmr\nx,y,z,long,30000,10,0.5\n`,
    ],
    [
      'an account',
      ['account', '--json'],
      `{${EVIL},"wallet":5,"positions":[{${EVIL},"symbol":"X","side":"long","entry":3,"mark":3,"qty":1,"mmr":1}]}`,
    ],
    [
      "an exchange's answer",
      ['account', '--from', 'binance', '--wallet', '5', '--json'],
      `[{${EVIL},"symbol":"__proto__","positionAmt":"1","entryPrice":"3","markPrice":"3"}]`,
    ],
    [
      "ccxt's answer",
      ['account', '--from', 'ccxt', '--wallet', '5', '--json'],
      `[{${EVIL},"symbol":"constructor","side":"long","contracts":1,"entryPrice":3,"markPrice":3}]`,
    ],
  ])('change nothing in %s', async (_, args, stdin) => {
    const { code, stdout } = await run(args, { stdin });
    expect([0, 65]).toContain(code);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(({} as Record<string, unknown>)['side']).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
    if (args.length === 1) expect(stdout.startsWith(stdin.trimEnd().slice(0, -1))).toBe(true);
  });

  it('are not symbols, commands, schemas or formats', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(await run([name])).toMatchObject({ code: 2, stdout: '' });
      expect(await run(['schema', name])).toMatchObject({ code: 2, stdout: '' });
      expect(await run(['completion', name])).toMatchObject({ code: 2, stdout: '' });
      expect(await run(['brackets', name])).toMatchObject({ code: 2, stdout: '' });
      expect(await run(['help', name])).toMatchObject({ code: 2, stdout: '' });
      expect((await run(['brackets', 'show', name])).stdout).toBe('');
      expect(await run(['long', name, '--entry', '3', '--lev', '3'])).toMatchObject({ code: 2, stdout: '' });
      const args = ['long', '--entry', '3', '--lev', '3', '--mmr', '1'];
      for (const flag of ['--format', '--formula', '--contract', '--color']) {
        expect(await run([...args, flag, name])).toMatchObject({ code: 2, stdout: '' });
      }
    }
  });
});

describe('a file that is replaced', () => {
  it('is for its owner alone, whole or as it was, with nothing left beside it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'liqcalc-replace-'));
    const file = join(folder, 'inner', 'a.json');
    replaceFile(file, 'one');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = statSync(file).ino;
    replaceFile(file, 'two');
    expect(readFileSync(file, 'utf8')).toBe('two');
    // Another file took its place: whoever had the old one open reads that to its end.
    expect(statSync(file).ino).not.toBe(before);
    expect(() => replaceFile(join(folder, 'inner'), 'x')).toThrow();
    expect(readdirSync(folder)).toEqual(['inner']);
    expect(readdirSync(join(folder, 'inner'))).toEqual(['a.json']);
  });
});
