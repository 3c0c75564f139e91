import { describe, expect, it } from 'vitest';
import { run } from './run.js';

const A =
  '{"id":"desk A","wallet":50,"positions":[{"symbol":"X","side":"long","qty":1,"entry":100,"mark":100,"mmr":1,' +
  '"account":"sub-7","state":"live","accountWallet":"w"}]}';
const B =
  '{"name":"desk B","wallet":20,"positions":[{"symbol":"X","side":"short","qty":1,"entry":100,"mark":100,"mmr":1}]}';
const C = B.replace('"name":"desk B",', '');

/** The rows of CSV output by column; no cell here is quoted. */
async function rowsOf(argv: readonly string[], stdin: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const { stdout } = await run([...argv, '--format', 'csv'], { stdin });
  const [header = [], ...lines] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  expect(new Set(header).size).toBe(header.length);
  return lines.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])));
}

const column = (rows: readonly Readonly<Record<string, string>>[], name: string): unknown =>
  rows.map((row) => row[name]);

describe('CSV of several accounts', () => {
  it('names each by its own keys, else by its number', async () => {
    for (const command of ['account', 'check']) {
      const rows = await rowsOf([command], `${A}\n${B}\n${C}\n`);
      expect([...new Set(column(rows, 'account') as string[])]).toEqual(['desk A', 'desk B', '3']);
    }
  });

  it('names one that failed, too, and has the columns of positions before any position is known', async () => {
    const bad = '{"id":"dead","wallet":5}';
    const rows = await rowsOf(['account'], `${bad}\n${A}\n{]\n`);
    expect(column(rows, 'account')).toEqual(['dead', 'desk A', '3']);
    expect(column(rows, 'symbol')).toEqual(['', 'X', '']);
    expect(column(rows, 'mark')).toEqual(['', '100', '']);
    expect(rows[0]?.['error']).toContain('the list of positions is missing');
  });

  it('keeps fields of positions that are called like a column of this program', async () => {
    const [row] = await rowsOf(['account'], A);
    expect(row).toMatchObject({
      account: 'desk A',
      'position.account': 'sub-7',
      'position.state': 'live',
      accountWallet: '50',
      'position.accountWallet': 'w',
    });
  });
});

