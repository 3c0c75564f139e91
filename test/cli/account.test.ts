import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, type Run } from './run.js';

const EXAMPLE = `{"wallet":"1535443.01","positions":[
  {"symbol":"ETHUSDT","side":"long","qty":"3683.979","entry":"1456.84","mark":"1335.18","mmr":"10","cum":"135365"},
  {"symbol":"BTCUSDT","side":"long","qty":"109.488","entry":"32481.98","mark":"31967.27","mmr":"2.5","cum":"16300"}]}`;

interface PositionAnswer {
  readonly [key: string]: unknown;
  readonly liquidationPrice: string | null;
}
interface AccountOutput {
  readonly [key: string]: unknown;
  readonly positions: readonly PositionAnswer[];
}

const ask = (stdin: string, ...argv: string[]): Promise<Run> => run(['account', ...argv], { stdin });
const parsed = (text: string): AccountOutput => JSON.parse(text) as AccountOutput;

async function answer(stdin: string, ...argv: string[]): Promise<AccountOutput> {
  const { stdout, stderr, code } = await ask(stdin, '--json', ...argv);
  expect([stderr, code]).toEqual(['', 0]);
  return parsed(stdout);
}

describe('liqcalc account', () => {
  it('shows the worked example', async () => {
    const { stdout, code } = await ask(EXAMPLE);
    expect(code).toBe(0);
    expect(stdout).toBe(`CROSS USDT  wallet 1535443.01   equity 1030895.56   maintenance 427713.32
Margin ratio 41.49 % (liquidated at 100)   effective leverage 8.17x
If all marks move by the same percentage: liquidated at -7.69 %; no rise
liquidates

SYMBOL   SIDE      SIZE     ENTRY      MARK  LIQUIDATION    ROOM  MAINTENANCE
ETHUSDT  long  3683.979   1456.84   1335.18    1153.2565  13.63%   356513 83%
BTCUSDT  long   109.488  32481.98  31967.27   26316.8933  17.68%    71201 17%
LIQUIDATION: if only that mark moves. Rates: given with the positions.
`);
  });

  it('answers as JSON: the own fields unchanged, then the results', async () => {
    const found = await answer(EXAMPLE.replace('{"wallet"', '{"id":12345678901234567890,"wallet"'));
    expect(found['wallet']).toBe('1535443.01');
    expect(found['marginRatio']).toBe('41.4895');
    expect(found['effectiveLeverage']).toBe('8.1665');
    expect(found['outcome']).toBe('at');
    expect(found['marketMovePercent']).toEqual({ down: '-7.6942', up: null });
    expect(found.positions.map((each) => each.liquidationPrice)).toEqual(['1153.25646424', '26316.89326452']);
    expect(found.positions.map((each) => each['marginRatio'])).toEqual(['41.4895', '41.4895']);
    // Equity zero: 1456.84 - (1535443.01 - 56354.56848) / 3683.979.
    expect(found.positions[0]?.['bankruptcyPrice']).toBe('1055.34790639');
    expect((await ask(EXAMPLE.replace('{"wallet"', '{"id":12345678901234567890,"wallet"'), '--json')).stdout).toContain(
      '{"id":12345678901234567890,"wallet":"1535443.01",',
    );
  });

  it('takes its own answer as input and gives the same', async () => {
    const first = await ask(EXAMPLE, '--json');
    expect((await ask(first.stdout, '--json')).stdout).toBe(first.stdout);
  });

  it('takes positions from flags', async () => {
    const { stdout, code } = await run([
      ...['account', '--wallet', '50', '--only', 'symbol,side,liquidationPrice'],
      ...['--pos', 'long:X/Y:Y:2@100,mark=100,mmr=1', '--pos', 'short:X/Y:Y:1@110,mark=100,mmr=1'],
    ]);
    expect(stdout).toBe('X/Y:Y\tlong\t41.2371134\nX/Y:Y\tshort\t41.2371134\n');
    expect(code).toBe(0);
  });

  it('a flat hedge is lost where the mark is its upper price, and has both prices where brackets give two', async () => {
    // Wallet 50 at a mark of 3000 is the upper price of the flat hedge: liquidated there.
    const flat = (mark: string): string =>
      `{"wallet":"50","positions":[{"symbol":"X","side":"long","qty":1,"entry":100,"mark":${mark},"mmr":1},{"symbol":"X","side":"short","qty":1,"entry":110,"mark":${mark},"mmr":1}]}`;
    expect((await answer(flat('2999'))).positions[0]).toMatchObject({ outcome: 'at', liquidationPrice: '3000' });
    expect((await answer(flat('3000'))).positions[0]).toMatchObject({
      outcome: 'already',
      liquidationPrice: '3000',
      distance: '0',
    });
    // Net long 1 of 2 and 1 at the table of 2026-05-01: 0.996 x 2 p - 1.004 p = 40 below; above, both legs are in its
    // last bracket: 50 + 2 p - 200 + 110 - p = 0.5 x 3 p - 2 x 421482000, but the short enters it above 1.2e9 only.
    const book = flat('100').replaceAll(',"mmr":1', '').replaceAll('"X"', '"BTCUSDT"').replace('"qty":1', '"qty":2');
    const found = (await answer(book)).positions[0];
    expect(found?.['liquidationPrices']).toEqual({ below: '40.48582996', above: '1685927920' });
    expect(found?.liquidationPrice).toBe('40.48582996');
  });

  it('says already without any price: equity is negative everywhere', async () => {
    const lost = `{"wallet":5,"positions":[{"symbol":"X","side":"long","qty":1,"entry":110,"mark":100,"mmr":1},{"symbol":"X","side":"short","qty":1,"entry":100,"mark":100,"mmr":1}]}`;
    const found = await answer(lost);
    expect(found).toMatchObject({
      outcome: 'already',
      equity: '-5',
      marginRatio: null,
      marketMovePercent: { down: null, up: null },
    });
    expect(found.positions[0]).toMatchObject({ outcome: 'already', liquidationPrice: null });
    expect((await ask(lost)).stdout).toContain('ALREADY liquidated');
  });

  it('an account without positions is an answer', async () => {
    expect(await answer('{"wallet":"7","positions":[]}')).toMatchObject({
      equity: '7',
      maintenanceMargin: '0',
      marginRatio: null,
      effectiveLeverage: null,
      outcome: null,
      reason: 'no cross positions',
      positions: [],
    });
    expect((await ask('{"wallet":"7","positions":[]}')).stdout).toBe('No open positions.\n');
  });

  describe('with isolated positions only', () => {
    // 10x of 100 at 1 %: (100 - 10) / 0.99 = 90.9090909, 9.09 % away; 4x: (100 - 25) / 0.99, 24.24 % away.
    const isolated = (symbol: string, lev: number, mark = 100): object => ({
      ...{ symbol, side: 'long', qty: 1, entry: 100, mark, mmr: 1, lev, mode: 'isolated' },
    });
    const text = (...positions: object[]): string => JSON.stringify({ wallet: '7', positions });

    it('names the nearest position instead of a pool', async () => {
      const { stdout } = await ask(text(isolated('FAR', 4), isolated('NEAR', 10)));
      expect(stdout.split('\n').slice(0, 2)).toEqual(['Nearest: NEAR, 9.09 %', '']);
      expect(stdout).not.toMatch(/CROSS|Margin ratio|All marks/);
    });

    it('names those that are liquidated already, and says if none can be', async () => {
      const lost = await ask(text(isolated('LOST', 10, 90), isolated('NEAR', 10)));
      expect(lost.stdout.split('\n')[0]).toBe('Liquidated ALREADY: LOST');
      expect((await ask(text(isolated('SAFE', 1)))).stdout.split('\n')[0]).toBe('No position can be liquidated.');
    });

    it('has no outcome, ratio and move of the account in any format', async () => {
      const book = text(isolated('NEAR', 10));
      const found = await answer(book);
      expect(found).toMatchObject({ outcome: null, reason: 'no cross positions', marginRatio: null });
      expect(found).toMatchObject({ effectiveLeverage: null, marketMovePercent: { down: null, up: null } });
      const fields = 'outcome,marginRatio,effectiveLeverage,marketMovePercent.down,marketMovePercent.up';
      expect((await ask(book, '--only', fields)).stdout).toBe('\t\t\t\t\n');
      const [head, row] = (await ask(book, '--format', 'csv')).stdout.split('\n').map((line) => line.split(','));
      const cell = (column: string): string | undefined => row?.[head?.indexOf(column) ?? -1];
      expect(['accountOutcome', 'accountMarginRatio', 'marketMoveDownPercent'].map(cell)).toEqual(['', '', '']);
      expect(cell('accountWallet')).toBe('7');
      const markdown = (await ask(book, '--format', 'markdown')).stdout;
      expect(markdown).toMatch(/\| reason +\| no cross positions \|/);
      const changed = (await ask(book, '--wallet-change', '1')).stdout;
      expect(changed).toMatch(/liquidated +no cross positions +no cross positions/);
      expect(changed).not.toContain('never');
    });

    it('its answer is read again, and its positions alarm', async () => {
      const book = text(isolated('NEAR', 10));
      const first = (await ask(book, '--json')).stdout;
      expect((await ask(first, '--json')).stdout).toBe(first);
      expect((await ask(book, '--json', '--alert', '10')).code).toBe(1);
      expect((await ask(book, '--json', '--alert', '9')).code).toBe(0);
    });
  });

  it('--need says what each isolated position lacks, beside the wallet', async () => {
    // Maintenance 57280 x 0.5 x 0.4 % = 114.56, equity 1500 - 1360 = 140: 114.56 / 0.5 - 140 = 89.12.
    const own = ['--pos', 'long:BTCUSDT:0.5@60000,mark=57280,margin=1500,mode=isolated,mmr=0.4'];
    const alone = await run(['account', ...own, '--need', 'margin-ratio=50']);
    expect(alone.stdout).toContain(
      'Add 89.12 to the margin of BTCUSDT long isolated for a margin ratio of 50 % (now\n81.83 %)',
    );
    expect(alone.stdout).not.toContain('wallet');
    const cross = ['--wallet', '100', '--pos', 'long:ETHUSDT:0.5@3000,mark=3100,mmr=0.4'];
    const both = await run(['account', ...cross, ...own, '--need', 'margin-ratio=50', '--only', 'needMargin']);
    expect(both.stdout).toBe('\n89.12\n');
    const { stdout } = await run(['account', ...cross, ...own, '--need', 'margin-ratio=50']);
    // 6.2 / 0.5 - 150 = -137.6.
    expect(stdout).toContain('it stays at or below\nwith 137.6 less; the exchange may allow less');
    expect(stdout).toContain('Nearest isolated: BTCUSDT, 0.09 %');
  });

  it('empty input is not an answer', async () => {
    expect(await ask('')).toEqual({
      stdout: '',
      stderr:
        'liqcalc: no records in <stdin>; give a file of accounts, or positions with --pos SIDE:SYMBOL:QTY@ENTRY\n',
      code: 0,
    });
  });
});

