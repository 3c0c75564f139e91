import { describe, expect, it } from 'vitest';
import { problemWords, type Problem } from '../../src/core/errors.js';
import type { Ratio } from '../../src/core/ratio.js';
import { ownAccount } from '../../src/formats/account-json.js';
import { binance } from '../../src/formats/exchanges/binance.js';
import { ccxt } from '../../src/formats/exchanges/ccxt.js';
import { readRiskData, type RiskData } from '../../src/formats/risk-account.js';

const TERMS = '"symbol":"BTCUSDT","side":"long","qty":1,"entry":60000,"mark":60000';

function dataOf(position: string, account = ''): RiskData {
  const text = `{"wallet":"1"${account},"positions":[{${TERMS}${position}}]}`;
  return readRiskData(ownAccount(text), text);
}

function readWell(position: string): RiskData['positions'][number] {
  const { problems, positions } = dataOf(position);
  expect(problems.map((each) => problemWords(each))).toEqual([]);
  return positions[0] ?? {};
}

const faults = (problems: readonly Problem[]): string[] => problems.map((each) => problemWords(each));
const texts = (values: readonly (Ratio | undefined)[] | undefined): unknown => values?.map((each) => each?.toText(30));

describe('absent is not empty', () => {
  it.each([
    ['', undefined],
    [',"stop":null', 'none'],
    [',"stop":"none"', 'none'],
  ])('a stop of %s is %s', (json, expected) => {
    expect(readWell(json).stop).toBe(expected);
  });

  it('an empty list means that it has no elements, null and a missing key mean unknown', () => {
    expect(readWell(',"orders":[],"funding":[]')).toMatchObject({ orders: [], funding: [] });
    expect(readWell(',"orders":null,"funding":null').orders).toBeUndefined();
    expect(readWell('').funding).toBeUndefined();
  });

  it('keeps every digit of a stop', () => {
    const { stop } = readWell(',"stop":12345678.123456789012345678');
    expect(typeof stop === 'string' ? stop : stop?.toText(30)).toBe('12345678.123456789012345678');
  });
});

describe('orders', () => {
  it('are read in our words, any case', () => {
    const { orders } = readWell(
      ',"orders":[{"type":"stop_market","side":"sell","trigger":57000,"workingType":"mark_price","reduceOnly":true}]',
    );
    expect(orders?.[0]).toMatchObject({
      type: 'STOP_MARKET',
      side: 'SELL',
      workingType: 'MARK_PRICE',
      reduceOnly: true,
    });
    expect(orders?.[0]?.trigger?.toText(2)).toBe('57000');
  });

  // The answer that the exchange's documentation shows for GET /fapi/v1/openOrders.
  it('are read as the exchange answers them', () => {
    const { orders } =
      readWell(`,"orders":[{"avgPrice":"0.00000","clientOrderId":"abc","cumQuote":"0","executedQty":"0",
      "orderId":1917641,"origQty":"0.40","origType":"TRAILING_STOP_MARKET","price":"0","reduceOnly":"false","side":"BUY",
      "positionSide":"LONG","status":"NEW","stopPrice":"9300","closePosition":false,"symbol":"BTCUSDT",
      "time":1579276756075,"timeInForce":"GTC","type":"TRAILING_STOP_MARKET","activatePrice":"9020","priceRate":"0.3",
      "updateTime":1579276756075,"workingType":"CONTRACT_PRICE","priceProtect":false,"priceMatch":"NONE",
      "selfTradePreventionMode":"NONE","goodTillDate":0}]`);
    expect(orders?.[0]).toMatchObject({ reduceOnly: false, closePosition: false, timeInForce: 'GTC' });
    expect(texts([orders?.[0]?.activation, orders?.[0]?.trigger])).toEqual(['9020', '9300']);
  });

  it('of another symbol are refused, of the same in another spelling they are not', () => {
    const of = (symbol: string): string[] =>
      faults(
        dataOf(`,"orders":[{"type":"STOP","side":"SELL"},{"type":"STOP","side":"SELL","symbol":${symbol}}]`).problems,
      );
    expect(of('"ETHUSDT"')).toEqual([
      'positions[0].orders[1].symbol: "ETHUSDT" is not the symbol of the position, BTCUSDT; remove this data',
    ]);
    expect(of('{}')).toEqual(['positions[0].orders[1].symbol: "{}" is invalid; write a symbol']);
    for (const same of ['"btcusdt"', '"BTC/USDT:USDT"', 'null', '""']) expect(of(same)).toEqual([]);
  });

  it('of the other leg are left out; a side says that the mode is hedge mode', () => {
    const of = (positionSide: string, side: string): unknown => {
      const text = `{"positions":[{"symbol":"A","side":"${side}","mode":"isolated","orders":[{"type":"STOP","side":"SELL","positionSide":"${positionSide}"}]}]}`;
      const { positions, problems } = readRiskData(ownAccount(text), text);
      expect(problems).toEqual([]);
      return [positions[0]?.orders?.length, positions[0]?.hedgeMode];
    };
    expect(of('SHORT', 'long')).toEqual([0, true]);
    expect(of('LONG', 'LONG')).toEqual([1, true]);
    expect(of('long', 'short')).toEqual([0, true]);
    expect(of('BOTH', 'short')).toEqual([1, undefined]);
    expect(faults(dataOf(',"orders":[{"type":"STOP","side":"SELL","positionSide":"LNG"}]').problems)).toEqual([
      'positions[0].orders[0].positionSide: unknown value "LNG": write BOTH, LONG or SHORT; did you mean LONG?',
    ]);
  });

  it('have no trigger where the exchange writes 0', () => {
    expect(readWell(',"orders":[{"type":"LIMIT","side":"BUY","stopPrice":"0"}]').orders?.[0]?.trigger).toBeUndefined();
  });

  it('have what is left of their quantity, in both spellings', () => {
    const left = (more: string): string | undefined =>
      readWell(`,"orders":[{"type":"STOP","side":"SELL"${more}}]`).orders?.[0]?.quantity?.toText(4);
    expect(left(',"quantity":"0.4"')).toBe('0.4');
    expect(left(',"origQty":"0.4","executedQty":"0.1"')).toBe('0.3');
    expect(left(',"origQty":"0.4","executedQty":"0"')).toBe('0.4');
    expect(left(',"origQty":"0"')).toBeUndefined();
  });

  it('are post-only in the words of others too', () => {
    const { orders } = readWell(',"orders":[{"type":"LIMIT","side":"BUY","timeInForce":"PO"}]');
    expect(orders?.[0]?.timeInForce).toBe('GTX');
  });
});

