import { describe, expect, it } from 'vitest';
import type { BracketTable } from '../../../src/core/brackets.js';
import { readBracketFile } from '../../../src/formats/venues/index.js';

const ORIGIN = { name: 'tiers.json', asOf: () => '2026-11-01', dating: 'date of the file' };

type Read =
  { readonly symbol: string; readonly table: BracketTable } | { readonly symbol: string; readonly fault: string };

/** Every table of a text, or its fault; a text that is not a file of tables gives its fault alone. */
function read(text: string): readonly Read[] | string {
  const file = readBracketFile(text, ORIGIN);
  if (file.kind === 'fault') return file.fault;
  return file.tables.map(({ symbol, read: table }) => {
    try {
      return { symbol, table: table() };
    } catch (error) {
      return { symbol, fault: (error as Error).message };
    }
  });
}

function only(text: string): BracketTable {
  const [first] = read(text) as readonly Read[];
  if (!first || !('table' in first)) throw new Error(JSON.stringify(first));
  return first.table;
}

function fault(text: string): string {
  const [first] = read(text) as readonly Read[];
  if (!first || !('fault' in first)) throw new Error('it has no fault');
  return first.fault;
}

/** Brackets as plain texts: floor, cap, rate, amount, maximum leverage. */
const figures = ({ brackets }: BracketTable): string[] =>
  brackets.map(({ floor, cap, rate, amount, maxLeverage }) =>
    [floor, cap, rate, amount, maxLeverage].map((each) => each?.toText(20) ?? '-').join(' '),
  );

/** Two brackets of the exchange's linear answer, spelled as JSON numbers. */
const linearBrackets = (cum: string, cap = '9223372036854775807'): string => `[
  {"bracket":1,"initialLeverage":125,"notionalCap":50000,"notionalFloor":0,"maintMarginRatio":0.004,"cum":0.0},
  {"bracket":2,"initialLeverage":100,"notionalCap":${cap},"notionalFloor":50000,"maintMarginRatio":0.005,"cum":${cum}}]`;

