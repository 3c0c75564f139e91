import type { AccountAssessment, AssessedPosition } from '../account.js';
import type { AtrSeed } from '../plan/atr-seeds.js';
import type { Candle } from '../plan/atr.js';
import type { FundingStamp } from '../plan/funding.js';
import type { Ratio } from '../ratio.js';

/** An order that stands, in the exchange's words. */
export interface Order {
  /** `STOP` is stop-limit, `STOP_MARKET` stop-market; upper case. */
  readonly type: string;
  readonly side: 'BUY' | 'SELL';
  /** Trigger price of a conditional order, quote per base. */
  readonly trigger?: Ratio | undefined;
  /** The price that triggers it; the exchange takes the last price (`CONTRACT_PRICE`) where nothing is said. */
  readonly workingType?: 'MARK_PRICE' | 'CONTRACT_PRICE' | undefined;
  readonly reduceOnly?: boolean | undefined;
  readonly closePosition?: boolean | undefined;
  /** How much is still to be filled, counted as the position's size is: base units, or contracts. */
  readonly quantity?: Ratio | undefined;
  /** Whether the exchange refuses the trigger while mark and last price are too far apart. */
  readonly priceProtect?: boolean | undefined;
  /** `GTX` is post-only. */
  readonly timeInForce?: string | undefined;
  /** Activation price of a trailing stop, quote per base. */
  readonly activation?: Ratio | undefined;
}

/** A funding rate that was paid, with its time where that is known. */
export type FundingRate = Pick<FundingStamp, 'rate' | 'time'>;

/** The prices that can trigger a stop: the mark price, or the last price of the contract. */
export const STOP_PRICES = ['mark', 'last'] as const;
export type StopPrice = (typeof STOP_PRICES)[number];

/** What is known of a position besides its terms. Left out is unknown; empty or `none` is known: there is none. */
export interface PositionData {
  readonly stop?: Ratio | 'none' | undefined;
  /** The price that triggers `stop`; where it is left out an order at that price says it. */
  readonly stopOn?: StopPrice | undefined;
  readonly orders?: readonly Order[] | undefined;
  /** Whether the exchange adds margin by itself. */
  readonly autoMargin?: boolean | undefined;
  /** Positions of one label are legs of one trade. */
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
  /** Whether the pair is said to be illiquid. */
  readonly illiquid?: boolean | undefined;
  /** Whether the account is known to be in hedge mode (`positionSide` is not `BOTH`), also where the other leg is not there. */
  readonly hedgeMode?: boolean | undefined;
}

/** The keys of what rules judge besides the terms of positions, of accounts and of positions. */
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
] as const;
export type RiskKey = (typeof RISK_KEYS)[number];

/** A position that rules judge. */
export interface RiskPosition {
  readonly assessed: AssessedPosition;
  readonly data: PositionData;
}

/** Everything that rules judge: an account or one position alone, and what else is known of it. */
export interface RiskInput {
  /** In the order given. */
  readonly positions: readonly RiskPosition[];
  /** The account, where one was given; a position by flags has none. */
  readonly account?: AccountAssessment | undefined;
  /** Equity that margins are measured by, margin asset: as given. Without it the account's own is meant. */
  readonly equity?: Ratio | undefined;
  /** Whether a scheduled event is near, as the user says. */
  readonly event?: boolean | undefined;
  /** The leverage that the user usually has. */
  readonly usualLev?: Ratio | undefined;
  /** How an average true range begins; `first-bar` where nothing is said. */
  readonly atrSeed?: AtrSeed | undefined;
}
