import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXCHANGES } from '../../src/formats/exchange-names.js';
import { POSITION_ANSWERS } from '../formats/venue-answers.js';
import { run, type Run } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'liqcalc-other-'));

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Unchanged responses of exchanges: one for each `--from` and shape. */
const ANSWERS: readonly (readonly [from: string, json: string])[] = [
  ...POSITION_ANSWERS.map(({ from, answer }) => [from, JSON.stringify(answer)] as const),
  ...readdirSync('test/cases/in')
    .filter((name) => /^(?:ccxt-(?!market|tiers|trades)|position-risk|portfolio-margin)/.test(name))
    .map((name) => {
      const from = name.startsWith('ccxt') ? 'ccxt' : 'binance';
      return [from, readFileSync(`test/cases/in/${name}`, 'utf8')] as const;
    }),
  ['binance', readFileSync('test/fuzz/corpus/binance/account.json', 'utf8')],
];

describe("an exchange's answer without --from", () => {
  it('is known for every exchange that --from names', () => {
    expect(new Set(ANSWERS.map(([from]) => from))).toEqual(new Set(EXCHANGES));
  });

  it.each(ANSWERS)('of %s: account, check, batch and a bare file name the command', async (from, json) => {
    const words = (command: string, how: string): string =>
      `it is the response of an exchange; ${how.replace('COMMAND', `liqcalc ${command} --from ${from}`)}`;
    for (const [command, named, how] of [
      ['account', 'account', 'pipe it into: COMMAND'],
      ['check', 'check', 'pipe it into: COMMAND'],
      ['batch', 'account', 'pipe it into: COMMAND'],
    ] as const) {
      const { stderr, code } = await run([command], { stdin: json });
      expect(code).toBe(65);
      const lines = stderr.split('\n').filter((line) => line !== '' && !/records? failed$|first record has/.test(line));
      // Shortened records of closed positions show nothing of their exchange.
      expect(lines[0]?.replace(/^\S+ /, '')).toBe(words(named, how));
    }
    const path = fileOf('answer.json', json);
    const { stderr, code } = await run([path]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `liqcalc: ${JSON.stringify(path)} is a file, not a command; run: liqcalc account --from ${from} ${path}\n`,
    );
  });
});

const ACCOUNT =
  '{"wallet":"50","positions":[{"symbol":"X","side":"long","qty":"1","entry":"100","mark":"100","mmr":"1"}]}';
const TRADES = readFileSync('test/cases/in/ccxt-trades.json', 'utf8');

const POSITION = '{"side":"long","entry":1,"lev":2,"mmr":1}';
const firstLine = ({ stderr }: Run): string => stderr.split('\n', 1)[0] as string;

