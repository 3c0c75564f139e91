import type { Warning } from '../../core/assessment.js';
import type { BracketTable } from '../../core/brackets.js';
import { tableFor, tableOfTrade as tableIn } from '../../core/tables/table-for.js';
import type { Leg } from '../../core/leg.js';
import { positionFrom, type Terms } from '../../core/position.js';
import { Ratio } from '../../core/ratio.js';
import { FIELD_LIST, type FieldKey } from '../../formats/fields.js';
import type { Context } from './command.js';

/** The fields of a position in planning commands: all but the formula, because they use the exchange's own rule. */
export const PLAN_FIELDS = FIELD_LIST.map(([key]) => key).filter((key) => key !== 'formula');

/** The fields of a trade for commands that do not compute its liquidation. */
export const TRADE_FIELDS = [
  'side',
  'symbol',
  'venue',
  'entry',
  'lev',
  'qty',
  'notional',
  'contract',
  'multiplier',
  'taker',
] as const satisfies readonly FieldKey[];

/** The table of a position's symbol. */
export function tableOf(
  terms: Pick<Terms, 'symbol' | 'mmr' | 'venue' | 'multiplier'>,
  { tables }: Context,
): BracketTable | undefined {
  return terms.symbol === undefined ? undefined : tableFor(terms, tables);
}

/** The table of a trade whose rates do not matter. An unknown symbol that resembles no other is then only a label. */
export function tableOfTrade(
  terms: Pick<Terms, 'symbol' | 'contract' | 'venue' | 'multiplier'>,
  { tables }: Context,
): BracketTable | undefined {
  return terms.symbol === undefined ? undefined : tableIn(terms, tables);
}

/** A leg whose rates and margin do not matter, and its warnings. */
export interface Trade {
  readonly leg: Leg;
  readonly warnings: readonly Warning[];
}

/** The leg of a trade whose rates and margin do not matter. */
export function legOfTrade(terms: Terms, context: Context): Trade {
  const table = tableOfTrade(terms, context);
  const isAssumed = terms.symbol !== undefined && !table && !terms.contract;
  const leg = positionFrom({ ...terms, mmr: Ratio.ZERO, lev: Ratio.ONE }, table);
  return { leg, warnings: isAssumed ? noBrackets(terms, 'a linear contract was assumed; give --contract') : [] };
}

/** The warning that a symbol has no table. */
export function noBrackets({ symbol = '' }: Pick<Terms, 'symbol'>, lacks: string): readonly Warning[] {
  return [{ code: 'NO_BRACKETS', details: { symbol: symbol.toUpperCase(), lacks } }];
}
