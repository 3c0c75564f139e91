import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../src/stream.js';
import { Collected, MOST_SORTED, TooManyRecordsError } from '../../src/stream/collected.js';
import { account } from '../../src/index.js';
import { SEED } from '../seed.js';
import { run } from './run.js';

const BOOK = [
  { id: 'far', symbol: 'BTCUSDT', side: 'long', entry: 60000, qty: 0.5, lev: 2, mark: 59000 },
  { id: 'near', symbol: 'ETHUSDT', side: 'short', entry: 3000, qty: 4, lev: 50, mark: 3040 },
  { id: 'never', side: 'long', entry: 1000, margin: 1000, qty: 1, mmr: 0.4 },
  { id: 'bad', side: 'long', entry: 1000, lev: 10 },
  { id: 'lost', side: 'long', entry: 1000, lev: 10, mmr: 1, mark: 890 },
  { id: 'gone', side: 'short', entry: 100, wallet: 1, othersMm: 200, qty: 1, mmr: 1 },
];
const LINES = BOOK.map((each) => `${JSON.stringify(each)}\n`).join('');

const ids = async (...argv: string[]): Promise<string[]> => {
  const { stdout } = await run(['batch', '--only', 'id', '-q', ...argv], { stdin: LINES });
  return stdout.split('\n').slice(0, -1);
};

