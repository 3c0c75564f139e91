import type { MarginMode } from '../core/account.js';
import type { ErrorCode } from '../core/errors.js';

import type { Side } from '../core/leg.js';
import type { FillEffect } from '../core/plan/average.js';
import type { VenueName } from '../core/venue-names.js';
import type { FieldKey } from '../formats/fields.js';
import type { Decimal } from './decimal.js';
import type { Numeric } from './given.js';
import type { Options } from './options.js';
import type { Content, Fields } from './types.js';

/** One position of an account. A cross position needs its mark. */
export interface AccountPosition extends Fields<
  Exclude<FieldKey, 'side' | 'symbol' | 'wallet' | 'othersMm' | 'othersPnl'>
> {
  /** `long` or `short`. */
  readonly side: Side;
  /** Positions on one symbol with opposite sides are the legs of a hedge. */
  readonly symbol: string;
  /** `cross` by default; `isolated` needs `margin` or `lev`. */
  readonly mode?: MarginMode | undefined;
  /** Its price moves this many times the market move, default 1; linear accounts only. */
  readonly beta?: Numeric | undefined;
  /** The exchange's own liquidation price, for comparison. */
  readonly reported?: Numeric | undefined;
  /** The maintenance rate as a fraction (`0.005` is 0.5 %), as exchanges and ccxt publish it. With `mmr` it must agree. */
  readonly maintenanceMarginRate?: Numeric | undefined;
}

/** A cross account: one settlement asset, linear or inverse contracts. */
export interface Account {
  /** Cross wallet, margin asset: no isolated wallets, no unrealised PnL. */
  readonly wallet?: Numeric | undefined;
  /** The venue of positions that do not name one, default `binance`. */
  readonly venue?: VenueName | undefined;
  /** Cross and isolated positions, in any order. */
  readonly positions: readonly AccountPosition[];
}

/** A number for all positions, or one by symbol. */
export type BySymbol = Numeric | Readonly<Record<string, Numeric>>;

/** What is given besides an account, and how it changes before it is priced. */
export interface AccountOptions extends Options {
  /** The venue of positions that do not show theirs. */
  readonly venue?: VenueName | undefined;
  /** The cross wallet of accounts that do not have one, margin asset. */
  readonly wallet?: Numeric | undefined;
  /** Share of each symbol in the market move. */
  readonly beta?: Readonly<Record<string, Numeric>> | undefined;
  /** Maintenance rate in percent, for positions that have neither a table nor a rate of their own. */
  readonly mmr?: BySymbol | undefined;
  /** Maintenance amount that belongs to `mmr`, margin asset. */
  readonly cum?: BySymbol | undefined;
  /** Fee in percent that the maintenance margin includes. */
  readonly mmFee?: BySymbol | undefined;
  /** Tick size of prices. */
  readonly tick?: Numeric | undefined;
  /** Adds `need`: the amount that gives the account this margin ratio, in percent. */
  readonly need?:
    | {
        /** In percent. */
        readonly marginRatio: Numeric;
      }
    | undefined;
  /** Only positions at or below this distance to liquidation, in percent, and failed ones. */
  readonly within?: Numeric | undefined;
  /** Results, fields or other keys of positions to sort them by; `-` before a name reverses its order. */
  readonly sort?: readonly string[] | undefined;
  /** Only the first positions of the order; without `sort` those nearest to liquidation. */
  readonly top?: number | undefined;
  /** Adds `reconcile`: where the exchange's own figures differ, and the likely reasons. */
  readonly reconcile?: boolean | undefined;
}

