import { describe, expect, it } from 'vitest';
import { run, type Run } from './run.js';

/** One cross long of 2 at 100 with a wallet of 100, and more keys of the account and of the position. */
const account = (ofAccount = '', ofPosition = ''): string =>
  `{"wallet":"100",${ofAccount}"positions":[{${ofPosition}"symbol":"X","side":"long","entry":"100","qty":"2","mark":"100","mmr":"1"}]}`;

const price = (stdin: string, ...flags: readonly string[]): Promise<Run> =>
  run(['account', '--only', 'liquidationPrice', '-q', ...flags], { stdin, env: { LANG: 'C.UTF-8' } });

describe('the venue of an account', () => {
  // (200 - 100) / (2 x 0.99); at OKX (200 - 100) / (2 x (1 - 0.01 - 0.0005))
  const [BINANCE, OKX] = ['50.50505051\n', '50.530571\n'];

  it.each([
    ['binance by default', account(), [], BINANCE],
    ['a key of its position', account('', '"venue":"okx",'), [], OKX],
    ['a key of the account', account('"venue":"OKX",'), [], OKX],
    [
      'the key of the position before that of the account',
      account('"venue":"okx",', '"venue":"binance",'),
      [],
      BINANCE,
    ],
    ['a flag', account(), ['--venue', 'okx'], OKX],
    ['the key before the flag', account('"venue":"okx",'), ['--venue', 'gate'], OKX],
  ])('is %s', async (_, stdin, flags, expected) => {
    expect(await price(stdin, ...flags)).toMatchObject({ stdout: expected, code: 0 });
  });

  it('counts for positions of flags and for additions', async () => {
    const spec = 'long:X:2@100,mark=100,mmr=1';
    const own = await run([
      'account',
      '--venue',
      'okx',
      '--wallet',
      '100',
      '--pos',
      spec,
      '--only',
      'liquidationPrice',
      '-q',
    ]);
    expect(own.stdout).toBe(OKX);
    const added = await price(
      account('"venue":"okx",').replace(/"positions":.*/, '"positions":[]}'),
      '--venue',
      'okx',
      '--add',
      spec,
    );
    expect(added.stdout).toContain('50.530571');
  });

  it.each(['kraken', 'bitmex', 'deribit'])('is refused in words: %s', async (venue) => {
    const words = `venue: "${venue}" cannot price this position: `;
    for (const text of [account(`"venue":"${venue}",`), account('', `"venue":"${venue}",`)]) {
      const found = await price(text);
      expect(found.code).toBe(65);
      expect(found.stderr).toContain(words);
    }
    const flagged = await price(account(), '--venue', venue);
    expect([flagged.code, flagged.stdout]).toEqual([2, '']);
    expect(flagged.stderr).toContain(words);
  });

  it('is checked where the account gives it, and left to formats that show theirs', async () => {
    expect((await price(account('"venue":"okk",'))).stderr).toContain('venue: unknown value "okk": ');
    const own = await price('[]', '--from', 'okx', '--venue', 'okx');
    expect(own.stderr).toContain('those of okx have theirs');
  });

  it('refuses several cross positions at KuCoin', async () => {
    const two =
      '"venue":"kucoin","positions":[{"symbol":"X","side":"long","entry":"100","qty":"2","mark":"100","mmr":"1"},{"symbol":"Y","side":"long","entry":"100","qty":"2","mark":"100","mmr":"1"}]}';
    const found = await price(`{"wallet":"100",${two}`);
    expect([found.code, found.stdout]).toEqual([65, '\n']);
    expect(found.stderr).toContain('only one cross position alone has a price');
  });
});
