import { Decimal } from 'decimal.js';
import {
  accountLeverage,
  accountMarginRatio,
  assessAccount,
  isFailed,
  reasonWithoutOutcome,
  type AssessedPosition,
  type MarginMode,
} from './core/account.js';
import { assess as assessTerms, type Assessment } from './core/assessment.js';
import type { TableSource } from './core/brackets.js';
import { symbolProblems, tableFor } from './core/tables/table-for.js';
import type { ContractName } from './core/contracts/index.js';
import { fail, LiqcalcError, type ErrorCode } from './core/errors.js';
import type { FormulaName } from './core/formulas/index.js';
import type { Side } from './core/leg.js';
import { Ratio } from './core/ratio.js';
import type { VenueName } from './core/venue-names.js';
import { builtInTables } from './core/tables/index.js';
import {
  exchangePriceOf,
  readAccount,
  type AccountInput,
  type PositionFacts,
  type RawAccount,
} from './formats/account.js';
import type { ExchangeName } from './formats/exchange-names.js';
import { exchanges } from './formats/exchanges/index.js';
import { isJson } from './formats/json.js';
import type { FIELDS, FieldKey } from './formats/fields.js';
import { readPosition, type RawRecord } from './formats/record.js';
import { RESULT_LIST, type ResultKey, type RESULTS } from './formats/results.js';
import { firstOf, tablesOf } from './formats/table-source.js';
import { readBracketFile } from './formats/venues/index.js';
import { bothBounds } from './formats/account-figures.js';
import { decimalsFor, DEFAULT_DECIMALS, writtenResult } from './report/figures.js';
import { RATIO_DECIMALS } from './schema/figure.js';

export { Decimal };
export type { VenueName };
export { isLiqcalcError, LiqcalcError, problemWords, type ErrorCode, type Problem } from './core/errors.js';

/**
 * A numeric input: decimal text (`'30000'`, `'0.5%'`, `'10x'`) or a Decimal. A `number` is not accepted, because it is
 * rounded already.
 */
export type Numeric = string | Decimal;

type DecimalField = { [K in FieldKey]: (typeof FIELDS)[K]['kind'] extends 'decimal' ? K : never }[FieldKey];

/**
 * A position: the same fields as the flags and JSON keys of the command line.
 *
 * Needed: `side`, `entry`, one of `lev`, `margin`, `wallet`, one of `mmr`, `symbol`, and a size (`qty` or `notional`)
 * unless the position is isolated by `lev` alone with its own `mmr`. Rates are in percent.
 */
export interface Position extends Partial<Readonly<Record<Exclude<DecimalField, 'entry'>, Numeric>>> {
  readonly side: Side;
  /** Entry price, quote per base. */
  readonly entry: Numeric;
  /** Takes brackets, contract type and multiplier from the table of the symbol. */
  readonly symbol?: string;
  readonly contract?: ContractName;
  readonly formula?: FormulaName;
  /**
   * The maintenance rate as a fraction (`0.005` is 0.5 %), as exchanges and ccxt publish it; with `mmr` it must agree.
   */
  readonly maintenanceMarginRate?: Numeric;
}

/** The bracket tables for results, and how results are rounded and dated. */
export interface Options {
  /** Bracket tables that take priority over the built-in ones, symbol by symbol. */
  readonly brackets?: BracketTables;
  /** Decimals of prices and amounts, 0 to 30; by default 8, or four more than `entry` was written with. */
  readonly decimals?: number;
  /** The current time. With it, `warnings` reports old bracket tables. */
  readonly today?: Date;
}

/** Bracket tables from `bracketTables`. */
export interface BracketTables {
  /** The symbols of the tables. */
  readonly symbols: readonly string[];
}

const SOURCES = new WeakMap<BracketTables, TableSource>();

/**
 * Bracket tables from the text of a file: liqcalc's own shape, the exchange's leverageBracket response, or ccxt's
 * leverage tiers.
 *
 * @param json - as text, so that no digit passes through a float.
 * @param origin - for tables that do not contain them, the day they were in force (`2026-11-22`) and their venue; and a
 * name for messages.
 * @throws {LiqcalcError} `INVALID_BRACKETS` for text that is not such a file; for a table that contradicts itself,
 * when a position needs it.
 * @example
 * const brackets = bracketTables(text, { asOf: '2026-11-22' });
 * liquidationPrice({ side: 'long', symbol: 'BTCUSDT', entry: '60000', lev: '20', qty: '0.5' }, { brackets });
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Notional-and-Leverage-Brackets (Notional and Leverage Brackets)
 */
