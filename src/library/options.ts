import type { TableSource } from '../core/brackets.js';
import { fail } from '../core/errors.js';
import { builtInTables } from '../core/tables/index.js';
import { firstOf } from '../formats/table-source.js';
import { copyOf, readable, shown } from './given.js';

/** The bracket tables for results, and how results are rounded and dated. */
export interface Options {
  /** Bracket tables that take priority over the built-in ones, symbol by symbol. */
  readonly brackets?: BracketTables | undefined;
  /** Decimals of prices and amounts, 0 to 30; by default 8, or four more than `entry` was written with. */
  readonly decimals?: number | undefined;
  /** The current time. With it, `warnings` reports old bracket tables. */
  readonly today?: Date | undefined;
}

/** Bracket tables from `bracketTables`. */
export interface BracketTables {
  /** The symbols of the tables. */
  readonly symbols: readonly string[];
}

const SOURCES = new WeakMap<BracketTables, TableSource>();

/** Keeps the tables of a source behind the object that callers hold. */
export function tablesAs(source: TableSource): BracketTables {
  const tables: BracketTables = { symbols: source.symbols };
  SOURCES.set(tables, source);
  return tables;
}

/** The options of a call, checked to be an object, as a copy. */
export const optionsOf = <O extends object>(options: O): O => copyOf(options, 'options', 'give an object of options');

/** The tables given, before the built-in ones. */
export function tablesWith({ brackets }: Options): TableSource {
  if (brackets === undefined) return builtInTables;
  const source = SOURCES.get(brackets);
  if (source) return firstOf([source, builtInTables]);
  return fail('NOT_A_VALUE', 'brackets', { value: shown(brackets), advice: 'give the result of bracketTables()' });
}

/** The requested decimals, checked. */
export function decimalsOf({ decimals }: Options): number | undefined {
  if (decimals === undefined || (Number.isInteger(decimals) && decimals >= 0 && decimals <= 30)) return decimals;
  return fail('NOT_A_CHOICE', 'decimals', { value: shown(decimals), choices: ['a whole number from 0 to 30'] });
}

/** The current time in milliseconds since 1970, if it is given. */
export function todayOf({ today }: Options): number | undefined {
  if (today === undefined) return undefined;
  const time: unknown = readable('today', () => (today as Partial<Date> | null)?.getTime?.());
  return typeof time === 'number' && !Number.isNaN(time)
    ? time
    : fail('NOT_A_VALUE', 'today', { value: shown(today), advice: 'give a valid Date' });
}
