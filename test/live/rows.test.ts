import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveVenues } from '../../src/live/venues/index.js';
import type { Run } from '../cli/run.js';
import { FakeBinance } from './fake-binance.js';
import { newHome, runWithin } from './run-live.js';

let exchange: FakeBinance;
beforeAll(async () => {
  exchange = await new FakeBinance().start();
  const moved = { symbol: 'BTCUSDT', type: 1, amount: '23.3', asset: 'USDT', time: Date.now(), positionSide: 'BOTH' };
  exchange.histories.marginLog.push(moved);
});
afterAll(() => exchange.stop());

const home = newHome();
/** A file with an answer. */
function file(answer: string): string {
  const path = join(home, 'answer.json');
  writeFileSync(path, answer);
  return path;
}

/** A call without a network, and its stdin. */
type Call = readonly [line: string, stdin: string];

const POSITION = 'long BTCUSDT -e 60000 -l 20 --qty 0.5 --mmr 0.4 --mark 59000';
const fundingOf = (answer: string): Call => [`funding ${POSITION} --rates - --json`, answer];
const stopOf = (answer: string): Call => ['stop long --candles - --only atrValue,candleCount', answer];
const accountOf = (answer: string): Call => ['account --from binance --json', answer];
/** An account whose position has an answer as a datum of the rules. */
const datum =
  (key: string, shown: (answer: string) => string) =>
  (answer: string): Call => {
    const position =
      '"symbol":"BTCUSDT","side":"long","qty":"0.5","entry":"60000","lev":"20","mmr":"0.4","mark":"59000"';
    return ['check --json --fail-on never', `{"wallet":"5000","positions":[{${position},"${key}":${shown(answer)}}]}`];
  };
const checkWith =
  (flag: string) =>
  (answer: string): Call => [`check ${POSITION} --${flag} ${file(answer)} --json --fail-on never`, ''];
const whole = (answer: string): string => answer;

interface Row {
  /** The request that is answered. */
  readonly request: string;
  /** What is fetched, and the command that takes it; without it, `why` says who uses the answer. */
  readonly fetch?: string;
  readonly call?: (answer: string) => Call;
  /** What it then prints. */
  readonly shows?: RegExp;
  /** The rule that is then judged, and passes. */
  readonly passes?: string;
  readonly why?: string;
}

