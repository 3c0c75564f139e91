import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'liqcalc-empty-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
/** A file with a text of its own; gives its path. */
function file(text: string): string {
  const path = join(folder, `${files++}.txt`);
  writeFileSync(path, text);
  return path;
}

const BOM = '\ufeff';
const HEADER = 'side,entry,lev,mmr\n';
const RECORD = '{"side":"long","entry":"30000","lev":"10","mmr":"0.5"}\n';
const ACCOUNT =
  '{"wallet":"20","positions":[{"symbol":"X","side":"long","qty":"1","entry":"100","mark":"100","mmr":"0"}]}';

/** Inputs without a record, for streams of positions and for accounts. */
const EMPTY = [
  ['no bytes', ''],
  ['blanks', ' \t\r\n\n  '],
  ['a byte order mark', BOM],
  ['a byte order mark and blanks', `${BOM} \r\n`],
  ['an empty array', '[]'],
  ['an empty array with blanks', `${BOM}\n [ \n ] \n`],
  ['several empty arrays', '[]\n[]\n'],
] as const;
const EMPTY_POSITIONS = [
  ...EMPTY,
  ['a CSV header', HEADER],
  ['a CSV header without line end', HEADER.trim()],
  ['a CSV header and blank lines', `${BOM}${HEADER}\r\n\n`],
] as const;

const READERS = [
  ...EMPTY_POSITIONS.map(([kind, text]) => ['batch', kind, text] as const),
  ...EMPTY.map(([kind, text]) => ['account', kind, text] as const),
];

describe.each(READERS)('%s of %s', (command, _, text) => {
  it('is a note and exit 0', async () => {
    for (const [args, surroundings, name] of [
      [[], { stdin: text }, 'stdin'],
      [[file(text)], {}, '.txt'],
    ] as const) {
      const { stderr, code } = await run([command, ...args], surroundings);
      expect(stderr).toMatch(/^liqcalc: no records in .*\n$/);
      expect(stderr).toContain(name);
      expect(code).toBe(0);
    }
  });

  it('is silent with -q', async () => {
    const { stderr, code } = await run([command, '-q'], { stdin: text });
    expect([stderr, code]).toEqual(['', 0]);
  });

  it('does not report that all is well with --alert, quiet or not', async () => {
    for (const quiet of [[], ['-q']]) {
      const { stderr, code } = await run([command, '--alert', '10', ...quiet], { stdin: text });
      expect(stderr).toMatch(/^liqcalc: no records in <stdin>: .+\n$/);
      expect(code).toBe(65);
    }
  });
});

it.each(EMPTY)('check of %s does not report that all is well', async (_, text) => {
  for (const args of [[], ['-q'], ['--json'], ['--fail-on', 'never'], ['--format', 'csv']]) {
    const { stderr, code } = await run(['check', ...args], { stdin: text });
    expect(stderr).toMatch(/^liqcalc: no records in <stdin>: .+\n$/);
    expect(code).toBe(65);
  }
});

it('the default command reports it, too', async () => {
  expect(await run([], { stdin: '' })).toEqual({ stdout: '', stderr: 'liqcalc: no records in <stdin>\n', code: 0 });
  expect((await run(['--alert', '10'], { stdin: '' })).code).toBe(65);
});

it.each(['binance', 'ccxt'])('account --from %s of an empty input has no record', async (from) => {
  const { stderr, code } = await run(['account', '--from', from, '--wallet', '5', '--alert', '3'], { stdin: '\n' });
  expect(stderr).toContain('no records in <stdin>');
  expect(code).toBe(65);
});

it('standard output stays as it is', async () => {
  expect((await run(['batch'], { stdin: HEADER })).stdout).toBe(
    'side,entry,lev,mmr,outcome,liquidationPrice,distancePercent,error\n',
  );
  expect((await run(['batch', '--alert', '5'], { stdin: '[]' })).stdout).toBe('[]\n');
  expect((await run(['account', '--json'], { stdin: '[]' })).stdout).toBe('[]\n');
});

describe('several files', () => {
  const empty = [file(''), file(`${BOM}\n`), file(' ')];

  it('are each named where they are empty', async () => {
    const { stderr, code } = await run(['batch', ...empty]);
    expect(stderr).toBe(empty.map((path) => `liqcalc: no records in ${path}\n`).join(''));
    expect(code).toBe(0);
    expect((await run(['batch', '--alert', '9', ...empty])).code).toBe(65);
  });

  it('give no all-clear where one of them is empty', async () => {
    const [dead] = empty as [string, string, string];
    const calm = file(RECORD);
    for (const paths of [
      [calm, dead],
      [dead, calm],
    ]) {
      const noted = await run(['batch', ...paths]);
      expect(noted.stderr).toBe(`liqcalc: no records in ${dead}\n`);
      expect(noted.code).toBe(0);
      const { stdout, stderr, code } = await run(['batch', '--alert', '5', ...paths]);
      expect(stdout.split('\n')).toHaveLength(2);
      expect(stderr).toContain(`no records in ${dead}: `);
      expect(code).toBe(65);
    }
  });

  it('may be headers alone', async () => {
    const { stderr, code } = await run(['batch', '--alert', '5', file(`${HEADER}long,30000,10,0.5\n`), file(HEADER)]);
    expect(stderr).toContain('no records in');
    expect(code).toBe(65);
  });
});

describe('an input with a record', () => {
  it.each([
    ['batch', RECORD, 0],
    ['batch', RECORD.repeat(3), 0],
    ['batch', `${BOM}[${RECORD}]`, 0],
    ['batch', `${HEADER}long,30000,10,0.5\n`, 0],
    ['batch', '{', 65],
    ['account', ACCOUNT, 0],
    ['account', '{"wallet":"5","positions":[]}', 0],
    ['account', '[{}]', 65],
    ['check', '{"wallet":"5","positions":[]}', 0],
  ])('%s %s is not called empty', async (command, stdin, expected) => {
    const { stderr, code } = await run([command, '--alert', '5'], { stdin });
    expect(stderr).not.toContain('no records');
    expect(code).toBe(expected);
  });

  it('is one, too, where every record is left out', async () => {
    const { stderr, code } = await run(['batch', '--on-error', 'skip'], { stdin: '{"side":1}\n' });
    expect(stderr).not.toContain('no records');
    expect(code).toBe(65);
  });
});
