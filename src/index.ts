import { Decimal } from 'decimal.js';
import { assess as assessTerms } from './core/assessment.js';
import { tableFor } from './core/brackets.js';
import type { ContractName } from './core/contracts/index.js';
import { fail } from './core/errors.js';
import type { FormulaName } from './core/formulas/index.js';
import type { Side } from './core/position.js';
import { builtInTables } from './core/venues/index.js';
import type { FIELDS, FieldKey } from './formats/fields.js';
import type { RawRecord } from './formats/record.js';
import { RESULT_LIST, type ResultKey, type RESULTS } from './formats/results.js';
import { parsePosition } from './formats/schema.js';
import { decimalsFor, writtenResult } from './presenters/figures.js';

export { Decimal };
export { isLiqcalcError, LiqcalcError, problemWords, type ErrorCode, type Problem } from './core/errors.js';

/** A number on its way in: decimal text (`'30000'`, `'0.5%'`, `'10x'`) or a Decimal. A `number` has been rounded already. */
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
  /** Takes brackets, contract type and multiplier from the built-in table of the symbol. */
  readonly symbol?: string;
  readonly contract?: ContractName;
  readonly formula?: FormulaName;
}

/** How results are rounded and dated. */
export interface Options {
  /** Decimals of prices and amounts, 0 to 30; by default 8, or four more than `entry` was written with. */
  readonly decimals?: number;
  /** The present moment: with it, `warnings` tells of bracket tables that are old. */
  readonly today?: Date;
}

interface ValueOfKind {
  word: string;
  amount: Decimal | null;
  percent: Decimal | null;
  ratio: Decimal | null;
  number: number | null;
  codes: readonly string[];
}

/** Results that are there whatever the position; the others come with a mark, a bracket table or a reason. */
type AlwaysThere =
  | 'liquidationPrice'
  | 'distance'
  | 'distancePercent'
  | 'bankruptcyPrice'
  | 'marginCallPrice'
  | 'entryNotional'
  | 'initialMargin'
  | 'walletMargin'
  | 'maintenanceMargin'
  | 'maintenanceAtLiquidation'
  | 'maintenanceRate'
  | 'maintenanceAmount'
  | 'bracket'
  | 'lossAtLiquidation'
  | 'liquidationFee'
  | 'lossIfLiquidated';

type ValueOf<K extends ResultKey> = ValueOfKind[(typeof RESULTS)[K]['kind']];

/** Every result of a position, under the names and in the units of the command line's JSON. */
export type PositionResults = { readonly [K in AlwaysThere]: ValueOf<K> } & {
  readonly [K in Exclude<ResultKey, AlwaysThere | 'outcome'>]?: ValueOf<K>;
} & { readonly outcome: 'at' | 'never' | 'already' };

/**
 * The mark price at which a position is liquidated, in quote per base.
 *
 * @param position - its fields; rates in percent, amounts in the margin asset.
 * @returns the exact price, correctly rounded to the decimals asked for; `null` where no positive price liquidates it
 * (or, for one that is past saving, where no positive price is safe). `assess` tells which.
 * @throws {LiqcalcError} `INVALID_INPUT` with everything that is wrong at once, `UNKNOWN_SYMBOL`,
 * `NOTIONAL_OUTSIDE_BRACKETS`.
 * @example
 * liquidationPrice({ side: 'long', entry: '30000', lev: '10', mmr: '0.5' })?.toFixed() // '27135.67839196'
 * @see https://www.binance.com/en/support/faq/b3c689c1f50a44cabb3a84e663b81d93 (How to calculate the liquidation price of USDⓈ-M futures)
 */
export function liquidationPrice(position: Position, options: Options = {}): Decimal | null {
  return assess(position, options).liquidationPrice;
}

/**
 * Everything that is known of a position: outcome, liquidation, margin-call and bankruptcy price, margins, losses.
 *
 * @param position - its fields; rates in percent, amounts in the margin asset.
 * @returns the results of the command line's JSON: prices in quote per base, amounts in the margin asset, percentages
 * in percent, as Decimals; what does not apply is left out.
 * @throws {LiqcalcError} as `liquidationPrice`.
 * @example
 * assess({ side: 'short', entry: '30000', lev: '10', mmr: '0.5' }).distancePercent?.toFixed() // '9.4527'
 */
export function assess(position: Position, options: Options = {}): PositionResults {
  const { terms, formula, entryDecimals } = parsePosition(recordOf(position));
  const assessment = assessTerms(terms, tableFor(terms, builtInTables), formula);
  const rendering = {
    decimals: decimalsFor(entryDecimals, checkedDecimals(options.decimals), terms.tick),
    ...(options.today && { today: options.today.getTime() }),
  };
  const results = RESULT_LIST.map(([key, { kind }]) => {
    const value = writtenResult(key, assessment, rendering);
    const isNumeric = kind === 'amount' || kind === 'percent' || kind === 'ratio';
    return [key, isNumeric && typeof value === 'string' ? new Decimal(value) : value] as const;
  });
  return Object.fromEntries(results.filter(([, value]) => value !== undefined)) as unknown as PositionResults;
}

function checkedDecimals(decimals: number | undefined): number | undefined {
  if (decimals === undefined || (Number.isInteger(decimals) && decimals >= 0 && decimals <= 30)) return decimals;
  return fail('NOT_A_CHOICE', 'decimals', { value: String(decimals), choices: ['the whole numbers from 0 to 30'] });
}

function recordOf(position: Position): RawRecord {
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