describe('the interval of funding', () => {
  const hours = (json: string): string | undefined => readWell(json).fundingInterval?.toText(4);

  it("is a number of hours, or what the exchange's fundingInfo says of the symbol", () => {
    expect(hours('')).toBeUndefined();
    expect(hours(',"fundingInterval":4')).toBe('4');
    expect(hours(',"fundingInterval":"1h"')).toBe('1');
    expect(hours(',"fundingInfo":{"symbol":"BTCUSDT","fundingIntervalHours":4,"disclaimer":false}')).toBe('4');
    const all = (symbol: string): string =>
      `,"fundingInfo":[{"symbol":"BLZUSDT","fundingIntervalHours":1},{"symbol":"${symbol}","fundingIntervalHours":4}]`;
    expect(hours(all('BTCUSDT'))).toBe('4');
    // The answer lists only symbols that were adjusted: the others are paid every 8 hours.
    expect(hours(all('ETHUSDT'))).toBe('8');
  });

  it('is refused where it is of another symbol, there twice, or no number of hours', () => {
    const said = (json: string): string[] => faults(dataOf(json).problems);
    expect(said(',"fundingInfo":{"symbol":"ETHUSDT","fundingIntervalHours":4}')).toEqual([
      'positions[0].fundingInfo.symbol: "ETHUSDT" is not the symbol of the position, BTCUSDT; remove this data',
    ]);
    expect(said(',"fundingInterval":0')).toHaveLength(1);
    expect(said(',"fundingInfo":{}')).toHaveLength(1);
    expect(said(',"fundingInterval":4,"fundingInfo":{"fundingIntervalHours":4}')).toHaveLength(1);
  });
});

