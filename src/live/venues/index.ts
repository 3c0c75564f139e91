import type { LiveVenue } from '../venue.js';
import { binance } from './binance-usdm.js';
import { binanceCoinM } from './binance-coinm.js';
import { hyperliquid } from './hyperliquid.js';

/** Every venue that liqcalc can send requests to, by the name that `--account` and `--venue` take. To add one, add a file here and a line below. */
export const liveVenues = {
  binance,
  'binance-coinm': binanceCoinM,
  hyperliquid,
} satisfies Record<string, LiveVenue>;
