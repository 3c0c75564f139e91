import { describe, expect, it } from 'vitest';
import { run, type Run } from './run.js';

/** A long with a table, a short on a symbol without one, and an isolated long. */
const BOOK = `{"id":"a","wallet":"5000","positions":[
 {"symbol":"BTCUSDT","side":"long","qty":"0.1","entry":"60000","mark":"59000"},
 {"symbol":"FOOUSDT","side":"short","qty":"10","entry":"100","mark":"110","note":"x"},
 {"symbol":"ETHUSDT","side":"long","qty":"1","entry":"3000","mark":"3000","mode":"isolated","margin":"300"}]}`;
const WHY = 'symbol: no bracket table for "FOOUSDT"';

interface Answer {
  readonly [key: string]: unknown;
  readonly positions: readonly Readonly<Record<string, unknown>>[];
}

const ask = (argv: readonly string[], stdin = BOOK): Promise<Run> => run(argv, { stdin });
const parsed = (text: string): Answer => JSON.parse(text) as Answer;

async function answer(stdin: string, ...argv: string[]): Promise<Answer> {
  const { stdout, code } = await ask(['account', '--json', ...argv], stdin);
  expect(code).toBe(65);
  return parsed(stdout);
}

/** The lines of CSV without quoted line ends, by column. */
function rowsOf(csv: string): readonly Readonly<Record<string, string>>[] {
  const [header = [], ...rows] = csv
    .trimEnd()
    .split('\n')
    .map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) => cell));
  return rows.map((row) => Object.fromEntries(header.map((column, index) => [column, row[index] ?? ''])));
}