describe('names of --only', () => {
  it.each([
    ['liquidationPrise', '--only: "liquidationPrise" is not a field; did you mean liquidationPrice?'],
    ['symbol,foo', '--only: "foo" is not a field (the fields are outcome, liquidationPrice,'],
  ])('%s: usage, nothing on stdout', async (only, message) => {
    const { stdout, stderr, code } = await ask(EXAMPLE, '--only', only);
    expect(stderr).toContain(message);
    expect([stdout, code]).toEqual(['', 2]);
  });

  it('are those of results, fields, own keys and what both have', async () => {
    const own = EXAMPLE.replace('{"wallet"', '{"id":7,"wallet"').replace('{"symbol":"E', '{"note":"hi","symbol":"E');
    const { stdout, code } = await ask(own, '--only', 'id,note,mode,reported,need.walletChange,marketMovePercent.down');
    expect([stdout, code]).toEqual(['7\thi\t\t\t\t-7.6942\n7\t\t\t\t\t-7.6942\n', 0]);
  });

  it('are the columns of CSV, too, and every spelling of a field', async () => {
    const moves = await ask(EXAMPLE, '--only', 'marketMoveDownPercent,marketMoveUpPercent,needWalletChange');
    expect([moves.stdout, moves.code]).toEqual(['-7.6942\t\t\n', 0]);
    const own = await ask(EXAMPLE, '--only', 'symbol,maintenanceMargin,accountMaintenanceMargin,accountWallet');
    // 3683.979 x 1335.18 x 10 % - 135365, and 109.488 x 31967.27 x 2.5 % - 16300
    expect(own.stdout).toBe(
      'ETHUSDT\t356512.508122\t427713.319566\t1535443.01\nBTCUSDT\t71200.811444\t427713.319566\t1535443.01\n',
    );
    const renamed = EXAMPLE.replace('"entry"', '"entryPrice"');
    expect((await ask(renamed, '--only', 'entry,entryPrice')).stdout).toBe('1456.84\t1456.84\n32481.98\t32481.98\n');
  });

  it('a wallet that follows from a change is rounded like every amount, one that was given is not', async () => {
    const flags = ['--wallet', '5000.12345678901234', '--pos', 'long:X:3@100.7,mark=100,mmr=1'];
    const wallets = async (...more: string[]): Promise<unknown> => {
      const { stdout } = await run(['account', ...flags, ...more, '--json']);
      return [...stdout.matchAll(/"wallet":"([^"]*)"/g)].map(([, wallet]) => wallet);
    };
    expect(await wallets('--dp', '2')).toEqual(['5000.12345678901234']);
    // one of 3 closed 0.7 below its entry
    expect(await wallets('--close', 'X:1', '--dp', '2')).toEqual(['5000.12345678901234', '4999.42']);
    expect(await wallets('--wallet-change', '0.1')).toEqual(['5000.12345678901234', '5000.22345679']);
  });

  it('one line a record, with any text in the values', async () => {
    const own = EXAMPLE.replace('{"symbol":"E', '{"note":"a\\tb\\r\\nc","symbol":"E');
    expect((await ask(own, '--only', 'note,side')).stdout).toBe('a\\tb\\r\\nc\tlong\n\tlong\n');
  });

  it('may be keys of later accounts in a stream, but no slips', async () => {
    const lines = `${EXAMPLE.replaceAll('\n', '')}\n${EXAMPLE.replaceAll('\n', '').replace('{"wallet"', '{"tag":1,"wallet"')}\n`;
    expect((await ask(lines, '--only', 'tag')).stdout).toBe('\n\n1\n');
    expect((await ask(lines, '--only', 'liquidationPrise')).code).toBe(2);
  });
});