describe('an account before and after changes', () => {
  const added = ['--add', 'long:Y:1@10,mark=10,mmr=1', '--close', 'X'];

  it('has rows of both states in CSV', async () => {
    const rows = await rowsOf(['account', '--shock', 'X=-60'], A);
    expect(column(rows, 'state')).toEqual(['before', 'after']);
    expect(column(rows, 'mark')).toEqual(['100', '40']);
    expect(column(rows, 'accountEquity')).toEqual(['50', '-10']);
    expect(column(rows, 'shockLiquidated')).toEqual(['', 'cross']);
    const changed = await rowsOf(['account', ...added], A);
    expect(changed.map(({ state, symbol, note }) => [state, symbol, note])).toEqual([
      ['before', 'X', undefined],
      ['after', 'Y', undefined],
    ]);
    expect(column(await rowsOf(['account', '--close', 'X'], A), 'symbol')).toEqual(['X', '']);
    expect(column(await rowsOf(['account', '--wallet-change', '5'], `${C}\n${C}`), 'accountWallet')).toEqual([
      '20',
      '25',
      '20',
      '25',
    ]);
  });

  it('has blocks of both in markdown', async () => {
    const { stdout } = await run(['account', '--close', 'X', '--format', 'markdown'], { stdin: `${A}\n${C}` });
    const lines = stdout.split('\n').filter((line) => /^(?:#|[A-Z])|wallet|\bX\b/.test(line));
    const cells = lines.map((line) => line.replace(/\s+/g, ' ').split(' | ').slice(0, 2).join(' | '));
    const both = (wallet: string, side: string): string[] => [
      'Before',
      `| wallet | ${wallet} |`,
      `| X | ${side}`,
      'After',
      `| wallet | ${wallet} |`,
    ];
    expect(cells).toEqual(['## desk A', ...both('50', 'long'), '## <stdin>:2', ...both('20', 'short')]);
  });

  it('has one block without changes, and names the shock above the second', async () => {
    const { stdout } = await run(['account', '--format', 'markdown'], { stdin: A });
    expect(stdout.startsWith('| account')).toBe(true);
    const shocked = await run(['account', '--shock', 'X=-1', '--format', 'markdown'], { stdin: A });
    expect(shocked.stdout.match(/^[A-Z].*$/gm)).toEqual(['Before', 'After the shock: X -1 %']);
  });
});

describe('the format of accounts', () => {
  it.each(['account', 'check'])('of %s is text for one, NDJSON for several', async (command) => {
    const one = await run([command], { stdin: A });
    const lines = await run([command], { stdin: `${A}\n${B}\n` });
    expect(lines.stdout.split('\n').map((line) => line.slice(0, 1))).toEqual(['{', '{', '']);
    const several = await run([command, '--format', 'text'], { stdin: `${A}\n${B}\n` });
    const listed = await run([command], { stdin: `[${A}]` });
    expect(listed.stdout).toBe(one.stdout);
    expect(several.stdout).toContain('ACCOUNT desk A\n');
    expect(several.stdout).toContain('ACCOUNT desk B\n');
    expect(several.stdout).toContain(one.stdout);
    expect((await run([command], { stdin: '' })).stdout).toBe('');
  });

  it.each(['account', 'check'])('of %s is one line for each as NDJSON, however many there are', async (command) => {
    for (const stdin of ['', A, `[${A}]`, `${A}\n${B}\n${C}\n`]) {
      const { stdout } = await run([command, '--format', 'ndjson'], { stdin });
      expect(stdout.split('\n').length).toBe(stdin.split('"wallet"').length);
    }
  });

  it('has titles in every format for people', async () => {
    for (const command of ['account', 'check']) {
      const stdin = `${A}\n${B}\n`;
      expect((await run([command, '--format', 'markdown'], { stdin })).stdout).toMatch(/^## desk A\n[^#]*## desk B\n/);
      const page = (await run([command, '--format', 'html'], { stdin })).stdout;
      expect(page.match(/<h1>.*?<\/h1>/g)?.map((each) => /desk [AB]/.exec(each)?.[0])).toEqual(['desk A', 'desk B']);
    }
  });
});

describe('names that several accounts do not have', () => {
  const noted = A.replace('"id":"desk A"', '"id":"desk A","note":"n"');

  it('are refused in every form, and stdout stays empty', async () => {
    for (const flags of [
      ['--only', 'symbol,liqPrice'],
      ['--only', 'liquidatonPrice'],
      ['--only', 'nope'],
      ['--sort', 'nope', '--format', 'ndjson'],
      ['--sort', 'equity'],
    ]) {
      for (const stdin of [A, `${A}\n${B}\n${C}\n`, `[${A},${B}]`]) {
        const { stdout, stderr, code } = await run(['account', ...flags], { stdin });
        expect([stdout, code]).toEqual(['', 2]);
        expect(stderr).toContain(` is not a field`);
      }
    }
  });

  it('are fine if a later account or position has them', async () => {
    const late = await run(['account', '--only', 'note'], { stdin: `${A}\n${B}\n${noted}\n` });
    expect(late).toEqual({ stdout: '\n\nn\n', stderr: '', code: 0 });
    expect(await run(['account', '--only', 'account'], { stdin: `${B}\n${A}\n` })).toEqual({
      stdout: '\nsub-7\n',
      stderr: '',
      code: 0,
    });
    const sorted = await run(['account', '--sort', 'account', '--format', 'ndjson'], { stdin: `${B}\n${A}\n` });
    expect([sorted.stdout.split('\n').length, sorted.code]).toEqual([3, 0]);
    const far = ['account', '--only', 'note', '--within', '1'];
    expect(await run(far, { stdin: `${B}\n${noted}\n` })).toEqual({ stdout: '', stderr: '', code: 0 });
  });

  it('are looked for in a hundred accounts', async () => {
    const at = (place: number): string => `${B}\n`.repeat(place - 1) + `${noted}\n${B}\n`;
    const { stdout, code } = await run(['account', '--only', 'note'], { stdin: at(99) });
    expect([stdout, code]).toEqual([`${'\n'.repeat(98)}n\n\n`, 0]);
    expect(await run(['account', '--only', 'note'], { stdin: at(101) })).toMatchObject({ stdout: '', code: 2 });
  });

  it('do not refuse accounts that all failed', async () => {
    const { stdout, code } = await run(['account', '--only', 'note'], { stdin: '{}\n{}\n' });
    expect([stdout, code]).toEqual(['\n\n', 65]);
  });
});