export function bracketTables(
  json: string,
  origin: { readonly asOf: string; readonly name?: string; readonly venue?: VenueName },
): BracketTables {
  const { asOf, name = 'the bracket tables given', venue } = origin;
  if (!/^\d{4}(-\d\d){0,2}$/.test(asOf)) fail('NOT_A_VALUE', 'asOf', { value: asOf, advice: 'write 2026-11-22' });
  const file = readBracketFile(json, { name, asOf: () => asOf, dating: 'date as given', venue });
  if (file.kind === 'fault') return fail('INVALID_BRACKETS', '', { table: name, fault: file.fault });
  const source = tablesOf(() => file.tables, 'refused');
  const tables: BracketTables = { symbols: source.symbols };
  SOURCES.set(tables, source);
  return tables;
}

function tablesWith({ brackets }: Options): TableSource {
  if (!brackets) return builtInTables;
  const source = SOURCES.get(brackets);
  if (source) return firstOf([source, builtInTables]);
  return fail('NOT_A_VALUE', 'brackets', { value: typeof brackets, advice: 'give the result of bracketTables()' });
}

interface ValueOfKind {
  word: string;
  price: Decimal | null;
  amount: Decimal | null;
  percent: Decimal | null;
  ratio: Decimal | null;
  number: number | null;
  codes: readonly string[];
}

/** Results that every position has. The others need a mark, a bracket table or a reason. */
type AlwaysThere = {
  [K in ResultKey]: undefined extends ReturnType<(typeof RESULTS)[K]['of']> ? never : K;
}[ResultKey];

type ValueOf<K extends ResultKey> = (typeof RESULTS)[K]['kind'] extends infer Kind
  ? Kind extends keyof ValueOfKind
    ? ValueOfKind[Kind]
    : Kind extends readonly (infer Word)[]
      ? Word
      : never
  : never;

/** Every result of a position, under the names and in the units of the command line's JSON. */
export type PositionResults = { readonly [K in Exclude<AlwaysThere, 'outcome'>]: ValueOf<K> } & {
  readonly [K in Exclude<ResultKey, AlwaysThere>]?: ValueOf<K>;
} & { readonly outcome: 'at' | 'never' | 'already' };

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
  refuseLowRate(position);
  return assess(position, options).liquidationPrice;
}

/** Percent that a maintenance rate is rarely below; see `LOW_RATE` of warnings. */
const LEAST_RATE = Ratio.from('0.1');

function refuseLowRate({ mmr }: Position): void {
  const text = Decimal.isDecimal(mmr) ? mmr.toFixed() : mmr;
  const parsed = typeof text === 'string' ? Ratio.parse(text) : undefined;
  if (parsed?.kind !== 'decimal' || parsed.value.sign() <= 0 || !parsed.value.isBelow(LEAST_RATE)) return;
  fail('LOW_RATE', 'mmr', { value: parsed.value.toText(30), percent: parsed.value.percent().toText(30) });
}

/**
 * Every result of a position: outcome, liquidation, margin-call and bankruptcy price, margins, losses.
 *
 * @param position - its fields; rates in percent, amounts in the margin asset.
 * @returns the results of the command line's JSON: prices in quote per base, amounts in the margin asset, percentages
 * in percent, as Decimals; results that do not apply are left out.
 * @throws {LiqcalcError} as `liquidationPrice`.
 * @example
 * assess({ side: 'short', entry: '30000', lev: '10', mmr: '0.5' }).distancePercent?.toFixed() // '9.4527'
 */
export function assess(position: Position, options: Options = {}): PositionResults {
  const read = readPosition(positionRecord(position));
  if (read.kind === 'problems') {
    const unknown = read.unrated ? symbolProblems(read.unrated, tablesWith(options)) : [];
    throw new LiqcalcError([...read.problems, ...unknown]);
  }
  const { terms, formula, entryDecimals } = read.input;
  const assessment = assessTerms(terms, tableFor(terms, tablesWith(options)), formula);
  const rendering = {
    decimals: decimalsFor(entryDecimals, checkedDecimals(options.decimals)),
    ...(options.today && { today: options.today.getTime() }),
  };
  return resultsOf(assessment, rendering);
}

function resultsOf(assessment: Assessment, rendering: Parameters<typeof writtenResult>[2]): PositionResults {
  const results = RESULT_LIST.map(([key, { kind }]) => {
    const value = writtenResult(key, assessment, rendering);
    const isNumeric = kind === 'price' || kind === 'amount' || kind === 'percent' || kind === 'ratio';
    return [key, isNumeric && typeof value === 'string' ? new Decimal(value) : value] as const;
  });
  return Object.fromEntries(results.filter(([, value]) => value !== undefined)) as unknown as PositionResults;
}

