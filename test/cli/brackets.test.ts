import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { configFile } from '../../src/formats/config-place.js';
import { symbolKey } from '../../src/core/brackets.js';
import { venues } from '../../src/core/venues/index.js';
import { PUBLIC_ANSWERS } from '../formats/venues/public-answers.js';
import { run, type Run } from './run.js';

let folder: string;
let stored: string;
/** The one file that all tables were kept in once. */
let old: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'liqcalc-brackets-'));
  stored = join(folder, 'config', 'liqcalc', 'brackets');
  old = join(folder, 'config', 'liqcalc', 'brackets.json');
});

const env = (): Record<string, string> => ({ LANG: 'C.UTF-8', XDG_CONFIG_HOME: join(folder, 'config') });

/** Runs a command line; words that end in `.json` are files of the test's folder. */
function liqcalc(line: string, more: Record<string, string> = {}): Promise<Run> {
  const words = line.split(' ').map((word) => (/\.(json|csv)$/.test(word) ? join(folder, word) : word));
  return run(words, { env: { ...env(), ...more } });
}

const DAY = '2026-11-01';

/** Writes a file that was last changed on DAY. */
function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
  utimesSync(join(folder, name), new Date(DAY), new Date(DAY));
}

/** A table of two brackets, the second at the rate given, from 1000 on. */
const table = (symbol: string, second = '0.02', amount = '10', more = ''): string =>
  `{"symbol":"${symbol}","contract":"linear","asOf":"2026-10-01","confidence":"A","source":"own"${more},"brackets":[
  {"floor":"0","cap":"1000","rate":"0.01","amount":"0","maxLeverage":"50"},
  {"floor":"1000","cap":"100000","rate":"${second}","amount":"${amount}","maxLeverage":"25"}]}`;
const tables = (...all: readonly string[]): string => `{"tables":[${all.join(',')}]}`;

const POSITION = '--entry 100 --margin 100 --qty 5';
const NEITHER =
  "it is neither JSON nor rows of Binance's leverage and margin page (a row looks like 1 | 0 - 5,000 | 75x | 0.50% | 0); it begins with";