/** Every request that may be sent to Binance, in the order of the list. */
const ROWS: readonly Row[] = [
  { request: 'GET /fapi/v1/time', fetch: 'time', why: 'the transport measures the clock with it' },
  { request: 'GET /fapi/v1/exchangeInfo', fetch: 'info', why: 'brackets update stores liquidation fees of it' },
  { request: 'GET /fapi/v1/premiumIndex', fetch: 'marks BTCUSDT', call: fundingOf, shows: /"ratePercent":"0.01"/ },
  { request: 'GET /fapi/v1/fundingRate', fetch: 'funding BTCUSDT --limit 3', call: fundingOf, shows: /"step":3/ },
  {
    request: 'GET /fapi/v1/fundingInfo',
    fetch: 'funding-info',
    // SOLUSDT pays every 4 hours: 0.06 % there is 0.12 % in 8 hours.
    call: (answer) => {
      const [line, text] = datum('fundingInfo', whole)(answer);
      return [line, text.replaceAll('BTCUSDT', 'SOLUSDT').replace('"mark"', '"funding":["0.0006"],"mark"')];
    },
    shows: /"rule":"funding-size"[^}]*"value":"0.12"/,
  },
  { request: 'GET /fapi/v1/klines', fetch: 'candles BTCUSDT --limit 20', call: stopOf, shows: /^200.25\t20$/m },
  {
    request: 'GET /fapi/v1/markPriceKlines',
    fetch: 'mark-candles BTCUSDT --limit 20',
    call: stopOf,
    shows: /^200.25\t20$/m,
  },
  {
    request: 'GET /fapi/v1/openInterest',
    fetch: 'open-interest-now BTCUSDT',
    call: datum('openInterest', (answer) => `[${Array.from({ length: 12 }, () => answer).join(',')}]`),
    passes: 'open-interest',
  },
  {
    request: 'GET /futures/data/openInterestHist',
    fetch: 'open-interest BTCUSDT --limit 24',
    call: datum('openInterest', whole),
    passes: 'open-interest',
  },
  {
    request: 'GET /fapi/v1/ticker/24hr',
    fetch: 'ticker BTCUSDT',
    call: datum('dailyVolume', whole),
    shows: /illiquid-size[^}]*1.2346/,
  },
  {
    request: 'GET /fapi/v1/depth',
    fetch: 'book BTCUSDT',
    call: checkWith('book'),
    shows: /illiquid-size[^}]*"value":"50"/,
  },
  {
    request: 'GET /fapi/v1/leverageBracket',
    fetch: 'brackets',
    call: (answer) => ['brackets import -', answer],
    shows: /stored 3 tables/,
  },
  { request: 'GET /fapi/v3/account', fetch: 'account', call: accountOf, shows: /"wallet":"4400"/ },
  {
    request: 'GET /fapi/v3/positionRisk',
    fetch: 'positions',
    call: (answer) => ['account --from binance --wallet 5000 --json', answer],
    shows: /"symbol":"ETHUSDT"/,
  },
  {
    request: 'GET /fapi/v1/symbolConfig',
    fetch: 'symbol-config BTCUSDT',
    call: (answer) => {
      const [{ isAutoAddMargin } = {}] = JSON.parse(answer) as { isAutoAddMargin?: boolean }[];
      return datum('isAutoAddMargin', () => String(isAutoAddMargin))(answer);
    },
    passes: 'auto-margin',
  },
  { request: 'GET /fapi/v1/accountConfig', fetch: 'account-config', why: 'fetch account has its multiAssetsMargin' },
  {
    request: 'GET /fapi/v1/userTrades',
    fetch: 'trades BTCUSDT --limit 100',
    call: (answer) => ['average BTCUSDT --fills - --json', answer],
    shows: /"entry":"60000.1"/,
  },
  { request: 'GET /fapi/v1/income', fetch: 'income BTCUSDT', call: fundingOf, shows: /"payment":"1.8"/ },
  {
    request: 'GET /fapi/v1/positionMargin/history',
    fetch: 'margin-log BTCUSDT',
    call: (answer) => [`check examples/account.json --margin-log ${file(answer)} --json --fail-on never`, ''],
    passes: 'margin-log',
  },
  {
    request: 'GET /fapi/v1/openOrders',
    fetch: 'orders BTCUSDT',
    call: checkWith('orders'),
    passes: 'stop-market',
  },
  {
    request: 'GET /fapi/v1/openAlgoOrders',
    fetch: 'orders BTCUSDT',
    call: checkWith('orders'),
    passes: 'stop-missing',
  },
  { request: 'POST /fapi/v1/listenKey', why: 'watch opens the stream of an account with it' },
  { request: 'PUT /fapi/v1/listenKey', why: 'watch keeps that stream' },
  {
    request: 'GET /sapi/v1/account/apiRestrictions',
    fetch: 'account',
    why: 'it gives a warning about a key that may trade',
  },
];

const run = ([line, stdin]: Call): Promise<Run> =>
  runWithin(line.split(' '), { stdin, env: { LIQCALC_OFFLINE: '1', HOME: home } });

describe('every answer, and the command that takes it without a network', () => {
  it('is every request that may be sent', () => {
    expect(ROWS.map(({ request }) => request)).toEqual(
      liveVenues.binance.allow.map(({ method, path }) => `${method} ${path}`),
    );
    expect(ROWS.filter(({ call, why }) => (call === undefined) === (why === undefined))).toEqual([]);
  });

  it.each(ROWS.filter(({ fetch }) => fetch !== undefined))('$request: fetch $fetch', async ({ request, ...row }) => {
    exchange.seen.length = 0;
    const fetched = await runWithin([...`fetch ${row.fetch ?? ''}`.split(' ')], { env: exchange.env });
    expect([fetched.code, fetched.stderr, exchange.paths.includes(request)]).toEqual([0, '', true]);
    if (!row.call) return;
    const taken = await run(row.call(fetched.stdout));
    expect(taken).toMatchObject({ code: 0 });
    const said = `${taken.stdout}${taken.stderr}`;
    if (row.shows) expect(said).toMatch(row.shows);
    if (row.passes === undefined) return;
    const { ok } = JSON.parse(taken.stdout) as { ok: { rule: string }[] };
    expect(ok.map(({ rule }) => rule)).toContain(row.passes);
  });
});