describe('funding', () => {
  it('is a fraction, or a percentage with its sign', () => {
    const { funding } = readWell(',"funding":["0.0001","0.01%",-0.0003,"-0.07 %"]'.replace(' %', '%'));
    expect(texts(funding?.map(({ rate }) => rate))).toEqual(['0.0001', '0.0001', '-0.0003', '-0.0007']);
  });

  it('is put in order where all times are known', () => {
    const { funding } = readWell(
      ',"funding":["0.3","0.1","0.2"],"fundingTimes":[1763712000002,1763712000000,"1763712000001"]',
    );
    expect(texts(funding?.map(({ rate }) => rate))).toEqual(['0.1', '0.2', '0.3']);
    expect(funding?.[0]?.time).toBe(1763712000000n);
  });

  it("is read from the exchange's objects", () => {
    const { funding } = readWell(
      ',"funding":[{"symbol":"BTCUSDT","fundingRate":"-0.03750000","fundingTime":1570608000000}]',
    );
    expect(funding).toMatchObject([{ time: 1570608000000n }]);
    expect(texts(funding?.map(({ rate }) => rate))).toEqual(['-0.0375']);
  });
});

it('funding and open interest of another symbol are refused', () => {
  const { problems } = dataOf(
    ',"funding":[{"symbol":"ETHUSDT","fundingRate":"0.0001"}],"openInterest":[{"symbol":"BTCUSDT","sumOpenInterest":1},{"symbol":"BTCUSDC","sumOpenInterest":1}]',
  );
  expect(faults(problems)).toEqual([
    'positions[0].funding[0].symbol: "ETHUSDT" is not the symbol of the position, BTCUSDT; remove this data',
    'positions[0].openInterest[1].symbol: "BTCUSDC" is not the symbol of the position, BTCUSDT; remove this data',
  ]);
});

it('candles are objects or klines', () => {
  const klines = ',"candles":[[2,"1","9","4","7","0"],[1,"1","8","3","6","0"]]';
  expect(texts(readWell(klines).candles?.map(({ close }) => close))).toEqual(['6', '7']);
  const objects = ',"candles":[{"high":9,"low":"4.5","close":7}]';
  expect(texts(readWell(objects).candles?.map(({ low }) => low))).toEqual(['4.5']);
});

it('feeds, open interest, labels and yes or no', () => {
  const data = readWell(
    ',"feeds":{"index":"60001.5"},"openInterest":[1,{"sumOpenInterest":"2.5"}],"group":"basis","illiquid":false,"autoMargin":"true"',
  );
  expect(data.feeds?.get('index')?.toText(2)).toBe('60001.5');
  expect(texts(data.openInterest)).toEqual(['1', '2.5']);
  expect(data).toMatchObject({ group: 'basis', illiquid: false, autoMargin: true });
});

describe('volume', () => {
  it("of a day is a number, or the exchange's ticker, in the unit of the size", () => {
    expect(readWell(',"dailyVolume":"120.5"').dailyVolume?.toText(2)).toBe('120.5');
    // The shape of GET /fapi/v1/ticker/24hr.
    const ticker = '{"symbol":"BTCUSDT","lastPrice":"59000","volume":"8913.30000000","quoteVolume":"525884700"}';
    expect(readWell(`,"dailyVolume":${ticker}`).dailyVolume?.toText(2)).toBe('8913.3');
    const other = dataOf(',"dailyVolume":{"symbol":"ETHUSDT","volume":"1"}');
    expect(faults(other.problems)).toEqual([
      'positions[0].dailyVolume.symbol: "ETHUSDT" is not the symbol of the position, BTCUSDT; remove this data',
    ]);
    expect(faults(dataOf(',"dailyVolume":{"quoteVolume":"1"}').problems)).toEqual([
      'positions[0].dailyVolume: "{\\"quoteVolume\\":\\"1\\"}" is invalid; write a number, or an object with volume',
    ]);
  });

  it("of a book is that of its levels, as in the exchange's depth", () => {
    // The shape of GET /fapi/v1/depth.
    const depth =
      '{"lastUpdateId":1027024,"E":1589436922972,"T":1589436922959,"bids":[["4.00000000","431.00000000"]],"asks":[["4.00000200","12.00000000"]]}';
    const { book } = readWell(`,"book":${depth}`);
    expect(texts(book?.bids.flatMap(({ price, quantity }) => [price, quantity]))).toEqual(['4', '431']);
    expect(texts(book?.asks.flatMap(({ price, quantity }) => [price, quantity]))).toEqual(['4.000002', '12']);
    expect(faults(dataOf(',"book":{"bids":[["0","1"]],"asks":[["1"]]}').problems)).toEqual([
      'positions[0].book.bids[0].price: "0" must be greater than 0',
      'positions[0].book.asks[0]: quantity is missing; give quantity',
    ]);
    expect(faults(dataOf(',"book":5').problems)).toEqual([
      'positions[0].book: "5" is invalid; write {"bids": [[price, quantity]], "asks": [[price, quantity]]}',
    ]);
  });
});

