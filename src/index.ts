import { answerAccount } from './commands/shared/account-answer.js';
import type { FILLS } from './commands/shared/fill-inputs.js';
import { codeFor } from './library/position-code.js';
import { command as positionCommand } from './commands/position.js';
import type { MarginMode } from './core/account.js';
import type { Side } from './core/leg.js';
import { LiqcalcError } from './core/errors.js';
import { assess as assessTerms } from './core/assessment.js';
import { shownPrice } from './core/liquidation.js';
import { unknownSymbolProblems } from './core/shock.js';
import { symbolProblems, tableFor } from './core/tables/table-for.js';
import type { RawAccount } from './formats/raw-account.js';
import type { ExchangeName } from './formats/exchange-names.js';
import type { FieldKey } from './formats/fields.js';
import { readPosition } from './formats/record.js';
import { RESULT_KEYS, type ResultKey } from './formats/result-keys.js';
import type { RESULTS } from './formats/results.js';
import { decimalsFor } from './report/figures.js';
import { written } from './schema/figure.js';
import { questionOf, rawAccountOf, rawAccountsOf } from './library/account.js';
import type {
  Account,
  AccountChanges,
  AccountOptions,
  FilledOrder,
  OrderLeftOut,
  PositionError,
  Reconciled,
  Source,
} from './library/account-types.js';
import { accountObject } from './library/account-object.js';
import { ask } from './library/ask.js';
import { Decimal } from './library/decimal.js';
import { readChoice } from './library/choice.js';
import { copyOf, listOf, recordOf, refuseLowRate, withPercentRate, type Numeric } from './library/given.js';
import { decimalsOf, optionsOf, tablesWith, type Options } from './library/options.js';
import type { FiguresOf, QuestionOf, RepeatedFields } from './library/types.js';

export { bracketTables, type BracketTables } from './brackets.js';
export { isLiqcalcError, LiqcalcError, problemWords, type ErrorCode, type Problem } from './core/errors.js';
export type { VenueName } from './core/venue-names.js';
export type { ExchangeName } from './formats/exchange-names.js';
export type {
  Account,
  AccountChanges,
  AccountOptions,
  AccountPosition,
  BySymbol,
  FilledOrder,
  OrderLeftOut,
  PositionError,
  Reconciled,
  Source,
} from './library/account-types.js';
export { Decimal } from './library/decimal.js';
export type { Numeric } from './library/given.js';
export type { Options } from './library/options.js';
export type { Content, Fill, WarningCode } from './library/types.js';

/**
 * A position: the same fields as the flags and JSON keys of the command line.
 *
 * Needed: `side`, `entry`, one of `lev`, `margin`, `wallet`, one of `mmr`, `symbol`, and a size (`qty` or `notional`)
 * unless the position is isolated by `lev` alone with its own `mmr`. Rates are in percent.
 */
export type Position = Omit<FilledPosition, 'entry' | keyof typeof FILLS> & {
  /** Entry price, quote per base. */
  readonly entry: Numeric;
};

/** A position whose entry and size may come from `fill` or `fills`. */
export type FilledPosition = Omit<QuestionOf<typeof positionCommand>, 'explain'>;

type Results = FiguresOf<typeof RESULTS>;

/** The figures that depend on whether a price liquidates the position. */
type Outcome =
  | {
      /** Whether a price liquidates the position. */
      readonly outcome: 'at';
      /** The mark price that liquidates it, quote per base. */
      readonly liquidationPrice: Decimal;
      /** Why there is no price. */
      readonly reason?: undefined;
    }
  | {
      /** No positive price liquidates it. */
      readonly outcome: 'never';
      /** There is no such price. */
      readonly liquidationPrice: null;
      /** Why no price liquidates it. */
      readonly reason: string;
    }
  | {
      /** It is past its liquidation price at the mark. */
      readonly outcome: 'already';
      /** The price at which it is safe again; `null` if no positive price is safe. */
      readonly liquidationPrice: Decimal | null;
      /** Why no price is safe. */
      readonly reason?: string;
    };

/**
 * Every result of a position, under the names and in the units of the command line's JSON. Its inputs are repeated as
 * text. With `outcome: 'at'` the price is a Decimal; with `'never'` it is `null`, and `reason` says why.
 */
