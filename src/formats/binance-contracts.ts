/**
 * The quote value of one of Binance's COIN-M contracts: 100 USD for bitcoin, for other coins usually 10 USD.
 *
 * @param symbol - by `symbolKey`: `BTCUSD_PERP`.
 * @see https://www.binance.com/en/support/faq/a4470430e3164c13932be8967961aede (COIN-Margined Futures Contract Specifications), read 2026-11-22
 */
export function binanceMultiplier(symbol: string): '100' | '10' {
  return symbol.startsWith('BTCUSD') ? '100' : '10';
}

/**
 * The note on the contract value in the source of a COIN-M table. Exchange data does not contain the value; 10 USD is
 * only usual.
 */
export function multiplierNote(symbol: string): string {
  return binanceMultiplier(symbol) === '10' ? '; the usual contract value of 10 USD is assumed' : '';
}