describe('batch as a book', () => {
  it('is what a terminal shows, nearest first, with totals', async () => {
    const { stdout, code } = await run(['batch', '-q'], {
      stdin: LINES,
      terminal: true,
      env: { LANG: 'C.UTF-8', NO_COLOR: '1' },
    });
    expect(code).toBe(65);
    expect(stdout).toBe(
      [
        '6 records: 2 with a liquidation price, 1 never liquidated, 2 liquidated already,\n1 failed',
        '',
        'RECORD  SYMBOL   SIDE   ENTRY   MARK  LIQUIDATION         ROOM',
        'gone             short    100             already               ╳',
        'lost             long    1000    890       909.09  -2.15% past  ╳',
        'near    ETHUSDT  short   3000   3040      3047.81        0.26%  ━',
        'far     BTCUSDT  long   60000  59000     30120.48       48.95%  ━━━━━━━━━━━━━━━━',
        'never            long    1000               never',
        'bad              long    1000              failed',
        'A full bar is a room of 20 % or more.',
        '',
      ].join('\n'),
    );
  });

  it('is data on a terminal if --format or --only asks for it', async () => {
    const { stdout } = await run(['batch', '-q', '--format', 'ndjson'], { stdin: LINES, terminal: true });
    expect(stdout).toMatch(/^\{"id":"far"/);
    expect((await run(['batch', '-q', '--only', 'id'], { stdin: LINES, terminal: true })).stdout).toMatch(/^far\n/);
  });

  it('is coloured by room: red below 5 %, yellow below 10 %, bold below 15 %', async () => {
    const at = (lev: number): string => `{"side":"long","entry":100,"lev":${lev},"mmr":0.5}\n`;
    const stdin = [3, 8, 12, 30].map(at).join('');
    const { stdout } = await run(['batch', '--format', 'text', '--color', 'always'], { stdin });
    const rows = stdout.split('\n').filter((line) => line.includes('long'));
    expect(rows.map((line) => /^\u001b\[(\d+)m/.exec(line)?.[1])).toEqual(['31', '33', '1', undefined]);
  });

  it('counts all records, and shows the requested ones', async () => {
    const { stdout } = await run(['batch', '-q', '--format', 'text', '--within', '10'], { stdin: LINES });
    expect(stdout).toContain(
      '6 records: 2 with a liquidation price, 1 never liquidated, 2 liquidated already,\n1 failed\n',
    );
    expect(stdout).toContain('4 of 6 records shown.\n');
    expect(stdout).not.toContain('far ');
  });

  it('shows a thousand records and as many that failed, unless --top asks for more', async () => {
    const stdin = '{"side":"long","entry":100,"lev":3,"mmr":0.5}\n'.repeat(1100) + '{}\n'.repeat(1001);
    const { stdout } = await run(['batch', '-q', '--format', 'text'], { stdin });
    expect(stdout).toContain('2000 of 2101 records shown.\n');
    const more = await run(['batch', '-q', '--format', 'text', '--top', '1050'], { stdin });
    expect(more.stdout).toContain('1050 of 2101 records shown.\n');
  });

  it('names a record by its number if it has no name, and shows no control character', async () => {
    const stdin = `{"name":"a\\u001b[31m\\nb","side":"long","entry":1,"lev":3,"mmr":1}\n{"side":"long","entry":1,"lev":3,"mmr":1}\nnoise\n`;
    const { stdout } = await run(['batch', '-q', '--format', 'text'], { stdin });
    expect(stdout).toContain('\na\\u001b[31m\\u000ab  long');
    expect(stdout).toMatch(/\n2 +long/);
    expect(stdout).toMatch(/\n3 +failed\n/);
  });

  it('has columns for other results', async () => {
    const { stdout } = await run(['batch', '-q', '--format', 'text', '--fields', 'all'], { stdin: LINES });
    expect(stdout).toContain('Columns that do not fit');
    const one = await run(['batch', '-q', '--format', 'text', '--fields', 'marginRatio'], { stdin: LINES });
    expect(one.stdout).toMatch(/MARGINRATIO/);
    expect(one.stdout).toMatch(/near .* 0\.26% +60\.8/);
  });

  it('keeps the columns of a table: the first record of the input decides them', async () => {
    const { stdout } = await run(['batch', '-q', '--sort', '-entry', '--only', 'id'], {
      stdin: LINES,
    });
    expect(stdout).toBe('far\nnear\nnever\nlost\ngone\n\n');
    const csv = await run(['batch', '-q', '--format', 'csv', '--sort', 'entry'], {
      stdin: '{"entry":2,"side":"long","lev":3,"mmr":1}\n{"side":"long","entry":1,"lev":3,"mmr":1}\n',
    });
    expect(csv.stdout.split('\n').map((line) => line.split(',')[0])).toEqual(['entry', '1', '2', '']);
  });
});

describe('--sort and --top', () => {
  it('order by results, fields and other keys; liquidated ones are nearest, absent values last', async () => {
    expect(await ids('--sort', 'distancePercent')).toEqual(['gone', 'lost', 'near', 'far', 'never', '']);
    expect(await ids('--sort', '-distancePercent')).toEqual(['never', 'far', 'near', 'lost', 'gone', '']);
    expect(await ids('--sort=-id')).toEqual(['never', 'near', 'lost', 'gone', 'far', '']);
    expect(await ids('--sort', 'symbol,-entry')).toEqual(['far', 'near', 'never', 'lost', 'gone', '']);
    expect(await ids('--sort', 'size,id')).toEqual(['far', 'gone', 'never', 'near', 'lost', '']);
    expect(await ids('--sort', 'outcome,-side')).toEqual(['gone', 'lost', 'near', 'far', 'never', '']);
    expect(await ids('--top', '2')).toEqual(['gone', 'lost']);
    expect(await ids('--top', '2', '--sort', '-mark')).toEqual(['far', 'near']);
    expect(await ids('--top', '9', '--within', '1')).toEqual(['gone', 'lost', 'near']);
  });

  it('refuse unknown names and numbers', async () => {
    const refused = async (...argv: string[]): Promise<string> =>
      (await run(['batch', ...argv], { stdin: 'id,side,entry,lev,mmr\n1,long,1,2,1\n' })).stderr;
    expect(await refused('--sort', 'entri')).toContain('--sort: "entri" is not a field; did you mean entry?');
    expect(await refused('--sort', 'id,mood')).toContain('--sort: "mood" is not a field');
    expect(await refused('--top', '0')).toContain('--top: "0" must be greater than 0');
    expect(await refused('--top', '1.5')).toContain('--top');
    const { stdout, stderr, code } = await run(['batch', '--sort', 'mood'], { stdin: LINES });
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toContain('--sort: "mood" is not a field (');
  });

  it('say how many records can be sorted', () => {
    const collected = new Collected({ fields: [] });
    for (let index = 0; index < MOST_SORTED; index++) collected.failed(() => '');
    expect(() => collected.failed(() => '')).toThrow(TooManyRecordsError);
    const top = new Collected({ fields: [], top: 1 });
    for (let index = 0; index <= MOST_SORTED; index++) top.failed(() => '');
    expect(top.inOrder()).toEqual([]);
  });

  it('give the records of the unsorted output in the order that jq would give them', async () => {
    const record = fc.record({
      side: fc.constantFrom('long', 'short'),
      entry: fc.integer({ min: 1, max: 9 }),
      lev: fc.integer({ min: 1, max: 4 }),
      mmr: fc.constantFrom('0.5', '1%'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 12 }), async (records) => {
        const stdin = records.map((each) => `${JSON.stringify(each)}\n`).join('');
        const output = async (...argv: string[]): Promise<Record<string, string>[]> =>
          (await run(['batch', '-q', '--fields', 'distancePercent', '--dp', '30', ...argv], { stdin })).stdout
            .split('\n')
            .slice(0, -1)
            .map((line) => JSON.parse(line) as Record<string, string>);
        const plain = await output();
        const sorted = [...plain].sort((one, other) => Number(one['entry']) - Number(other['entry']));
        expect(await output('--sort', 'entry')).toEqual(sorted);
        expect(await output('--sort', 'entry', '--top', '3')).toEqual(sorted.slice(0, 3));
        expect(await output('--sort', '-entry')).toEqual(
          [...plain].sort((one, other) => Number(other['entry']) - Number(one['entry'])),
        );
      }),
      { seed: SEED, numRuns: 20 },
    );
  });

  it('are options of the library too', async () => {
    const texts: string[] = [];
    const decoder = new TextDecoder();
    for await (const bytes of batch(LINES, { sort: ['-entry'], top: 2, fields: ['outcome'] }))
      texts.push(decoder.decode(bytes));
    const { stdout } = await run(['batch', '--sort', '-entry', '--top', '2', '--fields', 'outcome'], { stdin: LINES });
    expect(texts.join('')).toBe(stdout);
    texts.length = 0;
    for await (const bytes of batch(LINES, { format: 'text', within: '10' })) texts.push(decoder.decode(bytes));
    expect(texts.join('')).toBe((await run(['batch', '--format', 'text', '--within', '10'], { stdin: LINES })).stdout);
    expect(() => batch(LINES, { top: 0 })).toThrow('top');
    expect(() => batch(LINES, { within: 'x' })).toThrow('within');
  });
});

const POSITIONS = [
  { symbol: 'AUSDT', side: 'long', qty: 1, entry: 100, mark: 100, mmr: 1, note: 'b' },
  { symbol: 'BUSDT', side: 'short', qty: 5, entry: 100, mark: 100, mmr: 1, note: 'a' },
  { symbol: 'CUSDT', side: 'long', qty: 1, entry: 100, mark: 100 },
  { symbol: 'DUSDT', side: 'long', qty: 3, entry: 100, lev: 50, mode: 'isolated', mmr: 1 },
] as const;
const ACCOUNT = { wallet: 50, positions: POSITIONS };

describe('--sort and --top of account', () => {
  const symbols = async (...argv: string[]): Promise<string> =>
    (await run(['account', '--only', 'symbol', '-q', ...argv], { stdin: JSON.stringify(ACCOUNT) })).stdout.replaceAll(
      '\n',
      ' ',
    );

  it('order the positions; failed ones come last and are always shown', async () => {
    expect(await symbols('--sort', 'distancePercent')).toBe('DUSDT BUSDT AUSDT CUSDT ');
    expect(await symbols('--sort', '-qty')).toBe('BUSDT DUSDT AUSDT CUSDT ');
    expect(await symbols('--sort', 'note')).toBe('BUSDT AUSDT DUSDT CUSDT ');
    expect(await symbols('--top', '1')).toBe('DUSDT CUSDT ');
    expect(await symbols('--top', '1', '--sort', 'size', '--within', '20')).toBe('DUSDT CUSDT ');
  });

  it('are options of the library too', () => {
    const found = account(ACCOUNT, { sort: ['-qty'], top: 2 }).positions.map(({ symbol }) => symbol);
    expect(found).toEqual(['BUSDT', 'DUSDT', 'CUSDT']);
  });

  it('order a comparison', async () => {
    const { stdout } = await run(['account', '--close', 'AUSDT', '--sort', '-qty', '--top', '2'], {
      stdin: JSON.stringify(ACCOUNT),
    });
    expect(stdout.split('LIQUIDATION')[1]?.match(/[A-D]USDT/g)).toEqual(['BUSDT', 'DUSDT']);
  });

  it('refuse what no position has', async () => {
    const { stderr, code } = await run(['account', '--sort', 'equity'], { stdin: JSON.stringify(ACCOUNT) });
    expect(code).toBe(2);
    expect(stderr).toContain('--sort: "equity" is not a field');
  });

  it('name the accounts of a stream in text', async () => {
    const stdin = `${JSON.stringify({ id: 'desk\u001b', ...ACCOUNT })}\n${JSON.stringify(ACCOUNT)}\n`;
    const { stdout } = await run(['account', '--format', 'text'], { stdin });
    expect(stdout.match(/^ACCOUNT .*$/gm)).toEqual(['ACCOUNT desk\\u001b', 'ACCOUNT <stdin>:2']);
    const one = await run(['account', '--format', 'text'], { stdin: JSON.stringify({ id: 'desk', ...ACCOUNT }) });
    expect(one.stdout).not.toContain('ACCOUNT');
  });
});
