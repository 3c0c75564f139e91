import type { ExchangeName } from '../exchange-names.js';
import type { ExchangeReader } from '../exchange-record.js';
import { binance } from './binance.js';
import { bitget } from './bitget.js';
import { bybit } from './bybit.js';
import { ccxt } from './ccxt.js';
import { dydx } from './dydx.js';
import { gate } from './gate.js';
import { hyperliquid } from './hyperliquid.js';
import { kucoin } from './kucoin.js';
import { okx } from './okx.js';

/**
 * The reader of every shape that `--from` accepts. To add one, add a file here, a line below, and its name in
 * `EXCHANGES`.
 */
export const exchanges: Readonly<Record<ExchangeName, ExchangeReader>> = {
  binance,
  ccxt,
  bitget,
  bybit,
  dydx,
  gate,
  hyperliquid,
  kucoin,
  okx,
};
