import type { Request } from '../venue.js';

/** The requests that both futures markets of Binance answer, and those that one of them has. */
export interface BinanceRequests {
  readonly time: Request;
  readonly info: Request;
  readonly marks: Request;
  readonly funding: Request;
  readonly fundingInfo: Request;
  readonly candles: Request;
  readonly markCandles: Request;
  readonly openInterest: Request;
  readonly openInterestHistory: Request;
  /** Volume of a day. */
  readonly ticker: Request;
  readonly book: Request;
  readonly brackets: Request;
  readonly account: Request;
  readonly positions: Request;
  readonly trades: Request;
  readonly income: Request;
  /** Changes of isolated margin. */
  readonly marginLog: Request;
  readonly orders: Request;
  readonly algoOrders: Request;
  readonly startStream: Request;
  readonly keepStream: Request;
  readonly symbolConfig?: Request;
  readonly accountConfig?: Request;
  readonly keyRights: Request;
}

/** A public request. */
export const open = (path: string, weight: number): Request => ({ method: 'GET', path, access: 'public', weight });

/** A signed request. */
export const signed = (path: string, weight: number): Request => ({ method: 'GET', path, access: 'signed', weight });

/** A request about the listen key of a user's socket: it has the key in a header and no signature. */
export const stream = (method: 'POST' | 'PUT', path: string): Request => ({ method, path, access: 'key', weight: 1 });

/** What a key may do. It is only for a warning, so nothing waits long for it. */
export const KEY_RIGHTS: Request = { ...signed('/sapi/v1/account/apiRestrictions', 1), host: 'wallet', mostMs: 3000 };