describe('an account with a position on an unknown symbol', () => {
  it('prices the others: the PnL of the failed one counts, its maintenance does not', async () => {
    const { positions } = await answer(BOOK);
    // 5000 - 100 + 0.1 (p - 60000) = 0.4 % of 0.1 p: p = 1100 / 0.0996.
    expect(positions[0]).toMatchObject({
      liquidationPrice: '11044.17670683',
      warnings: ['STALE_BRACKETS', 'POOL_INCOMPLETE'],
    });
    const error = { code: 'UNKNOWN_SYMBOL', field: 'symbol' };
    expect(positions[1]).toMatchObject({ symbol: 'FOOUSDT', note: 'x', error });
    expect((positions[1]?.['error'] as { message: string }).message).toContain(WHY);
    expect(Object.keys(positions[1] ?? {})).toEqual(['symbol', 'side', 'qty', 'entry', 'mark', 'note', 'error']);
    // The isolated position depends on nothing else: 300 + p - 3000 = 0.4 % of p.
    expect(positions[2]).toMatchObject({ liquidationPrice: '2710.84337349', warnings: ['STALE_BRACKETS'] });
  });

  it('gives prices that are too optimistic: with its rate they are nearer', async () => {
    const rated = BOOK.replace('"note":"x"', '"mmr":"1"');
    const { stdout, code } = await ask(['account', '--only', 'liquidationPrice'], rated);
    // Its maintenance is 1 % of 1100: p = 1111 / 0.0996.
    expect([code, stdout.split('\n')[0]]).toEqual([0, '11154.6184739']);
  });

  it('has no figures of the account that need every maintenance margin', async () => {
    expect(await answer(BOOK)).toMatchObject({
      wallet: '5000',
      equity: '4800',
      maintenanceMargin: null,
      marginRatio: null,
      effectiveLeverage: null,
      outcome: null,
      reason: 'the maintenance margin of FOOUSDT is unknown',
      marketMovePercent: { down: null, up: null },
    });
    expect((await answer(BOOK, '--need', 'margin-ratio=30'))['need']).toEqual({
      marginRatio: '30',
      walletChange: null,
      withdrawable: null,
    });
  });

  it('names the position on stderr and ends with 65', async () => {
    const { stderr, code } = await ask(['account', '--json']);
    expect(code).toBe(65);
    expect(stderr.split('\n').at(0)).toMatch(/^<stdin>: positions\[1\]\.symbol: no bracket table for "FOOUSDT"/);
    expect(stderr.split('\n').slice(1)).toEqual(['liqcalc: 1 position failed', '']);
  });

  it('fails both legs of a hedge on it', async () => {
    const legs = BOOK.replace(
      '"note":"x"},',
      '"note":"x"},{"symbol":"foo/usdt:usdt","side":"long","qty":"4","entry":"90","mark":"110"},',
    );
    const { positions, equity, reason } = await answer(legs);
    expect(positions.map((each) => 'error' in each)).toEqual([false, true, true, false]);
    // 5000 - 100 - 10 x 10 + 4 x 20.
    expect(equity).toBe('4880');
    expect(reason).toBe('the maintenance margin of FOOUSDT is unknown');
    // 5000 - 20 + 0.1 (p - 60000) = 0.4 % of 0.1 p.
    expect(positions[0]?.['liquidationPrice']).toBe('10240.96385542');
  });

  it('leaves the pool whole if the position is isolated', async () => {
    const isolated = BOOK.replace('"note":"x"', '"mode":"isolated","margin":"200"');
    const found = await answer(isolated);
    // 5000 + 0.1 (p - 60000) = 0.4 % of 0.1 p.
    expect(found.positions[0]).toMatchObject({ liquidationPrice: '10040.16064257', warnings: ['STALE_BRACKETS'] });
    expect(found.positions[1]).toHaveProperty('error');
    expect(found).toMatchObject({ outcome: 'at', maintenanceMargin: '23.6' });
  });

  it('is refused if every symbol is unknown', async () => {
    const only =
      '{"wallet":"5000","positions":[{"symbol":"FOOUSDT","side":"short","qty":"10","entry":"100","mark":"110"}]}';
    const { stdout, stderr, code } = await ask(['account', '--json'], only);
    expect([code, parsed(stdout)['error']]).toMatchObject([
      65,
      { code: 'UNKNOWN_SYMBOL', field: 'positions[0].symbol' },
    ]);
    expect(stderr).toContain('liqcalc: 1 of 1 records failed');
    expect((await run(['account', '--wallet', '50', '--pos', 'long:FOOUSDT:1@100,mark=100'])).code).toBe(2);
  });

  it('is refused with all problems if another position is invalid', async () => {
    const { stdout, code } = await ask(['account', '--json'], BOOK.replace('"qty":"0.1"', '"qty":"x"'));
    expect(code).toBe(65);
    const { error } = parsed(stdout) as unknown as {
      readonly error: { readonly code: string; readonly message: string };
    };
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.message).toContain('positions[0].qty: "x" is not a plain decimal');
    expect(error.message).toContain('positions[1].symbol: no bracket table');
    const coin = BOOK.replace('"note":"x"', '"contract":"inverse"');
    expect((parsed((await ask(['account', '--json'], coin)).stdout) as { error?: unknown }).error).toMatchObject({
      message: expect.stringContaining('linear and inverse cannot be in one account') as string,
    });
  });

  it('takes its own answer as input and gives the same', async () => {
    const first = (await ask(['account', '--json'])).stdout;
    expect((await ask(['account', '--json'], first)).stdout).toBe(first);
  });

  it('gives no all-clear for --alert', async () => {
    const { stderr, code } = await ask(['account', '--alert', '1', '--only', 'equity']);
    expect([code, stderr.includes('alert:')]).toEqual([65, false]);
    const reached = await ask(['account', '--alert', '10', '--only', 'equity']);
    expect([reached.code, reached.stderr]).toMatchObject([65, expect.stringContaining('ETHUSDT long: 9.6386 %')]);
  });

  it('has its line in text', async () => {
    const { stdout } = await ask(['account', '--need', 'margin-ratio=30', '--chart']);
    expect(stdout).toContain('CROSS USDT  wallet 5000   equity 4800   maintenance unknown\n');
    expect(stdout).toContain('No margin ratio and no market move: the maintenance margin of FOOUSDT is unknown\n');
    expect(stdout).toContain('Unknown what to add to the wallet for a margin ratio of 30 %');
    expect(stdout).toMatch(/^FOOUSDT {2}short {12}10 {4}100 {4}110 {7}failed {14}unknown$/m);
    expect(stdout.replace(/\s+/g, ' ')).toContain(`Failed FOOUSDT: ${WHY}`);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'Warning at best: the true liquidation price is nearer, because the maintenance margin of FOOUSDT is unknown and counts as 0',
    );
    expect(stdout).toContain('No chart: the maintenance margin of FOOUSDT is unknown\n');
  });

  it('has its row in CSV and markdown', async () => {
    const [btc, foo] = rowsOf((await ask(['account', '--format', 'csv'])).stdout);
    expect([btc?.['liquidationPrice'], btc?.['error']]).toEqual(['11044.17670683', '']);
    expect([foo?.['symbol'], foo?.['liquidationPrice'], foo?.['accountEquity'], foo?.['accountMarginRatio']]).toEqual([
      'FOOUSDT',
      '',
      '4800',
      '',
    ]);
    expect(foo?.['error']).toContain('symbol: no bracket table for ""FOOUSDT""');
    const markdown = (await ask(['account', '--format', 'markdown'])).stdout;
    expect(markdown).toMatch(/\| FOOUSDT \| short \| 10 +\| 100 +\| 110 +\|(?: +\|){4} symbol: no bracket table/);
    const whole = (await ask(['account', '--format', 'markdown'], BOOK.replace('"note":"x"', '"mmr":"1"'))).stdout;
    expect(whole).not.toContain('error');
  });

  it('has its own fields in --only, and no results', async () => {
    const { stdout } = await ask(['account', '--only', 'symbol,note,liquidationPrice,maintenanceMargin']);
    expect(stdout).toBe('BTCUSDT\t\t11044.17670683\t23.6\nFOOUSDT\tx\t\t\nETHUSDT\t\t2710.84337349\t12\n');
    expect((await ask(['account', '--only', 'equity,marginRatio'])).stdout).toBe('4800\t\n');
  });

  it('is shown by --within, whose distance is unknown', async () => {
    const { positions } = await answer(BOOK, '--within', '1');
    expect(positions.map(({ symbol }) => symbol)).toEqual(['FOOUSDT']);
    const { stdout } = await ask(['account', '--within', '1', '--format', 'ndjson']);
    expect(parsed(stdout).positions).toHaveLength(1);
  });

  it('is compared with nothing by --reconcile', async () => {
    const reported = BOOK.replace('"mark":"59000"', '"mark":"59000","reported":"20000"').replace(
      '"note":"x"',
      '"reported":"150"',
    );
    const found = await answer(reported, '--reconcile');
    expect([found['reconcile'], found.positions[1]?.['reported']]).toEqual([[], '150']);
    const { stdout } = await ask(['account', '--reconcile'], reported);
    expect(stdout).toContain('Reconcile: the maintenance margin of FOOUSDT is unknown.');
  });

  it('closes at its mark: the pool is then whole', async () => {
    const { stdout, code } = await ask(['account', '--close', 'FOOUSDT', '--json']);
    const { before, after } = JSON.parse(stdout) as { readonly before: Answer; readonly after: Answer };
    expect(code).toBe(65);
    expect([before['marginRatio'], after['wallet'], after['maintenanceMargin']]).toEqual([null, '4900', '23.6']);
    const { stdout: half } = await ask(['account', '--close', 'FOOUSDT:5', '--json']);
    expect((JSON.parse(half) as { readonly after: Answer }).after.positions[1]).toMatchObject({ qty: '5', error: {} });
    expect((await ask(['account', '--close', 'FOOUSDT'])).stdout).toMatch(/^margin ratio +unknown +0.49 %$/m);
  });

  it('keeps other accounts of a stream', async () => {
    const line = BOOK.replaceAll('\n', '');
    const { stdout, stderr, code } = await ask(
      ['account', '--only', 'equity'],
      `${line}\n${line.replace('"note":"x"', '"mmr":1')}\n`,
    );
    expect([code, stdout]).toEqual([65, '4800\n4800\n']);
    expect(stderr).toContain('<stdin>:1: positions[1].symbol');
    expect(stderr).toContain('liqcalc: 1 position failed\n');
    expect(stderr).not.toContain('records failed');
  });
});

