import type { AccountAssessment, AssessedPosition, FailedPosition } from '../account.js';
import type { AtrSeed } from '../plan/atr-seeds.js';
import type { Candle } from '../plan/atr.js';
import type { RatedStamp } from '../plan/funding.js';
import type { Ratio } from '../ratio.js';

/** An open order, in the exchange's terms. */
export interface Order {
  /** `STOP` is stop-limit, `STOP_MARKET` stop-market; upper case. */
  readonly type: string;
  readonly side: 'BUY' | 'SELL';
  /** As the order names it. */
  readonly symbol?: string | undefined;
  /** The leg of hedge mode that it belongs to; `BOTH` in one-way mode. */
  readonly positionSide?: string | undefined;
  /** Limit price, quote per base. */
  readonly price?: Ratio | undefined;
  /** Trigger price of a conditional order, quote per base. */
  readonly trigger?: Ratio | undefined;
  /** The price that triggers it; the exchange's default is the last price (`CONTRACT_PRICE`). */
  readonly workingType?: 'MARK_PRICE' | 'CONTRACT_PRICE' | undefined;
  readonly reduceOnly?: boolean | undefined;
  readonly closePosition?: boolean | undefined;
  /** The quantity still to be filled, in the unit of the position's size: base units, or contracts. */
  readonly quantity?: Ratio | undefined;
  /** Whether the exchange refuses the trigger while mark and last price are too far apart. */
  readonly priceProtect?: boolean | undefined;
  /** `GTX` is post-only. */
  readonly timeInForce?: string | undefined;
  /** Activation price of a trailing stop, quote per base. */
  readonly activation?: Ratio | undefined;
}

/** A price of an order book and the quantity that waits there, in the unit of the position's size. */
export interface Level {
  readonly price: Ratio;
  readonly quantity: Ratio;
}

/** An order book, best prices first. */
export interface Book {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/** A move of margin at a symbol, or a new leverage of it. */
export interface MarginChange {
  readonly symbol: string;
  /** Milliseconds since 1970. */
  readonly time: bigint;
  /** The new leverage; absent for a move of margin. */
  readonly leverage?: Ratio | undefined;
}

/** A past funding rate, with its time if known. */
export type FundingRate = Pick<RatedStamp, 'rate' | 'time'>;

/** The prices that can trigger a stop: the mark price, or the last price of the contract. */
export const STOP_PRICES = ['mark', 'last'] as const;
export type StopPrice = (typeof STOP_PRICES)[number];

/**
 * Data about a position besides its terms. Absent means unknown; empty or `none` means that it is known not to exist.
 */
export interface PositionData {
  readonly stop?: Ratio | 'none' | undefined;
  /** The price that triggers `stop`; by default, that of an order at the same price. */
  readonly stopOn?: StopPrice | undefined;
  readonly orders?: readonly Order[] | undefined;
  /** Whether the exchange adds margin automatically. */
  readonly autoMargin?: boolean | undefined;
  /** Positions with the same label are legs of one trade. */
  readonly group?: string | undefined;
  /** Oldest first. */
  readonly funding?: readonly FundingRate[] | undefined;
  /** Hours between payments of funding. */
  readonly fundingInterval?: Ratio | undefined;
  /** Oldest first. */
  readonly candles?: readonly Candle[] | undefined;
  /** Prices of the index and of other markets by name, quote per base. */
  readonly feeds?: ReadonlyMap<string, Ratio> | undefined;
  /** Open interest, oldest first. */
  readonly openInterest?: readonly Ratio[] | undefined;
  /** Whether the user says that the pair is illiquid. */
  readonly illiquid?: boolean | undefined;
  /** Volume of a day, in the unit of the position's size. */
  readonly dailyVolume?: Ratio | undefined;
  readonly book?: Book | undefined;
  /** Whether the account is known to be in hedge mode (`positionSide` is not `BOTH`), even without the other leg. */
  readonly hedgeMode?: boolean | undefined;
}

/** The keys of the data for rules, besides the terms of positions: keys of accounts and of positions. */
export const RISK_KEYS = [
  'equity',
  'event',
  'usualLev',
  'stop',
  'stopOn',
  'orders',
  'autoMargin',
  'group',
  'funding',
  'fundingTimes',
  'fundingInterval',
  'candles',
  'feeds',
  'openInterest',
  'illiquid',
  'dailyVolume',
  'book',
  'marginLog',
] as const;
export type RiskKey = (typeof RISK_KEYS)[number];

/** A position that rules check. */
export interface RiskPosition extends Pick<AssessedPosition, 'terms' | 'mode'> {
  /** Computed on access if there may be many: what needs only its terms and mode does not ask for it. */
  readonly assessed: AssessedPosition;
  /** Its index in the account, if some of the account's positions failed. */
  readonly index?: number | undefined;
  readonly data: PositionData;
}

/** A position that is assessed already. */
export function riskPosition(assessed: AssessedPosition, data: PositionData, index?: number): RiskPosition {
  const { terms, mode } = assessed;
  return { terms, mode, assessed, data, index };
}

/** A position without a price, with its index in the account. */
export interface FailedRiskPosition {
  readonly index: number;
  readonly position: FailedPosition;
}

/** Everything that rules check: an account or a single position, and its data. */
export interface RiskInput {
  /** In the order given, without those that failed. */
  readonly positions: readonly RiskPosition[];
  /** The positions without a price. No rule checks them. */
  readonly failed?: readonly FailedRiskPosition[] | undefined;
  /** The account, if the input is one; a position from flags has no account. */
  readonly account?: AccountAssessment | undefined;
  /** Equity for comparison with margins, margin asset, as given; by default the account's own equity. */
  readonly equity?: Ratio | undefined;
  /** Whether the user says that a scheduled event is near. */
  readonly event?: boolean | undefined;
  /** The user's usual leverage. */
  readonly usualLev?: Ratio | undefined;
  /** Changes of margin and leverage, in any order. */
  readonly marginLog?: readonly MarginChange[] | undefined;
  /** How an average true range begins; `first-bar` by default. */
  readonly atrSeed?: AtrSeed | undefined;
}