describe('streams of accounts', () => {
  const line = (wallet: string): string =>
    `{"wallet":"${wallet}","positions":[{"symbol":"X","side":"long","qty":1,"entry":100,"mark":100,"mmr":0}]}`;

  it('answers an account before the next one comes', async () => {
    const order: string[] = [];
    function* lines(): Generator<string> {
      for (const wallet of ['20', '30', '40']) {
        order.push(`in ${wallet}`);
        yield `${line(wallet)}\n`;
      }
    }
    const heard = (text: string): void => void order.push(`out ${text.trim()}`);
    await run(['account', '--only', 'liquidationPrice'], { stdin: lines(), heard });
    expect(order).toEqual(['in 20', 'out 80', 'in 30', 'out 70', 'in 40', 'out 60']);
  });

  it('reads the same however the bytes are cut', async () => {
    const text = `\ufeff\n${line('20')}\r\n\n[${line('25')},${line('26')}]\nnonsense é\n${line('30')}`;
    const whole = await ask(text, '--format', 'ndjson');
    expect(whole.stdout.trimEnd().split('\n')).toHaveLength(5);
    const bytes = Buffer.from(text);
    for (const size of [1, 7, 64]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.subarray(at * size, (at + 1) * size),
      );
      expect(await run(['account', '--format', 'ndjson'], { stdin: pieces })).toEqual(whole);
    }
  });

  it('answers an element of an array before the next one comes', async () => {
    const order: string[] = [];
    function* array(): Generator<string> {
      for (const wallet of ['20', '30', '40']) {
        order.push(`in ${wallet}`);
        yield `${wallet === '20' ? '[' : ','}${line(wallet)}`;
      }
      order.push('end');
      yield ']';
    }
    const heard = (text: string): void => void order.push(`out ${text.trim()}`);
    await run(['account', '--only', 'liquidationPrice'], { stdin: array(), heard });
    expect(order).toEqual(['in 20', 'out 80', 'in 30', 'out 70', 'in 40', 'out 60', 'end']);
  });

  it.each([
    ['a comma too many', `[${line('20')},\n${line('30')},\n]`, 3, '<stdin>:3: not valid JSON: an element'],
    ['a comma too few', `[${line('20')}\n${line('30')}]`, 2, '<stdin>:2: not valid JSON: a comma or ] should be here'],
    [
      'an element that is no JSON',
      `[${line('20')},\n{"wallet":5,},${line('30')}]`,
      2,
      '<stdin>:2: "{\\"wallet\\":5,}" is no',
    ],
    ['an end within an element', `[${line('20')},\n{"wallet":`, 2, '<stdin>:2: the input ends within a record'],
    ['an end before its end', `[${line('20')}\n`, 2, '<stdin>:2: not valid JSON: the input ends before the ] of'],
    ['something after it', `[${line('20')}]\n}`, 2, '<stdin>:2: not valid JSON: an object should'],
  ])('an array with %s answers what is before', async (_, text, records, words) => {
    for (const size of [1, 50, text.length]) {
      const stdin = Array.from({ length: Math.ceil(text.length / size) }, (__, at) =>
        text.slice(at * size, (at + 1) * size),
      );
      const { stdout, stderr, code } = await run(['account', '--format', 'json'], { stdin });
      const answers = JSON.parse(stdout) as (Partial<AccountOutput> & { error?: object })[];
      expect(answers).toHaveLength(records);
      expect(answers[0]?.positions?.[0]?.liquidationPrice).toBe('80');
      expect(answers.map(({ error }) => error !== undefined).lastIndexOf(true)).toBe(records - 1);
      expect(stderr).toContain(words);
      expect([code, stderr.endsWith(`liqcalc: 1 of ${records} records failed\n`)]).toEqual([65, true]);
    }
  });

  it('what is refused as a whole lacks nothing in particular', async () => {
    for (const text of ['[}', '{"wallet":', 'x'])
      expect((await ask(text)).stderr).not.toContain('missing; give wallet');
  });

  it('one a line in, one a line out; a broken one is an error record in its place', async () => {
    const { stdout, stderr, code } = await ask(
      `${line('20')}\r\n{"wallet":"x","id":7,"positions":[]}\n\nnonsense\n${line('30')}`,
      '--format',
      'ndjson',
    );
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((each) => (JSON.parse(each) as Partial<AccountOutput>).positions?.[0]?.liquidationPrice)).toEqual([
      '80',
      undefined,
      undefined,
      '70',
    ]);
    expect(JSON.parse(lines[1] ?? '')).toEqual({
      wallet: 'x',
      id: 7,
      positions: [],
      error: {
        code: 'INVALID_INPUT',
        message: 'wallet: "x" is not a plain decimal; write digits with at most one dot, like 30000 or 0.5',
        field: 'wallet',
      },
    });
    expect(JSON.parse(lines[2] ?? '')).toMatchObject({ input: 'nonsense', error: { code: 'INVALID_INPUT' } });
    expect(stderr.split('\n')[0]).toMatch(/^<stdin>:2: wallet: /);
    expect(stderr).toMatch(/liqcalc: 2 of 4 records failed\n$/);
    expect(code).toBe(65);
  });

  it('one after another, and as an array', async () => {
    const pretty = (wallet: string): string => JSON.stringify(JSON.parse(line(wallet)), null, 2);
    for (const text of [
      `${pretty('20')}\n${pretty('30')}`,
      `[${line('20')},\n${line('30')}]`,
      `${line('20')} ${line('30')}`,
    ]) {
      const { stdout, code } = await ask(text, '--only', 'liquidationPrice');
      expect([stdout, code]).toEqual(['80\n70\n', 0]);
    }
    expect(JSON.parse((await ask(`${line('20')}\n${line('30')}`, '--json')).stdout)).toHaveLength(2);
  });

  it.each(['}', ']', '{', '[', '"', '{"wallet":1}}', 'null', '5', '[[[[', '{"wallet":1,"positions":[}'])(
    'survives %j',
    async (text) => {
      const { code, stderr } = await ask(text, '--json');
      expect(code).toBe(65);
      expect(stderr).toMatch(/liqcalc: (\d) of \1 records failed\n$/);
    },
  );

  it('csv has one header, one row a position, and errors in the last column', async () => {
    const { stdout } = await ask(`${line('20')}\n{}\n`, '--format', 'csv');
    const [header = '', first = '', second = ''] = stdout.trimEnd().split('\n');
    expect(header.split(',').slice(0, 9)).toEqual([
      'account',
      'symbol',
      'side',
      'qty',
      'entry',
      'mark',
      'mmr',
      'outcome',
      'liquidationPrice',
    ]);
    expect(first.split(',').slice(0, 9)).toEqual(['1', 'X', 'long', '1', '100', '100', '0', 'at', '80']);
    expect(header.endsWith(',error')).toBe(true);
    expect(second).toMatch(/^2,.*positions/);
  });

  it('csv numbers each account once, also one whose price cannot be written', async () => {
    const coarse = line('20').replace('"symbol"', '"tick":"500","symbol"');
    const { stdout, code } = await ask(`${coarse}\n{}\n${line('20')}\n`, '--format', 'csv');
    const [, ...rows] = stdout.trimEnd().split('\n');
    expect(rows.map((row) => row.split(',')[0])).toEqual(['1', '2', '3']);
    expect(rows[0]).toContain('tick 500 is too coarse');
    expect(code).toBe(65);
  });
});

