import { tableFor, type BracketTable } from '../core/brackets.js';
import { positionFrom, type Leg, type Terms } from '../core/position.js';
import { Ratio } from '../core/ratio.js';
import { builtInTables } from '../core/venues/index.js';
import { FIELD_LIST, type FieldKey } from '../formats/fields.js';

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
export function tableOfTrade({ symbol }: Terms): BracketTable | undefined {
  return symbol === undefined ? undefined : tableFor({ symbol, mmr: Ratio.ZERO }, builtInTables);
}

/** The leg of a trade whose rates and margin do not matter. */
export function legOfTrade(terms: Terms): Leg {
  return positionFrom({ ...terms, mmr: Ratio.ZERO, lev: Ratio.ONE }, tableOfTrade(terms));
}
