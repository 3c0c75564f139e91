import { describe, expect, it } from 'vitest';
import { readUserTrades, type FillFilter } from '../../src/formats/fills.js';

const trade = (more: object): object => ({
  symbol: 'BTCUSDT',
  id: 1,
  orderId: 25851813,
  side: 'BUY',
  price: '7819.01',
  qty: '0.002',
  realizedPnl: '0',
  commission: '-0.07819010',
  positionSide: 'BOTH',
  time: 1569514978020,
  ...more,
});
const read = (trades: readonly object[], filter: FillFilter = {}): string[] =>
  readUserTrades(JSON.stringify(trades), filter).fills.map(({ qty, price }) => `${qty.toText(8)}@${price.toText(8)}`);

describe('user trades', () => {
  it('are ordered by time and then id, a sale with a minus', () => {
    const trades = [
      trade({ id: 5, time: 3, side: 'SELL', price: '3' }),
      trade({ id: 10, time: 2, price: '2' }),
      trade({ id: 9, time: 2, price: '1.50' }),
    ];
    expect(read(trades)).toEqual(['0.002@1.5', '0.002@2', '-0.002@3']);
    expect(readUserTrades(JSON.stringify(trades), {}).priceDecimals).toBe(2);
  });

  it('keep ids and digits that a float would lose', () => {
    const text = `[{"side":"BUY","qty":0.123456789012345678901,"price":1,"time":1,"id":9007199254740993},
      {"side":"SELL","qty":1,"price":1,"time":1,"id":9007199254740992}]`;
    const { fills } = readUserTrades(text, {});
    expect(fills.map(({ qty }) => qty.toText(30))).toEqual(['-1', '0.123456789012345678901']);
  });

  it('are chosen by symbol and position side', () => {
    const trades = [
      trade({}),
      trade({ symbol: 'ETHUSDT', price: '1' }),
      trade({ symbol: 'ETHUSDT', positionSide: 'SHORT', price: '2' }),
    ];
    expect(read(trades, { symbol: 'btcusdt' })).toEqual(['0.002@7819.01']);
    expect(read(trades, { symbol: 'ETHUSDT', positionSide: 'short' })).toEqual(['0.002@2']);
    expect(() => read(trades)).toThrow(
      'fills: "BTCUSDT both, ETHUSDT both, ETHUSDT short" is invalid; choose one with --symbol and, in hedge mode, --position-side',
    );
    expect(() => read(trades, { symbol: 'X' })).toThrow('the file has no trades of X');
  });

  it.each([
    ['{}', /must be the exchange's userTrades/],
    ['', /must be the exchange's userTrades/],
    ['[1]', /"1" is invalid; trade 1: write an object with side, qty and price/],
    ['[{}]', /trade 1: side is missing$/],
    ['[{"side":"buy","qty":"-1","price":"1"}]', /"-1" is invalid; trade 1 needs qty: a positive decimal/],
    ['[{"side":"BUY","qty":"1","price":"0x1"}]', /"0x1" is invalid; trade 1 needs price/],
    ['[{"side":"BUY","qty":"1","price":"1","time":"soon"}]', /"soon" is invalid; trade 1 needs time/],
    ['[]', /the file has no trades$/],
  ])('%s is refused', (text, words) => {
    expect(() => readUserTrades(text, {})).toThrow(words);
  });
});