describe('liqcalc check of such an account', () => {
  it('checks the other positions, and says what the rules on the account lack', async () => {
    const { stdout, code, stderr } = await ask(['check', '--json', '--fail-on', 'never']);
    expect(code).toBe(65);
    expect(stderr).toContain('<stdin>: positions[1].symbol: no bracket table');
    const found = JSON.parse(stdout) as {
      readonly findings: readonly { readonly symbol: string; readonly position: number }[];
      readonly ok: readonly {
        readonly rule: string;
        readonly symbol: string | null;
        readonly position: number | null;
      }[];
      readonly skipped: readonly { readonly rule: string; readonly lacks: readonly string[] }[];
      readonly failed: readonly {
        readonly position: number;
        readonly symbol: string;
        readonly error: { readonly code: string };
      }[];
    };
    expect(found.failed).toMatchObject([
      { position: 1, symbol: 'FOOUSDT', side: 'short', error: { code: 'UNKNOWN_SYMBOL' } },
    ]);
    expect(found.findings.every(({ symbol, position }) => symbol === 'ETHUSDT' && position === 2)).toBe(true);
    expect(found.ok.find(({ rule, symbol }) => rule === 'mark-deviation' && symbol === 'ETHUSDT')?.position).toBe(2);
    const lacking = found.skipped.filter(({ lacks }) => lacks.includes('mmr')).map(({ rule }) => rule);
    expect(lacking).toEqual(['event-leverage', 'margin-ratio', 'account-move', 'concentration', 'adl', 'margin-log']);
    expect(found.ok.filter(({ position }) => position === null)).toEqual([]);
  });

  it('shows the failed position in every format', async () => {
    const text = (await ask(['check'])).stdout.replace(/\s+/g, ' ');
    expect(text).toContain(`SHORT FOOUSDT 10 @ 100 cross, mark 110, no liquidation price failed ${WHY}`);
    expect(text).toContain('mmr margin-ratio, account-move, concentration, adl');
    const csv = rowsOf((await ask(['check', '--format', 'csv'])).stdout).filter(({ error }) => error !== '');
    expect(csv).toMatchObject([{ account: 'a', rule: '', symbol: 'FOOUSDT', side: 'short', position: '1' }]);
    expect((await ask(['check', '--format', 'markdown'])).stdout).toContain(`| FOOUSDT | short | ${WHY}`);
  });
});

