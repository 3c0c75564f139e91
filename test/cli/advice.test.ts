import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
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
    expect(await stderrOf(`account ${ONE},--close=1`)).toMatch(
      /^liqcalc: --pos no\. 1: --close: unknown name; the names are side, /,
    );
    expect(await stderrOf(`account ${ONE} --pos long:X:1@100,mark=100,mmr=1`)).toMatch(
      /^liqcalc: --pos no\. 2: symbol: long X occurs twice, first as --pos no\. 1;/,
    );
  });

  it('a key that a position in one word does not have: the key that is meant, else all', async () => {
    expect(await stderrOf(`account ${ONE},market=5`)).toBe(
      'liqcalc: --pos no. 1: market: unknown name; did you mean mark?\n',
    );
    expect(await stderrOf(`account ${ONE},foo=5`)).toMatch(/: foo: unknown name; the names are side, symbol, .* and /);
  });

  it('the margin of a cross position: in the form in which the position is written', async () => {
    expect(await stderrOf(`account ${ONE},margin=5`)).toContain('; write mode=isolated if it is isolated');
    const json = ISOLATED.replace('"mode":"isolated"', '"mark":100,"margin":5').replace('{', '{"wallet":5,');
    expect(await stderrOf('account', json)).toContain('; write "mode": "isolated" if it is isolated');
  });

  it('a symbol that the account does not have: the one that is meant', async () => {
    const two = `${ONE.replace(':X:', ':ETHUSDT:')} --pos long:BTCUSDT:1@100,mark=100,mmr=1`;
    const own = 'Its symbols are ETHUSDT and BTCUSDT\n';
    expect(await stderrOf(`account ${two} --close ETHUST`)).toBe(
      `liqcalc: --close: there is no position on "ETHUST" to close; did you mean ETHUSDT? ${own}`,
    );
    expect(await stderrOf(`account ${two} --shock btc=-5`)).toBe(
      `liqcalc: --shock: the account has no position on BTC; did you mean BTCUSDT? ${own}`,
    );
    // Two letters away is another coin, not a slip.
    expect(await stderrOf(`account ${two} --shock LTCUSDT=-5,SOLUSDT=1`)).toContain('did you mean BTCUSDT? Its');
    expect(await stderrOf(`account ${two} --shock SOLUSDT=-5`)).toContain('on SOLUSDT; its symbols are');
    expect(await stderrOf(`account ${two} --beta ETH=2 --beta SOL=1`)).toMatch(
      /--beta ETH: no account has a position on it; did you mean ETHUSDT\?\n.*--beta SOL: no account has a position on it\n/,
    );
  });

  it('a shock in two words', async () => {
    const words = 'liqcalc: --shock: "all -10" is not one word; write all=-10\n';
    expect(await stderrOf(`account ${ONE} --shock all -10`)).toBe(words);
    expect(await stderrOf('account examples/account.json --shock all -10')).toBe(words);
    expect(await stderrOf('account examples/account.json --shock all')).toContain('"all" is not SYMBOL=PERCENT');
    expect(await stderrOf('account examples/account.json --shock all= -10')).toContain(
      '"-10" is an unexpected argument',
    );
  });

  it('the side of a question, missing, late or misspelled', async () => {
    expect(await stderrOf('size BTCUSDT')).toContain(
      '\n  the side is missing; write liqcalc size long BTCUSDT, or short\n',
    );
    expect(await stderrOf('pnl')).toContain('\n  the side is missing; write liqcalc pnl long, or short\n');
    expect(await stderrOf('pnl BTCUSDT Sell')).toContain(
      '\n  the side must be the first word; write liqcalc pnl Sell BTCUSDT\n',
    );
    expect(await stderrOf('size shrot BTCUSDT')).toContain(
      '<side>: unknown value "shrot": write long or short; did you mean short?',
    );
    expect(await stderrOf('size $(x) --entry 1 --risk 1 --stop 1 --equity 1')).toContain(
      'size long SYMBOL, or short\n',
    );
  });

  it('the fault of a fill', async () => {
    const of = async (fill: string): Promise<string> =>
      (await stderrOf(`average --fill ${fill}`)).replace('liqcalc: --fill: ', '').trimEnd();
    expect(await of('0@100')).toBe('the size in "0@100" must not be 0');
    expect(await of('1@0')).toBe('the price in "1@0" must be greater than 0');
    expect(await of('1,5@100')).toBe('the size in "1,5@100" is not a plain decimal; write 1.5');
    expect(await of('1@60,000')).toBe(
      'the price in "1@60,000" is not a plain decimal; write 60000, or 60.000 if the comma is the decimal point',
    );
    expect(await of('1@')).toMatch(/^"1@" is invalid; write QTY@PRICE/);
  });

  it('an account without input: neither a terminal nor the empty device is one', async () => {
    const expected = ['', 2, 'liqcalc: no account: give a file, positions with --pos, or accounts through stdin\n'];
    const { stdout, code, stderr } = await run(['account']);
    expect([stdout, code, stderr]).toEqual(expected);
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

describe('a wallet beside that of the account', () => {
  const account = fileOf(
    'a.json',
    '{"wallet":"20","positions":[{"symbol":"X","side":"long","qty":1,"entry":100,"mark":100,"mmr":1}]}\n',
  );
  const another = fileOf('b.ndjson', readFileSync(account, 'utf8').repeat(2));
  const lacking = fileOf(
    'c.ndjson',
    readFileSync(account, 'utf8') + readFileSync(account, 'utf8').replace('"wallet":"20",', ''),
  );

  it.each(['account', 'check'])('of one account is refused by %s', async (command) => {
    for (const more of [[], ['--json'], ['--only', 'symbol'], ['--format', 'ndjson']]) {
      const { stdout, stderr, code } = await run([command, account, '--wallet', '50', ...more]);
      expect([stdout, code]).toEqual(['', 2]);
      expect(stderr).toContain(
        '--wallet: the account has its own wallet, 20; omit --wallet, or remove the wallet of the account',
      );
    }
    expect((await run([command, account, '--wallet', '20', '--only', 'symbol'])).code).not.toBe(2);
  });

  it.each(['account', 'check'])('of several is for those that lack one; %s warns if none does', async (command) => {
    const useless = 'liqcalc: warning: --wallet has no effect: every account has its own wallet\n';
    expect((await run([command, another, '--wallet', '50', '--format', 'ndjson'])).stderr).toContain(useless);
    expect((await run([command, lacking, '--wallet', '50', '--format', 'ndjson'])).stderr).not.toContain(useless);
  });
});

describe('--only prints bare values', () => {
  it.each(['--format svg', '--format csv', '--format text', '--json'])(
    'also beside %s, which it says',
    async (format) => {
      for (const call of [
        'long --entry 100 --lev 10 --mmr 1',
        'account examples/account.json',
        'batch examples/book.csv',
      ]) {
        if (call.startsWith('batch') && format.endsWith('svg')) continue;
        const bare = await run(`${call} --only side`.split(' '));
        const { stdout, stderr, code } = await run(`${call} ${format} --only side`.split(' '));
        expect([stdout, code]).toEqual([bare.stdout, bare.code]);
        const [flag] = format.split(' ', 1);
        expect(stderr).toContain(`liqcalc: warning: --only prints bare values; ${flag} has no effect\n`);
      }
    },
  );
});

describe('a venue without built-in tables', () => {
  const BYBIT = 'this input needs lev: the fee in the maintenance of bybit depends on it';
  const TABLE =
    "give mmr, or import its table: curl -s 'https://api.bybit.com/v5/market/risk-limit?category=linear&symbol=BTCUSDT' | liqcalc brackets import - --venue bybit";

  it('names the leverage and the table at once', async () => {
    const flags = await stderrOf('long BTCUSDT --venue bybit --entry 60000 --qty 0.5 --wallet 5000');
    expect(flags).toMatch(
      /^liqcalc: 2 problems\n {2}--venue: this input needs --lev: .*\n {2}--symbol: no bracket table /,
    );
    const record = '{"side":"long","symbol":"BTCUSDT","venue":"bybit","entry":60000,"qty":1,"wallet":5000}';
    const batch = await stderrOf('batch', record);
    expect(batch).toContain(
      `:1: venue: ${BYBIT}; symbol: no bracket table for "BTCUSDT" (tables of bybit are not built in); `,
    );
    expect(batch).toContain(TABLE);
    const word = await stderrOf('account --wallet 5000 --pos long:BTCUSDT:0.5@60000,mark=59000,venue=bybit');
    expect(word).toMatch(
      /^liqcalc: 2 problems\n {2}--pos no. 1: symbol: .*\n {2}--pos no. 1: venue: this input needs lev/,
    );
    expect(await stderrOf('account --wallet 5000 --pos long:BTCUSDT:0.5@60000,mark=59000,venue=bybit,mmr=1')).toBe(
      `liqcalc: --pos no. 1: venue: ${BYBIT}\n`,
    );
  });

  it('names a margin mode that has no rule, with all else', async () => {
    const { stderr } = await run('long --venue kucoin-2024 --entry 60000 --qty 0.5 --wallet 5000'.split(' '));
    expect(stderr).toContain('--venue: "kucoin-2024" cannot price this position: how KuCoin priced cross positions');
    expect(stderr).toContain('maintenance rate is missing');
  });

  it('shows in an account how well its rule is known', async () => {
    const { stdout } = await run(
      'account --wallet 5000 --pos long:BTCUSDT:0.5@60000,mark=59000,venue=bybit,mmr=1,lev=9'.split(' '),
    );
    expect(stdout.replace(/\n/g, ' ')).toContain('Venue bybit: rule since 2025-09-02 (not fully confirmed).');
  });
});

describe('the warning about old tables', () => {
  const now = (): number => Date.UTC(2027, 5, 1);
  const row = (symbol: string): string => `{"side":"long","symbol":"${symbol}","entry":100,"lev":2,"qty":1}\n`;
  const warned = async (argv: readonly string[], stdin?: string): Promise<readonly string[]> => {
    const { stderr } = await run(argv, { now, ...(stdin !== undefined && { stdin }) });
    return stderr.split('\n').flatMap((line) => /warning: the brackets of (.*) are dated/.exec(line)?.[1] ?? []);
  };

  it('of a stream names the first table at once, and all others at the end', async () => {
    const stdin = ['BTCUSDT', 'ETHUSDT', 'BTCUSDT', 'SOLUSDT', 'ETHUSDT'].map(row).join('');
    expect(await warned(['batch'], stdin)).toEqual(['BTCUSDT', 'ETHUSDT and SOLUSDT']);
    expect(await warned(['batch', '-q'], stdin)).toEqual([]);
  });

  it('of an account names all tables, at most five by name', async () => {
    const coins = ['BTC', 'ETH', 'SOL', 'XRP', 'ADA', 'DOT', 'UNI'].map((coin) => [
      '--pos',
      `long:${coin}USDT:1@1,mark=1`,
    ]);
    const flags = ['check', '--wallet', '500', ...coins.flat(), '--only', 'rule'];
    const all = await warned(flags);
    expect(all.join(', ')).toContain('BTCUSDT');
    expect(all.join(', ')).toMatch(/ and [23] more|UNIUSDT/);
  });
});
