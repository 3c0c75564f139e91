import { command as averageCommand } from './commands/average.js';
import { command as compareCommand } from './commands/compare.js';
import { command as fundingCommand } from './commands/funding.js';
import { command as maxOpenCommand } from './commands/max-open.js';
import { command as pnlCommand } from './commands/pnl.js';
import { command as sizeCommand } from './commands/size.js';
import { command as solveCommand } from './commands/solve.js';
import { command as stopCommand } from './commands/stop.js';
import { command as sweepCommand } from './commands/sweep.js';
import { command as targetCommand } from './commands/target.js';
import { fail } from './core/errors.js';
import { averageTrueRange, fewCandles } from './core/plan/atr.js';
import { ATR_SEEDS, type AtrSeed } from './core/plan/atr-seeds.js';
import type { Unknown } from './core/plan/unknowns.js';
import { readCandles } from './formats/candles.js';
import { DEFAULT_DECIMALS } from './report/figures.js';
import { readChoice } from './library/choice.js';
import { ask } from './library/ask.js';
import { Decimal } from './library/decimal.js';
import { contentOf, copyOf, shown } from './library/given.js';
import { decimalsOf, optionsOf, type Options } from './library/options.js';
import type { AloneOf, Content, QuestionOf, RowOf } from './library/types.js';

export { isLiqcalcError, LiqcalcError, type ErrorCode, type Problem } from './core/errors.js';
export { Decimal } from './library/decimal.js';
export type { Numeric } from './library/given.js';
export type { BracketTables, Options } from './library/options.js';
export type { Content, Fill, WarningCode } from './library/types.js';

/** What `solve` needs: a position (without the quantity that is solved for) and `target` or `targetDistance`. */
export type SolveQuestion = QuestionOf<typeof solveCommand>;
/** One solution: the quantity, the value that reaches the target, and the liquidation price with it. */
export type Solution = RowOf<typeof solveCommand>;
/** The answer of `solve` for one quantity. */
export type SolveAnswer = Omit<AloneOf<typeof solveCommand>, keyof Solution> & Solution;
/** The answer of `solve` for every quantity that can move the price. */
export type SolveAnswers = Omit<AloneOf<typeof solveCommand>, keyof Solution> & {
  /** One for each of these quantities. */
  readonly answers: readonly Solution[];
};

/**
 * The leverage, added margin or size that puts the liquidation price at a target, rounded to the safe side.
 *
 * @param question - a position and the target: `target`, a price in quote per base, or `targetDistance`, in percent of
 * the mark (of the entry without a mark). `for` chooses one quantity.
 * @returns with `for` one solution, else `answers` with one each; `value` is `null` if no value reaches the target, and
 * `reason` says why.
 * @throws {LiqcalcError} `INVALID_INPUT` with everything that is wrong at once, `UNKNOWN_SYMBOL`,
 * `NOTIONAL_OUTSIDE_BRACKETS`.
 * @example
 * solve({ side: 'long', entry: '30000', lev: '10', mmr: '0.5', qty: '1', target: '27000', for: 'lev' }).value?.toFixed() // '9'
 */
export function solve(question: SolveQuestion & { readonly for: Unknown }, options?: Options): SolveAnswer;
export function solve(question: SolveQuestion & { readonly for?: undefined }, options?: Options): SolveAnswers;
export function solve(question: SolveQuestion, options: Options = {}): SolveAnswer | SolveAnswers {
  return ask(solveCommand, question, options) as SolveAnswer | SolveAnswers;
}

/** What `size` needs: side, entry, `equity`, and `risk` with `stop` or `allocate` with `lev`. */
export type SizeQuestion = QuestionOf<typeof sizeCommand>;
/** The size of a trade, its risk, its margin and the highest leverage that keeps liquidation beyond the stop. */
export type SizeAnswer = AloneOf<typeof sizeCommand>;

/**
 * The size of a trade from equity, risk and stop, and the highest leverage that keeps liquidation beyond the stop.
 *
 * @param question - `equity` in the margin asset, `risk` and `buffer` in percent, `stop` and `take` in quote per base.
 * @returns `qty` in base units (contracts if inverse); `null` if no size is possible, and `reason` says why.
 * @throws {LiqcalcError} as `solve`.
 * @example
 * size({ side: 'long', entry: '60000', equity: '10000', risk: '1', stop: '58800', mmr: '0.4' }).qty?.toFixed() // '0.08333333'
 */
