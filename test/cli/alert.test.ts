import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run } from './run.js';

/** What a run says of alerts on stderr, and its exit code. */
async function alertsOf(
  argv: readonly string[],
  stdin?: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ lines: readonly string[]; code: number }> {
  const { stderr, code } = await run(argv, { stdin: stdin ?? '', env: { LANG: 'C.UTF-8', ...env } });
  const lines = stderr.split('\n').flatMap((line) => /^liqcalc: alert: (.*)$/.exec(line)?.slice(1) ?? []);
  return { lines, code };
}

// Long 30000 at 10x with 0.5 %: 27135.67839196, 9.5477 % away; short 30000.5 at 20x: 4.4776 %.
const LONG = '{"id":1,"symbol":"AAAUSDT","side":"long","entry":"30000","lev":10,"mmr":0.5}';
const SHORT = '{"account":"bob","side":"short","entry":30000.50,"lev":"20x","mmr":"0.5"}';

describe('--alert names who', () => {
  it('long and short', async () => {
    const flags = ['--entry', '30000', '--lev', '10', '--mmr', '0.5'];
    expect(await alertsOf(['long', ...flags, '--alert', '9.5'])).toEqual({ lines: [], code: 0 });
    expect(await alertsOf(['long', ...flags, '--alert', '10'])).toEqual({
      lines: ['long: 9.5477 % to liquidation'],
      code: 1,
    });
    expect(await alertsOf(['long', 'btcusdt', ...flags, '--mark', '27000', '--alert', '0', '--json'])).toEqual({
      lines: ['btcusdt long: liquidated already, distance -0.5025 %'],
      code: 1,
    });
    expect(await alertsOf(['short', ...flags, '--alert', '10', '-q'])).toEqual({ lines: [], code: 1 });
  });

  it('a position whose distance has more digits than an input may have', async () => {
    const huge = {
      side: 'long',
      contract: 'inverse',
      entry: '7e16',
      lev: '7.6',
      mmr: '0',
      margin: '5.9e-8',
      qty: '4e23',
      mark: '8.5e-17',
    };
    const { lines, code } = await alertsOf(['batch', '--alert', '1'], `${JSON.stringify(huge)}\n${LONG}\n`);
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^long: liquidated already, distance -\d{33,}\.\d{4} % \(/);
  });

  it('a position without a safe price', async () => {
    const flags = ['--entry', '100', '--wallet', '1', '--others-mm', '200', '--qty', '1', '--mmr', '1'];
    expect((await alertsOf(['short', ...flags, '--alert', '1'])).lines).toEqual([
      'short: liquidated already, no price is safe',
    ]);
  });

  it('sweeps', async () => {
    const flags = ['--entry', '30000', '--mmr', '0.5', '--levs', '5,50,20', '--alert', '5'];
    expect(await alertsOf(['sweep', 'long', ...flags])).toEqual({
      lines: ['long: 1.5075 % to liquidation', 'long: 4.5226 % to liquidation'],
      code: 1,
    });
  });

  it('records by their line and id, nearest first', async () => {
    expect(await alertsOf(['batch', '--alert', '10'], `${LONG}\n\n${SHORT}\n`)).toEqual({
      lines: [
        'short: 4.4776 % to liquidation (<stdin>:3, account bob)',
        'AAAUSDT long: 9.5477 % to liquidation (<stdin>:1, id 1)',
      ],
      code: 1,
    });
    const csv = 'name,side,entry,lev,mmr\n"é\u001b",long,30000,10,0.5\n';
    expect((await alertsOf(['--alert', '10'], csv)).lines).toEqual([
      'long: 9.5477 % to liquidation (<stdin>:2, name é\\u001b)',
    ]);
    expect((await alertsOf(['--alert', '10'], `[${LONG},\n{},\n${SHORT}]`)).lines).toHaveLength(2);
    expect((await alertsOf(['--alert', '10'], `[${LONG},\n{},\n${SHORT}]`)).code).toBe(65);
  });

  it('accounts, their positions and the market move', async () => {
    const account = (id: string, wallet: number): string =>
      `{"id":"${id}","wallet":${wallet},"positions":[{"symbol":"X","side":"long","qty":1,"entry":100,"mark":100,"mmr":0}]}`;
    for (const command of ['account', 'check']) {
      const { lines, code } = await alertsOf([command, '--alert', '25'], `${account('a', 20)}\n${account('b', 30)}\n`);
      expect(lines).toEqual([
        'account: a market move of -20 % liquidates it (<stdin>:1, id a)',
        'X long: 20 % to liquidation (<stdin>:1, id a)',
      ]);
      expect(code).toBe(1);
    }
    const pos = ['--wallet', '20', '--pos', 'long:X:1@100,mark=100,mmr=0'];
    expect((await alertsOf(['account', ...pos, '--alert', '20'])).lines).toEqual([
      'account: a market move of -20 % liquidates it',
      'X long: 20 % to liquidation',
    ]);
    const position = ['long', '--entry', '30000', '--lev', '10', '--mmr', '0.5'];
    expect((await alertsOf(['check', ...position, '--alert', '10'])).lines).toEqual(['long: 9.5477 % to liquidation']);
  });
});

