import type { BracketTable } from '../core/brackets.js';
import { positionFrom, type Leg, type Terms } from '../core/position.js';
import { Ratio } from '../core/ratio.js';
import { FIELD_LIST, type FieldKey } from '../formats/fields.js';
import type { Invocation } from './command.js';
import { tableOf } from './tables.js';

/** Fields of a position that planning commands take: all but the formula, because they ask the exchange's own rule. */
export const PLAN_FIELDS: readonly FieldKey[] = FIELD_LIST.map(([key]) => key).filter((key) => key !== 'formula');

/** Fields of a trade whose liquidation is not asked. */
export const TRADE_FIELDS: readonly FieldKey[] = [
  'side',
  'symbol',
  'entry',
  'lev',
  'qty',
  'notional',
  'contract',
  'multiplier',
  'taker',
];

/** The table of a trade whose rates do not matter: an unknown symbol is a label then. */
export async function tableOfTrade(invocation: Invocation, { symbol }: Terms): Promise<BracketTable | undefined> {
  return tableOf(invocation, symbol === undefined ? {} : { symbol, mmr: Ratio.ZERO });
}

/** The leg of a trade whose rates and margin do not matter. */
export async function legOfTrade(invocation: Invocation, terms: Terms): Promise<Leg> {
  return positionFrom({ ...terms, mmr: Ratio.ZERO, lev: Ratio.ONE }, await tableOfTrade(invocation, terms));
}
