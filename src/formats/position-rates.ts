import type { AccountPosition } from '../core/account.js';
import type { Warning } from '../core/assessment.js';
import { DEFAULT_VENUE, symbolKey, UNKNOWN_VENUE, type BracketTable, type TableSource } from '../core/brackets.js';
import { lacksSize } from '../core/tables/table-for.js';
import { Ratio, stepOf } from '../core/ratio.js';
import { tablesVenue } from '../core/venues/index.js';
import { maintenanceAt } from '../core/leg.js';
import { legFrom, type Terms } from '../core/position.js';
import { fieldOfKey, type RawRecord, valueOf } from './record.js';
import {
  type RawPosition,
  type PositionFacts,
  GIVEN_RATES,
  type GivenRates,
  type AccountDefaults,
} from './raw-account.js';

/** Whether a table is of the time of a record: not if another rule held then, or another rate for the first tier. */
export function isOfItsTime({ rule, ownRates }: RawPosition, { brackets }: BracketTable): boolean {
  const first = ownRates?.firstRate;
  return rule === undefined && (!first || brackets[0]?.rate.compare(first) === 0);
}

/**
 * The table of a record with rates of its own; `undefined` if the tiers count contracts and neither the table nor the
 * record says how large a contract is.
 */
export function tableOf(record: RawRecord, venue: string, tables: TableSource): BracketTable | undefined {
  const symbol = valueOf(record, 'symbol');
  if (typeof symbol !== 'string' || venue === UNKNOWN_VENUE) return undefined;
  const table = tables.find(symbol, tablesVenue(venue));
  return table && lacksSize(table, valueOf(record, 'multiplier') !== undefined) ? undefined : table;
}

/**
 * A position with the rates that flags give for it. A rate for its symbol takes priority over its table; one for all
 * positions is for those that have neither a table nor the exchange's own rate. A rate in its record always stays.
 */
export function withGivenRates(
  from: RawPosition,
  record: RawRecord,
  venue: string,
  { rates, tables }: AccountDefaults,
): RawPosition {
  if (!rates || !GIVEN_RATES.some((key) => rates[key].all !== undefined || rates[key].bySymbol.size > 0)) return from;
  const symbol = valueOf(record, 'symbol');
  const key = typeof symbol === 'string' ? symbolKey(symbol) : '';
  const isFeeAssumed = from.notes?.some(({ code }) => code === 'FEE_ASSUMED') === true;
  const present = new Set(record.map(([name]) => fieldOfKey(name)));
  if (isFeeAssumed) present.delete('mmFee');
  const given = (field: keyof GivenRates, isForAll: () => boolean): RawRecord => {
    const { all, bySymbol } = rates[field];
    const value = present.has(field) ? undefined : (bySymbol.get(key) ?? (isForAll() ? all : undefined));
    return value === undefined ? [] : [[field, value]];
  };
  const isRated = (): boolean => from.ownRates?.basis === 'rate' || tableOf(record, venue, tables) !== undefined;
  const mmr = given('mmr', () => !isRated());
  const cum = given('cum', () => mmr.length > 0);
  const mmFee = given('mmFee', () => true);
  const added = [...mmr, ...cum, ...mmFee] as readonly (readonly [string, string])[];
  if (added.length === 0) return from;
  const isReplaced = (name: string): boolean => mmFee.length > 0 && fieldOfKey(name) === 'mmFee';
  return {
    ...from,
    ...(mmr.length > 0 && { ownRates: undefined }),
    ...(mmFee.length > 0 && { notes: from.notes?.filter(({ code }) => code !== 'FEE_ASSUMED') }),
    record: [...record.filter(([name]) => !isReplaced(name)), ...added],
    own: () => [
      ...from.own().filter(([name]) => !isReplaced(name)),
      ...added.map(([name, value]) => [name, JSON.stringify(value)] as const),
    ],
  };
}

export function withOwnRates(given: RawPosition, record: RawRecord, venue: string): RawPosition {
  const from = withVenue(given, venue);
  if (!from.ownRates) return from;
  const rates = Object.entries(from.ownRates.fields);
  return {
    ...from,
    record: [...record, ...rates],
    own: () => [...from.own(), ...rates.map(([key, value]) => [key, JSON.stringify(value)] as const)],
  };
}

/** The note that a position of another venue is priced by its record. */
export function rateNotes({ ownRates }: RawPosition, venue: string, { symbol = '', mmr }: Terms): Warning[] {
  if (venue === UNKNOWN_VENUE) return [{ code: 'VENUE_UNKNOWN', details: { symbol } }];
  if (!mmr || !ownRates) return [];
  return [{ code: 'OWN_RATES', details: { symbol, venue, basis: ownRates.basis } }];
}

/** A larger relative difference between the exchange's maintenance and ours is a contradiction. */
export const CONTRADICTION = Ratio.from('0.001');

/** The note that the exchange's maintenance margin at the mark differs from that of the rates by more than rounding. */
export function maintenanceContradiction(
  position: AccountPosition | undefined,
  facts: PositionFacts | undefined,
): (Warning & { readonly code: 'MAINTENANCE_DIFFERS' }) | undefined {
  if (!position || position.failure) return undefined;
  const { terms, table, formula } = position;
  const { mark, symbol = '' } = terms;
  const reported = facts?.reported?.maintenance?.value;
  if (!mark || !reported) return undefined;
  const ours = maintenanceAt(legFrom(terms, table), formula === 'simple' ? terms.entry : mark);
  const gap = ours.max(reported).minus(ours.min(reported));
  const step = stepOf(reported.decimalPlaces());
  if (!gap.isAbove(reported.times(CONTRADICTION)) || !gap.isAbove(step)) return undefined;
  const details = { symbol, reported: reported.toText(8), ours: ours.toText(8), taken: 'reported' } as const;
  return { code: 'MAINTENANCE_DIFFERS', details };
}

/** A position whose output fields contain the venue, if it is not the default. */
export function withVenue(from: RawPosition, venue: string): RawPosition {
  if (from.venue === undefined || venue === DEFAULT_VENUE) return from;
  return { ...from, own: () => [...from.own(), ['venue', JSON.stringify(from.rule ?? venue)]] };
}
