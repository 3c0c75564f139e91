import type { Account } from '../core/account.js';
import type { RateBasis, WalletBasis, Warning } from '../core/assessment.js';
import type { TableSource } from '../core/brackets.js';
import type { Problem } from '../core/errors.js';
import type { Ratio } from '../core/ratio.js';
import type { ReportedAccount, ReportedPosition } from '../core/reconcile.js';
import type { RawRecord } from './record.js';

/** A key with the JSON text of its value, as read or as it will be written. */
export type JsonField = readonly [key: string, json: string];

/** Rates from a venue's record of a position, in liqcalc's fields. */
export interface OwnRates {
  /** `mmr` in percent, and `cum` if known. */
  readonly fields: Readonly<Record<string, string>>;
  /** Whether the record has the rate, or only values that it is derived from. */
  readonly basis: RateBasis;
  /** The rate of the first tier, a fraction, if the record shows it: a table with another one is of another time. */
  readonly firstRate?: Ratio | undefined;
}

/** A position as its source gives it, not validated. */
export interface RawPosition {
  /** How messages name it: `positions[1]`. */
  readonly name: string;
  readonly record: RawRecord;
  /** Its fields as output repeats them. */
  readonly own: () => readonly JsonField[];
  /** The same as one object on one line, if output repeats the text of the source as it is. */
  readonly echo?: string | undefined;
  /** The source's own object as JSON, if `own` does not have the source's fields. */
  readonly source?: string;
  /** The source's name of a field if it differs from our key; messages use it. */
  readonly sourceKeys?: Readonly<Record<string, string>>;
  /** Set if it is written in one word, as `KEY=VALUE`; messages then suggest that form. */
  readonly isWord?: true;
  /** Whether the entry was computed: its decimals then do not affect the rounding of prices. */
  readonly isEntryDerived?: boolean;
  /** Its venue; by default the venue in its record, else `DEFAULT_VENUE`. */
  readonly venue?: string;
  /** The rule of that venue when the record was written, if it is not the present one. */
  readonly rule?: string | undefined;
  /** Rates from the venue's own figures. */
  readonly ownRates?: OwnRates | undefined;
  /** Warnings about how it was read. */
  readonly notes?: readonly Warning[] | undefined;
  /** The exchange's own price; `null` if it reports that no price liquidates the position. */
  readonly reported?: string | null;
  /** Maintenance margin at the mark, as the exchange reports it. */
  readonly reportedMaintenance?: string;
  /** Maintenance over equity, as the exchange reports it, a fraction. */
  readonly reportedRatio?: string;
  /** Unrealised profit, as the exchange reports it. */
  readonly reportedProfit?: string;
}

/** Figures of an exchange besides prices, as written. */
export type ReportedFigures = Pick<RawPosition, 'reportedMaintenance' | 'reportedRatio' | 'reportedProfit'>;

/** An account as its source gives it, not validated. */
export interface RawAccount {
  readonly wallet?: RawRecord[number][1];
  /** How to give a wallet that is missing; by default as the key `wallet`. */
  readonly walletGivenBy?: string;
  /** The wallet calculated from other figures of the source. It is used if the source and the input have no wallet. */
  readonly inferred?: { readonly wallet: string; readonly basis: WalletBasis } | undefined;
  readonly positions: readonly RawPosition[];
  /** The account's own fields as output repeats them, without wallet and positions. */
  readonly own: readonly JsonField[];
  /** The venue of positions without their own, as written. */
  readonly venue?: string;
  /** Whether several settlement assets share the wallet. */
  readonly isMultiAssets?: boolean;
  /** What the exchange reports about the cross positions together. */
  readonly reported?: ReportedFigures;
  /** Problems found so far; if there are any, the positions may be missing. */
  readonly problems: readonly Problem[];
}

/** Data about a position of an account besides its terms. */
export interface PositionFacts {
  readonly own: RawPosition['own'];
  readonly echo?: RawPosition['echo'];
  readonly entryDecimals: number;
  /** What the exchange reports about it, if anything. */
  readonly reported?: ReportedPosition;
}

/**
 * The exchange's price of a position: `null` if it reports that no price liquidates the position, `undefined` if it
 * reports nothing.
 */
export function exchangePriceOf({ reported }: PositionFacts): Ratio | null | undefined {
  const price = reported?.price;
  return price === 'none' ? null : price?.value;
}

/** A parsed account: the input of its assessment, and the fields that output repeats. */
export interface AccountInput {
  readonly account: Account;
  readonly facts: readonly PositionFacts[];
  /** The account's own fields as output repeats them, without wallet and positions. */
  readonly own: readonly JsonField[];
  /** What the exchange reports about the cross positions together. */
  readonly reported?: ReportedAccount;
  /** Warnings about how it was read. */
  readonly notes?: readonly Warning[];
}

/** A rate for positions that lack it: for all of them, or for a symbol. Values are valid texts of the field. */
export interface GivenRate {
  readonly all?: string | undefined;
  /** By `symbolKey`. */
  readonly bySymbol: ReadonlyMap<string, string>;
}

/** The rates that can be given for positions without their own. */
export const GIVEN_RATES = ['mmr', 'cum', 'mmFee'] as const;

export type GivenRates = Readonly<Record<(typeof GIVEN_RATES)[number], GivenRate>>;

/** Defaults for every account that is read. */
export interface AccountDefaults {
  /** The wallet of accounts without one. */
  readonly wallet?: string | undefined;
  /** Betas by symbol, as `symbolKey` spells it. */
  readonly betas: ReadonlyMap<string, Ratio>;
  /** The venue of positions without their own, if neither does their account have one. */
  readonly venue?: string | undefined;
  /** Values for fields that are missing from positions. */
  readonly fields: RawRecord;
  readonly tables: TableSource;
  /** Rates of flags. Messages about a missing rate then name the flag. */
  readonly rates?: GivenRates | undefined;
}
