import type { BracketTable, TableSource } from '../core/brackets.js';
import { tableFor } from '../core/tables/table-for.js';
import type { Terms } from '../core/position.js';
import type { Parsed } from './flags.js';
import type { Io } from './io.js';

/**
 * The tables that a command prices with, from the first of `tableLayers` that has a symbol. Their code is loaded here,
 * so a position without a symbol does not load it.
 *
 * @throws {RunError} for a file that cannot be read (66) or holds no tables (65).
 */
export async function tablesFor(io: Io, options: Parsed['options']): Promise<TableSource> {
  return (await import('./table-layers.js')).layeredTables(io, options);
}

/** The table of a position's symbol. Without a symbol no table is looked up, but a file that is named must be valid. */
export async function tableOf(
  { io, options }: { readonly io: Io; readonly options: Parsed['options'] },
  terms: Pick<Terms, 'symbol' | 'mmr' | 'venue' | 'multiplier'>,
): Promise<BracketTable | undefined> {
  const isAsked = terms.symbol !== undefined || options['brackets'] !== undefined;
  return isAsked ? tableFor(terms, await tablesFor(io, options)) : undefined;
}
