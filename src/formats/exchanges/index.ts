import type { ExchangeName } from '../exchange-names.js';
import type { ExchangeReader } from '../exchange-record.js';
import { binance } from './binance.js';
import { ccxt } from './ccxt.js';

/**
 * The reader of every shape that `--from` accepts. To add one, add a file here, a line below, and its name in
 * `EXCHANGES`.
 */
export const exchanges: Readonly<Record<ExchangeName, ExchangeReader>> = { binance, ccxt };
