import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands as questions } from '../../src/commands/index.js';
import { commands } from '../../src/cli/commands/index.js';
import { EXIT_CODES } from '../../src/cli/exit-codes.js';
import type { Flag } from '../../src/cli/flags.js';
import { notesOf } from '../../src/cli/help/synopsis.js';
import { topics } from '../../src/cli/topics/index.js';
import { RULE_IDS } from '../../src/core/risk/rules/index.js';
import { venues } from '../../src/core/venues/index.js';
import { FIELD_LIST } from '../../src/formats/fields.js';
import { RESULT_LIST } from '../../src/formats/results.js';
import { formats } from '../../src/report/writers/index.js';
import { pathWithLiqcalc } from '../session.js';
import { FakeBinance } from '../live/fake-binance.js';
import { run } from './run.js';

const NAMES = Object.keys(commands);
const TOPICS = Object.keys(topics);
const LOCALE = { LANG: 'C.UTF-8' };

async function out(...argv: string[]): Promise<string> {
  const { stdout, stderr, code } = await run(argv);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  return stdout;
}

const flagsOf = async (name: string): Promise<readonly Flag[]> => (await commands[name]?.load())?.usage.flags ?? [];
/** The words of a text that look like flags. */
const flagsIn = (text: string): readonly string[] => text.match(/--[a-z][a-z-]*/g) ?? [];

describe('liqcalc alone', () => {
  it('fits a terminal of 24 rows, with a line for each command and three examples', async () => {
    const lines = (await out()).trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(24);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    const rows = lines.filter((line) => /^.{18}[a-z]/.test(line)).map((line) => line.slice(18, 31));
    const named = new Set(rows.flatMap((row) => row.split(/[, ]+/)));
    for (const name of NAMES.filter((each) => each !== 'help')) expect(named).toContain(name);
    expect(lines.filter((line) => line.includes('liqcalc ') && line.includes(' --')).length).toBeGreaterThanOrEqual(3);
  });

  it('is the same with --help and -h, and liqcalc help adds the topics', async () => {
    const alone = await out();
    expect([await out('--help'), await out('-h')]).toEqual([alone, alone]);
    const help = await out('help');
    for (const topic of TOPICS) expect(help).toContain(`\n  ${topic} `);
  });
});

describe.each(NAMES)('the help of %s', (name) => {
  it('is short with -h: at most ten flags, two examples, and where the rest is', async () => {
    const { usage } = (await commands[name]?.load()) ?? {};
    const { usual, examples } = notesOf(usage ?? { operands: [], flags: [] });
    const known = (usage?.flags ?? []).map((flag) => flag.name);
    expect(usual.filter((each) => !known.includes(each))).toEqual([]);
    expect(usual.length).toBeLessThanOrEqual(10);
    expect(examples.length).toBeGreaterThanOrEqual(2);
    const short = await out(name, '-h');
    expect(short.split('\n').length).toBeLessThanOrEqual(36);
    expect(short).toContain(`liqcalc ${name} --help`);
    const listed = short.split('\n').filter((line) => /^ {2}(-\w, )?--/.test(line));
    expect(listed.length).toBe(usual.length);
  });

  it('is whole with --help, with every flag that has an effect, examples and its exit codes', async () => {
    const whole = await out(name, '--help');
    expect(await out('help', name)).toBe(whole);
    const flags = await flagsOf(name);
    const listed = whole.split('\n').flatMap((line) => /^ {2}(?:-\w, )?--([a-z-]+)/.exec(line)?.[1] ?? []);
    expect(listed).toEqual(listed.filter((each, index) => listed.indexOf(each) === index));
    expect([...listed].sort()).toEqual(
      flags
        .filter(({ isIdle }) => isIdle !== true)
        .map((flag) => flag.name)
        .sort(),
    );
    expect(whole).toContain('\nExamples:\n');
    const codes = [...whole.matchAll(/^ {1,3}(\d+) {2}/gm)].map(([, code]) => Number(code));
    expect(codes).toEqual([...codes].sort((a, b) => a - b));
    for (const { code } of [EXIT_CODES.done, EXIT_CODES.usage, EXIT_CODES.bug]) expect(codes).toContain(code);
  });
});

it('no is an exit code exactly of the commands that can answer no', async () => {
  const saying: string[] = [];
  for (const name of NAMES) if (/^ {3}1 {2}/m.test(await out(name, '--help'))) saying.push(name);
  const never = NAMES.filter((name) => !saying.includes(name));
  expect(never).toEqual(['pnl', 'fetch', 'schema', 'completion', 'help']);
});

describe.each(Object.keys(questions))('the synopsis of %s', (name) => {
  it('has every flag that is missing in a call without flags', async () => {
    const { stderr, code } = await run([name, ...(name === 'average' ? [] : ['long'])]);
    expect(code).toBe(2);
    const needed = flagsIn(stderr);
    expect(needed.length).toBeGreaterThan(0);
    const usage = /Usage: ([\s\S]*?)\n\n/.exec(await out(name, '-h'))?.[1] ?? '';
    // Some are needed only with another one. The symbol is shown as an argument.
    const withOthers = flagsIn([...stderr.matchAll(/ with (--[a-z-]+)/g)].map(([, flag]) => flag).join(' '));
    const always = needed.filter((flag) => flag !== '--symbol' && !withOthers.includes(flag));
    expect(always.filter((flag) => !usage.includes(flag))).toEqual([]);
    if (needed.includes('--symbol')) expect(usage).toContain('SYMBOL');
  });
});

