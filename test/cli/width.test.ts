import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands/index.js';
import { notesOf } from '../../src/cli/help/synopsis.js';
import { shownLength } from '../../src/report/text/lines.js';
import { SEED } from '../seed.js';
import { run } from './run.js';

const CANDLES = join(mkdtempSync(join(tmpdir(), 'liqcalc-width-')), 'candles.csv');
writeFileSync(
  CANDLES,
  [
    'high,low,close',
    ...Array.from({ length: 20 }, (_, day) => `${60500 + day},${59500 + day},${60000 + day}`),
    '',
  ].join('\n'),
);

const FILES: Readonly<Record<string, string>> = {
  'account.json': 'examples/account.json',
  'tables.json': 'examples/tables.json',
  'candles.csv': CANDLES,
};

const POSITION = 'BTCUSDT --entry 60000 --lev 20 --qty 0.5 --mark 59000';
const BOOK = '--wallet 5000 --pos long:BTCUSDT:0.5@60000,mark=59000 --pos short:ETHUSDT:4@3000,mark=3100,mmr=0.5';

/** Calls of every kind besides the examples of help. */
const CALLS: readonly string[] = [
  `long ${POSITION} --explain`,
  `long ${POSITION} --taker 0.05 --stop 58000 --take 66000 --liq-fee 1.25`,
  'long BTCUSD_PERP --entry 60000 --lev 10 --qty 100 --mark 59000 --mmr 1 --contract inverse --multiplier 100 --explain',
  'short --entry 30000 --lev 10 --mmr 0.5 --formula article --explain',
  'long ETHUSDT --entry 1456.84 --qty 3683.979 --mmr 10 --cum 135365 --wallet 1535443.01 --others-mm 71200.81144 --others-pnl=-56354.57',
  'long BTCUSDT --entry 60000 --lev 200 --qty 0.5',
  'long BTC-USDT-SWAP --venue okx --entry 60000 --lev 20 --qty 5 --mark 59000 --mmr 0.4 --explain',
  'long --entry 1000 --margin 1000 --qty 1 --mmr 0.4',
  'short --entry 0.00001234 --lev 5 --mmr 1',
  'sweep long BTCUSDT --entry 60000 --qty 0.5 --both',
  'sweep long BTCUSDT --entry 60000 --qty 0.5 --chart --both',
  'sweep short --lev 10 --mmr 0.5 --entries 29000,30000,31000,32000 --chart',
  'sweep long --entry 30000 --qty 1 --mmr 0.5 --margins 1000,2000,5000',
  'funding long BTCUSDT --entry 60000 --lev 20 --qty 0.5 --rate 0.01 --intervals 12',
  `account ${BOOK}`,
  `account ${BOOK} --chart`,
  `account ${BOOK} --add short:BTCUSDT:1@60000 --close ETHUSDT`,
  `account ${BOOK} --need margin-ratio=5 --within 3`,
  'account examples/account.json --chart --reconcile',
  `check long ${POSITION} --equity 10000 --stop 58000`,
  `check long ${POSITION} -v`,
  `check ${BOOK}`,
  'check --list',
  'check --explain trailing-activation',
  'compare short BTCUSDT --entry 60000 --lev 20 --qty 0.5 --mark 61000',
  'batch examples/book.csv --format text',
  'brackets list --venue binance',
  'brackets show ETHUSDT',
  'brackets diff built-in examples/tables.json',
];

const examples = await Promise.all(
  Object.values(commands).map(async ({ load }) => notesOf((await load()).usage).examples),
);
/** The examples of every command, so a new command is tested as soon as it has one. */
const OF_HELP = examples
  .flat()
  .filter((call) => !/^(batch|schema|completion|fetch|watch) |--only|--json|positionRisk/.test(call))
  .map((call) => call.replace(/\S+\.(json|csv)/g, (file) => FILES[file] ?? file));

const EVERY = [...OF_HELP, ...CALLS];

/** Some widths of the whole range, different in each run, and those at which layouts change. */
const random = Array.from({ length: 4 }, (_, index) => 40 + ((SEED >>> (index * 7)) % 161));
const WIDTHS = [...new Set([40, 60, 79, 80, 81, 120, 160, 200, ...random])];

async function linesOf(call: string, width: number, env: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const { stdout, code } = await run(call.split(' '), { env: { LANG: 'C.UTF-8', ...env, COLUMNS: String(width) } });
  expect([0, 1, 65], call).toContain(code);
  return stdout.split('\n');
}

describe('no line of text is wider than the output', () => {
  it.each(EVERY)('%s', async (call) => {
    for (const width of WIDTHS) {
      const wide = (await linesOf(call, width)).filter((line) => shownLength(line) > width);
      expect({ width, wide }).toEqual({ width, wide: [] });
    }
  });

  it('in colour and in ASCII, too', async () => {
    for (const call of EVERY) {
      for (const env of [{ FORCE_COLOR: '1' }, { LANG: 'C', LC_ALL: 'C' }]) {
        const wide = (await linesOf(call, 47, env)).filter((line) => shownLength(line) > 47);
        expect({ call, wide }).toEqual({ call, wide: [] });
      }
    }
  });
});

describe('the width', () => {
  const wide = 'account examples/account.json';
  const call = (surroundings: Parameters<typeof run>[1]): Promise<string> =>
    run(wide.split(' '), surroundings).then(({ stdout }) => stdout);

  it('is 80 in a pipe, and that of a terminal that knows it', async () => {
    const env = { LANG: 'C.UTF-8' };
    const at = (width: number): Promise<string> => call({ env: { ...env, COLUMNS: String(width) } });
    expect(await call({ env })).toBe(await at(80));
    expect(await call({ env: { ...env, NO_COLOR: '1' }, terminal: true, columns: 160 })).toBe(await at(160));
    expect(await at(160)).not.toBe(await at(80));
    expect(await call({ env: { ...env, COLUMNS: '120', NO_COLOR: '1' }, terminal: true, columns: 60 })).toBe(
      await at(120),
    );
  });

  it.each([
    ['0', '80'],
    ['abc', '80'],
    ['', '80'],
    ['-5', '80'],
    ['1e3', '80'],
    ['1', '40'],
    ['100000', '200'],
    ['9'.repeat(400), '200'],
  ])('COLUMNS=%s is taken as %s', async (written, taken) => {
    const env = { LANG: 'C.UTF-8' };
    expect(await call({ env: { ...env, COLUMNS: written } })).toBe(await call({ env: { ...env, COLUMNS: taken } }));
  });

  it('decides which columns an account shows, and what is left out is named', async () => {
    const at = async (width: number): Promise<string> => (await linesOf(wide, width)).join('\n');
    expect(await at(160)).toMatch(/^SYMBOL +SIDE +SIZE +ENTRY +MARK +LIQUIDATION +ROOM +MAINTENANCE$/m);
    expect(await at(160)).not.toContain('do not fit');
    expect(await at(60)).toMatch(/Columns that do not fit: .*ENTRY/);
    expect(await at(60)).toContain('LIQUIDATION');
  });

  it('decides how long the scale of a card is', async () => {
    const scale = async (width: number): Promise<number> =>
      (await linesOf('long --entry 30000 --lev 10 --mmr 0.5', width)).find((line) => line.includes('━'))?.length ?? 0;
    expect([await scale(60), await scale(80), await scale(160)]).toEqual([48, 68, 148]);
  });
});