it('a shock that liquidates exits 1 with --alert 0, and 0 without it', async () => {
  const pos = ['account', '--wallet', '50', '--pos', 'long:X:1@100,mark=100,mmr=1', '--only', 'shock.liquidated'];
  expect(await run([...pos, '--shock', 'X=-60'])).toMatchObject({ stdout: 'cross\n', code: 0 });
  expect(await alertsOf([...pos, '--shock', 'X=-60', '--alert', '0'])).toEqual({
    lines: ['X long: liquidated already, distance -26.2626 %'],
    code: 1,
  });
  // 50 - 49.49 is 1 % of 50.51: the shock ends just above the liquidation at 50.505.
  expect((await alertsOf([...pos, '--shock', 'X=-49.49', '--alert', '0'])).code).toBe(0);
});

describe('a limit that a rounded distance only seems to reach', () => {
  // Without maintenance, an isolated long with 1 / lev of margin is 100 / lev % away: 5 %, 5.000004 % and 4.999996 %.
  const far = (name: string, margin: string): string =>
    `{"id":"${name}","side":"long","entry":100,"qty":1,"margin":${margin},"mmr":0}\n`;
  const stdin = far('at', '5') + far('above', '5.000004') + far('below', '4.999996');

  it('is compared with the exact one', async () => {
    for (const env of [{ LIQCALC_LANE: 'on' }, { LIQCALC_LANE: 'off' }]) {
      const { lines, code } = await alertsOf(['batch', '--alert', '5'], stdin, env);
      const who = lines.map((line) => /id (\w+)/.exec(line)?.[1]);
      expect([who.sort(), code]).toEqual([['at', 'below'], 1]);
      expect((await run(['batch', '--within', '5', '--only', 'id,distancePercent'], { stdin, env })).stdout).toBe(
        'at\t5\nbelow\t5\n',
      );
      expect((await alertsOf(['batch', '--alert', '5'], far('above', '5.000004'), env)).code).toBe(0);
    }
  });

  it('of accounts, too', async () => {
    const account = (wallet: string): string =>
      `{"wallet":${wallet},"positions":[{"symbol":"X","side":"long","qty":1,"entry":100,"mark":100,"mmr":0}]}`;
    const read = async (wallet: string): Promise<unknown> => {
      const argv = ['account', '--alert', '5', '--within', '5', '--only', 'distancePercent'];
      const { stdout, code } = await run(argv, { stdin: account(wallet) });
      return [stdout, code];
    };
    expect(await read('5')).toEqual(['5\n', 1]);
    expect(await read('4.999996')).toEqual(['5\n', 1]);
    expect(await read('5.000004')).toEqual(['', 0]);
  });
});