describe("the exchange's answers", () => {
  it.each([
    ['an array', `[{"symbol":"BTCUSDT","brackets":${linearBrackets('50.0')}}]`],
    ['one object', `{"symbol":"BTCUSDT","brackets":${linearBrackets('50')}}`],
    ['texts for numbers', `{"symbol":"btcusdt","brackets":${linearBrackets('"50.0"')}}`],
    ['a coefficient of one', `{"symbol":"BTCUSDT","notionalCoef":1.0,"brackets":${linearBrackets('50.0')}}`],
  ])('reads %s', (_, text) => {
    const table = only(text);
    expect(figures(table)).toEqual(['0 50000 0.004 0 125', '50000 - 0.005 50 100']);
    expect(table).toMatchObject({
      venue: 'binance',
      symbol: 'BTCUSDT',
      contract: 'linear',
      asOf: '2026-11-01',
      confidence: 'A',
      source: 'leverageBracket answer tiers.json (date of the file)',
    });
    expect(table.notes).toBeUndefined();
  });

  it.each([
    ['BTCUSD_PERP', 'qtylFloor', '100', 'A'],
    ['BTCUSD_250328', 'qtylFloor', '100', 'A'],
    ['ETHUSD_PERP', 'qtyFloor', '10', 'B'],
  ])('reads coin-margined %s with %s; a contract is worth %s', (symbol, floor, multiplier, confidence) => {
    const table = only(`[{"symbol":"${symbol}","brackets":[
      {"bracket":1,"initialLeverage":125,"qtyCap":5,"${floor}":0,"maintMarginRatio":0.004,"cum":0.0},
      {"bracket":2,"initialLeverage":100,"qtyCap":10,"${floor}":5,"maintMarginRatio":0.005,"cum":0.005}]}]`);
    expect(figures(table)).toEqual(['0 5 0.004 0 125', '5 10 0.005 0.005 100']);
    expect([table.contract, table.multiplier.toText(8)]).toEqual(['inverse', multiplier]);
    // The answer does not show the value of a contract, and 10 is only usual.
    expect(table.confidence).toBe(confidence);
    expect(table.source.includes('value of 10 USD is assumed')).toBe(multiplier === '10');
  });

  it('keeps every digit that is written', () => {
    const [, second] = figures(only(`{"symbol":"A","brackets":${linearBrackets('50', '123456789012345678.12')}}`));
    expect(second).toBe('50000 123456789012345678.12 0.005 50 100');
  });

  it('takes the figures of an adjusted user unchanged, as unverified, and says so', () => {
    const table = only(`[{"symbol":"BTCUSDT","notionalCoef":1.50,"brackets":${linearBrackets('50')}}]`);
    expect(figures(table)).toEqual(['0 50000 0.004 0 125', '50000 - 0.005 50 100']);
    expect(table.confidence).toBe('C');
    expect(table.source).toContain('notionalCoef 1.50');
  });

  it('rids amounts of float noise', () => {
    const table = only(`[{"symbol":"BTCUSDT","brackets":${linearBrackets('50.00000000000001')}}]`);
    expect(figures(table)[1]).toBe('50000 - 0.005 50 100');
    expect(table.notes).toEqual(['AMOUNTS_REPAIRED']);
  });

  it.each(['50.00005', '49.99995'])('takes %s, a millionth off, for noise', (cum) => {
    expect(only(`{"symbol":"A","brackets":${linearBrackets(cum)}}`).notes).toEqual(['AMOUNTS_REPAIRED']);
  });

  it.each(['50.0001', '49.9999', '51', '5'])('refuses the amount %s, which makes maintenance jump', (cum) => {
    expect(fault(`{"symbol":"BTCUSDT","brackets":${linearBrackets(cum)}}`)).toBe(
      `brackets of BTCUSDT: no. 2: amount ${cum} makes maintenance jump; 50 makes it continuous`,
    );
  });

  it('rebuilds amounts that are missing', () => {
    const table = only(`{"symbol":"BTCUSDT","brackets":${linearBrackets('null')}}`);
    expect(figures(table)[1]).toBe('50000 - 0.005 50 100');
    expect(table.notes).toEqual(['AMOUNTS_REBUILT']);
  });

  it('refuses one rate on the whole position', () => {
    expect(fault(`{"symbol":"BTCUSDT","brackets":${linearBrackets('0')}}`)).toContain(
      'give the rate of your size with mmr',
    );
  });

  it('refuses what the exchange says of pairs', () => {
    expect(fault(`[{"pair":"BTCUSD","brackets":[{"bracket":1,"maintMarginRatio":0.004}]}]`)).toContain('/dapi/v2/');
  });

  it('recognises an error response', () => {
    expect(read('{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}')).toBe(
      'it is an error response of the exchange: "Invalid API-key, IP, or permissions for action."',
    );
  });
});

/** Two tiers as ccxt gives them. */
const tiers = (info: readonly [string, string], currency = 'USDT'): string => `[
  {"tier":1.0,"currency":"${currency}","minNotional":0.0,"maxNotional":5000.0,"maintenanceMarginRate":0.01,"maxLeverage":50.0,"info":${info[0]}},
  {"tier":2.0,"currency":"${currency}","minNotional":5000.0,"maxNotional":1e+16,"maintenanceMarginRate":0.025,"maxLeverage":20.0,"info":${info[1]}}]`;
const BINANCE_INFO = ['{"maintMarginRatio":"0.01","cum":"0.0"}', '{"maintMarginRatio":"0.025","cum":"75.0"}'] as const;

