import { builtInTables } from '../../src/core/tables/index.js';
import type { AccountDefaults } from '../../src/formats/raw-account.js';
import { pricedPools, sourcesOf, type Pool } from '../../src/live/pools.js';
import { initialState, type Instant, type State } from '../../src/live/state.js';
import type { Leg, LiveEvent, Snapshot } from '../../src/live/venue.js';

/** A position as an exchange would have it. */
export interface Held {
  readonly symbol: string;
  readonly leg?: Leg;
  readonly amount: string;
  readonly entry: string;
  readonly mode?: 'cross' | 'isolated';
  readonly margin?: string;
  readonly lev?: string;
  readonly updatedAt?: number;
}

export const DEFAULTS: AccountDefaults = { betas: new Map(), fields: [], tables: builtInTables };

/** A snapshot of Binance's account object. */
export function snapshotOf(wallet: string, held: readonly Held[], at: number): Snapshot {
  const positions = held.map(({ symbol, leg = 'both', amount, entry, mode = 'cross', margin = '0', lev = '20' }) => ({
    symbol,
    positionSide: leg.toUpperCase(),
    positionAmt: amount,
    entryPrice: entry,
    isolatedWallet: margin,
    marginAsset: 'USDT',
    leverage: lev,
    marginType: mode,
  }));
  return {
    account: JSON.stringify({ assets: [{ asset: 'USDT', crossWalletBalance: wallet }], positions }),
    at,
    rows: held.map(({ symbol, leg = 'both', updatedAt = at }) => ({ symbol, leg, updatedAt })),
  };
}

export function positionEvent(
  { symbol, leg = 'both', amount, entry, mode = 'cross', margin }: Held,
  time: number,
  reason = 'ORDER',
): LiveEvent {
  const own = mode === 'isolated' && margin !== undefined ? { margin } : {};
  return { kind: 'position', symbol, leg, amount, entry, mode, ...own, time, reason };
}

export const markEvent = (symbol: string, price: string, time: number): LiveEvent => ({
  kind: 'mark',
  symbol,
  price,
  time,
});

export const walletEvent = (cross: string, time: number, asset = 'USDT'): LiveEvent => ({
  kind: 'wallet',
  asset,
  cross,
  time,
});

export const at = (ms: number): Instant => ({ mono: ms, server: ms });

export const begun = (): State => initialState('binance', { from: 'binance', hasStream: true });

export const poolsOf = (state: State, before: readonly Pool[] = []): readonly Pool[] =>
  pricedPools(sourcesOf(state), state, DEFAULTS, before);
