import type { LiveVenue } from '../venue.js';
import { binance } from './binance-usdm.js';
import { binanceCoinM } from './binance-coinm.js';
import { bitget } from './bitget.js';
import { bybit } from './bybit.js';
import { dydx } from './dydx.js';
import { gate } from './gate.js';
import { hyperliquid } from './hyperliquid.js';
import { kucoin } from './kucoin.js';
import { okx } from './okx.js';

/** Every venue that liqcalc can send requests to, by the name that `--account` and `--venue` take. To add one, add a file here and a line below. */
export const liveVenues = {
  binance,
  'binance-coinm': binanceCoinM,
  hyperliquid,
  okx,
  bybit,
  gate,
  bitget,
  kucoin,
  dydx,
} satisfies Record<string, LiveVenue>;