it("the log of margin is the exchange's positionMargin/history, or leverages in our keys", () => {
  const moved =
    '{"symbol":"BTCUSDT","type":1,"deltaType":"USER_ADJUST","amount":"23.36332311","asset":"USDT","time":1578047897183,"positionSide":"BOTH"}';
  const { account, problems } = dataOf(
    '',
    `,"marginLog":[${moved},{"symbol":"ETHUSDT","time":"1578047897184","leverage":"20x"}]`,
  );
  expect(problems).toEqual([]);
  const log = account.marginLog ?? [];
  expect(log.map(({ symbol, time }) => [symbol, time])).toEqual([
    ['BTCUSDT', 1578047897183n],
    ['ETHUSDT', 1578047897184n],
  ]);
  expect(texts(log.map(({ leverage }) => leverage))).toEqual([undefined, '20']);
  expect(dataOf('', ',"marginLog":[]').account.marginLog).toEqual([]);
  expect(faults(dataOf('', ',"marginLog":[{"symbol":"A","time":5},{"time":5,"amount":1}]').problems)).toEqual([
    'marginLog[0]: a change has an amount of margin or a leverage; write one of them',
    'marginLog[1]: symbol is missing; give symbol',
  ]);
});

it('the account says equity, event and the usual leverage', () => {
  const { account, problems } = dataOf('', ',"equity":"1000.5","event":true,"usualLev":"10x"');
  expect(problems).toEqual([]);
  expect(account.event).toBe(true);
  expect(texts([account.equity, account.usualLev])).toEqual(['1000.5', '10']);
});

describe('exchanges', () => {
  it("reads the exchange's own key of automatic margin, and keys that were put beside it", () => {
    const text =
      '[{"symbol":"BTCUSDT","positionAmt":"1","entryPrice":"60000","markPrice":"60000","marginType":"cross","isAutoAddMargin":"true","positionSide":"BOTH","stop":null}]';
    const [account] = binance.read(text, {});
    const { positions, problems } = readRiskData(account ?? ownAccount('{}'), text);
    expect(problems).toEqual([]);
    expect(positions).toMatchObject([{ autoMargin: true, stop: 'none', hedgeMode: false }]);
  });

  it("finds it in ccxt's info", () => {
    const text =
      '[{"symbol":"BTC/USDT:USDT","side":"long","contracts":1,"entryPrice":60000,"markPrice":60000,"info":{"isAutoAddMargin":"false"}}]';
    const [account] = ccxt.read(text, {});
    expect(readRiskData(account ?? ownAccount('{}'), text).positions).toMatchObject([{ autoMargin: false }]);
  });
});

it('all problems are reported at once, by position and key', () => {
  const { problems } = dataOf(
    ',"stpo":5,"orders":[{"typ":"STOP","side":"up","trigger":"-3","reduceOnly":"maybe"},5],"autoMargin":1,"group":"","funding":["x"],"fundingTimes":[1,"y"],"candles":[{"high":1,"low":2,"close":1}],"feeds":{"i":"a"},"openInterest":{},"illiquid":"no"',
    ',"eqity":5,"event":"yes","usualLev":-1',
  );
  expect(faults(problems).map((words) => words.split(': ')[0])).toEqual([
    'eqity',
    'usualLev',
    'event',
    'positions[0].stpo',
    'positions[0].orders[0].typ',
    'positions[0].orders[0].side',
    'positions[0].orders[0].trigger',
    'positions[0].orders[0].reduceOnly',
    'positions[0].orders[1]',
    'positions[0].autoMargin',
    'positions[0].group',
    'positions[0].funding[0]',
    'positions[0].fundingTimes[1]',
    'positions[0].candles',
    'positions[0].feeds.i',
    'positions[0].openInterest',
    'positions[0].illiquid',
    'positions[0].fundingTimes',
  ]);
  expect(faults(problems)[3]).toBe('positions[0].stpo: unknown name; did you mean stop?');
});

it.each(['fees', 'step', 'note', 'leverageBracket', 'updateTime'])('%s is not a slip', (key) => {
  expect(dataOf(`,"${key}":1`).problems).toEqual([]);
});
