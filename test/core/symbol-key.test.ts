import { expect, it } from 'vitest';
import { symbolKey } from '../../src/core/brackets.js';

it.each([
  ['btcusdt', 'BTCUSDT'],
  ['BTC/USDT:USDT', 'BTCUSDT'],
  ['BTC/USD:BTC', 'BTCUSD_PERP'],
  ['BTC/USDT:USDT-250328', 'BTCUSDT_250328'],
  ['BTC/USD:BTC-250328', 'BTCUSD_250328'],
  ['BTCUSDT_250328', 'BTCUSDT_250328'],
  ['BTC/USDT:-250328', 'BTCUSDT_250328'],
  ['main:btc/usdt', 'MAIN:BTC/USDT'],
])('%s is the symbol %s', (written, key) => {
  expect(symbolKey(written)).toBe(key);
});

it('positions without a symbol have one key', () => {
  expect(symbolKey()).toBe('');
  expect(symbolKey(undefined)).toBe('');
});