describe('--mmr, --cum and --mm-fee', () => {
  const prices = async (...argv: string[]): Promise<readonly string[]> => {
    const { stdout, code } = await ask(['account', '--only', 'liquidationPrice', ...argv]);
    expect(code).toBe(0);
    return stdout.trimEnd().split('\n');
  };

  it('give the rate of positions that have neither table nor rate', async () => {
    // BTCUSDT as with "mmr": 1 in the record; FOOUSDT: 5000 - 100 + 10 (100 - p) = 0.01 x 10 p + 23.6.
    const rated = ['11154.6184739', '581.82178218', '2710.84337349'];
    expect(await prices('--mmr', '1')).toEqual(rated);
    expect(await prices('--mmr', 'foo/usdt:usdt=1%')).toEqual(rated);
    expect(await prices('--mmr', '9', '--mmr', 'FOOUSDT=1')).toEqual(rated);
  });

  it('count an amount and a fee with it', async () => {
    // FOOUSDT: 4900 + 1000 - 10 p = 0.01 x 10 p - 5 + 23.6.
    expect((await prices('--mmr', '1', '--cum', '5'))[1]).toBe('582.31683168');
    // The fee is for all positions without a fee: FOOUSDT at 0.05 %, its own rate 1 %, BTCUSDT 0.4 % + 0.05 % of 5900.
    // 5900 - 10 p = 0.0105 x 10 p + 26.55.
    expect((await prices('--mmr', '1', '--mm-fee', '0.05'))[1]).toBe('581.24195943');
    expect((await prices('--mmr', '1', '--mm-fee', 'FOOUSDT=0.05'))[1]).toBe('581.53389411');
  });

  it('of a symbol take priority over its table, not over its record', async () => {
    // ETHUSDT, isolated: 300 + p - 3000 = 1 % of p.
    expect((await prices('--mmr', 'FOOUSDT=1', '--mmr', 'ETHUSDT=1'))[2]).toBe('2727.27272727');
    const rated = BOOK.replace('"note":"x"', '"mmr":"1"');
    const { stdout } = await ask(['account', '--only', 'liquidationPrice', '--mmr', 'FOOUSDT=2'], rated);
    expect(stdout.split('\n')[1]).toBe('581.82178218');
  });

  it('are used for positions of flags and of exchanges, and for accounts of check', async () => {
    const pos = ['account', '--wallet', '50', '--pos', 'long:FOOUSDT:1@100,mark=100', '--only', 'mmr,liquidationPrice'];
    // 50 + p - 100 = 1 % of p.
    expect((await run([...pos, '--mmr', '1'])).stdout).toBe('1\t50.50505051\n');
    const risk = '[{"symbol":"FOOUSDT","positionAmt":"1","entryPrice":"100","markPrice":"100","marginType":"cross"}]';
    const from = ['account', '--from', 'binance', '--wallet', '50', '--only', 'liquidationPrice'];
    expect((await ask([...from, '--mmr', 'FOOUSDT=1'], risk)).stdout).toBe('50.50505051\n');
    const { stderr, code } = await ask(['check', '--mmr', '1', '--fail-on', 'never', '-q']);
    expect([code, stderr]).toEqual([0, '']);
    expect((await run(['check', 'long', '-e', '100', '-l', '10', '--qty', '1', '--mmr', '1'])).stdout).toContain(
      'LONG 1 @ 100 10x isolated, liquidation 90.909\n',
    );
  });

  it('are named where the rate is missing, and warned about where no account has the symbol', async () => {
    expect((await ask(['account'])).stderr).toContain('; give --mmr FOOUSDT=R or mmr, or paste the rows');
    const odd = BOOK.replaceAll('FOOUSDT', 'A B');
    expect((await ask(['account'], odd)).stderr).toContain('; give --mmr SYMBOL=R or mmr');
    const unmatched = ['--mmr', '1', '--mmr', 'BARUSDT=1', '--cum', 'BAZUSDT=1', '--beta', 'QUXUSDT=2'];
    const warnings = ['--beta QUXUSDT', '--mmr BARUSDT', '--cum BAZUSDT'];
    const words = warnings.map((flag) => `liqcalc: warning: ${flag}: no account has a position on it\n`).join('');
    expect((await ask(['account', ...unmatched, '--only', 'equity'])).stderr).toBe(words);
    expect((await ask(['check', ...unmatched.slice(0, -2)])).stderr).toContain(words.split('\n').slice(1).join('\n'));
  });

  it('are read before any record', async () => {
    const { code, stderr, stdout } = await ask([
      'account',
      '--mmr',
      'x=y',
      '--mmr',
      '=5',
      '--cum',
      '-1',
      '--mm-fee',
      '0,5',
    ]);
    expect([code, stdout]).toEqual([2, '']);
    for (const words of [
      '--mmr: "y" is not',
      '--mmr: "=5" has no symbol; write SYMBOL=RATE',
      '--cum: "-1" must not',
      'write 0.5',
    ]) {
      expect(stderr).toContain(words);
    }
    expect((await ask(['account', '--cum', '5'])).stderr).toContain('--cum: this input needs --mmr');
  });
});
