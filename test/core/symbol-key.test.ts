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
  ['BTC-USDT', 'BTCUSDT'],
  ['btc_usdt', 'BTCUSDT'],
  ['BTC USDT', 'BTCUSDT'],
  ['BTCUSDT.P', 'BTCUSDT'],
  ['btc-usdt.p', 'BTCUSDT'],
  ['BTC-USDT-SWAP', 'BTCUSDT'],
  ['BTC_USDT_PERP', 'BTCUSDT'],
  ['BTCUSDT-PERP', 'BTCUSDT'],
  ['BTCUSDT Perpetual', 'BTCUSDT'],
  ['BTC/USDT-SWAP', 'BTCUSDT'],
  ['1000PEPE_USDT', '1000PEPEUSDT'],
  ['\u5e01\u5b89-USDT', '\u5e01\u5b89USDT'],
  ['ETH-BTC', 'ETHBTC'],
  ['BTC-USDC', 'BTCUSDC'],
  ['BTC_FDUSD', 'BTCFDUSD'],
  ['BTC-USDT-250328', 'BTCUSDT_250328'],
  ['BTCUSDT-250328', 'BTCUSDT_250328'],
  ['BTC-USDT-28MAR25', 'BTC-USDT-28MAR25'],
  // With a quote of USD, and where BUSD and TUSD may be the end of a coin and USD.
  ['BTC-USD', 'BTC-USD'],
  ['BTC-USD-SWAP', 'BTC-USD-SWAP'],
  ['BTCUSD_PERP', 'BTCUSD_PERP'],
  ['BNBUSD_PERP', 'BNBUSD_PERP'],
  ['DOTUSD_PERP', 'DOTUSD_PERP'],
  ['BTCUSD_250328', 'BTCUSD_250328'],
  ['BTCUSD.P', 'BTCUSD.P'],
  ['BTC-PERP', 'BTC-PERP'],
  ['-USDT', '-USDT'],
  ['my-label', 'MY-LABEL'],
])('%s is the symbol %s', (written, key) => {
  expect(symbolKey(written)).toBe(key);
});

it('positions without a symbol have one key', () => {
  expect(symbolKey()).toBe('');
  expect(symbolKey(undefined)).toBe('');
});
