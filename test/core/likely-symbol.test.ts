import { expect, it } from 'vitest';
import { tableFor } from '../../src/core/tables/table-for.js';
import { isLiqcalcError } from '../../src/core/errors.js';

/** What is suggested for a symbol that has no table. */
function suggestionFor(symbol: string, known: readonly string[]): string | undefined {
  try {
    tableFor({ symbol }, { find: () => undefined, symbols: known });
  } catch (error) {
    const [first] = isLiqcalcError(error) ? error.problems : [];
    if (first?.code === 'UNKNOWN_SYMBOL') return first.details.suggestion;
  }
  throw new Error('it was not refused');
}

const KNOWN = ['BTCUSDT', 'ETHUSDT', 'BTCUSD_PERP', 'BTCUSDT_260327', 'SOLUSDC'];

it.each([
  ['BTCUSTD', 'BTCUSDT'],
  ['BTCUSDTT', 'BTCUSDT'],
  ['ETUSDT', 'ETHUSDT'],
  ['BTCUSD', 'BTCUSD_PERP'],
  ['BTCUSD_PREP', 'BTCUSD_PERP'],
  ['SOLUSCD', 'SOLUSDC'],
  ['btc', 'BTCUSDT'],
  ['ETH', 'ETHUSDT'],
  ['SOL', 'SOLUSDC'],
  ['BINANCE:BTCUSDT.P', 'BTCUSDT'],
  ['Binance:eth', 'ETHUSDT'],
])('%s may be a slip for %s', (symbol, meant) => {
  expect(suggestionFor(symbol, KNOWN)).toBe(meant);
});

it.each([
  ['ETH/USDC:USDC'],
  ['BTCUSDC'],
  ['ETHUSD'],
  ['ETH/USD:ETH'],
  ['SOLUSDT'],
  ['SOL/USDT:USDT'],
  ['BTC/USDT:USDT-260328'],
  ['BTCUSDT_260326'],
  ['BTCUSD1'],
  ['BTCUSDE'],
  ['BTCBUSD'],
  ['BYBIT:BTCUSDT.P'],
  ['BTC-USDC'],
  ['BTC-USDT-260326'],
  ['BT'],
])('%s is another contract than any that is known', (symbol) => {
  expect(suggestionFor(symbol, KNOWN)).toBeUndefined();
});