describe('what is refused, by record and key', () => {
  const positions = (...list: string[]): string => `{"wallet":"1","positions":[${list.join(',')}]}`;
  const long = '{"symbol":"BTCUSDT","side":"long","qty":1,"entry":100,"mark":100,"mmr":1}';
  const short = '{"symbol":"BTC/USDT:USDT","side":"short","qty":1,"entry":100,"mark":101,"mmr":1}';
  it.each([
    [
      positions('{"symbol":"X","side":"long","qty":1,"entry":100,"mmr":1}'),
      'positions[0]: mark price is missing; give mark',
    ],
    [positions('{"side":"long","qty":1,"entry":100,"mmr":1,"mark":1}'), 'positions[0]: symbol is missing; give symbol'],
    [positions('{"symbol":"X","side":"long","entry":100,"mark":1,"mmr":1}'), 'positions[0]: size is missing'],
    [
      positions('{"symbol":"NOPEUSDT","side":"long","qty":1,"entry":100,"mark":100}'),
      'positions[0].symbol: no bracket table for "NOPEUSDT"',
    ],
    [positions(long, long), 'positions[1].symbol: long BTCUSDT occurs twice, first as positions[0]'],
    [positions(long, short), 'positions[1].mark: "101" differs from the mark of positions[0] (100)'],
    [positions(long, long.replace('BTCUSDT', 'ETHUSDC')), 'positions: USDT and USDC cannot be in one account'],
    [
      positions(long, '{"symbol":"Y","side":"long","qty":1,"entry":100,"mark":100,"mmr":1,"contract":"inverse"}'),
      'positions: linear and inverse cannot be in one account',
    ],
    [positions(long.replace('"mmr":1', '"mmr":1,"margin":5')), 'positions[0].margin: this input conflicts with mode'],
    [
      positions(long.replace('"mmr":1', '"mmr":1,"wallet":5')),
      'positions[0].wallet: this input conflicts with positions',
    ],
    [
      positions(long.replace('"mmr":1', '"mmr":1,"mode":"crossed"')),
      'positions[0].mode: unknown value "crossed": write cross or isolated',
    ],
    [positions(long.replace('"mmr":1', '"mmr":1,"beta":"x"')), 'positions[0].beta: "x" is not a plain decimal'],
    [positions(long.replace('"mmr":1', '"mmr":100')), 'positions[0].mmr: maintenance rate and fee are 100 % together'],
    [positions(long.replace('"entry"', '"entyr"')), 'positions[0].entyr: unknown name; did you mean entry?'],
    [positions('7'), 'positions[0]: "7" is not a position; write an object'],
    ['{"wallet":"1","positions":{}}', 'positions: "{}" is invalid; write an array'],
    ['{"walet":"1","positions":[]}', 'walet: unknown name; did you mean wallet?'],
    [`{"positions":[${long}]}`, 'cross wallet is missing; give wallet'],
    ['{"wallet":"1"}', 'the list of positions is missing; give positions'],
    ['{"wallet":"1","wallet":"2","positions":[]}', 'wallet: this key is given twice'],
  ])('%s', async (text, message) => {
    const { stdout, stderr, code } = await ask(text, '--json');
    expect(stderr).toContain(`<stdin>: `);
    expect(parsed(stdout)['error']).toMatchObject({ message: expect.stringContaining(message) as unknown });
    expect(code).toBe(65);
  });

  it('reports all problems at once', async () => {
    const { stderr } = await ask(
      positions('{"symbol":"X","side":"up","qty":-1,"entry":0,"mark":"1,0","mmr":1}'),
      '--json',
    );
    for (const key of ['side', 'qty', 'entry', 'mark']) expect(stderr).toContain(`positions[0].${key}: `);
  });

  it.each([
    [['--pos', 'long:BTCUSDT:0.5'], '--pos: "long:BTCUSDT:0.5" is not of the form SIDE:SYMBOL:QTY@ENTRY'],
    [['--pos', 'long:X:1@100,mmr=1,mark=0x10'], '--pos no. 1: mark: "0x10" is not a plain decimal'],
    [
      ['--pos', 'long:X:1@100,mark=1,mmr=1', '--close', 'Y'],
      '--close: there is no position on "Y" to close; its symbols are X',
    ],
    [
      ['--pos', 'long:X:1@100,mark=1,mmr=1', '--close', 'X', '--close', 'X'],
      '--close X: this key is given twice; give it once',
    ],
    [['--pos', 'long:X:1@100,mark=1,mmr=1', '--need', '30'], '--need: "30" is not margin-ratio=PERCENT'],
    [
      ['--pos', 'long:X:1@100,mark=1,mmr=1', '--need', 'margin-ratio=100'],
      '--need: "margin-ratio=100" is not below 100 % (the account is liquidated at 100 %); write margin-ratio=30',
    ],
    [
      ['--pos', 'long:X:1@100,mark=1,mmr=1', '--need', 'margin-ratio=150%'],
      '--need: "margin-ratio=150%" is not below 100 % (the account is liquidated at 100 %); write margin-ratio=30',
    ],
    [['--pos', 'long:X:1@100,mark=1,mmr=1', '--beta', 'X'], '--beta: "X" is not SYMBOL=X'],
    [
      ['--pos', 'long:X:1@100,mark=1,mmr=1', '--from', 'binanse'],
      '--from: unknown value "binanse": write binance, ccxt, bitget, bybit, dydx, gate, hyperliquid, kucoin or okx; did you mean binance?',
    ],
    [['--pos', 'long:X:1@100,mark=1,mmr=1', '--walet', '3'], '--walet: unknown name; did you mean --wallet?'],
    [
      ['--pos', 'long:X:1@100,mark=1,mmr=1', 'file.json'],
      '--pos: give positions by --pos or in a file, not both; leave out file.json',
    ],
  ])('flags %j: usage, nothing on stdout', async (flags, message) => {
    const { stdout, stderr, code } = await run(['account', '--wallet', '50', ...flags]);
    expect(stderr).toContain(message);
    expect([stdout, code]).toEqual(['', 2]);
  });

  it('a file that is not there, and nothing at all', async () => {
    expect((await run(['account', '/no/such/file.json'])).code).toBe(66);
    expect(await run(['account'])).toMatchObject({ stdout: '', code: 2 });
  });
});

