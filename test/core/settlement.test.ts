import { expect, it } from 'vitest';
import { looksCoinMargined, settlementAsset } from '../../src/core/settlement.js';

it.each([
  ['BTCUSDT', 'linear', 'USDT'],
  [' btcusdc ', 'linear', 'USDC'],
  ['BTCFDUSD', 'linear', 'FDUSD'],
  ['BTCUSDT_250328', 'linear', 'USDT'],
  ['BTC/USDC:USDC', 'linear', 'USDC'],
  ['btc/usdt:usdt ', 'linear', 'USDT'],
  ['BTC/USDT:USDC-250328', 'linear', 'USDC'],
  ['BTC/USDT', 'linear', 'USDT'],
  ['BTC/USD:BTC', 'inverse', 'BTC'],
  ['BTCUSD_PERP', 'inverse', 'BTC'],
  ['ethusd_250328', 'inverse', 'ETH'],
  // Labels show no asset; neither does a quote alone, a coin-margined contract without USD, or an account named before a colon.
  ['USDT', 'linear', undefined],
  ['USDTX', 'linear', undefined],
  ['hedge', 'linear', undefined],
  ['main:BTC', 'linear', undefined],
  ['BTCUSDT', 'inverse', undefined],
  ['USD', 'inverse', undefined],
  ['hedge', 'inverse', undefined],
  ['', 'linear', undefined],
] as const)('%j (%s) settles in %s', (symbol, contract, asset) => {
  expect(settlementAsset(symbol, contract)).toBe(asset);
});

it.each([
  [`${'A'.repeat(61)}USD`, true],
  // Longer than any symbol: a label.
  [`${'A'.repeat(62)}USD`, false],
])('%s looks coin-margined: %s', (symbol, does) => {
  expect(looksCoinMargined(symbol)).toBe(does);
});
