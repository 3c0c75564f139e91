import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'liqcalc-advice-'));

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const stderrOf = async (line: string, stdin?: string): Promise<string> =>
  (await run(line.split(' '), stdin === undefined ? {} : { stdin })).stderr;

const ISOLATED = '{"positions":[{"symbol":"X","side":"long","qty":1,"entry":100,"mmr":1,"mode":"isolated"}]}';
const ONE = '--wallet 100 --pos long:X:1@100,mark=100,mmr=1';

describe('a message names what the command accepts', () => {
  it('the fee that a venue includes: a key of the position, because an account has no such flag', async () => {
    const give = 'give taker=0.05 in --pos, or the key taker';
    for (const command of ['account', 'check']) {
      const { stdout, stderr } = await run([command, ...`${ONE},venue=okx`.split(' ')]);
      expect((stdout + stderr).replace(/\n/g, ' ')).toContain(give);
      const fees = await run([command, ...`${ONE},venue=okx,taker=0.05`.split(' ')]);
      expect(fees.stdout + fees.stderr).not.toContain('assumed');
    }
    const check = await stderrOf('check long --entry 100 --lev 10 --mmr 1 --qty 1 --venue okx');
    expect(check).toContain('usual taker fee of okx; give --taker\n');
  });

  it('the wallet of a response is a flag, that of an own account a key', async () => {
    const risk =
      '[{"symbol":"BTCUSDT","positionAmt":"1","entryPrice":"1","markPrice":"1","marginType":"cross","leverage":"9"}]';
    expect(await stderrOf('account --from binance', risk)).toContain('cross wallet is missing; give --wallet\n');
    expect(await stderrOf('account', '{"positions":[]}')).toContain('cross wallet is missing; give wallet\n');
  });

  it('a record without a margin type may be of portfolio margin', async () => {
    const risk = '[{"symbol":"BTCUSDT","positionAmt":"1","entryPrice":"1","markPrice":"1","leverage":"9"}]';
    expect(await stderrOf('account --wallet 9 --from binance', risk)).toMatch(
      /: marginType is missing, as in responses of portfolio margin; if it is another account, add "marginType"/,
    );
  });

  it('the margin of an isolated position', async () => {
    const missing = 'margin is missing (the position is isolated); give';
    expect(await stderrOf(`account ${ONE},mode=isolated`)).toBe(`liqcalc: --pos no. 1: ${missing} lev=X or margin=M\n`);
    expect(await stderrOf('account', ISOLATED)).toContain(`positions[0]: ${missing} lev or margin\n`);
  });

  it('a key that is missing in a file, with the file', async () => {
    const path = fileOf('o.json', '[{},{"type":"x","side":"BUY"}]');
    const { stderr } = await run(['check', 'long', ...'--entry 100 --lev 10 --mmr 1 --orders'.split(' '), path]);
    expect(stderr).toContain(`\n  ${path}[0]: type is missing\n  ${path}[0]: side is missing\n  ${path}[1].type: `);
  });

  it('a key that is missing in rates and candles', async () => {
    const path = fileOf('rows.json', '[{"symbol":"X"}]');
    const position = 'long --entry 100 --lev 10 --qty 1 --mmr 1';
    expect(await stderrOf(`funding ${position} --rates ${path}`)).toBe(
      'liqcalc: --rates: rate 1: fundingRate is missing\n',
    );
    expect(await stderrOf(`stop ${position} --atr 2 --multiple 1 --candles ${path}`)).toBe(
      'liqcalc: --candles: candle 1: high is missing\n',
    );
  });

  it('a key of a position in one word, apart from its number', async () => {
    expect(await stderrOf(`account ${ONE},--close=1`)).toBe('liqcalc: --pos no. 1: --close: unknown name\n');
    expect(await stderrOf(`account ${ONE} --pos long:X:1@100,mark=100,mmr=1`)).toMatch(
      /^liqcalc: --pos no\. 2: symbol: long X occurs twice, first as --pos no\. 1;/,
    );
  });

  it('a number where there is another value', async () => {
    const record = '{"side":"long","entry":1,"lev":2,"mmr":true}';
    expect(await stderrOf('batch', record)).toContain(':1: mmr: "true" is invalid; write a number, like 0.5\n');
  });

  it('the topics of help', async () => {
    const topics = await stderrOf('help topics');
    expect(topics).toMatch(
      /^liqcalc: there is no help on "topics"; the topics are long, short, batch, .*exit-codes and liquidation\n$/,
    );
    expect(await stderrOf('help btach')).toBe('liqcalc: there is no help on "btach"; did you mean batch?\n');
  });
});

it.each(['batch --within -1', 'batch --alert -0.5', 'account --within -1 --wallet 1'])(
  '%s is refused',
  async (line) => {
    const { stderr, stdout, code } = await run(line.split(' '), { stdin: '{}' });
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toContain('must not be negative');
  },
);

it.each(['completion bash', 'schema input', 'help'])('%s accepts no flag without an effect', async (line) => {
  const { stdout } = await run([...line.split(' '), '--help']);
  for (const flag of ['--format csv', '--json', '--only a', '--dp 3', '--csv-safe', '--alert 3']) {
    expect(stdout).not.toContain(flag.split(' ')[0]);
    const refused = await run([...line.split(' '), ...flag.split(' ')]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('this command does not accept this flag');
  }
  expect(stdout).toContain('--color');
});

describe('positions of two venues', () => {
  const okx = '--pos long:BTC-USDT-SWAP:1@100,mark=100,mmr=1,venue=okx,taker=0.05';
  const binance = '--pos long:ETHUSDT:1@100,mark=100,mmr=1';

  it('do not share a wallet: they are refused as cross positions', async () => {
    const { stdout, stderr, code } = await run(`account --wallet 500 ${okx} ${binance}`.split(' '));
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toBe(
      'liqcalc: positions: okx and binance cannot be in one account: its cross positions must have one venue; make a separate account for each\n',
    );
  });

  it('may be in one account if all but those of one venue are isolated, or if both names are of one venue', async () => {
    expect((await run(`account --wallet 500 ${okx},mode=isolated,lev=2 ${binance}`.split(' '))).code).toBe(0);
    const bybit = '--pos long:BTCUSDT:1@100,mark=100,mmr=1,taker=0.05,lev=2,venue=bybit';
    const earlier = `account --wallet 500 ${bybit} ${bybit.replace('BTC', 'ETH')}-2024`;
    expect((await run(earlier.split(' '))).code).toBe(0);
  });
});