describe('input for another command', () => {
  it.each([
    ['an account', 'batch', ACCOUNT, 'it is an account; pipe it into: liqcalc account'],
    ['an account', '', ACCOUNT, 'it is an account; pipe it into: liqcalc account'],
    ['trades', 'batch', TRADES, 'it is a list of trades; pipe it into: liqcalc average --fills -'],
    ['trades', 'account', TRADES, 'it is a list of trades; pipe it into: liqcalc average --fills -'],
    ['positions', 'account', POSITION, 'it is a position; pipe it into: liqcalc batch'],
    [
      'a table',
      'batch',
      '{"symbol":"X","brackets":[]}',
      'it is a bracket table; pipe it into: liqcalc brackets import -',
    ],
  ])('%s in "%s"', async (_, command, stdin, words) => {
    const { stderr, code } = await run(command === '' ? [] : [command], { stdin });
    expect(code).toBe(65);
    expect(stderr.split('\n')[0]).toMatch(new RegExp(`^\\S+ ${words}$`));
  });

  it('in a file is named by the command on that file', async () => {
    const path = fileOf('p.json', POSITION);
    expect(firstLine(await run(['account', path]))).toBe(`${path}: it is a position; run: liqcalc batch ${path}`);
    const account = fileOf('a.json', ACCOUNT);
    const { stdout, stderr } = await run(['batch', account]);
    // The bytes of a stream do not depend on the name of its file.
    expect(stdout).toContain('it is an account; run: liqcalc account FILE');
    expect(stderr).toBe(
      `${account}:1: it is an account; run: liqcalc account ${account}\nliqcalc: 1 of 1 records failed\n`,
    );
    const odd = fileOf('my p.json', POSITION);
    expect(firstLine(await run(['account', odd]))).toMatch(/run: liqcalc batch FILE$/);
  });

  it('a position given to check is checked by flags or within an account', async () => {
    expect(firstLine(await run(['check'], { stdin: POSITION }))).toBe(
      '<stdin>: it is a position, not an account; run: liqcalc check long --entry ..., or put it into {"wallet": ..., "positions": [...]}',
    );
  });

  it('CSV rows given to account and check belong to batch; other text is only no JSON', async () => {
    const path = fileOf('rows.csv', 'account,side,entry\nalice,long,1\n');
    for (const command of ['account', 'check']) {
      const line = firstLine(await run([command, path]));
      expect(line.endsWith(`; if it is CSV with positions, run: liqcalc batch ${path}`)).toBe(true);
      expect(firstLine(await run([command], { stdin: 'side;entry\nlong;1\n' }))).toMatch(
        /; if it is CSV with positions, pipe it into: liqcalc batch$/,
      );
      expect(firstLine(await run([command], { stdin: '{"wallet":\n' }))).not.toContain('CSV');
    }
  });

  it('a position that is only incomplete keeps its own message', async () => {
    const { stderr } = await run(['batch'], { stdin: '{"side":"long","symbol":"X","price":100,"qty":1,"lev":3}' });
    expect(stderr).toContain('entry price is missing');
    const { stderr: incomplete } = await run(['account'], { stdin: '{"wallet":5,"positions":[{"symbol":"X"}]}' });
    expect(incomplete).toContain('positions[0]: entry price is missing');
  });

  it('columns of CSV are not taken for keys of an answer', async () => {
    const { stderr } = await run(['batch'], { stdin: 'side,positionAmt,entry\nup,1,100\n' });
    expect(stderr).not.toContain('--from');
  });
});

describe('a file in place of a command', () => {
  const ask = (path: string): Promise<Run> => run([path, '--mmr', '1']);

  it.each([
    ['book.csv', 'side,entry,lev\nlong,100,3\n', 'batch'],
    ['long.json', '{"side":"long","entry":1,"lev":2,"mmr":1}', 'batch'],
    ['lines.ndjson', `${ACCOUNT}\n${ACCOUNT}\n`, 'account'],
    ['account.json', ACCOUNT, 'account'],
    ['tiers.json', readFileSync('test/cases/in/ccxt-market-tiers-gate-btc.json', 'utf8'), 'brackets import'],
    ['noending', 'side,entry,lev\n', 'batch'],
  ])('%s', async (name, text, command) => {
    const path = fileOf(name, text);
    const words = `liqcalc: ${JSON.stringify(path)} is a file, not a command; run: liqcalc ${command} ${path}\n`;
    expect(await ask(path)).toEqual({ stdout: '', stderr: words, code: 2 });
  });

  it('that does not exist, has a name for a shell to misread, or has no place in this message', async () => {
    expect((await ask('gone.csv')).stderr).toBe(
      'liqcalc: "gone.csv" is not a command; if it is a file, run: liqcalc batch gone.csv\n',
    );
    expect((await ask(fileOf('my book.csv', 'side\n'))).stderr).toMatch(/run: liqcalc batch FILE\n$/);
    expect((await ask('lnog')).stderr).toContain('did you mean long?');
    expect((await ask('no.command')).stderr).toContain('unknown command');
  });
});

it('without positions, account and check say how to give them', async () => {
  const advice = 'give a file of accounts, or positions with --pos SIDE:SYMBOL:QTY@ENTRY\n';
  const account = await run(['account', '--wallet', '50'], { stdin: '' });
  expect(account).toEqual({ stdout: '', stderr: `liqcalc: no records in <stdin>; ${advice}`, code: 0 });
  const check = await run(['check', '--wallet', '50'], { stdin: '' });
  expect([check.code, check.stderr.endsWith(advice)]).toEqual([65, true]);
});