describe('what if', () => {
  it('keeps both sides on 60 columns, and the warnings', async () => {
    const positions = ['long:BTCUSDT:0.5@60000,mark=57280', 'long:ETHUSDT:5@3000,mark=2950'];
    const argv = ['account', '--wallet', '3000', ...positions.flatMap((each) => ['--pos', each]), '--shock', 'all=-10'];
    const { stdout } = await run(argv, { env: { COLUMNS: '60' } });
    expect(stdout).toMatch(/^ +BEFORE +AFTER$/m);
    // The equity of 1390 loses 10 % of 28640 + 14750.
    expect(stdout).toMatch(/^equity +1390 +-2949$/m);
    expect(stdout).toMatch(/^margin ratio +12.49 % +above 100 %$/m);
    expect(stdout.match(/Warning/g)).toHaveLength(1);
    expect(stdout).toContain('BTCUSDT and ETHUSDT are dated');
    const { stdout: markdown } = await run([...argv, '--format', 'markdown']);
    expect(markdown).toMatch(/^Before\n\n[^#]*\n\nAfter the shock: all -10 %\n\n/);
  });

  const book =
    '{"wallet":"1000","positions":[{"symbol":"BTCUSDT","side":"long","qty":"2","entry":"100","mark":"110","mmr":"1"},{"symbol":"ETHUSDT","side":"short","qty":"1","entry":"50","mark":"40","mmr":"1"}]}';
  const both = async (...argv: string[]): Promise<{ before: AccountOutput; after: AccountOutput }> =>
    JSON.parse((await ask(book, '--json', ...argv)).stdout) as { before: AccountOutput; after: AccountOutput };

  it('closing at the mark keeps equity, and moves the profit to the wallet', async () => {
    const { before, after } = await both('--close', 'ETHUSDT');
    expect([before['equity'], after['equity'], after['wallet']]).toEqual(['1030', '1030', '1010']);
    expect(after.positions).toHaveLength(1);
  });

  it('closing a part leaves the rest', async () => {
    const { after } = await both('--close', 'BTCUSDT:0.5');
    expect(after.positions[0]).toMatchObject({ symbol: 'BTCUSDT', qty: '1.5', entry: '100' });
    expect([after['wallet'], after['equity']]).toEqual(['1005', '1030']);
  });

  it('adding to a position averages its entry', async () => {
    // 2 @ 100 and 2 @ 120: 4 @ 110; its mark and rate are those of the symbol.
    const { after } = await both('--add', 'long:BTCUSDT:2@120');
    expect(after.positions[0]).toMatchObject({ qty: '4', entry: '110', mmr: '1', unrealizedPnl: '0' });
    expect(after['equity']).toBe('1010');
  });

  it('adding the other side makes a hedge, a new symbol a position', async () => {
    const { after } = await both('--add', 'short:BTCUSDT:2@110', '--add', 'long:SOLUSDT:1@10,mark=10,mmr=1');
    expect(after.positions.map((each) => [each['symbol'], each['side']])).toEqual([
      ['BTCUSDT', 'long'],
      ['ETHUSDT', 'short'],
      ['BTCUSDT', 'short'],
      ['SOLUSDT', 'long'],
    ]);
    expect(after.positions[0]?.liquidationPrice).toBe(after.positions[2]?.liquidationPrice);
  });

  it('adding a cross position needs the wallet that isolated ones did without', async () => {
    const isolated = { symbol: 'X', side: 'long', qty: 1, entry: 100, mark: 110, mmr: 1, lev: 5, mode: 'isolated' };
    const account = JSON.stringify({ positions: [isolated] });
    const added = ['--add', 'long:Z:1@100,mark=100,mmr=1', '--json'];
    const { stdout, code } = await ask(account, ...added);
    expect([code, (JSON.parse(stdout) as { error: object }).error]).toEqual([
      65,
      { code: 'INVALID_INPUT', message: 'cross wallet is missing; give wallet' },
    ]);
    expect((await ask(account, ...added, '--wallet', '50')).code).toBe(0);
  });

  it('changes the wallet, and says what a margin ratio needs', async () => {
    const { after } = await both('--wallet-change', '-500');
    expect([after['wallet'], after['equity']]).toEqual(['500', '530']);
    // Maintenance 2.2 + 0.4 = 2.6; at 0.1 % equity must be 2600.
    expect((await answer(book, '-q', '--need', 'margin-ratio=0.1'))['need']).toEqual({
      marginRatio: '0.1',
      walletChange: '1570',
      withdrawable: null,
    });
  });

  it('says what a margin ratio needs in every format', async () => {
    const need = ['--need', 'margin-ratio=0.1', '--format'];
    const [head = '', first = ''] = (await ask(book, ...need, 'csv')).stdout.split('\n');
    const cells = new Map(head.split(',').map((key, at) => [key, first.split(',')[at]]));
    expect([cells.get('needMarginRatio'), cells.get('needWalletChange')]).toEqual(['0.1', '1570']);
    expect((await ask(book, '--format', 'csv')).stdout).not.toContain('need');
    expect((await ask(book, ...need, 'markdown')).stdout).toMatch(/\| need\.walletChange +\| 1570 /);
    expect((JSON.parse((await ask(book, ...need, 'vega-lite')).stdout) as AccountOutput)['usermeta']).toEqual({
      need: { marginRatio: '0.1', walletChange: '1570', withdrawable: null },
    });
  });

  it('shows both side by side', async () => {
    const { stdout } = await ask(book, '--close', 'ETHUSDT');
    expect(stdout).toMatch(/wallet +1000 +1010/);
    expect(stdout).toMatch(/ETHUSDT short .* -\n/);
  });

  it('refuses to close more than there is', async () => {
    const { stdout, code } = await ask(book, '--json', '--close', 'BTCUSDT:3');
    expect(parsed(stdout)['error']).toMatchObject({
      message: expect.stringContaining('--close: 3 is more than 2, the size of BTCUSDT') as unknown,
    });
    expect(code).toBe(65);
  });
});

describe('messages beside the answer', () => {
  it('--alert exits 1 when the market move or a position is at or below the distance, or the account is lost', async () => {
    expect((await ask(EXAMPLE, '--alert', '7.69')).code).toBe(0);
    expect((await ask(EXAMPLE, '--alert', '7.7')).code).toBe(1);
    expect((await ask(EXAMPLE, '--alert', '13.7')).code).toBe(1);
    expect((await ask(`${EXAMPLE}\n{}`, '--alert', '13.7')).code).toBe(65);
  });

  it('--beta scales a symbol, and says when no account has it', async () => {
    const flags = [
      'account',
      '--wallet',
      '30',
      '--pos',
      'long:X:1@100,mark=100,mmr=0',
      '--pos',
      'long:Y:1@100,mark=100,mmr=0',
    ];
    const { stdout } = await run([...flags, '--beta', 'Y=2', '--only', 'marketMovePercent.down,marketMovePercent.up']);
    expect(stdout).toBe('-10\t\n');
    expect((await run([...flags, '--beta', 'Z=2'])).stderr).toBe(
      'liqcalc: warning: --beta Z: no account has a position on it\n',
    );
    const inverse = ['account', '--wallet', '1', '--pos', 'long:BTCUSD_PERP:1@100,mark=100', '--beta', 'BTCUSD_PERP=2'];
    expect((await run(inverse)).stderr).toContain('all positions of an inverse account have a beta of 1');
  });

  it('--chart draws with letters, in ASCII and without colour, within 80 columns', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'liqcalc-'));
    writeFileSync(join(directory, 'book.json'), EXAMPLE);
    const { stdout } = await run(['account', join(directory, 'book.json'), '--chart'], {
      env: { LC_ALL: 'C', NO_COLOR: '1' },
      terminal: true,
    });
    expect(stdout).toMatch(/^[\x20-\x7e\n]*$/);
    expect(stdout).toMatch(/m+e+Xe+m+/);
    expect(stdout).toContain('-9.62%');
    expect(Math.max(...stdout.split('\n').map((each) => each.length))).toBeLessThanOrEqual(80);
  });

  it('vega-lite is a specification with the crossing in it', async () => {
    const { stdout } = await ask(EXAMPLE, '--format', 'vega-lite');
    const { layer } = JSON.parse(stdout) as { layer: { data: { values: { move: number }[] } }[] };
    expect(layer[0]?.data.values).toHaveLength(202);
    expect(layer[1]?.data.values).toEqual([{ move: -7.6942, label: 'liquidated at -7.6942 %' }]);
  });

  it('markdown has two tables', async () => {
    const { stdout } = await ask(EXAMPLE, '--format', 'markdown');
    expect(stdout).toMatch(/\| marginRatio +\| 41\.4895 /);
    expect(stdout).toMatch(/\| ETHUSDT \| long \| 3683\.979 \| 1456\.84 .*\| 1153\.25646424 /);
  });

  it('--tick moves prices into the safe interval', async () => {
    expect((await ask(EXAMPLE, '--tick', '0.1', '--only', 'liquidationPrice')).stdout).toBe('1153.3\n26316.9\n');
  });
});

