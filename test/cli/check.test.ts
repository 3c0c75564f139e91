import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RULE_IDS } from '../../src/core/risk/rules/index.js';
import { run, type Run } from './run.js';

const POSITION = 'long --entry 30000 --lev 50 --mmr 0.4 --mark 29700 --equity 10000'.split(' ');
const check = (args: string, stdin?: string): Promise<Run> =>
  run(['check', ...args.split(' ').filter((word) => word !== '')], stdin === undefined ? {} : { stdin });

interface Report {
  readonly findings: readonly Readonly<Record<string, unknown>>[];
  readonly skipped: readonly { readonly rule: string; readonly lacks: readonly string[] }[];
  readonly summary: Readonly<Record<string, number>>;
  readonly config?: string;
}

const reportOf = ({ stdout }: Run): Report => JSON.parse(stdout) as Report;

describe('one position', () => {
  it('is judged as rules.md shows it', async () => {
    const { code, stdout } = await run(['check', ...POSITION]);
    expect(code).toBe(1);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('LONG 30000 50x isolated, mark 29700, liquidation 29518.07');
    expect(stdout).toMatch(
      /error {2}distance +0\.61 % < 5 %\n +-> reduce the size to 0\.158 with a margin of 300 to\n +reach 5 %$/m,
    );
    expect(stdout).toMatch(/error {2}trade-risk +6 % > 3 % +reduce the size to 0\.5 or less/);
    expect(stdout).toMatch(/warn {3}allocation +6 % > 3 % +reduce the size to 0\.5 or less/);
    expect(stdout).toMatch(/warn {3}effective-leverage {2}99x > 75x\s+-> the loss is 300 of 600 margin/);
    expect(stdout).toMatch(/ok {5}.*mark-deviation -1 %, margin-ratio 39\.6 %/);
    expect(stdout).toContain('2 errors, 2 warnings, 2 ok, ');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('shows a figure on its true side of the limit, for limits of any decimals', async () => {
    // 118.8 of 30000 / 7 - 300 are 2.9806451612... %.
    const position = 'long --entry 30000 --lev 7 --mmr 0.4 --mark 29700';
    const at = async (limit: string, more = ''): Promise<string> =>
      (await check(`${position} --rule margin-ratio.warn=${limit} ${more}`)).stdout;
    expect(await at('2.98064')).toMatch(/margin-ratio +2\.981 % > 2\.98064 %/);
    expect(await at('2.980645')).toMatch(/margin-ratio +2\.981 % > 2\.980645 %/);
    expect(await at('2.98064', '--json')).toContain('"value":"2.98065","limit":"2.98064"');
    expect(await at('2.9806', '--json')).toContain('"value":"2.98065","limit":"2.9806"');
    expect(await at('2.98', '--json')).toContain('"value":"2.9806","limit":"2.98"');
    expect(await at('2.98065')).toMatch(/margin-ratio 2\.98 %/);
  });

  it('has decimals as strings in JSON, and says what was not checked', async () => {
    const { findings, skipped, summary } = reportOf(await run(['check', ...POSITION, '--json']));
    expect(findings[0]).toMatchObject({
      rule: 'distance',
      severity: 'error',
      value: '0.6126',
      limit: '5',
      side: 'long',
    });
    expect(skipped).toContainEqual({ rule: 'stop-missing', lacks: ['stop'] });
    expect(summary).toEqual({ errors: 2, warnings: 2, infos: 0, ok: 2, skipped: skipped.length });
  });

  it.each([
    ['--stop 29600', 'stop-missing', 'stop-before-liquidation'],
    ['--no-stop', 'stop-missing', ''],
    ['--no-orders', 'reduce-only', ''],
    ['--event --usual-lev 10', 'event-leverage', ''],
    ['--no-auto-margin', 'auto-margin', ''],
    ['--funding 0.01%,0.01%,0.02%', 'funding-size', 'funding-long'],
    ['--feed index=29710 --feed spot=29650.5', 'mark-vs-index', ''],
    ['--open-interest 1,2,3,4,5,6,7,8,9,10,11,12', 'open-interest', ''],
  ])('%s lets %s be checked', async (flags, ...rules) => {
    const before = reportOf(await run(['check', ...POSITION, '--json'])).skipped.map(({ rule }) => rule);
    const after = reportOf(await run(['check', ...POSITION, '--json', ...flags.split(' ')])).skipped;
    for (const rule of rules.filter((each) => each !== '')) {
      expect(before).toContain(rule);
      expect(after.map((each) => each.rule)).not.toContain(rule);
    }
  });

  it('reports all problems of the flags at once: exit 2, nothing on stdout', async () => {
    const { code, stdout, stderr } = await check(
      'long --lev 0 --entry 30000 --mmr 0.4 --rule foo --fail-on x --funding zz --feed a --pos x --max-warnings -1 --stop -1',
    );
    expect([code, stdout]).toEqual([2, '']);
    for (const flag of [
      '--lev',
      '--rule',
      '--fail-on',
      '--funding[0]',
      '--feed',
      '--pos',
      '--max-warnings',
      '--stop',
    ]) {
      expect(stderr).toContain(`  ${flag}: `);
    }
  });

  it.each([
    ['--mode cross', '--mode: this input needs --wallet'],
    ['--mode isolated --wallet 100 --qty 1', '--mode: this input conflicts with --wallet'],
    ['--funding 0.01', '--funding: "0.01" has no unit; write 0.01% if it is a percentage, or 1% if it is a fraction'],
    ['--funding 0.01%,-1e-4', '--funding: "-1e-4" has no unit; write -1e-4% if it is a percentage, or -0.01% if it is'],
    ['--funding 0', '--funding: "0" has no unit; write 0% if it is a percentage, or 0% if it is a fraction'],
    ['--funding 0.1 --rates x', '--funding: this input conflicts with --rates'],
    ['--orders test/cli/check.test.ts', '--orders: '],
  ])('%s is refused', async (flags, words) => {
    const { code, stderr } = await run(['check', ...POSITION, ...flags.split(' ')]);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  describe('with a file of all open orders', () => {
    const order = (symbol: string, more: object = {}): object => ({
      ...(symbol !== '' && { symbol }),
      type: 'STOP_MARKET',
      side: 'SELL',
      stopPrice: '29600',
      workingType: 'MARK_PRICE',
      ...more,
    });
    function withOrders(orders: readonly object[], ...flags: readonly string[]): Promise<Run> {
      const file = join(mkdtempSync(join(tmpdir(), 'liqcalc-orders-')), 'orders.json');
      writeFileSync(file, JSON.stringify(orders));
      return run(['check', ...POSITION, '--qty', '1', '--json', '--orders', file, ...flags]);
    }
    const found = async (rule: string, ...args: Parameters<typeof withOrders>): Promise<boolean> =>
      reportOf(await withOrders(...args)).findings.some((each) => each['rule'] === rule);

    it("leaves out other symbols' orders and the other leg's", async () => {
      const ours = ['--symbol', 'BTCUSDT'];
      expect(await found('stop-missing', [order('ETHUSDT')], ...ours)).toBe(true);
      expect(await found('stop-missing', [order('ETHUSDT'), order('BTCUSDT')], ...ours)).toBe(false);
      expect(await found('stop-missing', [order('')], ...ours)).toBe(false);
      expect(await found('stop-missing', [order('BTCUSDT', { positionSide: 'SHORT' })], ...ours)).toBe(true);
      expect(await found('stop-missing', [order('BTCUSDT', { positionSide: 'LONG' })], ...ours)).toBe(false);
    });

    it('takes one symbol as its own, and refuses several, if it has no symbol', async () => {
      expect(await found('stop-missing', [order('ETHUSDT'), order('ethusdt')])).toBe(false);
      const { code, stdout, stderr } = await withOrders([order('ETHUSDT'), order('BTCUSDT')]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('--orders: there are orders of ETHUSDT and BTCUSDT; choose one with --symbol');
    });

    it('asks for reduce-only where no order says that the mode is hedge mode', async () => {
      expect(await found('reduce-only', [order('')])).toBe(true);
      expect(await found('reduce-only', [order('', { positionSide: 'BOTH' })])).toBe(true);
      expect(await found('reduce-only', [order('', { positionSide: 'LONG' })])).toBe(false);
      expect(await found('reduce-only', [order(''), order('', { positionSide: 'SHORT' })])).toBe(false);
    });
  });

  it('has the size in its figures, and says so if there is no size', async () => {
    expect((await run(['check', ...POSITION])).stdout).toContain('No size was given');
    expect((await run(['check', ...POSITION, '--qty', '0.5'])).stdout).not.toContain('No size was given');
  });
});

describe('the exit code', () => {
  const warned = 'long --entry 30000 --lev 9 --mmr 0.4 --mark 30000 --qty 1';
  it.each([
    [warned, 0],
    [`${warned} --equity 200000`, 0],
    [`${warned} --fail-on warn --equity 200000`, 1],
    [`${warned} --max-warnings 0 --equity 200000`, 1],
    [`${warned} --max-warnings 1 --equity 200000`, 0],
    [`${warned} --equity 10`, 1],
    [`${warned} --equity 10 --fail-on never`, 0],
    [`${warned} --fail-on info`, 1],
    [`${warned} --alert 50`, 1],
  ])('%s: %i', async (args, code) => {
    expect((await check(args)).code).toBe(code);
  });
});

describe('accounts', () => {
  const ACCOUNT =
    '{"id":7,"wallet":"1000","positions":[{"symbol":"BTCUSDT","side":"long","qty":"0.1","entry":"60000","mark":"60000","lev":"10"}]}';

  it('are a stream: one report each, a bad one in place, 65 wins', async () => {
    const { stdout, stderr, code } = await check('--format ndjson', `${ACCOUNT}\n{"wallet":"x","positions":[]}\n`);
    const [first, second] = stdout.split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({ id: 7, summary: { errors: 0, warnings: 1 } });
    expect(JSON.parse(second ?? '')).toMatchObject({ wallet: 'x', error: { code: 'INVALID_INPUT', field: 'wallet' } });
    expect(stderr).toContain('<stdin>:2: wallet: ');
    expect(code).toBe(65);
  });

  it.each(['json', 'ndjson', 'csv', 'markdown', 'text'])('have the format %s', async (format) => {
    const { stdout, code } = await check(`--format ${format} --fail-on warn`, ACCOUNT);
    expect(code).toBe(1);
    expect(stdout).toContain('allocation');
    if (format !== 'csv') expect(stdout).toContain('stop-missing');
  });

  it('CSV names what was skipped beside what was found', async () => {
    const { stdout } = await check('--format csv', ACCOUNT);
    const [header, ...rows] = stdout.trim().split('\n');
    expect(header).toBe(
      'account,rule,severity,symbol,side,position,value,limit,unit,message,advice,lacks,config,error',
    );
    expect(rows).toContain('7,stop-missing,skipped,,,,,,,,,stop,,');
    expect(rows.every((row) => row.startsWith('7,'))).toBe(true);
  });

  it('take what flags say of all of them', async () => {
    const lacks = (found: Report): boolean => found.skipped.some(({ rule }) => rule === 'event-leverage');
    expect(lacks(reportOf(await check('--json', ACCOUNT)))).toBe(true);
    expect(lacks(reportOf(await check('--json --event --usual-lev 10', ACCOUNT)))).toBe(false);
  });

  it('are given by flags too, their data among them', async () => {
    const { stdout } = await check('--wallet 5000 --pos long:BTCUSDT:0.1@60000,mark=60000,stop=none --json');
    expect(reportOf({ stdout, stderr: '', code: 1 }).findings).toContainEqual(
      expect.objectContaining({ rule: 'stop-missing', severity: 'error' }),
    );
  });

  it('of isolated positions alone have the equity that a wallet of zero says, and none without a wallet', async () => {
    const position = '{"symbol":"A","side":"long","mode":"isolated","qty":1,"entry":100,"mark":100,"mmr":1,"lev":10}';
    const lacks = async (wallet: string, ...flags: readonly string[]): Promise<boolean> => {
      const text = `{${wallet}"positions":[${position}]}`;
      return reportOf(await check(['--json', ...flags].join(' '), text)).skipped.some(
        ({ rule }) => rule === 'allocation',
      );
    };
    expect(await lacks('')).toBe(true);
    expect(await lacks('"wallet":null,')).toBe(true);
    expect(await lacks('"wallet":"0",')).toBe(false);
    expect(await lacks('"wallet":0.00,')).toBe(false);
    expect(await lacks('', '--wallet', '0')).toBe(false);
  });

  it('refuse the flags of one position', async () => {
    const { code, stderr } = await check('--stop 5 --entry 3 --no-orders', ACCOUNT);
    expect(code).toBe(2);
    for (const flag of ['--stop', '--entry', '--no-orders'])
      expect(stderr).toContain(`${flag}: it belongs to one position`);
  });

  it('bare fields of findings, and names that none has are refused', async () => {
    expect((await check('--only rule,severity', ACCOUNT)).stdout).toMatch(/^allocation\twarn\n/m);
    const { code, stderr } = await check('--only rul', ACCOUNT);
    expect([code, stderr.includes('did you mean rule?')]).toEqual([2, true]);
  });
});

describe('a configuration', () => {
  const home = (): string => mkdtempSync(join(tmpdir(), 'liqcalc-check-'));
  const inFolder = (folder: string, args: readonly string[]): Promise<Run> =>
    run(['check', ...args], { env: { LANG: 'C.UTF-8', XDG_CONFIG_HOME: folder } });

  function withConfig(text: string): string {
    const folder = home();
    mkdirSync(join(folder, 'liqcalc'));
    writeFileSync(join(folder, 'liqcalc', '.liqcalc.json'), text);
    return folder;
  }

  it('in the config directory is found and named in every output', async () => {
    const folder = withConfig('{"rules":{"allocation":"off","trade-risk":"off","distance":{"error":"0.5"}}}');
    const path = join(folder, 'liqcalc', '.liqcalc.json');
    const text = await inFolder(folder, POSITION);
    expect(text.code).toBe(0);
    expect(text.stdout).toContain(`rules: ${path}`);
    expect(text.stdout).toContain('off: trade-risk, allocation');
    for (const format of ['json', 'ndjson']) {
      expect(reportOf(await inFolder(folder, [...POSITION, '--format', format])).config).toBe(path);
    }
    expect((await inFolder(folder, [...POSITION, '--format', 'markdown'])).stdout).toContain(path);
    const csv = (await inFolder(folder, [...POSITION, '--format', 'csv', '-q'])).stdout.trim().split('\n');
    expect(csv.slice(1).every((row) => row.endsWith(`,${path},`))).toBe(true);
    expect((await inFolder(folder, [...POSITION, '--only', 'rule'])).stderr).toContain(path);
    expect((await inFolder(folder, [...POSITION, '--only', 'rule', '-q'])).stderr).toBe('');
    const asked = await inFolder(folder, [...POSITION, '--only', 'rule,config']);
    const off = `liqcalc: rules turned off by ${path}: trade-risk, allocation\n`;
    expect([asked.stdout.split('\n')[0]?.endsWith(`\t${path}`), asked.stderr]).toEqual([true, off]);
    for (const format of ['text', 'json', 'ndjson', 'csv', 'markdown']) {
      const listed = await inFolder(folder, ['--list', '--format', format, '-q']);
      expect([format, listed.stdout.includes(path), listed.stderr]).toEqual([format, true, '']);
    }
    expect((await inFolder(folder, ['--explain', 'distance'])).stdout).toContain(path);
    const ignored = await inFolder(folder, [...POSITION, '--no-config']);
    expect([ignored.code, ignored.stdout.includes(path)]).toEqual([1, false]);
  });

  it('that is broken ends the run with 78, by all of its faults', async () => {
    const folder = withConfig('{"rules":{"alocation":"off","distance":{"wran":1}}}');
    const { code, stdout, stderr } = await inFolder(folder, POSITION);
    expect([code, stdout]).toEqual([78, '']);
    expect(stderr).toContain('rules.alocation: unknown name; did you mean allocation?');
    expect(stderr).toContain('rules.distance.wran: unknown name');
  });

  it('that was named and is not there ends it with 66', async () => {
    expect((await run(['check', ...POSITION, '--config', '/nowhere/x.json'])).code).toBe(66);
  });

  it('is written by --init once, and changes nothing', async () => {
    const file = join(home(), 'mine.json');
    expect(await run(['check', '--init', '--config', file])).toEqual({
      stdout: '',
      stderr: `liqcalc: wrote ${file}\n`,
      code: 0,
    });
    const before = readFileSync(file, 'utf8');
    const again = await run(['check', '--init', '--config', file]);
    expect([again.code, again.stderr]).toEqual([73, `liqcalc: ${file} cannot be written: it exists already\n`]);
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(statSync(file).isFile()).toBe(true);
    const { config, ...by } = reportOf(await run(['check', ...POSITION, '--json', '--config', file]));
    expect(config).toBe(file);
    expect(by).toEqual(reportOf(await run(['check', ...POSITION, '--json'])));
  });
});

describe('the rules', () => {
  it('are listed in every format, each with limits, reason and source', async () => {
    const { rules } = JSON.parse((await check('--list --json')).stdout) as {
      rules: { rule: string; reason: string }[];
    };
    expect(rules.map(({ rule }) => rule)).toEqual(RULE_IDS);
    for (const format of ['text', 'csv', 'markdown', 'ndjson']) {
      const { stdout } = await check(`--list --format ${format}`);
      for (const id of RULE_IDS) expect(stdout).toContain(id);
      expect(stdout).toContain('2026-06-29');
    }
  });

  it.each(RULE_IDS)('%s has a page within 80 columns', async (id) => {
    const { stdout, code } = await check(`--explain ${id}`);
    expect(code).toBe(0);
    expect(stdout.startsWith(`${id}: `)).toBe(true);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('one that is unknown is suggested: exit 2', async () => {
    const { code, stderr } = await check('--explain alocation');
    expect([code, stderr.includes('did you mean allocation?')]).toEqual([2, true]);
  });
});

describe('text', () => {
  it('shows prices with the digits of the card, advice on the side that works', async () => {
    // 0.25 x 1000 + 20 = 1006.5 p: 0.26825633...; over 1.005 it is 0.26692172...
    const doge = ['short', 'DOGEUSDT', '--entry', '0.25', '--qty', '1000', '--margin', '20', '--mmr', '0.65'];
    const { stdout } = await run(['check', ...doge, '--mark', '0.24', '--no-stop', '-v']);
    expect(stdout).toContain('liquidation 0.26826');
    expect(stdout).toContain('set a stop at 0.26692 or lower');
    expect((await run([...doge, '--mark', '0.24'])).stdout).toContain('  0.26826 ');
    // 90 / 0.99 = 90.909...
    const plain = ['long', '--entry', '100', '--lev', '10', '--mmr', '1', '--mark', '95'];
    expect((await run(['check', ...plain, '-v'])).stdout).toContain('liquidation at 90.909 is');
  });

  it('is ASCII if the locale is not UTF-8, and has no colour if colour is not wanted', async () => {
    const plain = await run(['check', ...POSITION], { env: { LC_ALL: 'C' }, terminal: true });
    expect(plain.stdout).toContain('\u001b[');
    const none = await run(['check', ...POSITION], { env: { LC_ALL: 'C', NO_COLOR: '1' }, terminal: true });
    expect(none.stdout).toMatch(/^[\x20-\x7e\n]*$/);
    expect(plain.stdout.replaceAll(/\u001b\[\d+m/g, '')).toBe(none.stdout);
  });
});

describe('data that is not what it should be', () => {
  const healthy = readFileSync('examples/check/orders-unhealthy.json', 'utf8');
  const json = fc.oneof(
    fc.constantFrom(
      'null',
      'true',
      '""',
      '"x"',
      '[]',
      '{}',
      '0',
      '-1',
      '1e999',
      '"1e31"',
      '[null]',
      '[{}]',
      '{"a":null}',
    ),
    fc.constantFrom('"none"', '["0.0001"]', '[1,"2%"]', '[{"type":"STOP","side":"BUY"}]', '{"index":1}', '"NaN"'),
  );

  it('is refused or judged, and never breaks the program', async () => {
    const values = [...healthy.matchAll(/"[a-zA-Z]+": ("[^"]*"|true|false|null)/g)];
    expect(values.length).toBeGreaterThan(30);
    await fc.assert(
      fc.asyncProperty(fc.nat(values.length - 1), json, async (place, value) => {
        const { index, 0: whole, 1: old = '' } = values[place] as RegExpExecArray;
        const start = index + whole.length - old.length;
        const mutated = healthy.slice(0, start) + value + healthy.slice(start + old.length);
        const { code, stderr } = await check('--json -q', mutated);
        expect([0, 1, 65], stderr).toContain(code);
      }),
      { numRuns: 150 },
    );
  });

  const keys = [
    'stop',
    'orders',
    'funding',
    'fundingTimes',
    'candles',
    'feeds',
    'openInterest',
    'illiquid',
    'dailyVolume',
    'book',
    'group',
    'autoMargin',
  ];
  it('under every key of the data', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...keys), json, fc.boolean(), async (key, value, isShort) => {
        const side = isShort ? 'short' : 'long';
        const text = `{"wallet":"10","equity":${value},"positions":[{"symbol":"A","side":"${side}","qty":1,"entry":3,"mark":3,"mmr":1,"${key}":${value}}]}`;
        const { code, stderr } = await check('--json -q', text);
        expect([0, 1, 65], stderr).toContain(code);
      }),
      { numRuns: 200 },
    );
  });

  it.each(['{', '[[1]]', '5', '"x"', '[]', '{"positions":{}}'])('%s does not crash', async (text) => {
    expect([0, 65]).toContain((await check('--json', text)).code);
  });
});

describe('an account', () => {
  const account = (positions: readonly object[]): string => JSON.stringify({ wallet: '100000', positions });
  const position = { side: 'long', qty: '1', entry: '100', mark: '100', mmr: '1', lev: '2', symbol: 'AUSDT' };

  it('names the other legs of a trade in the order given, five of them', async () => {
    const legs = ['C', 'B', 'A', 'D', 'E', 'F', 'G'].map((name) => ({
      ...position,
      symbol: `${name}USDT`,
      group: 'x',
    }));
    const text = account([...legs, { ...position, side: 'short', symbol: 'A/USDT:USDT' }]);
    const { findings } = reportOf(await check('--json', text));
    const messages = findings
      .filter(({ rule }) => rule === 'multi-leg-isolated')
      .map(({ message }) => String(message).split(';')[0]);
    const shares = 'it shares the cross wallet with another leg of its trade:';
    expect(messages[0]).toBe(`${shares} long BUSDT, long AUSDT, long DUSDT, long EUSDT, long FUSDT and 1 more`);
    expect(messages[2]).toBe(`${shares} long CUSDT, long BUSDT, long DUSDT, long EUSDT, long FUSDT and 2 more`);
    expect(messages[7]).toBe(`${shares} long AUSDT`);
    expect(messages).toHaveLength(8);
  });

  it('reads the stops of openAlgoOrders beside the orders of openOrders', async () => {
    // Keys of the exchange's documented answers to GET /fapi/v1/openOrders and /fapi/v1/openAlgoOrders.
    const [orders, algo] = ['openOrders', 'openAlgoOrders'].map((name) =>
      join(mkdtempSync(join(tmpdir(), 'liqcalc-orders-')), `${name}.json`),
    ) as [string, string];
    const limit = {
      symbol: 'BTCUSDT',
      orderId: 1,
      type: 'LIMIT',
      side: 'BUY',
      origQty: '1',
      executedQty: '0',
      price: '1',
    };
    const stop = {
      algoId: 2148627,
      algoType: 'CONDITIONAL',
      orderType: 'STOP_MARKET',
      symbol: 'BTCUSDT',
      side: 'SELL',
      positionSide: 'BOTH',
      timeInForce: 'GTC',
      quantity: '0.01',
      algoStatus: 'NEW',
      actualOrderId: '',
      triggerPrice: '58000.0',
      price: '0.0',
      icebergQuantity: 'null',
      tpTriggerPrice: '0.000',
      workingType: 'MARK_PRICE',
      closePosition: false,
      priceProtect: false,
      reduceOnly: true,
    };
    writeFileSync(orders, JSON.stringify([limit]));
    writeFileSync(algo, JSON.stringify([stop]));
    const said = async (...files: readonly string[]): Promise<readonly unknown[]> => {
      const flags = files.flatMap((file) => ['--orders', file]);
      const position = 'long BTCUSDT --entry 60000 --lev 10 --qty 1 --mmr 0.4 --mark 60000 -q --json'.split(' ');
      const { findings } = reportOf(await run(['check', ...position, ...flags]));
      return findings.flatMap(({ rule, value }) =>
        /^stop-(missing|coverage)$/.test(String(rule)) ? [[rule, value]] : [],
      );
    };
    expect(await said(orders)).toEqual([
      ['stop-missing', null],
      ['stop-coverage', '0'],
    ]);
    expect(await said(orders, algo)).toEqual([['stop-coverage', '1']]);
    writeFileSync(algo, JSON.stringify([{ ...stop, quantity: '0', closePosition: true }]));
    expect(await said(orders, algo)).toEqual([]);
  });

  it('has its average true range begin as --atr-seed says', async () => {
    // True ranges: 100 of the first candle alone, then 10 each: ATR(14) after 15 candles is 15.969 or, without it, 10.
    const candles = [
      { high: '200', low: '100', close: '100' },
      ...Array.from({ length: 14 }, () => ({ high: '105', low: '95', close: '100' })),
    ];
    const orders = [{ type: 'TRAILING_STOP_MARKET', side: 'SELL', activation: '120', reduceOnly: true }];
    const text = account([{ ...position, candles, orders }]);
    const of = async (flags: string): Promise<unknown> =>
      reportOf(await check(`--json ${flags}`, text)).findings.find(({ rule }) => rule === 'trailing-activation');
    expect(await of('')).toMatchObject({ severity: 'error', value: '1.2524' });
    expect(await of('--atr-seed first-bar')).toMatchObject({ severity: 'error' });
    expect(await of('--atr-seed second-bar')).toBeUndefined();
    expect((await check('--atr-seed third-bar', text)).code).toBe(2);
  });

  it('is absent if its positions are null, and lacks no particular key if it is not JSON', async () => {
    expect(await check('', '{"wallet":"1","positions":null}')).toMatchObject({ code: 65, stdout: '' });
    expect((await check('', '7x')).stderr.split('\n')[0]).toBe(
      '<stdin>: "7x" is not an account; it is not JSON; write {"wallet": ..., "positions": [...]}',
    );
    expect((await check('', '[1')).stderr.split('\n').slice(0, 2)).toEqual([
      '<stdin>[0]: "1" is not an account; write {"wallet": ..., "positions": [...]}',
      '<stdin>:1: not valid JSON: the input ends before the ] of its array',
    ]);
  });

  it('steers no terminal and no spreadsheet', async () => {
    const text = account([{ ...position, symbol: '=A\u001b[31M\n\tX', stop: null }]);
    const control = /[\u0000-\u0009\u000b-\u001f\u007f]/;
    expect((await check('', text)).stdout).not.toMatch(control);
    expect((await run(['account'], { stdin: text })).stdout).not.toMatch(control);
    expect((await check('--format csv --csv-safe', text)).stdout).toContain(`"'=A`);
  });

  it('refuses a flag of one position, and names it', async () => {
    const { code, stderr } = await check('examples/account.json --no-stop');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^liqcalc: --no-stop: it belongs to one position/);
  });
});

describe('data of which there is too little', () => {
  const skipped = async (args: string): Promise<string> => {
    const [, found = ''] = (await check(`long --entry 100 --lev 10 --mmr 0.5 --no-config ${args}`)).stdout.split(
      'data is missing',
    );
    return found;
  };

  it('is named with how much is needed', async () => {
    const given = await skipped('--symbol ABCUSDT --open-interest 5,6,5,6,5,6,5,6,5 --funding 0.01%');
    expect(given).toMatch(/^ {2}--open-interest \(10 or more values\) +open-interest$/m);
    expect(given).toMatch(/^ {2}--funding \(3 or more values\) +funding-long$/m);
    expect(given).toMatch(/^ {2}--funding \(2 or more values\) +funding-reversal$/m);
    expect(given).toMatch(/^ {2}a bracket table \(--brackets\), --qty +max-leverage$/m);
    const enough = await skipped('--open-interest 5,6,5,6,5,6,5,6,5,6 --funding 0.01%,0.02%,0.01%');
    expect(enough).not.toMatch(/open-interest|--funding/);
    expect(await skipped('')).toMatch(/^ {2}--open-interest +open-interest$/m);
  });
});

it('a stop and no stop contradict each other', async () => {
  const { stdout, stderr, code } = await check(
    'long --entry 100 --lev 10 --mmr 0.5 --stop 95 --no-stop --config x --no-config',
  );
  expect([stdout, code]).toEqual(['', 2]);
  expect(stderr).toContain('--no-stop: this input conflicts with --stop');
  expect(stderr).toContain('--no-config: this input conflicts with --config');
});