describe('pricing', () => {
  it('takes the table of --brackets before the imported and the built-in one', async () => {
    write('a.json', tables(table('BTCUSDT', '0.02', '10'), table('ABCUSDT')));
    write('b.json', table('BTCUSDT', '0.03', '20').replace('"0.01"', '0.012').replace('"20"', '"18"'));
    const line = `long BTCUSDT ${POSITION} --only maintenanceRate,bracketAsOf,liquidationPrice`;
    // (500 - 100) / (5 x 0.996), (5 x 0.99), (5 x 0.988)
    expect((await liqcalc(line)).stdout).toBe('0.4\t2026-05-01\t80.32128514\n');
    await liqcalc('brackets import a.json');
    expect((await liqcalc(line)).stdout).toBe('1\t2026-10-01\t80.80808081\n');
    expect((await liqcalc(`${line} --brackets b.json`)).stdout).toBe('1.2\t2026-10-01\t80.97165992\n');
  });

  it('still knows the symbols that the file lacks', async () => {
    write('a.json', table('ABCUSDT'));
    const { stdout } = await liqcalc(`long BTCUSDT ${POSITION} --brackets a.json --only bracketAsOf`);
    expect(stdout).toBe('2026-05-01\n');
    const unknown = await liqcalc(`long ABDUSDT ${POSITION} --brackets a.json`);
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toContain('no bracket table for "ABDUSDT"; did you mean ABCUSDT?');
  });

  it('never falls back on another table where that of the file is wrong', async () => {
    write('a.json', table('BTCUSDT', '0.02', '11'));
    const { code, stdout, stderr } = await liqcalc(`long BTCUSDT ${POSITION} --brackets a.json`);
    expect({ code, stdout, stderr }).toEqual({
      code: 65,
      stdout: '',
      stderr:
        'liqcalc: --brackets: brackets of BTCUSDT: no. 2: amount 11 makes maintenance jump; 10 makes it continuous\n',
    });
  });

  it.each([
    ['none.json', 66, 'cannot be read: there is no such file'],
    ['folder.json', 66, 'cannot be read: it is a folder'],
    ['empty.json', 65, 'is not a file of bracket tables: it is empty'],
    ['page.json', 65, `is not a file of bracket tables: ${NEITHER} "<html>"`],
  ])('says what is wrong with %s even where no symbol is priced', async (name, code, words) => {
    mkdirSync(join(folder, 'folder.json'));
    write('empty.json', '');
    write('page.json', '<html>');
    const result = await liqcalc(`long --entry 100 --lev 10 --mmr 1 --brackets ${name}`);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toBe(`liqcalc: ${join(folder, name)} ${words}\n`);
  });

  it('does not look at imported tables where no symbol is priced', async () => {
    mkdirSync(join(folder, 'config', 'liqcalc'), { recursive: true });
    writeFileSync(old, 'broken');
    const { code, stderr } = await liqcalc('long --entry 100 --lev 10 --mmr 1');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.each([
    ['broken', `${NEITHER} "broken"`],
    ['', 'it is empty'],
    [
      table('BTCUSDT', '0.02', '11'),
      'brackets of BTCUSDT: no. 2: amount 11 makes maintenance jump; 10 makes it continuous',
    ],
  ])('ends with 78 where the imported tables are broken: %j', async (text, fault) => {
    mkdirSync(join(folder, 'config', 'liqcalc'), { recursive: true });
    writeFileSync(old, text);
    const { code, stdout, stderr } = await liqcalc(`short BTCUSDT ${POSITION}`);
    expect({ code, stdout }).toEqual({ code: 78, stdout: '' });
    expect(stderr).toBe(
      `liqcalc: the imported bracket tables in ${old} are broken: ${fault}; repair it, or remove it and import again\n`,
    );
  });

  it('warns of amounts that were rebuilt', async () => {
    write('a.json', table('ABCUSDT').replace('"amount":"10",', ''));
    const { stdout } = await liqcalc(`long ABCUSDT ${POSITION} --brackets a.json --only warnings`);
    expect(stdout).toBe('AMOUNTS_REBUILT\n');
  });
});

describe('brackets import', () => {
  it('stores tables for their owner alone, and says what they replace', async () => {
    write('a.json', tables(table('BTCUSDT'), table('ABCUSDT')));
    const { code, stdout, stderr } = await liqcalc('brackets import a.json --format csv');
    expect(code).toBe(0);
    expect(stdout).toBe(
      'symbol,brackets,asOf,replacedOrigin,replacedAsOf\nBTCUSDT,2,2026-10-01,built-in,2026-05-01\nABCUSDT,2,2026-10-01,,\n',
    );
    expect(stderr).toBe(`liqcalc: stored 2 tables in ${stored}; 1 of them replaces a table used until now\n`);
    expect(statSync(join(stored, 'binance', 'BTCUSDT.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'config', 'liqcalc')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(stored, 'binance'))).toEqual(['ABCUSDT.json', 'BTCUSDT.json']);
  });

  it('keeps what was imported before', async () => {
    write('a.json', tables(table('ABCUSDT'), table('DEFUSDT')));
    write('b.json', table('DEFUSDT', '0.03', '20').replace('2026-10-01', '2026-09-01'));
    await liqcalc('brackets import a.json');
    const { stderr } = await liqcalc('brackets import b.json');
    expect(stderr).toContain('warning: tables older than the tables they replace: 1, for example DEFUSDT');
    const { stdout } = await liqcalc('brackets list --only symbol,origin,asOf');
    expect(stdout.match(/^.*imported.*$/gm)).toEqual([
      'ABCUSDT\timported\t2026-10-01',
      'DEFUSDT\timported\t2026-09-01',
    ]);
    expect(stdout).toContain(
      'BNBUSDT\tbuilt-in\t2026-07-23\nBTC\tbuilt-in\t2026-09-03\nBTCUSDT\tbuilt-in\t2026-05-01\n',
    );
  });

  it('stores what is valid and names the rest', async () => {
    write('a.json', tables(table('ABCUSDT'), table('DEFUSDT', '0.02', '11')));
    const { code, stdout, stderr } = await liqcalc('brackets import a.json --only symbol');
    expect({ code, stdout }).toEqual({ code: 65, stdout: 'ABCUSDT\n' });
    expect(stderr).toContain(
      'not stored: brackets of DEFUSDT: no. 2: amount 11 makes maintenance jump; 10 makes it continuous',
    );
    expect(readdirSync(join(stored, 'binance'))).toEqual(['ABCUSDT.json']);
  });

  it('stores nothing if no table is valid', async () => {
    write('a.json', table('DEFUSDT', '0.02', '11'));
    expect(await liqcalc('brackets import a.json')).toMatchObject({ code: 65, stdout: '' });
    expect(existsSync(stored)).toBe(false);
  });

  it.each([
    ['', DAY, `liqcalc: the file has no date: ${DAY} is used (date of the file); set another date with --as-of\n`],
    [' --as-of 2026-10-05', '2026-10-05', ''],
  ])('dates tables without a date%s', async (flag, day, words) => {
    write('a.json', table('ABCUSDT').replace('"asOf":"2026-10-01",', ''));
    const { stdout, stderr } = await liqcalc(`brackets import a.json --only asOf${flag}`);
    expect(stdout).toBe(`${day}\n`);
    expect(stderr).toBe(`liqcalc: stored 1 table in ${stored}\n${words}`);
  });

  it('leaves the old file as it was where the new one cannot be written', async () => {
    write('a.json', table('ABCUSDT'));
    await liqcalc('brackets import a.json');
    const path = join(stored, 'binance', 'ABCUSDT.json');
    const before = readFileSync(path, 'utf8');
    // A folder stands where the new text would be written first.
    mkdirSync(`${path}.${process.pid}.tmp`);
    write('b.json', table('ABCUSDT', '0.03', '20'));
    const { code, stdout, stderr } = await liqcalc('brackets import b.json');
    expect({ code, stdout }).toEqual({ code: 73, stdout: '' });
    expect(stderr).toBe(`liqcalc: ${path} cannot be written: it is a folder\n`);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('has no place to store where there is no home', async () => {
    write('a.json', table('ABCUSDT'));
    const { code, stderr } = await liqcalc('brackets import a.json', { XDG_CONFIG_HOME: '', HOME: '' });
    expect({ code, stderr }).toEqual({
      code: 78,
      stderr: 'liqcalc: there is no place to keep tables: neither HOME nor XDG_CONFIG_HOME is set\n',
    });
  });

  it('adds nothing to a store that is broken', async () => {
    write('a.json', table('ABCUSDT'));
    mkdirSync(join(folder, 'config', 'liqcalc'), { recursive: true });
    writeFileSync(old, '[');
    expect(await liqcalc('brackets import a.json')).toMatchObject({ code: 78, stdout: '' });
    expect(readFileSync(old, 'utf8')).toBe('[');
    expect(existsSync(stored)).toBe(false);
  });
});

/** Tiers of BTC/USDT:USDT as ccxt gives them, with what it keeps of the venue's answer. */
const tiersOf = (info: string): string =>
  `{"BTC/USDT:USDT":[{"tier":1,"currency":"USDT","minNotional":0,"maxNotional":50000,"maintenanceMarginRate":0.02,"maxLeverage":25,"info":${info}},
  {"tier":2,"currency":"USDT","minNotional":50000,"maxNotional":100000,"maintenanceMarginRate":0.03,"maxLeverage":15,"info":${info}}]}`;
const KUCOIN_INFO =
  '{"symbol":"XBTUSDTM","level":1,"maxRiskLimit":50000,"minRiskLimit":0,"maxLeverage":25,"maintainMargin":0.02}';

describe('the command that imports a table of a venue', () => {
  const own = Object.values(venues).filter(({ name, venue }) => name === venue && name !== 'binance');

  it('has an answer of its endpoint here, for every venue', () => {
    expect(Object.keys(PUBLIC_ANSWERS).toSorted()).toEqual(own.map(({ name }) => name).toSorted());
  });

  it.each(own.map(({ name }) => name))('of %s reads it', async (name) => {
    const [symbol, answer] = PUBLIC_ANSWERS[name] as readonly [string, unknown];
    const [curl, command = ''] = (venues[name]?.tablesFrom(symbol) as string).split(' | liqcalc ');
    expect(curl).toMatch(/^curl -s '?https:/);
    write('answer.json', JSON.stringify(answer));
    const stored = await liqcalc(command.replace(' - ', ' answer.json '));
    expect(stored.stderr).toContain('liqcalc: stored ');
    const list = await liqcalc(`brackets list --venue ${name} -q --format csv`);
    expect(list.stdout).toMatch(new RegExp(`^${symbolKey(symbol)},${name},.*imported$`, 'm'));
  });

  it('is not named where the answer cannot be read', () => {
    const coins = ['gate', 'bitget', 'kucoin'].map((name) => venues[name]?.tablesFrom('BTCUSD'));
    expect(coins).toEqual([undefined, undefined, undefined]);
  });
});

describe('a table belongs to a venue and a symbol', () => {
  const priced = `long BTCUSDT ${POSITION} --only maintenanceRate,liquidationPrice`;

  it.each([
    ["known by the shape of the venue's own answer", KUCOIN_INFO, ''],
    ['given with --venue', '{}', ' --venue KuCoin'],
  ])("never takes another venue's place: %s", async (_, info, flag) => {
    write('tiers.json', tiersOf(info));
    const { code, stdout } = await liqcalc(`brackets import tiers.json${flag} --format csv`);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `symbol,brackets,asOf,replacedOrigin,replacedAsOf\nBTCUSDT,2,${DAY},,\n`,
    });
    // (500 - 100) / (5 x 0.996)
    expect((await liqcalc(priced)).stdout).toBe('0.4\t80.32128514\n');
    const list = await liqcalc('brackets list -q --only symbol,venue,origin');
    expect(list.stdout).toContain('BTCUSDT\tbinance\tbuilt-in\nBTCUSDT\tkucoin\timported\n');
    const shown = await liqcalc('brackets show BTCUSDT --venue kucoin --format csv -q');
    expect(shown.stdout).toBe(
      'bracket,floor,cap,ratePercent,amount,maxLeverage\n1,0,50000,2,0,25\n2,50000,100000,3,0,15\n',
    );
  });

  it('does not store tables of a venue that nobody named', async () => {
    write('tiers.json', tiersOf('{}'));
    const { code, stdout, stderr } = await liqcalc('brackets import tiers.json');
    expect({ code, stdout, stderr }).toEqual({
      code: 65,
      stdout: '',
      stderr: 'liqcalc: not stored: a table of unknown venue; give the venue with --venue NAME\n',
    });
    expect(existsSync(stored)).toBe(false);
  });

  it.each([
    [KUCOIN_INFO, 'the table is of kucoin, but binance has its own rates; use a file of binance'],
    ['{}', 'the table in the file has no venue; import it with liqcalc brackets import FILE --venue binance'],
  ])('refuses a file of another venue where it is named for a position: %s', async (info, words) => {
    write('tiers.json', tiersOf(info));
    const { code, stdout, stderr } = await liqcalc(`${priced} --brackets tiers.json`);
    expect({ code, stdout }).toEqual({ code: 65, stdout: '' });
    expect(stderr).toContain(`brackets of BTCUSDT: ${words}`);
  });

  it.each([
    ['import', 'not stored: brackets of BTCUSDT: it is a table of kucoin, not of okx'],
    ['validate', '1 invalid'],
  ])('is refused by %s where --venue contradicts it', async (action, words) => {
    write('tiers.json', tiersOf(KUCOIN_INFO));
    const { code, stderr } = await liqcalc(`brackets ${action} tiers.json --venue okx`);
    expect(code).toBe(65);
    expect(stderr).toContain(words);
  });

  it('may be in one file for several venues', async () => {
    const own = (venue: string): string => table('ABCUSDT', '0.02', '10', `,"venue":"${venue}"`);
    write('a.json', tables(own('binance'), own('Gate'), own('me')));
    expect(await liqcalc('brackets import a.json -q --only symbol')).toMatchObject({
      code: 0,
      stdout: 'ABCUSDT\nABCUSDT\nABCUSDT\n',
    });
    expect(readdirSync(stored)).toEqual(['binance', 'gate', 'me']);
    write('b.json', table('ABCUSDT', '0.02', '10', ',"venue":"../me"'));
    expect((await liqcalc('brackets import b.json')).stderr).toContain('venue "../me" is not a name');
  });

  it('names a venue that it does not know', async () => {
    write('tiers.json', tiersOf('{}'));
    const { code, stderr } = await liqcalc('brackets import tiers.json --venue kucoinn');
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean kucoin?');
  });
});

describe('the one file of all tables that 0.1 wrote', () => {
  beforeEach(() => {
    mkdirSync(join(folder, 'config', 'liqcalc'), { recursive: true });
    // 0.1 stored "unknown" where a table said no venue: ccxt's tiers of another venue, and tables of the user's own.
    const unknown = ',"venue":"unknown"';
    const tiers = table('BTCUSDT', '0.03', '20', unknown).replace('"own"', '"ccxt\'s leverage tiers kucoin.json"');
    const [abc, def] = [table('ABCUSDT'), table('DEF.XY', '0.03', '20', unknown)];
    writeFileSync(old, tables(abc, def, tiers));
  });

  it("is read; tables without a venue are Binance's; ccxt's tiers of an unknown venue do not price", async () => {
    const line = `${POSITION} --only maintenanceRate`;
    expect((await liqcalc(`long ABCUSDT ${line}`)).stdout).toBe('1\n');
    expect((await liqcalc(`long DEF.XY ${line}`)).stdout).toBe('1\n');
    expect((await liqcalc(`long BTCUSDT ${line}`)).stdout).toBe('0.4\n');
    expect(existsSync(old)).toBe(true);
  });

  it('is split by the next import, which wins', async () => {
    write('a.json', table('ABCUSDT', '0.04', '30').replace('"0.01"', '"0.015"').replace('"30"', '"25"'));
    expect((await liqcalc('brackets import a.json --only replacedOrigin')).stdout).toBe('imported\n');
    expect(existsSync(old)).toBe(false);
    expect(readdirSync(join(stored, 'binance'))).toEqual(['ABCUSDT.json', 'DEF%2EXY.json']);
    const listed = await liqcalc('brackets list -q --only symbol,venue,origin');
    expect(listed.stdout).toContain('DEF.XY\tbinance\timported\n');
    expect((await liqcalc(`long ABCUSDT ${POSITION} --only maintenanceRate`)).stdout).toBe('1.5\n');
    expect((await liqcalc(`long DEF.XY ${POSITION} --only maintenanceRate`)).stdout).toBe('1\n');
  });
});

describe('imports at the same time', () => {
  it('keep every table of twenty processes', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `T${index}USDT`);
    mkdirSync(join(folder, 'config', 'liqcalc'), { recursive: true });
    writeFileSync(old, tables(table('OLDUSDT')));
    for (const name of names) write(`${name}.json`, table(name));
    const codes = await Promise.all(
      names.map(
        (name) =>
          new Promise((resolve) => {
            const words = ['bin/liqcalc.js', 'brackets', 'import', join(folder, `${name}.json`), '-q'];
            spawn(process.execPath, words, { env: env(), stdio: 'ignore' }).once('close', resolve);
          }),
      ),
    );
    expect(codes).toEqual(names.map(() => 0));
    const kept = readdirSync(join(stored, 'binance'));
    expect(kept).toEqual(['OLDUSDT', ...names].map((name) => `${name}.json`).sort());
    expect(existsSync(old)).toBe(false);
  }, 60_000);
});

describe('brackets show', () => {
  it('prints a table that can be imported again', async () => {
    const { stdout } = await liqcalc('brackets show BTC/USD:BTC --json');
    write('again.json', stdout);
    expect(await liqcalc('brackets validate again.json --only symbol,brackets,verdict,remark -q')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: `BTCUSD_PERP\t10\tvalid\tunverified: brackets 1-7 pinned by official figures, 8-10 remembered; the present table is not known here\n`,
    });
    const others = await liqcalc('brackets diff built-in again.json --only symbol,change');
    const removed = others.stdout.trim().split('\n');
    expect([others.code, others.stderr, removed.length]).toEqual([1, '', 44]);
    expect(removed).toContain('BNBUSDT\tremoved');
    expect(others.stdout).not.toContain('BTCUSD_PERP');
  });

  it.each([
    ['csv', 'bracket,floor,cap,ratePercent,amount,maxLeverage\n1,0,1000,1,0,50\n2,1000,100000,2,10,25\n'],
    ['ndjson', `${tablesLine('ABCUSDT')}\n`],
  ])('as %s', async (format, text) => {
    write('a.json', table('ABCUSDT'));
    expect((await liqcalc(`brackets show abcusdt --brackets a.json --format ${format}`)).stdout).toBe(text);
  });

  it('does not know tables that were not imported', async () => {
    const { code, stdout, stderr } = await liqcalc('brackets show BTCUSTD');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('no bracket table for "BTCUSTD"; did you mean BTCUSDT?');
  });
});

/** The table of `table` as liqcalc writes it. */
function tablesLine(symbol: string): string {
  return `{"venue":"binance","symbol":"${symbol}","contract":"linear","multiplier":"1","asOf":"2026-10-01","confidence":"A","source":"own","brackets":[{"floor":"0","cap":"1000","rate":"0.01","amount":"0","maxLeverage":"50"},{"floor":"1000","cap":"100000","rate":"0.02","amount":"10","maxLeverage":"25"}]}`;
}

describe('brackets diff', () => {
  it('compares the tables of one venue, and says what it left out', async () => {
    write('a.json', table('ABCUSDT', '0.02', '10', ',"venue":"kucoin"'));
    write('b.json', table('ABCUSDT', '0.03', '20', ',"venue":"kucoin"'));
    const { code, stdout, stderr } = await liqcalc('brackets diff a.json b.json');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('a.json; compare another venue with --venue NAME');
    expect((await liqcalc('brackets diff a.json b.json --venue kucoin --only symbol,what,from,to')).stdout).toContain(
      'ABCUSDT\tratePercent\t2\t3\n',
    );
  });

  it('is silent with 0 where nothing differs', async () => {
    write('a.json', table('ABCUSDT'));
    expect(await liqcalc('brackets diff a.json a.json')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await liqcalc('brackets diff a.json a.json --json')).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  });

  it('lists the changes, exit 1', async () => {
    write('a.json', table('ABCUSDT'));
    write('b.json', table('ABCUSDT', '0.025', '15'));
    await liqcalc('brackets import a.json');
    expect(await liqcalc('brackets diff imported b.json --format ndjson')).toEqual({
      code: 1,
      stdout:
        '{"symbol":"ABCUSDT","change":"changed","bracket":2,"what":"ratePercent","from":"2","to":"2.5"}\n' +
        '{"symbol":"ABCUSDT","change":"changed","bracket":2,"what":"amount","from":"10","to":"15"}\n',
      stderr: '',
    });
  });

  it('ends with 65 where a table cannot be compared', async () => {
    write('a.json', tables(table('ABCUSDT'), table('DEFUSDT', '0.02', '11')));
    const { code, stderr } = await liqcalc('brackets diff a.json a.json');
    expect(code).toBe(65);
    expect(stderr.match(/left out: brackets of DEFUSDT/g)).toHaveLength(2);
  });
});

it('a table of ratios can be imported again, exactly', async () => {
  const { stdout } = await liqcalc('brackets show ETH --venue hyperliquid --json');
  expect(stdout).toContain('"rate":"1/30","amount":"4000000/3"');
  write('again.json', stdout);
  expect((await liqcalc('brackets import again.json')).code).toBe(0);
  expect((await liqcalc('brackets diff built-in imported --venue hyperliquid --only symbol')).stdout).not.toContain(
    'ETH\n',
  );
  expect((await liqcalc('brackets show ETH --venue hyperliquid --json')).stdout).toBe(stdout);
  const sold = await liqcalc('long ETH --venue hyperliquid -e 4000 --qty 50000 -l 10 --only liquidationPrice -q');
  // (200 M - 20 M - 4/3 M) / (50000 x 29/30), worked out by hand.
  expect(sold.stdout).toBe('3696.55172414\n');
});

describe('brackets list', () => {
  it('warns of outdated tables once', async () => {
    const { stderr } = await liqcalc('brackets list');
    expect(stderr).toBe(
      'liqcalc: warning: 44 of 84 tables are more than 180 days old (oldest 2021); import newer ones: liqcalc brackets import FILE\n',
    );
    expect((await liqcalc('brackets list -q')).stderr).toBe('');
  });

  it('lists the valid tables of a file and names the others, which no other table replaces', async () => {
    write('a.json', tables(table('ABCUSDT'), table('BTCUSDT', '0.02', '11')));
    const { code, stdout, stderr } = await liqcalc('brackets list --brackets a.json --only symbol,origin -q');
    expect(code).toBe(65);
    expect(stdout).toContain('AAVEUSDT\tbuilt-in\nABCUSDT\tfile\nADA\tbuilt-in\n');
    expect(stdout).toContain('BTC\tbuilt-in\nBTCUSD_PERP\tbuilt-in\n');
    expect(stderr).toContain('brackets of BTCUSDT: no. 2');
  });

  it.each([
    [
      'json',
      /^\[\{"symbol":"1000BONKUSDT","venue":"binance","contract":"linear","brackets":9,"maxLeverage":"75","asOf":"2026-05-01",/,
    ],
    [
      'markdown',
      /^\| symbol {7}\| venue {7}\| contract \| brackets \| maxLeverage \| asOf {7}\| confidence \| origin {3}\|\n\| -/,
    ],
  ])('as %s', async (format, pattern) => {
    expect((await liqcalc(`brackets list --format ${format}`)).stdout).toMatch(pattern);
  });
});

describe('brackets alone', () => {
  it('lists the tables, in 80 columns', async () => {
    const alone = await liqcalc('brackets');
    expect(alone).toEqual(await liqcalc('brackets list'));
    expect(alone.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(alone.stdout).toMatch(/^BTC +hyperliquid +linear +2 +40x +2026-09-03 +A +built-in$/m);
  });

  it('lists one venue', async () => {
    const { stdout, stderr } = await liqcalc('brackets --venue hyperliquid --only venue,symbol');
    expect(stdout.trim().split('\n').length).toBe(39);
    expect(stdout).not.toContain('binance');
    expect(stderr).toBe('');
  });
});

describe('brackets remove', () => {
  it('removes an imported table; the built-in one is used again', async () => {
    write('a.json', tables(table('BTCUSDT'), table('ABCUSDT')));
    await liqcalc('brackets import a.json');
    const path = join(stored, 'binance', 'BTCUSDT.json');
    expect(await liqcalc('brackets remove btc/usdt:usdt')).toEqual({
      code: 0,
      stdout: '',
      stderr: `liqcalc: removed ${path}; the built-in table of 2026-05-01 is used again\n`,
    });
    expect(readdirSync(join(stored, 'binance'))).toEqual(['ABCUSDT.json']);
    expect((await liqcalc('brackets show BTCUSDT -q')).stdout).toContain('built-in');
    const last = await liqcalc('brackets remove ABCUSDT');
    expect(last.stderr).toBe(`liqcalc: removed ${join(stored, 'binance', 'ABCUSDT.json')}\n`);
    expect((await liqcalc('brackets remove ABCUSDT')).code).not.toBe(0);
  });

  it('removes the table of the venue that is named, also a broken one', async () => {
    write('a.json', tables(table('BTCUSDT'), table('BTCUSDT', '0.02', '0', ',"venue":"kucoin"')));
    await liqcalc('brackets import a.json');
    writeFileSync(join(stored, 'kucoin', 'BTCUSDT.json'), 'broken');
    expect((await liqcalc('brackets remove BTCUSDT --venue kucoin')).code).toBe(0);
    expect(readdirSync(join(stored, 'kucoin'))).toEqual([]);
    expect(readdirSync(join(stored, 'binance'))).toEqual(['BTCUSDT.json']);
  });

  it('removes a table of the old file, and keeps its others', async () => {
    mkdirSync(join(folder, 'config', 'liqcalc'), { recursive: true });
    writeFileSync(old, tables(table('ABCUSDT'), table('DEFUSDT')));
    expect((await liqcalc('brackets remove ABCUSDT')).code).toBe(0);
    expect(existsSync(old)).toBe(false);
    expect(readdirSync(join(stored, 'binance'))).toEqual(['DEFUSDT.json']);
  });

  it.each([
    ['BTCUSDT', 'the table of BTCUSDT on binance is built in and cannot be removed'],
    ['BTC --venue hyperliquid', 'the table of BTC on hyperliquid is built in and cannot be removed'],
    ['NOPE', 'there is no imported table of NOPE on binance; brackets list shows the tables'],
    ['../x', 'there is no imported table of ../x on binance'],
  ])('says that there is no table: %s', async (words, message) => {
    const { code, stdout, stderr } = await liqcalc(`brackets remove ${words}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('wrong usage', () => {
  it.each([
    [
      'brackets lst',
      'unknown value "lst": write list, show, validate, import, remove, diff or update; did you mean list?',
    ],
    ['brackets show', 'a symbol is missing; write liqcalc brackets show SYMBOL'],
    [
      'brackets diff built-in',
      'diff compares two sets of tables; each is a FILE, or the word built-in, or imported; write liqcalc brackets diff A B',
    ],
    ['brackets show BTC', 'did you mean BTCUSDT or BTC of hyperliquid (--venue hyperliquid)?\n'],
    ['brackets list x', '"x" is an unexpected argument; remove it'],
    [
      'brackets list --only sybmol',
      '--only: "sybmol" is not a field; did you mean symbol? (the fields are symbol, venue, contract,',
    ],
    ['brackets list --as-of 2026-13-01', '--as-of: "2026-13-01" is invalid; write a date like 2026-11-22'],
    ['brackets list --as-of 2026-11-23', '--as-of: "2026-11-23" is invalid; that day is in the future'],
    ['brackets constructor', 'unknown value "constructor": write list'],
  ])('%s', async (line, words) => {
    const { code, stdout, stderr } = await liqcalc(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });

  it('is reported all at once', async () => {
    const { code, stderr } = await liqcalc('brackets diff --format xml --frmat x --as-of soon');
    expect(code).toBe(2);
    expect(stderr.split('\n').slice(0, -1)).toHaveLength(5);
    for (const words of [
      '--frmat: unknown name; did you mean --format?',
      '--format:',
      '--as-of:',
      'diff compares two sets of tables',
    ])
      expect(stderr).toContain(words);
  });
});

describe('the folder of what is imported', () => {
  it.each([
    [{ HOME: '/h' }, 'linux', '/h/.config/liqcalc/brackets.json'],
    [{ HOME: '/h', XDG_CONFIG_HOME: '/x' }, 'darwin', '/x/liqcalc/brackets.json'],
    [{ HOME: '/h', XDG_CONFIG_HOME: 'relative' }, 'linux', '/h/.config/liqcalc/brackets.json'],
    [{ HOME: '/h', APPDATA: 'C:\\Users\\u' }, 'win32', 'C:\\Users\\u\\liqcalc\\brackets.json'],
    [{}, 'linux', undefined],
    [{ HOME: '/h' }, 'win32', undefined],
  ])('%j on %s', (variables, platform, path) => {
    expect(configFile({ env: variables, platform }, 'brackets.json')).toBe(path);
  });
});
