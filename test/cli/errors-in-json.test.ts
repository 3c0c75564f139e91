import { describe, expect, it } from 'vitest';
import { run } from './run.js';

const split = (line: string): string[] => line.split(' ');

/** What a call says on stderr, as JSON of one line; nothing may be on stdout. */
async function errorOf(line: string): Promise<{ readonly error: unknown; readonly code: number }> {
  const { stdout, stderr, code } = await run(split(line));
  expect(stdout).toBe('');
  expect(stderr.endsWith('\n')).toBe(true);
  expect(stderr.trimEnd()).not.toContain('\n');
  return { error: (JSON.parse(stderr) as { readonly error: unknown }).error, code };
}

describe('what is wrong with a single command, in a format for programs', () => {
  it('is one line of JSON on stderr: a code, words, and each problem', async () => {
    expect(await errorOf('pnl long --entry x --qty 1 --json')).toEqual({
      code: 2,
      error: {
        code: 'INVALID_INPUT',
        message:
          '--entry: "x" is not a plain decimal; write digits with at most one dot, like 30000 or 0.5; exit price is missing; give --exit',
        problems: [
          {
            code: 'MALFORMED_NUMBER',
            field: 'entry',
            message: '--entry: "x" is not a plain decimal; write digits with at most one dot, like 30000 or 0.5',
          },
          { code: 'MISSING', field: '', message: 'exit price is missing; give --exit' },
        ],
      },
    });
  });

  it.each([
    ['long NOSUCHUSDT --entry 1 --lev 2 --qty 1 --format csv', 'UNKNOWN_SYMBOL', 2],
    ['stop long --candles /nowhere/at/all --format=ndjson', 'UNREADABLE', 66],
    ['sweep long --entry 1 --mmr --format VEGA-LITE', 'USAGE', 2],
    ['nonsense --json', 'USAGE', 2],
    ['account /nowhere/at/all --json', 'UNREADABLE', 66],
    ['batch /nowhere/at/all --format csv', 'UNREADABLE', 66],
    ['--json', 'USAGE', 2],
    ['check long --entry 1 --json', 'INVALID_INPUT', 2],
    ['long --entry 1 --lev 2 --mmr 1 --brackets package.json --json', 'INVALID_RECORDS', 65],
  ])('%s: %s', async (line, name, code) => {
    expect(await errorOf(line)).toMatchObject({ error: { code: name }, code });
  });

  it('is words otherwise', async () => {
    for (const line of ['long --entry x', 'long --entry x --format markdown', 'batch --fields x']) {
      expect((await run(split(line))).stderr).toMatch(/^liqcalc: /);
    }
  });

  it('is the same of streams, with and without the name of the command', async () => {
    for (const args of [['batch'], []]) {
      const { stdout, stderr, code } = await run([...args, '--lev', 'x', '--format', 'ndjson'], { stdin: '{}' });
      expect([stdout, code]).toEqual(['', 2]);
      expect(JSON.parse(stderr)).toMatchObject({ error: { problems: [{ code: 'MALFORMED_NUMBER', field: 'lev' }] } });
    }
  });

  it.each([
    ['a number', ['--mmr', 'x'], 'MALFORMED_NUMBER', 'mmr'],
    ['a field of --only', ['--only', 'liquidatonPrice'], 'UNKNOWN_RESULT', 'only'],
    ['a flag', ['--alrt', '5'], 'UNKNOWN_KEY', 'alrt'],
    ['a flag of another command', ['--speed', '10'], 'UNKNOWN_KEY', 'speed'],
    ['a choice', ['--format', 'jsonn'], 'NOT_A_CHOICE', 'format'],
  ])('is the same for the same mistake in every command: %s', async (_, flags, code, field) => {
    const calls = [
      ['long', '-e', '100', '-l', '10', ...(field === 'mmr' ? [] : ['--mmr', '1'])],
      ['account', '--wallet', '5', '--pos', 'long:X:1@100,mark=100,mmr=1'],
      ['check', '--wallet', '5', '--pos', 'long:X:1@100,mark=100,mmr=1'],
      ['batch'],
      ['sweep', 'long', '-e', '100', ...(field === 'mmr' ? [] : ['--mmr', '1'])],
    ].filter(([command]) => field !== 'only' || command !== 'check');
    for (const call of calls) {
      const { stdout, stderr, code: exit } = await run([...call, ...flags, '--json'], { stdin: '{}' });
      expect([stdout, exit]).toEqual(['', 2]);
      expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'INVALID_INPUT', problems: [{ code, field }] } });
    }
  });

  it('names inputs by the keys of records, however flags spell them', async () => {
    const { error } = await errorOf(
      'check long -e 100 -l x --mmr 1 --fail-on z --no-stop --rule nothing=1 --mx 1 --json',
    );
    const fields = (error as { problems: readonly { field: string }[] }).problems.map(({ field }) => field);
    expect(fields.sort()).toEqual(['failOn', 'lev', 'mx', 'rule']);
    const pos = await errorOf('account --wallet 5 --pos long:X:1@x,mark=1,mmr=1 --json');
    expect(pos.error).toMatchObject({ code: 'INVALID_INPUT', problems: [{ code: 'MALFORMED_NUMBER', field: 'pos' }] });
    const wallet = await errorOf('account --pos long:X:1@100,mark=100,mmr=1 --json');
    expect(wallet.error).toMatchObject({ code: 'INVALID_INPUT', problems: [{ code: 'MISSING', field: '' }] });
  });

  it('leaves answers and their notes alone', async () => {
    const { stdout, stderr } = await run(split('long --entry 100 --lev 10 --mmr 0.005 --json'));
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'at', warnings: ['LOW_RATE'] });
    expect(stderr).toBe('');
  });
});
