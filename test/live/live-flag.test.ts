import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../cli/run.js';
import { FakeBinance, refused } from './fake-binance.js';
import { newHome, runWithin } from './run-live.js';

let exchange: FakeBinance;
beforeEach(async () => {
  exchange = new FakeBinance();
  await exchange.start();
});
afterEach(() => exchange.stop());

/** A call without a key. */
const live = (line: string, stdin?: string, env: Record<string, string> = {}): Promise<Run> =>
  runWithin(line.split(' '), {
    env: { LIQCALC_BASE_BINANCE: exchange.url, ...env },
    ...(stdin !== undefined && { stdin }),
  });
const withKey = (line: string, stdin?: string): Promise<Run> => live(line, stdin, exchange.env);

describe('--live on one position', () => {
  it('fills the mark, and the entry of long with it, and says so with its age', async () => {
    const { code, stdout, stderr } = await live(
      'long BTCUSDT -l 10 --mmr 0.5 --live --only entry,mark,liquidationPrice',
    );
    // (59000 - 5900) / 0.995
    expect([code, stdout]).toEqual([0, '59000\t59000\t53366.83417085\n']);
    expect(stderr).toMatch(
      /^liqcalc: live: mark, entry of BTCUSDT from Binance USDⓈ-M futures; mark 59000, \d+\.\d s old\n$/m,
    );
    expect(exchange.paths.toSorted()).toEqual(['GET /fapi/v1/premiumIndex', 'GET /fapi/v1/time']);
  });

  it('never replaces a given value', async () => {
    const line = 'long BTCUSDT -e 60000 --mark 58000 -l 10 --mmr 0.5 --live --only entry,mark';
    expect((await live(line)).stdout).toBe('60000\t58000\n');
    expect((await withKey(line)).stdout).toBe('60000\t58000\n');
    expect(exchange.paths).not.toContain('GET /fapi/v1/leverageBracket');
  });

  it('with a key, fills the brackets', async () => {
    const { code, stdout, stderr } = await withKey('long SOLUSDT --qty 1 -l 10 --live --only entry,liquidationPrice');
    // (148.2 - 14.82) / 0.996, first tier of the fake
    expect([code, stdout]).toEqual([0, '148.2\t133.91566265\n']);
    expect(stderr).toContain('live: brackets of SOLUSDT from Binance USDⓈ-M futures');
  });

  it('takes any spelling of a symbol, and says which one the exchange does not know', async () => {
    expect((await live('short BTC/USDT:USDT -l 10 --mmr 0.5 --live --only mark')).stdout).toBe('59000\n');
    const unknown = await live('long NOSUCHUSDT -l 10 --mmr 0.5 --live');
    expect([unknown.code, unknown.stdout, unknown.stderr]).toEqual([2, '', expect.stringContaining('Invalid symbol')]);
    const none = await live('long -l 10 --mmr 0.5 --live');
    expect([none.code, none.stdout]).toEqual([2, '']);
  });

  it('--quiet prints no note; an exchange that is down is exit 69 with nothing on stdout', async () => {
    expect((await live('long BTCUSDT -l 10 --mmr 0.5 --live --only mark -q')).stderr).toBe('');
    exchange.fail('*', { status: 403, body: '<html>' }, 9);
    const { code, stdout } = await live('long BTCUSDT -l 10 --mmr 0.5 --live');
    expect([code, stdout]).toEqual([69, '']);
  });

  it('funding gets the rates, stop the candles', async () => {
    const funding = await live('funding long BTCUSDT -e 60000 -l 20 --qty 0.5 --mmr 0.4 --live --json');
    expect([funding.code, funding.stderr]).toEqual([0, expect.stringContaining('mark, rates of BTCUSDT')]);
    const stop = await live('stop long BTCUSDT -e 60000 -l 20 --qty 0.5 --mmr 0.4 --live --json');
    expect([stop.code, stop.stderr]).toEqual([0, expect.stringContaining('mark, candles of BTCUSDT')]);
    expect((JSON.parse(stop.stdout) as { candleCount: number }).candleCount).toBe(60);
  });

  it('check gets funding, candles, open interest and the index', async () => {
    const line = 'check long BTCUSDT -e 60000 -l 20 --qty 0.5 --mmr 0.4 --equity 10000 --stop 58500 --live --json';
    const { stdout, code } = await live(line);
    expect([0, 1]).toContain(code);
    const { skipped } = JSON.parse(stdout) as { skipped: { rule: string }[] };
    const rules = skipped.map(({ rule }) => rule);
    for (const rule of ['funding-size', 'open-interest', 'mark-vs-index', 'distance'])
      expect(rules).not.toContain(rule);
  });
});