export function size(question: SizeQuestion, options: Options = {}): SizeAnswer {
  return ask(sizeCommand, question, options) as SizeAnswer;
}

/** What `sweep` needs: a position and its axis, `levs`, `entries` or `margins`; `both` adds the other side. */
export type SweepQuestion = QuestionOf<typeof sweepCommand>;
/** The liquidation price of each value of the axis. */
export type SweepAnswer = AloneOf<typeof sweepCommand> & {
  /** One row for each leverage, in the order given. */
  readonly rows: readonly RowOf<typeof sweepCommand>[];
};

/**
 * Liquidation prices over several leverages, entries or margins.
 *
 * @throws {LiqcalcError} as `solve`.
 * @example
 * sweep({ side: 'long', entry: '30000', mmr: '0.5', levs: ['5', '10'] }).rows[1]?.liquidationPrice?.toFixed() // '27135.67839196'
 */
export function sweep(question: SweepQuestion, options: Options = {}): SweepAnswer {
  return ask(sweepCommand, question, options) as SweepAnswer;
}

/** What `pnl` needs: side, entry, `exit` and a size; `lev` for returns, `taker` for fees. */
export type PnlQuestion = QuestionOf<typeof pnlCommand>;
/** The profit of a trade in the margin asset, and its return in percent of the initial margin. */
export type PnlAnswer = AloneOf<typeof pnlCommand>;

/**
 * Profit, return and fees between entry and exit.
 *
 * @throws {LiqcalcError} as `solve`.
 * @example
 * pnl({ side: 'long', entry: '1200', exit: '1500', qty: '1.5', lev: '20' }).pnl.toFixed() // '450'
 */
export function pnl(question: PnlQuestion, options: Options = {}): PnlAnswer {
  return ask(pnlCommand, question, options) as PnlAnswer;
}

/** What `target` needs: side, entry, and `roi` with `lev`, or `profit` with a size. */
export type TargetQuestion = QuestionOf<typeof targetCommand>;
/** The exit price, in quote per base, and the profit there. */
export type TargetAnswer = AloneOf<typeof targetCommand>;

/**
 * The exit price for a return in percent or a profit in the margin asset.
 *
 * @throws {LiqcalcError} as `solve`.
 * @example
 * target({ side: 'long', entry: '30000', lev: '10', roi: '50' }).exitPrice?.toFixed() // '31500'
 */
export function target(question: TargetQuestion, options: Options = {}): TargetAnswer {
  return ask(targetCommand, question, options) as TargetAnswer;
}

/** What `maxOpen` needs: side, entry, `lev` and `balance`. */
export type MaxOpenQuestion = QuestionOf<typeof maxOpenCommand>;
/** The largest size, its cost, and the limit that decides it. */
export type MaxOpenAnswer = AloneOf<typeof maxOpenCommand>;

/**
 * The largest size that a balance opens at a leverage.
 *
 * @throws {LiqcalcError} as `solve`.
 * @example
 * maxOpen({ side: 'long', entry: '60000', lev: '10', balance: '6000' }).qty?.toFixed() // '1'
 */
export function maxOpen(question: MaxOpenQuestion, options: Options = {}): MaxOpenAnswer {
  return ask(maxOpenCommand, question, options) as MaxOpenAnswer;
}

/** What `average` needs: the fills, `fill` or `fills`; a position's margin and rate for its results. */
export type AverageQuestion = Omit<QuestionOf<typeof averageCommand>, 'side'>;
/** The remaining position, its profit so far, and every result of it. */
export type AverageAnswer = AloneOf<typeof averageCommand> & {
  /** With `path`: the position after each fill, from the position before the fills on. */
  readonly path?: readonly RowOf<typeof averageCommand>[];
};