/** One position of an account: a cross position needs its mark and symbol. */
export interface AccountPosition extends Omit<Position, 'wallet' | 'othersMm' | 'othersPnl' | 'symbol'> {
  /** Positions on one symbol with opposite sides are the legs of a hedge. */
  readonly symbol: string;
  /** `cross` by default; `isolated` needs `margin` or `lev`. */
  readonly mode?: MarginMode;
  /** Its price moves this many times the market move, default 1; linear accounts only. */
  readonly beta?: Numeric;
  /** The exchange's own liquidation price, for comparison. */
  readonly reported?: Numeric;
}

/** A cross account: one settlement asset, linear or inverse contracts. */
export interface Account {
  /** Cross wallet, margin asset: no isolated wallets, no unrealised PnL. */
  readonly wallet: Numeric;
  readonly positions: readonly AccountPosition[];
}

/** The results of a priced position of an account, the others fixed at their marks. */
type PricedPositionResults = PositionResults & {
  /** Both prices if hedge mode has two; `liquidationPrice` is the nearer one. */
  readonly liquidationPrices?: { readonly below: Decimal; readonly above: Decimal };
  readonly reported?: Decimal | null;
  /** Our price minus the exchange's. */
  readonly difference?: Decimal | null;
};

/** Why a position of an account has no results: its maintenance margin is unknown. */
export interface PositionError {
  readonly code: ErrorCode;
  readonly message: string;
}

/**
 * The results of a position of an account: with `error` it has no others. The prices of the positions that share the
 * wallet with it are then too optimistic (the warning `POOL_INCOMPLETE`).
 */
export type AccountPositionResults =
  | (PricedPositionResults & { readonly error?: undefined })
  | ({ readonly [K in keyof PricedPositionResults]?: undefined } & { readonly error: PositionError });

/** The results of an account; amounts in the margin asset, ratios in percent. */
export interface AccountResults {
  readonly wallet: Decimal;
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
  readonly marketMovePercent: { readonly down: Decimal | null; readonly up: Decimal | null };
  readonly positions: readonly AccountPositionResults[];
}

/**
 * Every liquidation price of a cross account, with the effect of the other positions, and the market move that
 * liquidates it.
 *
 * @param account - wallet and positions; rates in percent, amounts in the margin asset.
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
export function account(account: Account, options: Options = {}): AccountResults {
  const positions = account.positions.map((position, index) => {
    const record = positionRecord(position);
    const reported = record.find(([key]) => key === 'reported')?.[1];
    const name = `positions[${index}]`;
    return { name, record, own: () => [], ...(typeof reported === 'string' && { reported }) };
  });
  const [[, wallet] = []] = recordOf({ wallet: account.wallet });
  return answered({ positions, own: [], problems: [], ...(wallet !== undefined && { wallet }) }, options);
}

/**
 * The accounts in what an exchange's API (or ccxt) returned, one for each margin asset.
 *
 * @param shape - `binance`: positionRisk arrays and account objects; `ccxt`: unified positions; another venue: what its
 * own API returns about positions.
 * @param json - the response as text, so that no digit passes through a float.
 * @param given - the cross wallet if the data has no wallet, the one requested margin asset, and the venue of ccxt's
 * positions if the data does not show it.
 * @throws {LiqcalcError} as `account`, naming record and key of the data.
 */
export function accountsFrom(
  shape: ExchangeName,
  json: string,
  given: { readonly wallet?: Numeric; readonly asset?: string; readonly venue?: VenueName } = {},
  options: Options = {},
): readonly AccountResults[] {
  if (!isJson(json)) fail('NOT_AN_ACCOUNT', '', { value: json.slice(0, 60), want: 'it is not JSON' });
  const [[, wallet] = []] = given.wallet === undefined ? [] : recordOf({ wallet: given.wallet });
  const accounts = exchanges[shape].read(json, { asset: given.asset?.toUpperCase(), venue: given.venue });
  return accounts.map((raw) => answered({ ...(wallet !== undefined && { wallet }), ...raw }, options));
}

function answered(raw: RawAccount, options: Options): AccountResults {
  return accountResults(readAccount(raw, { betas: new Map(), fields: [], tables: tablesWith(options) }), options);
}