describe("ccxt's tiers", () => {
  it('takes amounts from info', () => {
    const table = only(`{"1000ABC/USDC:USDC":${tiers(BINANCE_INFO)}}`);
    expect(figures(table)).toEqual(['0 5000 0.01 0 50', '5000 10000000000000000 0.025 75 20']);
    expect(table).toMatchObject({ symbol: '1000ABCUSDC', venue: 'binance', contract: 'linear', confidence: 'B' });
    expect(table.notes).toBeUndefined();
  });

  it.each([
    ['BTC/USDT:USDT-250328', 'BTCUSDT_250328'],
    ['ETH/BTC:BTC', 'ETHBTC'],
  ])('names %s %s', (unified, symbol) => {
    expect(only(`{"${unified}":${tiers(BINANCE_INFO)}}`).symbol).toBe(symbol);
  });

  it.each([['{}'], ['null'], ['{"cum":null}']])(
    'rebuilds amounts where info is %s, and does not vouch for them',
    (info) => {
      const table = only(`{"ABC/USDT:USDT":${tiers([info, info])}}`);
      expect(figures(table)[1]).toBe('5000 10000000000000000 0.025 75 20');
      expect(table).toMatchObject({ notes: ['AMOUNTS_REBUILT'], confidence: 'C', venue: 'unknown' });
    },
  );

  it('does not vouch for exchanges that it does not know, amounts or not', () => {
    expect(only(`{"ABC/USDT:USDT":${tiers(['{"cum":"0"}', '{"cum":"75"}'])}}`)).toMatchObject({
      confidence: 'C',
      venue: 'unknown',
    });
  });

  it('reads coin-margined tiers by base-coin size', () => {
    const info = (floor: string, cap: string, rate: string, cum: string): string =>
      `{"qtylFloor":"${floor}","qtyCap":"${cap}","maintMarginRatio":"${rate}","cum":"${cum}"}`;
    const table = only(
      `{"ETH/USD:ETH":${tiers([info('0', '20', '0.01', '0'), info('20', '50', '0.025', '0.3')], 'ETH')}}`,
    );
    expect(figures(table)).toEqual(['0 20 0.01 0 50', '20 50 0.025 0.3 20']);
    expect([table.symbol, table.contract, table.multiplier.toText(8)]).toEqual(['ETHUSD_PERP', 'inverse', '10']);
  });

  it('refuses coin-margined tiers of exchanges whose contract value it does not know', () => {
    expect(fault(`{"ETH/USD:ETH":${tiers(['{}', '{}'])}}`)).toContain('the value of one contract');
  });

  it('reads tiers of OKX, whose rate counts on the whole position: they have no amounts', () => {
    const okx = '{"mmr":"0.01","imr":"0.02","maxSz":"100","minSz":"0"}';
    const table = only(`{"ABC/USDT:USDT":${tiers([okx, okx])}}`);
    expect(figures(table)).toEqual(['0 5000 0.01 0 50', '5000 10000000000000000 0.025 0 20']);
    expect(table).toMatchObject({ venue: 'okx', lacksMultiplier: true });
  });

  it('refuses a symbol that occurs twice', () => {
    expect(fault(`{"A/USDT:USDT":${tiers(BINANCE_INFO)},"AUSDT":${tiers(BINANCE_INFO)}}`)).toBe(
      'brackets of AUSDT: it occurs 2 times; keep only one',
    );
  });
});

const row = (more = '', floor = '"0"'): string => `{"floor":${floor},"cap":"1000","rate":"0.01","amount":"0"${more}}`;
const table = (brackets: string, more = ''): string =>
  `{"symbol":"ABCUSDT","contract":"linear"${more},"brackets":[${brackets}]}`;

