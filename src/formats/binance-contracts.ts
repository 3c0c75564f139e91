/**
 * The quote value of one of Binance's COIN-M contracts: 100 USD for bitcoin, 10 USD for every other coin.
 *
 * @param symbol - by `symbolKey`: `BTCUSD_PERP`.
 * @see https://www.binance.com/en/support/faq/85eac2bba0b342819122dc9bd4745e9b (COIN-M contract specifications)
 */
export function binanceMultiplier(symbol: string): string {
  return symbol.startsWith('BTCUSD') ? '100' : '10';
}