describe('text', () => {
  const held = 'account --pos long:BTCUSDT:0.1@60000,mark=60000,mmr=1';

  it('of an account that a change liquidates says so in every row', async () => {
    const { stdout } = await run(`${held} --wallet 7000 --wallet-change=-6990`.split(' '));
    expect(stdout).toMatch(/^market move down +never +-$/m);
    expect(stdout).toMatch(/^market move up +never +-$/m);
    expect(stdout).toMatch(/^BTCUSDT long +never +60505\.05 \(0\.84% past\)$/m);
  });

  it('names what moves', async () => {
    const { stdout } = await run(`${held} --wallet 1000 --beta BTCUSDT=2`.split(' '));
    expect(stdout).toContain('If the market moves (each mark by its beta): liquidated at -');
  });
});

it('a venue without a rule is refused with what to give instead; help does not offer it', async () => {
  const { stderr, code } = await run('account --venue mexc --wallet 9 --pos long:X:1@100,mark=100'.split(' '));
  expect([stderr, code]).toEqual([
    'liqcalc: --venue: "mexc" has no rule here; omit --venue, and give --mmr and --mm-fee\n',
    2,
  ]);
  const help = (await run(['help', 'account'])).stdout.replace(/\s+/g, ' ');
  expect(help).toContain('with --from ccxt also blofin, coinex, delta, htx or mexc (binance, hyperliquid,');
  expect(help).not.toContain('deribit');
});