describe("liqcalc's own tables", () => {
  it.each([
    ['alone', table(row())],
    ['in an array', `[${table(row())}]`],
    ['under tables', `{"note":"x","tables":[${table(row())}]}`],
    ['after a byte order mark, with CRLF', `\uFEFF${table(row()).replaceAll(',', ',\r\n')}\r\n`],
  ])('are read %s', (_, text) => {
    expect(figures(only(text))).toEqual(['0 1000 0.01 0 -']);
  });

  it('keep what they say of themselves', () => {
    const own = only(table(row(), ',"venue":"gate","asOf":"2026-05","confidence":"B","source":"a page"'));
    expect(own).toMatchObject({ venue: 'gate', asOf: '2026-05', confidence: 'B', source: 'a page' });
  });

  it('are unverified and of the day of the file if they do not say', () => {
    expect(only(table(row()))).toMatchObject({
      venue: 'binance',
      asOf: '2026-11-01',
      confidence: 'C',
      source: 'tiers.json (date of the file)',
    });
  });

  it('lose control characters, which could play with a terminal', () => {
    expect(only(table(row(), ',"source":"a\\u001b[31mb"')).source).toBe('a [31mb');
  });

  it.each([
    ['whole-position', table(`${row()},${row()}`, ',"wholePosition":true'), 'give the rate of your size with mmr'],
    [
      'a strange contract',
      table(row(), ',"multiplier":"1"').replace('linear', 'quanto'),
      'contract "quanto" is not linear or inverse',
    ],
    ['no inverse multiplier', table(row()).replace('linear', 'inverse'), 'multiplier is missing'],
    [
      'a multiplier of 0',
      table(row(), ',"multiplier":0').replace('linear', 'inverse'),
      'multiplier "0" is not a plain decimal above 0',
    ],
    ['a day that is none', table(row(), ',"asOf":"2026-02-30"'), 'asOf "2026-02-30" is not a date like 2026-11-22'],
    ['a confidence that is none', table(row(), ',"confidence":"high"'), 'confidence "high" is not A, B or C'],
    [
      'a rate in percent',
      table(row(',"maxLeverage":"150"').replace('0.01', '0.4')),
      'rate 0.4 is above the initial margin of 150x',
    ],
    ['a key twice', table(row(',"rate":"0.02"')), 'no. 1: "rate" occurs twice'],
    ['an object for a number', table(row(',"maxLeverage":{}')), 'no. 1: maxLeverage is neither a number nor a text'],
    ['true for a cap', table(row().replace('"1000"', 'true')), 'no. 1: cap is neither a number nor a text'],
    ['no rate', table(row().replace('"rate"', '"rat"')), 'no. 1: rate is missing'],
    ['a bracket that is none', table('7'), 'no. 1: it is not an object'],
    ['hexadecimal', table(row('', '"0x0"')), 'no. 1: floor "0x0" is not a plain decimal'],
    ['no brackets', table(''), 'there are no brackets'],
    ['brackets that are no list', '{"tables":[{"symbol":"A","brackets":{}}]}', 'its brackets are not an array'],
    [
      'no symbol',
      `[${table(row()).replace('"symbol":"ABCUSDT"', '"symbol":7')}]`,
      'its symbol is missing; give --symbol',
    ],
    ['a symbol that is none', table(row()).replace('ABCUSDT', 'A\\u001b[2J'), 'it is not a symbol'],
  ])('are refused with %s', (_, text, words) => {
    expect(fault(text)).toContain(words);
  });

  it('may have ratios as rates and amounts, exact', () => {
    const thirds = only(
      table(
        '{"floor":"0","cap":"100000000","rate":"1/50"},{"floor":"100000000","cap":null,"rate":"1/30","amount":"4000000/3"}',
      ),
    );
    const [, second] = thirds.brackets;
    const lowest = [second?.rate, second?.amount].map((each) => each?.reduced());
    expect(lowest.map((each) => [each?.numerator, each?.denominator])).toEqual([
      [1n, 30n],
      [4000000n, 3n],
    ]);
  });

  it.each([
    ['1/0', 'no. 1: rate "1/0" is neither a plain decimal nor a ratio like 1/30'],
    ['1/', 'no. 1: rate "1/" is neither'],
    ['/2', 'no. 1: rate "/2" is neither'],
    ['1/2/3', 'no. 1: rate "1/2/3" is neither'],
    ['1/-30', 'no. 1: rate "1/-30" is neither'],
    ['-1/30', 'no. 1: rate -1/30 is negative'],
    ['1 / 30', 'no. 1: rate "1 / 30" is neither'],
    ['30/1', 'no. 1: rate 30/1 is not below 1'],
    [`1/${'3'.repeat(41)}`, 'is neither a plain decimal'],
  ])('are refused with the rate %s', (rate, words) => {
    expect(fault(table(row().replace('0.01', rate)))).toContain(words);
  });

  it('may not have a ratio as a floor', () => {
    expect(fault(table(row('', '"0/1"')))).toContain('floor "0/1" is not a plain decimal');
  });

  it('of a venue with one rate for the whole position have no amounts', () => {
    const steps = '{"floor":"0","cap":"500","rate":"0.004"},{"floor":"500","cap":"1000","rate":"0.01"}';
    const okx = only(table(steps, ',"venue":"okx","multiplier":"0.01","wholePosition":true'));
    expect(figures(okx)).toEqual(['0 500 0.004 0 -', '500 1000 0.01 0 -']);
    expect([okx.multiplier.toText(4), okx.lacksMultiplier, okx.notes]).toEqual(['0.01', undefined, undefined]);
    const kucoin = (amount: string): string =>
      table(steps.replace('"0.01"', `"0.01","amount":"${amount}"`), ',"venue":"kucoin"');
    // An older version stored the amounts that would continue maintenance; its rule never used them.
    expect(figures(only(kucoin('3')))[1]).toBe('500 1000 0.01 0 -');
    expect(only(kucoin('0'))).toMatchObject({ lacksMultiplier: true });
    expect(fault(kucoin('2'))).toContain('no. 2: amount 2 makes maintenance jump');
  });

  it('may say how many base units a linear contract is', () => {
    expect(only(table(row(), ',"multiplier":"10"')).multiplier.toText(2)).toBe('10');
  });

  it.each([
    ['gate', true],
    ['kucoin', true],
    ['okx', true],
    ['binance', undefined],
    ['bybit', undefined],
    ['me', undefined],
  ])('of %s that do not say it lack it: %s', (venue, lacks) => {
    expect(only(table(row(), `,"venue":"${venue}"`)).lacksMultiplier).toBe(lacks);
  });

  it('are judged one by one', () => {
    const found = read(`{"tables":[${table(row())},7,${table('').replace('ABC', 'DEF')}]}`) as readonly Read[];
    expect(found.map((each) => ('fault' in each ? each.fault : each.symbol))).toEqual([
      'ABCUSDT',
      'brackets of table no. 2: its symbol is missing; give --symbol',
      'brackets of DEFUSDT: there are no brackets',
    ]);
  });
});