export type PositionResults = Omit<Results, keyof Outcome> & Outcome & RepeatedFields<Exclude<FieldKey, ResultKey>>;

/**
 * The mark price at which a position is liquidated, in quote per base.
 *
 * @param position - its fields; rates in percent, amounts in the margin asset.
 * @returns the exact price, correctly rounded to the requested decimals; `null` if no positive price liquidates it
 * (or, for a position that is liquidated already, if no positive price is safe). `assess` reports which.
 * @throws {LiqcalcError} `INVALID_INPUT` with everything that is wrong at once, `UNKNOWN_SYMBOL`,
 * `NOTIONAL_OUTSIDE_BRACKETS`; `LOW_RATE` for `mmr` below 0.1 that is not written with `%`: exchanges publish
 * fractions, and a price alone cannot carry a warning.
 * @example
 * liquidationPrice({ side: 'long', entry: '30000', lev: '10', mmr: '0.5' })?.toFixed() // '27135.67839196'
 * @see https://www.binance.com/en/support/faq/b3c689c1f50a44cabb3a84e663b81d93 (How to calculate the liquidation price of USDⓈ-M futures)
 */
export function liquidationPrice(position: Position, options: Options = {}): Decimal | null {
  const settings = optionsOf(options);
  const given = recordOf(position);
  refuseLowRate(given);
  const record = withPercentRate(given);
  const decimals = decimalsOf(settings);
  const read = readPosition(record);
  if (read.kind === 'problems') {
    const unknown = read.unrated ? symbolProblems(read.unrated, tablesWith(settings)) : [];
    throw new LiqcalcError([...read.problems, ...unknown]);
  }
  const { terms, formula, entryDecimals } = read.input;
  const { outcome, reference } = assessTerms(terms, tableFor(terms, tablesWith(settings)), formula);
  const price = shownPrice(outcome, reference, terms.tick);
  if (!price) return null;
  const text = written('price', price, { decimals: decimalsFor(entryDecimals, decimals), tick: terms.tick });
  return new Decimal(text as string);
}

/** Options of `assess`. */
export interface AssessOptions<K extends ResultKey = ResultKey> extends Options {
  /** Only these results are computed; all by default. */
  readonly only?: readonly K[] | undefined;
}

/**
 * Every result of a position: outcome, liquidation, margin-call and bankruptcy price, margins, losses.
 *
 * @param position - its fields; rates in percent, amounts in the margin asset.
 * @returns the command line's JSON: prices in quote per base, amounts in the margin asset, percentages in percent, as
 * Decimals; results that do not apply are left out. The inputs are repeated as text.
 * @throws {LiqcalcError} as `liquidationPrice`, without `LOW_RATE`, which is a warning here.
 * @example
 * assess({ side: 'short', entry: '30000', lev: '10', mmr: '0.5' }).distancePercent?.toFixed() // '9.4527'
 */
export function assess<K extends ResultKey>(
  position: FilledPosition,
  options: AssessOptions<K> & { readonly only: readonly K[] },
): Pick<FiguresOf<typeof RESULTS>, K>;
export function assess(position: FilledPosition, options?: Options & { readonly only?: undefined }): PositionResults;
export function assess(position: FilledPosition, options: AssessOptions = {}): object {
  const given = copyOf(position);
  const { only } = optionsOf(options);
  const wanted = only && listOf('only', only).flatMap((key) => readChoice('only', key, RESULT_KEYS) ?? []);
  return ask(positionCommand, given, options, { code: codeFor(given), only: wanted });
}

/** The results of a priced position of an account, the others fixed at their marks. */
type PricedPositionResults = PositionResults & {
  /** Both prices if hedge mode has two; `liquidationPrice` is the nearer one. */
  readonly liquidationPrices?: {
    /** The lower one. */
    readonly below: Decimal;
    /** The higher one. */
    readonly above: Decimal;
  };
  /** How it is margined; without it the position is cross. */
  readonly mode?: MarginMode;
  /** The exchange's own liquidation price. */
  readonly reported?: Decimal | null;
  /** Our price minus the exchange's. */
  readonly difference?: Decimal | null;
  /** It has results. */
  readonly error?: undefined;
};