describe('--live on streams and accounts', () => {
  it('batch fills the marks of records that lack theirs', async () => {
    const records = [
      '{"symbol":"BTCUSDT","side":"long","entry":"60000","lev":"10","mmr":"0.5"}',
      '{"symbol":"BTCUSDT","side":"long","entry":"60000","lev":"10","mmr":"0.5","mark":"58000"}',
      '{"symbol":"XUSDT","side":"long","entry":"60000","lev":"10","mmr":"0.5"}',
    ];
    const { code, stdout, stderr } = await live(
      'batch --live --fields distancePercent,marginRatio',
      records.join('\n'),
    );
    expect(code).toBe(0);
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { distancePercent: string });
    // Liquidation at 54271.35678392; from 59000, from 58000, and from the entry.
    expect(answers.map(({ distancePercent }) => distancePercent)).toEqual(['8.0146', '6.4287', '9.5477']);
    expect(stderr).toContain('live: marks of Binance USDⓈ-M futures for records without one');
    expect(exchange.paths.filter((path) => path.includes('premiumIndex'))).toHaveLength(1);
  });

  it('account fills the marks of a file, and of --pos', async () => {
    const file =
      '{"wallet":"5000","positions":[{"symbol":"BTCUSDT","side":"long","qty":"0.5","entry":"60000","mmr":"0.4"}]}';
    const filled = await live('account --live --json', file);
    const given = await live('account --json', file.replace('"mmr"', '"mark":"59000","mmr"'));
    const flagged = await live('account --wallet 5000 --pos long:BTCUSDT:0.5@60000,mmr=0.4 --live --json');
    const priceOf = ({ stdout }: Run): string =>
      (JSON.parse(stdout) as { positions: { liquidationPrice: string }[] }).positions[0]?.liquidationPrice ?? '';
    expect([filled.code, priceOf(filled), priceOf(flagged)]).toEqual([0, priceOf(given), priceOf(given)]);
    expect(priceOf(given)).toBe('50200.80321285');
  });

  it('account --live --account is what fetch account and fetch brackets say', async () => {
    const direct = await withKey('account --live --account binance --json');
    const [fetched, brackets] = [await withKey('fetch account'), await withKey('fetch brackets')];
    const tables = join(newHome(), 'tables.json');
    writeFileSync(tables, brackets.stdout);
    const piped = await withKey(`account --from binance --json --brackets ${tables}`, fetched.stdout);
    const without = (text: string): string => text.replaceAll(/"bracketAsOf":"[^"]*"/g, '');
    expect([direct.code, without(direct.stdout)]).toEqual([0, without(piped.stdout)]);
    expect(direct.stderr).toMatch(/live: the account of binance, \d+\.\d s old/);
    expect(direct.stderr).toContain('live: brackets of BTCUSDT, ETHUSDT from Binance USDⓈ-M futures');
    expect(direct.stderr).not.toContain('180 days old');
    await withKey('account --live --account binance --mmr 0.4 --json');
    expect(exchange.paths.filter((path) => path.endsWith('leverageBracket'))).toHaveLength(2);
  });

  it('--account without --live, or with a file, is refused', async () => {
    const without = await withKey('account --account binance');
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('--live')]);
    const both = await withKey('account --live --account binance --wallet 5000');
    expect([both.code, both.stdout]).toEqual([2, '']);
    expect(exchange.seen).toEqual([]);
  });
});