describe('--within', () => {
  it('gives only the records at or below the distance, and those that fail', async () => {
    const past = '{"id":3,"side":"long","entry":"1","lev":"100","mmr":"2"}';
    const never = '{"id":4,"side":"long","entry":1000,"margin":1000,"qty":1,"mmr":0.4}';
    const bad = '{"id":5}';
    const stdin = `${LONG}\n${SHORT}\n${past}\n${never}\n${bad}\n`;
    const { stdout, code } = await run(['batch', '--within', '4.5', '--only', 'account,id'], { stdin });
    expect([stdout, code]).toEqual(['bob\t\n\t3\n\n', 65]);
    const json = await run(['batch', '--within', '4.5%'], { stdin: `[${LONG},${SHORT},${LONG}]` });
    expect(JSON.parse(json.stdout)).toMatchObject([{ account: 'bob' }]);
    expect((await run(['batch', '--within', '1'], { stdin: `[${LONG}]` })).stdout).toBe('[]\n');
    const csv = `side,entry,lev,mmr\n${'long,30000,10,0.5\n'.repeat(3)}long,30000,50,0.5\n`;
    expect((await run(['batch', '--within', '2'], { stdin: csv })).stdout).toBe(
      'side,entry,lev,mmr,outcome,liquidationPrice,distancePercent,error\nlong,30000,50,0.5,at,29547.73869347,1.5075,\n',
    );
    expect((await run(['batch', '--within', 'x'], { stdin })).code).toBe(2);
  });
});

describe('--within of accounts', () => {
  // Fixed at the other mark: X of 100 falls by 20, Y of 100 by 200, and Z is isolated, 1 % from its end at 10.0990099.
  const NEAR =
    '{"id":"a","wallet":20,"positions":[{"symbol":"X","side":"long","qty":1,"entry":100,"mark":100,"mmr":0},' +
    '{"symbol":"Y","side":"long","qty":"0.1","entry":100,"mark":100,"mmr":0},' +
    '{"symbol":"Z","side":"short","qty":1,"entry":10,"mark":10,"mmr":1,"mode":"isolated","margin":"0.2"}]}';
  const FAR =
    '{"id":"b","wallet":90,"positions":[{"symbol":"X","side":"long","qty":1,"entry":100,"mark":100,"mmr":0}]}';
  const all = `${NEAR}\n${FAR}\n{"id":"c"}\n`;
  const given = async (argv: readonly string[], stdin = all): Promise<readonly string[]> =>
    (await run(['account', '--within', '20', ...argv], { stdin })).stdout.split('\n');

  it('gives the positions at or below the distance, with the figures of the whole account', async () => {
    const whole = JSON.parse((await run(['account', '--json'], { stdin: NEAR })).stdout) as { positions: unknown[] };
    const near = JSON.parse((await given(['--json'], NEAR)).join('')) as unknown;
    expect(near).toEqual({ ...whole, positions: [whole.positions[0], whole.positions[2]] });
    expect(await given(['--only', 'symbol', '--within', '0.99'], NEAR)).toEqual(['']);
    expect(await given(['--only', 'symbol', '--within', '0.991%'], NEAR)).toEqual(['Z', '']);
  });

  it('of a stream leaves out accounts without one; those that fail stay', async () => {
    const lines = (await given(['--format', 'ndjson'])).map((line) => line.slice(0, 10));
    expect(lines).toEqual(['{"id":"a",', '{"id":"c",', '']);
    const apart = await Promise.all([NEAR, FAR, '{"id":"c"}'].map((line) => given(['--format', 'ndjson'], line)));
    expect((await given(['--format', 'ndjson'])).join('\n')).toBe(apart.map((each) => each.join('\n')).join(''));
    expect(JSON.parse((await given(['--json'])).join(''))).toMatchObject([{ id: 'a' }, { id: 'c' }]);
    expect((await given(['--json'], `[${FAR},${FAR}]`)).join('')).toBe('[]');
    expect(await given(['--only', 'id,symbol'])).toEqual(['a\tX', 'a\tZ', '', '']);
    expect(await given(['--only', 'equity'])).toEqual(['20', '', '']);
    const csv = (await given(['--format', 'csv'])).map((line) => line.split(',').slice(0, 2).join());
    expect(csv).toEqual(['account,symbol', 'a,X', 'a,Z', 'c,', '']);
    expect(await given(['--format', 'csv'], FAR)).toHaveLength(2);
  });

  it('in text and markdown says that no position is so near', async () => {
    const text = (await given([], FAR)).join('\n');
    expect(text).toMatch(/^CROSS {2}wallet 90 .*\n\nNo position is within 20 % of its liquidation\.\n$/s);
    expect((await given([], NEAR)).filter((line) => /^[XYZ] /.test(line)).map((line) => line[0])).toEqual(['X', 'Z']);
    const change = (await given(['--wallet-change', '1'], FAR)).join('\n');
    expect(change).toContain('\n\nNo position is within 20 %');
    expect(change).not.toContain('LIQUIDATION');
    // Nearer before the change than after it.
    expect((await given(['--wallet-change', '50'], NEAR)).join('\n')).toMatch(/^X long .*20\.00%.*70\.00%/m);
    const markdown = await given(['--format', 'markdown'], NEAR);
    expect(markdown.filter((line) => /^\| [XYZ] /.test(line))).toHaveLength(2);
  });

  it('is read by the reader of batch', async () => {
    for (const command of ['account', 'batch']) {
      const { stderr, code } = await run([command, '--within', 'x'], { stdin: NEAR });
      expect([code, stderr.split(';')[0]]).toEqual([2, 'liqcalc: --within: "x" is not a plain decimal']);
    }
  });
});