/**
 * The average entry of fills, what they realised, and every result of the position that remains.
 *
 * @param question - `fill`: `'0.5@60000'` or `{ qty, price }`, a minus sells; `fills`: the exchange's trades; `path` adds
 * the position after each fill.
 * @returns `side` is `null` if the fills close the position.
 * @throws {LiqcalcError} as `solve`; `REFUSED` for trades that contradict each other.
 * @example
 * average({ fill: ['1@60000', '1@58000'], lev: '10', mmr: '0.4' }).entry?.toFixed() // '59000'
 */
export function average(question: AverageQuestion, options: Options = {}): AverageAnswer {
  return ask(averageCommand, question, options) as AverageAnswer;
}

/** What `compare` needs: a position. */
export type CompareQuestion = QuestionOf<typeof compareCommand>;
/** The price of each formula, beside the exact one. */
export type CompareAnswer = AloneOf<typeof compareCommand> & {
  /** One row for each formula. */
  readonly formulas: readonly RowOf<typeof compareCommand>[];
};

/**
 * The exact liquidation price beside the prices of other formulas.
 *
 * @throws {LiqcalcError} as `solve`.
 * @example
 * compare({ side: 'long', entry: '30000', lev: '10', mmr: '0.5' }).formulas[0]?.price?.toFixed() // '27135.67839196'
 */
export function compare(question: CompareQuestion, options: Options = {}): CompareAnswer {
  return ask(compareCommand, question, options) as CompareAnswer;
}

/** What `funding` needs: a position, and `rate` or `rates`. */
export type FundingQuestion = QuestionOf<typeof fundingCommand>;
/** The payments, and when they alone liquidate the position. */
export type FundingAnswer = AloneOf<typeof fundingCommand> & {
  /** One row for each payment of funding. */
  readonly schedule: readonly RowOf<typeof fundingCommand>[];
};

/**
 * The cost of funding, and when funding alone liquidates a position.
 *
 * @param question - `rate` in percent per payment, or `rates`: the exchange's funding history.
 * @throws {LiqcalcError} as `solve`.
 * @example
 * funding({ side: 'long', entry: '30000', lev: '10', mmr: '0.5', qty: '1', rate: '0.01' }).payment?.toFixed() // '3'
 */
export function funding(question: FundingQuestion, options: Options = {}): FundingAnswer {
  return ask(fundingCommand, question, options) as FundingAnswer;
}

/** What `trailingStop` needs: side and `candles`; a position to compare the stop with its liquidation. */
export type TrailingStopQuestion = QuestionOf<typeof stopCommand>;
/** The stop, its distance and activation price, and the room between it and liquidation. */
export type TrailingStopAnswer = AloneOf<typeof stopCommand>;

/**
 * A trailing stop from candles, and whether liquidation comes first.
 *
 * @param question - `candles`: CSV text, the exchange's klines, or objects with `high`, `low` and `close`.
 * @throws {LiqcalcError} as `solve`; if there are fewer candles than the average true range needs.
 */
export function trailingStop(question: TrailingStopQuestion, options: Options = {}): TrailingStopAnswer {
  return ask(stopCommand, question, options) as TrailingStopAnswer;
}

/**
 * The average true range of candles (Wilder's smoothing), in quote per base.
 *
 * @param candles - as for `trailingStop`, oldest first or with times.
 * @param how - `period`: candles that are averaged, default 14; `seed`: how the average begins, default `first-bar`.
 * @throws {LiqcalcError} for anything that is not candles, and if there are too few.
 */
export function atr(
  candles: Content,
  how: { readonly period?: number | undefined; readonly seed?: AtrSeed | undefined } = {},
  options: Options = {},
): Decimal {
  const { period = 14, seed = 'first-bar' } = copyOf(how, 'period', 'give an object like { period, seed }');
  const decimals = decimalsOf(optionsOf(options));
  if (!Number.isInteger(period) || period < 1 || period > 1000) {
    return fail('NOT_A_CHOICE', 'period', { value: shown(period), choices: ['a whole number from 1 to 1000'] });
  }
  readChoice('seed', seed, ATR_SEEDS);
  const read = readCandles(contentOf('candles', candles));
  const found = averageTrueRange(read.candles, period, seed);
  if (found) return new Decimal(found.toText(decimals ?? Math.max(DEFAULT_DECIMALS, read.decimals + 4)));
  return fewCandles(read.candles, period, seed);
}