/** How an account changes, in this order: closing, adding, changing the wallet, filling orders, the shock. */
export interface AccountChanges {
  /** Positions to add; one without mark, rate or contract takes it from its symbol in the account. */
  readonly add?: readonly AccountPosition[] | undefined;
  /** Positions to close at their marks: whole without a quantity, both legs of a hedge without a side. */
  readonly close?:
    | readonly {
        /** The symbol to close. */
        readonly symbol: string;
        /** The leg to close; both by default. */
        readonly side?: Side | undefined;
        /** The size to close; all by default. */
        readonly qty?: Numeric | undefined;
      }[]
    | undefined;
  /** Amount to add to the wallet, margin asset; negative withdraws. */
  readonly walletChange?: Numeric | undefined;
  /**
   * Open orders that fill, the nearest first, each at its price: the exchange's openOrders as text or parsed; `true` for
   * those that the positions have (`orders`).
   */
  readonly fillOrders?: true | Content | undefined;
  /** Sudden moves of marks in percent, by symbol; `all` moves all other symbols. Made last. */
  readonly shock?: Readonly<Record<string, Numeric>> | undefined;
}

/** What an open order does to its account when it fills. */
export interface FilledOrder {
  /** The symbol of the order. */
  readonly symbol: string;
  /** Its side. */
  readonly side: 'BUY' | 'SELL';
  /** Its price, at which it fills: quote per base. */
  readonly price: Decimal;
  /** The quantity that fills, in the units of the position. */
  readonly quantity: Decimal;
  /** What it does to the position. */
  readonly effect: FillEffect;
  /** Profit of the part that it closes, margin asset. */
  readonly realizedPnl: Decimal;
  /** The position after it; `null` if it closes it. */
  readonly position: {
    /** `long` or `short`. */
    readonly side: Side;
    /** Its size; `null` if it was given without one. */
    readonly qty: Decimal | null;
    /** Its average entry price, quote per base. */
    readonly entry: Decimal;
  } | null;
  /** The liquidation price after it; `null` without one. */
  readonly liquidationPrice: Decimal | null;
  /** The room from its price to liquidation, in percent of its price. */
  readonly distancePercent: Decimal | null;
  /** Whether the account or the isolated position is liquidated before it fills; `null` if that is unknown. */
  readonly liquidatedBefore: boolean | null;
}

/** An open order that does not fill. */
export interface OrderLeftOut {
  /** The symbol of the order. */
  readonly symbol: string;
  /** Its type, as the exchange names it. */
  readonly type: string;
  /** Its side. */
  readonly side: 'BUY' | 'SELL';
  /** Its price; `null` without one. */
  readonly price: Decimal | null;
  /** The price that triggers it; `null` without one. */
  readonly trigger: Decimal | null;
  /** Why it does not fill. */
  readonly reason: string;
}

/** Why a position of an account has no results: its maintenance margin is unknown. */
export interface PositionError {
  /** As that of `LiqcalcError`. */
  readonly code: ErrorCode;
  /** What is wrong, and what to do. */
  readonly message: string;
  /** The input that it is about. */
  readonly field?: string;
}

/** A difference between our figures and those of the exchange; figures in their units, ratios in percent. */
export interface Reconciled {
  /** `null` for the account as a whole. */
  readonly symbol: string | null;
  /** `null` for the account as a whole. */
  readonly side: Side | null;
  /** Our liquidation price. */
  readonly liquidationPrice: Decimal | null;
  /** The liquidation price of the exchange. */
  readonly reported: Decimal | null;
  /** Our price minus that of the exchange. */
  readonly difference: Decimal | null;
  /** The tick size that the comparison used. */
  readonly tick: Decimal | null;
  /** The code of the most likely reason. */
  readonly likely: string;
  /** The most likely reason in words. */
  readonly reason: string;
  /** Other figures that both have. */
  readonly figures: readonly {
    /** Its name. */
    readonly figure: string;
    /** As computed here. */
    readonly ours: Decimal | null;
    /** As the exchange reports it. */
    readonly reported: Decimal | null;
  }[];
  /** The reasons that fit the difference, the most likely first. */
  readonly hypotheses: readonly {
    /** The code of the reason. */
    readonly kind: string;
    /** The reason in words. */
    readonly reason: string;
  }[];
}

/** Where the accounts of an exchange's answer come from. */
export interface Source {
  /** The one requested margin asset. */
  readonly asset?: string | undefined;
}
