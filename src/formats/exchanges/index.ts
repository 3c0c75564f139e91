import type { ExchangeReader } from '../exchange-record.js';
import { binance } from './binance.js';
import { ccxt } from './ccxt.js';

/** Every shape that `--from` takes by name: a new one is a file here and a line below. */
export const exchanges = { binance, ccxt } as const satisfies Record<string, ExchangeReader>;

/** `binance` or `ccxt`. */
export type ExchangeName = keyof typeof exchanges;