describe('in a stream', () => {
  // Without a rate the distance is 100 / lev percent.
  const record = (lev: number, index: number): string =>
    `{"id":${index},"side":"long","entry":"100","lev":${lev},"mmr":0.5}`;
  const book = (levs: readonly number[]): string => levs.map(record).join('\n') + '\n';

  /** The ids that are named, by the distances that the answers show. */
  async function nearestIds(stdin: string, limit: number): Promise<readonly number[]> {
    const { stdout } = await run(['batch'], { stdin });
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: number; distancePercent: string });
    const near = rows.filter(({ distancePercent }) => Number(distancePercent) <= limit);
    near.sort((one, other) => Number(one.distancePercent) - Number(other.distancePercent));
    return near.slice(0, 10).map(({ id }) => id);
  }

  const ids = (lines: readonly string[]): readonly number[] =>
    lines.flatMap((line) => (/, id (\d+)\)$/.exec(line)?.slice(1) ?? []).map(Number));

  it('a nearer one after the first alarm is named', async () => {
    const levs = [...Array.from({ length: 500 }, () => 2), 20, ...Array.from({ length: 500 }, () => 2), 100, 50];
    const { lines } = await alertsOf(['batch', '--alert', '10'], book(levs));
    expect(ids(lines)).toEqual([1001, 1002, 500]);
  });

  it('at most the ten nearest are named', async () => {
    const levs = Array.from({ length: 300 }, (_, index) => 10 + ((index * 37) % 90));
    const { lines } = await alertsOf(['batch', '--alert', '99'], book(levs));
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe('only the nearest 10 are named');
    expect(ids(lines)).toEqual(await nearestIds(book(levs), 99));
  });

  it('the same are named with the fast lane and without, in any order', async () => {
    const lev = fc.oneof(fc.integer({ min: 1, max: 125 }), fc.integer({ min: 190, max: 230 }));
    const csv = (levs: readonly number[]): string =>
      'id,side,entry,lev,mmr\n' + levs.map((each, index) => `${index},short,100,${each},0.5\n`).join('');
    await fc.assert(
      fc.asyncProperty(
        fc.array(lev, { minLength: 1, maxLength: 80 }),
        fc.constantFrom('-1', '0', '0.3', '5', '60', '1e9'),
        fc.constantFrom(book, csv),
        async (levs, limit, write) => {
          const stdin = write(levs);
          const fast = await alertsOf(['batch', '--alert', limit], stdin);
          const slow = await alertsOf(['batch', '--alert', limit], stdin, { LIQCALC_LANE: 'off' });
          expect(fast).toEqual(slow);
        },
      ),
      { numRuns: 100 },
    );
  });
});