/** A position of an account without results, and why. */
type FailedPositionResults = {
  readonly [
    K in keyof Pick<PricedPositionResults, Exclude<keyof PricedPositionResults, FieldKey | 'mode' | 'error'>>
  ]?: undefined;
} & RepeatedFields<FieldKey> &
  Pick<PricedPositionResults, 'mode'> & {
    /** Why it has no results. */
    readonly error: PositionError;
  };

/**
 * The results of a position of an account: with `error` it has no others. The prices of the positions that share the
 * wallet with it have the warning `POOL_INCOMPLETE`: their true liquidation prices are nearer.
 */
export type AccountPositionResults = PricedPositionResults | FailedPositionResults;

/** The results of an account; amounts in the margin asset, ratios in percent. */
export interface AccountResults {
  /** The margin asset of an account in an exchange's answer. */
  readonly asset?: string;
  /** The cross wallet. */
  readonly wallet: Decimal;
  /** Wallet and unrealised profit of the cross positions. */
  readonly equity: Decimal;
  /** `null` if the maintenance margin of a cross position is unknown. */
  readonly maintenanceMargin: Decimal | null;
  /** Maintenance in percent of equity, 100 is liquidation; `null` without an outcome or positive equity. */
  readonly marginRatio: Decimal | null;
  /** Gross value over equity; `null` without an outcome or positive equity. */
  readonly effectiveLeverage: Decimal | null;
  /** `null` without cross positions, and if the maintenance margin of one is unknown. */
  readonly outcome: 'at' | 'never' | 'already' | null;
  /** Why `outcome` is `null`. */
  readonly reason?: string;
  /** The common moves of all marks, in percent, that liquidate the account. */
  readonly marketMovePercent: {
    /** The fall, a negative number; `null` if no fall liquidates it. */
    readonly down: Decimal | null;
    /** The rise; `null` if no rise liquidates it. */
    readonly up: Decimal | null;
  };
  /** In the order given. */
  readonly positions: readonly AccountPositionResults[];
  /** With `need`: the requested margin ratio, and what to add to the wallet for it. */
  readonly need?: {
    /** As requested, in percent. */
    readonly marginRatio: Decimal;
    /**
     * The amount to add, margin asset; `null` if no amount gives this ratio. Negative: with so much less the ratio stays
     * at or below it.
     */
    readonly walletChange: Decimal | null;
    /**
     * The most that can be taken out by the rule of Binance, margin asset: the rest is initial margin. `null` unless
     * every cross position has `lev`.
     */
    readonly withdrawable: Decimal | null;
  };
  /** With `fillOrders`: whether the account is liquidated before one of its orders fills. */
  readonly liquidatedByFills?: boolean;
  /** With `fillOrders`: what each order does, in the order in which they fill. */
  readonly fills?: readonly FilledOrder[];
  /** With `fillOrders`: the orders that do not fill. */
  readonly ordersLeftOut?: readonly OrderLeftOut[];
  /** After a `shock`: who is liquidated, and what prevents it. */
  readonly shock?: {
    /** How much of the shock liquidates the first, in percent, also above 100; `null` if no part or multiple of it does. */
    readonly percent: Decimal | null;
    /** `cross`, or isolated positions by symbol and side. */
    readonly liquidated: readonly string[];
    /** The amount to add to the wallet before the shock, margin asset; `null` if a maintenance margin is unknown. */
    readonly walletNeeded: Decimal | null;
    /** The margin to add to isolated positions before the shock. */
    readonly marginNeeded: Decimal;
  };
  /** With `need`: the positions of which a part can be closed instead, cheapest first; empty if nothing need be added. */
  readonly ways?: readonly {
    /** The symbol of the position. */
    readonly symbol: string;
    /** Its side. */
    readonly side: Side;
    /** The size to close at the mark, rounded up. */
    readonly close: Decimal;
    /** Value of that size at the mark, margin asset. */
    readonly value: Decimal;
    /** Fee of the closing; `null` without a taker fee. */
    readonly fee: Decimal | null;
    /** Margin ratio after the closing and its fee, in percent. */
    readonly marginRatio: Decimal;
  }[];
  /** With `reconcile`: where the exchange's own figures differ. */
  readonly reconcile?: readonly Reconciled[];
}