describe('check --live --account binance', () => {
  interface Report {
    readonly findings: readonly { readonly rule: string; readonly symbol: string | null; readonly message: string }[];
    readonly skipped: readonly { readonly rule: string; readonly lacks: unknown }[];
  }
  const report = async (): Promise<Report> => {
    const { stdout, code, stderr } = await withKey('check --live --account binance --json');
    expect([[0, 1].includes(code), stderr.includes('live: the account of binance')]).toEqual([true, true]);
    return JSON.parse(stdout) as Report;
  };

  it('has data for every rule but the one that asks for your opinion', async () => {
    const { skipped } = await report();
    expect(skipped.map(({ rule }) => rule)).toEqual(['event-leverage']);
  });

  it('judges the volume of a day, the order book, and changes of margin of the last day', async () => {
    const moved = (symbol: string, agoMs: number): object => ({
      symbol,
      type: 1,
      deltaType: 'USER_ADJUST',
      amount: '23.36332311',
      asset: 'USDT',
      time: Date.now() - agoMs,
      positionSide: 'BOTH',
    });
    exchange.histories.marginLog.push(moved('BTCUSDT', 600_000), moved('ETHUSDT', 500_000));
    const { findings } = await report();
    const messageOf = (rule: string, of: string | null): string | undefined =>
      findings.find((each) => each.rule === rule && each.symbol === of)?.message;
    // Bids for 1 BTC; 2 of the 40.5 ETH of a day.
    expect(messageOf('illiquid-size', 'BTCUSDT')).toContain('50 %');
    expect(messageOf('illiquid-size', 'ETHUSDT')).toContain('4.94 %');
    expect(messageOf('margin-log', null)).toContain('BTCUSDT and ETHUSDT');
    const asked = exchange.seen.find(({ path }) => path.endsWith('positionMargin/history'));
    expect(Date.now() - Number(asked?.query.get('startTime'))).toBeLessThan(86_400_000 + 60_000);
  });

  it('says so if the key may not read changes of margin, and judges the rest', async () => {
    exchange.on('GET /fapi/v1/positionMargin/history', () =>
      refused(401, -2015, 'Invalid API-key, IP, or permissions for action.'),
    );
    const { stdout, stderr } = await withKey('check --live --account binance --json');
    expect((JSON.parse(stdout) as Report).skipped.map(({ rule }) => rule)).toEqual(['event-leverage', 'margin-log']);
    expect(stderr).toContain('live: the key may not read the changes of margin');
    exchange.fail('/fapi/v1/positionMargin/history', { status: 403, body: '<html>' }, 2);
    expect((await withKey('check --live --account binance --json')).code).toBe(69);
  });

  it('sees the stop, which is only among the conditional orders', async () => {
    const missing = (found: Report): unknown[] =>
      found.findings.filter(({ rule }) => rule === 'stop-missing').map(({ symbol }) => symbol);
    expect(missing(await report())).toEqual(['ETHUSDT']);
    exchange.algoOrders = [];
    expect(missing(await report())).toEqual(['BTCUSDT', 'ETHUSDT']);
    const asked = exchange.paths.filter((path) => /openOrders|openAlgoOrders/.test(path));
    expect(new Set(asked)).toEqual(new Set(['GET /fapi/v1/openOrders', 'GET /fapi/v1/openAlgoOrders']));
  });

  it('fails as a whole if one part is missing: a report with holes would look like a clean one', async () => {
    exchange.fail('/fapi/v1/openAlgoOrders', { status: 403, body: '<html>' });
    const { code, stdout } = await withKey('check --live --account binance --json');
    expect([code, stdout]).toEqual([69, '']);
  });

  it('without a key: exit 77', async () => {
    const { code, stdout } = await live('check --live --account binance');
    expect([code, stdout]).toEqual([77, '']);
  });
});