const NEITHER =
  "it is neither JSON nor rows of Binance's leverage and margin page (a row looks like 1 | 0 - 5,000 | 75x | 0.50% | 0); it begins with";

describe('a text that is not a file of tables', () => {
  it.each([
    ['', 'it is empty'],
    [' \r\n\uFEFF', 'it is empty'],
    ['symbol,floor\nBTCUSDT,0\n', `${NEITHER} "symbol,floor\\nBTCUSDT"`],
    ['<!DOCTYPE html><html></html>', `${NEITHER} "<!DOCTYPE html><html"`],
    ['{"tables":[', 'it is not JSON; it begins with "{\\"tables\\":["'],
    ['{"tables":[]}', 'there is no table in it'],
    ['[NaN]', 'it is not JSON; it begins with "[NaN]"'],
  ])('%j', (text, words) => {
    expect(read(text)).toBe(words);
  });

  it.each(['[]', '{}', '[[]]', '7', '"x"', 'null', '{"__proto__":{"brackets":[]}}', '{"tables":{}}', '[{"id":1}]'])(
    '%s has no tables',
    (text) => {
      expect(read(text)).toBe(
        'it has no bracket tables; liqcalc reads those of liqcalc, Binance, ccxt, OKX, Bybit, Gate, Bitget, KuCoin, Hyperliquid and dYdX',
      );
    },
  );

  it('is refused for deep nesting, too', () => {
    const depth = 200_000;
    expect(read('['.repeat(depth) + ']'.repeat(depth))).toMatch(/^it has no bracket tables/);
    expect(fault(`{"symbol":"A","contract":"linear","brackets":${'['.repeat(depth)}${']'.repeat(depth)}}`)).toContain(
      'no. 1: it is not an object',
    );
  });
});