/**
 * Every liquidation price of a cross account, with the effect of the other positions, and the market move that
 * liquidates it.
 *
 * @param account - wallet and positions, as an object or as JSON text; rates in percent, amounts in the margin asset.
 * @param options - values for what the account lacks, and further questions; see `AccountOptions`.
 * @returns the figures of the account and the results of each position in the order given: the price of a symbol
 * assumes that the other marks do not change, and both legs of a hedge have the same price.
 * A position on an unknown symbol has an `error` in its place.
 * @throws {LiqcalcError} with everything that is wrong at once, each named like `positions[1].mark`; also if all symbols
 * are unknown.
 * @example
 * account({
 *   wallet: '10000',
 *   positions: [
 *     { symbol: 'BTCUSDT', side: 'long', qty: '1', entry: '60000', mark: '60000', mmr: '0.4' },
 *     { symbol: 'ETHUSDT', side: 'short', qty: '20', entry: '2000', mark: '2200', mmr: '0.5' },
 *   ],
 * }).positions[0]?.liquidationPrice?.toFixed() // '54437.75100402'
 * @see https://www.binance.com/en/support/faq/b3c689c1f50a44cabb3a84e663b81d93 (How to calculate the liquidation price of USDⓈ-M futures)
 */
export function account(account: Account | string, options: AccountOptions = {}): AccountResults {
  return answered(rawAccountOf(account).raw, options);
}

/**
 * The accounts in what an exchange's API (or ccxt) returned, one for each margin asset.
 *
 * @param shape - `binance`: positionRisk arrays and account objects; `ccxt`: unified positions; another venue: what its
 * own API returns about positions.
 * @param answer - the response as text, so that no digit passes through a float, or as the exchange's client has parsed
 * it: a number of more than 15 digits is then refused.
 * @param given - the cross wallet if the data has no wallet, the one requested margin asset, the venue of ccxt's
 * positions if the data does not show it; and everything that `account` takes.
 * @throws {LiqcalcError} as `account`, naming record and key of the data.
 */
export function accountsFrom(
  shape: ExchangeName,
  answer: string | object,
  given: Source & AccountOptions = {},
): readonly AccountResults[] {
  return rawAccountsOf(shape, answer, given).raws.map((raw) => answered(raw, given));
}

/** An account before and after changes. */
export interface WhatIf {
  /** Without the changes. */
  readonly before: AccountResults;
  /** With the changes. */
  readonly after: AccountResults;
}

/**
 * An account before and after changes: positions closed at their marks, positions added, the wallet changed, marks moved.
 *
 * @param account - as for `account`.
 * @param changes - `close`, `add`, `walletChange` and `shock`, made in this order.
 * @throws {LiqcalcError} as `account`.
 * @example
 * whatIf(book, { walletChange: '-500' }).after.marginRatio?.toFixed()
 */
export function whatIf(account: Account | string, changes: AccountChanges, options: AccountOptions = {}): WhatIf {
  return changedBy(rawAccountOf(account).raw, changes, options);
}

/**
 * The accounts in what an exchange's API (or ccxt) returned, before and after changes.
 *
 * @param shape - as for `accountsFrom`.
 * @param answer - as for `accountsFrom`.
 * @param changes - as for `whatIf`.
 * @throws {LiqcalcError} as `accountsFrom`.
 */
export function whatIfFrom(
  shape: ExchangeName,
  answer: string | object,
  changes: AccountChanges,
  given: Source & AccountOptions = {},
): readonly WhatIf[] {
  return rawAccountsOf(shape, answer, given).raws.map((raw) => changedBy(raw, changes, given));
}

function changedBy(raw: RawAccount, changes: AccountChanges, options: AccountOptions): WhatIf {
  const question = questionOf(options, changes);
  const { before, after } = answerAccount(raw, question);
  const unknown = question.shock ? unknownSymbolProblems(after.assessment.account, question.shock) : [];
  if (unknown.length > 0) throw new LiqcalcError(unknown);
  const results = accountObject(after, options) as AccountResults;
  return { before: before ? (accountObject(before, options) as AccountResults) : results, after: results };
}

function answered(raw: RawAccount, options: AccountOptions): AccountResults {
  return accountObject(answerAccount(raw, questionOf(options)).after, options) as AccountResults;
}