function accountResults({ account: read, facts }: AccountInput, options: Options): AccountResults {
  const assessment = assessAccount(read);
  const requested = checkedDecimals(options.decimals);
  const { move, outcome } = assessment;
  const reason = reasonWithoutOutcome(assessment);
  const amount = (value: Ratio): Decimal => new Decimal(value.toText(requested ?? DEFAULT_DECIMALS));
  const ratio = (value: Ratio | undefined): Decimal | null =>
    value ? new Decimal(value.toText(RATIO_DECIMALS)) : null;
  const percent = (value: Ratio | undefined): Decimal | null => ratio(value?.percent());
  return {
    wallet: amount(read.wallet),
    equity: amount(assessment.equity),
    maintenanceMargin: assessment.lacking.length > 0 ? null : amount(assessment.maintenance),
    marginRatio: percent(accountMarginRatio(assessment)),
    effectiveLeverage: ratio(accountLeverage(assessment)),
    outcome: outcome ?? null,
    ...(reason !== undefined && { reason }),
    marketMovePercent: { down: percent(move.down), up: percent(move.up) },
    positions: read.positions.map((_, index) => {
      const position = assessment.positionAt(index);
      if (!isFailed(position)) return pricedResults(position, facts[index] as PositionFacts, options);
      const { code, message } = new LiqcalcError(position.failure);
      return { error: { code, message } };
    }),
  };
}

function pricedResults(position: AssessedPosition, facts: PositionFacts, options: Options): PricedPositionResults {
  const reported = exchangePriceOf(facts);
  const decimals = decimalsFor(facts.entryDecimals, checkedDecimals(options.decimals));
  const both = bothBounds(position);
  const difference = reported && position.price?.minus(reported);
  return {
    ...resultsOf(position, { decimals, ...(options.today && { today: options.today.getTime() }) }),
    ...(both && {
      liquidationPrices: {
        below: new Decimal(both.below.toText(decimals)),
        above: new Decimal(both.above.toText(decimals)),
      },
    }),
    ...(reported !== undefined && {
      reported: reported && new Decimal(reported.toText(30)),
      difference: difference ? new Decimal(difference.toText(decimals)) : null,
    }),
  };
}

function checkedDecimals(decimals: number | undefined): number | undefined {
  if (decimals === undefined || (Number.isInteger(decimals) && decimals >= 0 && decimals <= 30)) return decimals;
  return fail('NOT_A_CHOICE', 'decimals', { value: String(decimals), choices: ['a whole number from 0 to 30'] });
}

/** The record of a position; a rate given as a fraction becomes a percentage, as in records. */
function positionRecord(position: object): RawRecord {
  const record = recordOf(position);
  const fraction = record.find(([key]) => key === RATE_KEY)?.[1];
  if (fraction === undefined) return record;
  const parsed = typeof fraction === 'string' ? Ratio.parse(fraction) : undefined;
  if (parsed?.kind !== 'decimal') {
    const value = typeof fraction === 'string' ? fraction : fraction.notAValue;
    return fail('NOT_A_VALUE', RATE_KEY, {
      value,
      advice: 'give the fraction as text or as a Decimal: 0.005 is 0.5 %',
    });
  }
  const percent = parsed.value.percent();
  const others = record.filter(([key]) => key !== RATE_KEY);
  const mmr = others.find(([key]) => key === 'mmr')?.[1];
  if (mmr === undefined) return [...others, ['mmr', percent.toText(30)]];
  const given = typeof mmr === 'string' ? Ratio.parse(mmr.replace(/%$/, '')) : undefined;
  if (given?.kind === 'decimal' && given.value.compare(percent) !== 0) {
    fail('CONFLICT', RATE_KEY, {
      with: 'mmr',
      why: `it is ${percent.toText(30)} %, the other ${given.value.toText(30)} %`,
    });
  }
  return others;
}

const RATE_KEY = 'maintenanceMarginRate';

function recordOf(position: object): RawRecord {
  const given: unknown = position;
  if (typeof given !== 'object' || given === null) {
    return fail('NOT_A_VALUE', '', { value: typeof given, advice: 'give an object like { side, entry, lev, mmr }' });
  }
  return Object.entries(position).flatMap(([key, value]: [string, unknown]): RawRecord => {
    if (value === undefined || value === null) return [];
    if (typeof value === 'string') return [[key, value] as const];
    if (Decimal.isDecimal(value)) return [[key, value.toFixed()] as const];
    if (typeof value !== 'number')
      return [[key, { notAValue: typeof value, advice: 'give a string or a Decimal' }] as const];
    const advice = 'a number has been rounded already, give a string or a Decimal';
    return [[key, { notAValue: value.toString(), advice }] as const];
  });
}
