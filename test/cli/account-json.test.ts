import { describe, expect, it } from 'vitest';
import { run } from './run.js';

const OWN = '{"symbol":"A1","side":"long","qty":"2","entry":"100.50","mark":101,"mmr":"1","note":[1, 2]}';
const json = async (stdin: string, ...flags: string[]): Promise<string> =>
  (await run(['account', '--json', '-q', ...flags], { stdin })).stdout;

describe('the fields of positions in JSON', () => {
  it.each<[string, string]>([
    ['blanks', OWN.replaceAll('":', '" : ')],
    ['line ends', OWN.replaceAll('","', '",\n  "')],
    ['escapes in keys', OWN.replace('"symbol"', '"\\u0073ymbol"')],
    ['answers of an earlier run', OWN.replace('"side"', '"outcome":"never","side"')],
    ['an answer at the end', OWN.replace(/}$/, ',"liquidationPrice":"5"}')],
  ])('are the same with %s', async (_, written) => {
    const account = (position: string): string => `{"wallet":"1000","positions":[${position}]}`;
    const compact = await json(account(OWN));
    expect(compact).toContain(`"positions":[${OWN.slice(0, -1)},"outcome":"`);
    expect(await json(account(written))).toBe(compact);
  });

  it('keep a line on one line with any value', async () => {
    const written = OWN.replace('[1, 2]', '[1,\n2]');
    const out = await json(`{"wallet":"1000","positions":[${written}]}`);
    expect(out).toContain('"note":[1, 2],"outcome"');
    expect(out.trimEnd()).not.toContain('\n');
  });

  it('stay their own after a change of the account', async () => {
    const other = OWN.replace('A1', 'B1');
    const out = await json(`{"wallet":"1000","positions":[${OWN},${other}]}`, '--close', 'A1:1');
    const { after } = JSON.parse(out) as { after: { positions: { symbol: string; qty: string }[] } };
    expect(after.positions.map(({ symbol, qty }) => [symbol, qty])).toEqual([
      ['A1', '1'],
      ['B1', '2'],
    ]);
  });
});

it('writes nothing of an account whose last price cannot be shown', async () => {
  const account = (tick: string): string =>
    `{"wallet":"100","positions":[${OWN},${OWN.replace('A1', 'B1').replace('"mmr"', `"tick":"${tick}","mmr"`)}]}`;
  const { stdout, code } = await run(['account', '--json', '-q'], { stdin: `${account('1000')}\n${account('0.1')}\n` });
  const answers = JSON.parse(stdout) as { error?: { code: string }; outcome?: string }[];
  expect(code).toBe(65);
  expect(answers.map(({ error, outcome }) => [error?.code, outcome])).toEqual([
    ['INVALID_INPUT', undefined],
    [undefined, 'at'],
  ]);
});