describe('the examples of help', () => {
  const folder = mkdtempSync(join(tmpdir(), 'liqcalc-help-'));
  let env: NodeJS.ProcessEnv;
  const exchange = new FakeBinance();
  afterAll(() => exchange.stop());
  beforeAll(async () => {
    await exchange.start();
    env = { PATH: pathWithLiqcalc(), HOME: folder, ...LOCALE, ...exchange.env };
    for (const [from, to] of [
      ['examples/book.csv', 'book.csv'],
      ['examples/positions.ndjson', 'positions.ndjson'],
      ['examples/account.json', 'account.json'],
      ['examples/tables.json', 'tables.json'],
      ['examples/crash.ndjson', 'crash.ndjson'],
    ] as const) {
      copyFileSync(from, join(folder, to));
    }
    const candles = Array.from(
      { length: 20 },
      (_, day) => `${60500 + day * 10},${59500 + day * 10},${60000 + day * 10}`,
    );
    writeFileSync(join(folder, 'candles.csv'), ['high,low,close', ...candles, ''].join('\n'));
    const risk = {
      symbol: 'BTCUSDT',
      positionSide: 'BOTH',
      positionAmt: '0.5',
      entryPrice: '60000',
      breakEvenPrice: '60010',
      markPrice: '59000',
      unRealizedProfit: '-500',
      liquidationPrice: '50150.60240964',
      isolatedMargin: '0',
      notional: '29500',
      marginAsset: 'USDT',
      isolatedWallet: '0',
      initialMargin: '1475',
      maintMargin: '118',
      marginType: 'cross',
      leverage: '20',
    };
    writeFileSync(join(folder, 'positionRisk.json'), JSON.stringify([risk]));
  });

  it.each(NAMES)('of %s run', async (name) => {
    const usage = (await commands[name]?.load())?.usage ?? { operands: [], flags: [] };
    const examples = notesOf(usage).examples;
    for (const example of examples) {
      expect(example).toMatch(new RegExp(`^(${name}|long|short) `));
      const { stdout, stderr, code } = await promisify(execFile)('sh', ['-c', `liqcalc ${example}`], {
        cwd: folder,
        env,
      })
        .then((done) => ({ ...done, code: 0 }))
        .catch((error: unknown) => error as { stdout: string; stderr: string; code: number });
      const allowed = example.startsWith('batch') ? [0, 1, 65] : [0, 1];
      expect({ example, stderr, fits: allowed.includes(code) }).toMatchObject({ example, fits: true });
      expect(stdout).not.toBe('');
    }
  });
});

describe('the topics of help', () => {
  it.each<[string, readonly string[]]>([
    ['fields', FIELD_LIST.flatMap(([key, { flag }]) => [key, ...(flag === undefined ? [] : [`--${flag}`])])],
    ['results', RESULT_LIST.map(([key]) => key)],
    ['rules', RULE_IDS],
    ['venues', Object.keys(venues)],
    ['formats', Object.keys(formats)],
    ['exit-codes', Object.values(EXIT_CODES).map(({ code }) => String(code))],
    ['liquidation', ['cancelled', 'reduced', 'fee', 'fund', 'Auto-deleveraging', 'docs/liquidation.md']],
  ])('%s has all of its registry', async (topic, words) => {
    const text = await out('help', topic);
    const found = new Set(text.split(/[\s,:()]+/).map((word) => word.replace(/\.$/, '')));
    expect(words.filter((word) => !found.has(word))).toEqual([]);
  });

  it('says in order what the exchange does', async () => {
    const text = await out('help', 'liquidation');
    const places = [
      'mark price reaches',
      'orders are cancelled',
      'reduced in steps',
      'fee is charged',
      'insurance fund',
      'Auto-deleveraging',
    ];
    const found = places.map((words) => text.replace(/\s+/g, ' ').indexOf(words));
    expect(found.every((place) => place >= 0)).toBe(true);
    expect(found).toEqual([...found].sort((a, b) => a - b));
  });
});

describe('help in any width', () => {
  const pages: readonly string[][] = [
    [],
    ['help'],
    ...NAMES.flatMap((name) => [
      [name, '-h'],
      [name, '--help'],
    ]),
    ...TOPICS.map((topic) => ['help', topic]),
  ];

  it.each([40, 41, 47, 53, 60, 72, 79, 80, 81, 100, 120, 160, 199, 200])('%i columns', async (width) => {
    for (const argv of pages) {
      const { stdout } = await run(argv, { env: { ...LOCALE, COLUMNS: String(width) } });
      for (const line of stdout.split('\n'))
        expect(line.length, `${argv.join(' ')}: ${line}`).toBeLessThanOrEqual(width);
    }
  });

  it('is bold on a terminal, plain with --color never and ASCII where the locale is not UTF-8', async () => {
    const shown = await run(['long', '-h'], { env: LOCALE, terminal: true });
    expect(shown.stdout).toContain('\u001b[1mliqcalc long\u001b[22m');
    expect((await run(['long', '-h', '--color', 'never'], { env: LOCALE, terminal: true })).stdout).not.toContain(
      '\u001b',
    );
    expect((await run(['help', 'venues'], { env: { LC_ALL: 'C' } })).stdout).toMatch(/^[\n -~]*$/);
  });
});
