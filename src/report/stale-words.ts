import { warningWords, type Warning } from '../core/assessment.js';
import { listed } from '../core/names.js';

/** An old bracket table, for the warning about it. */
export type StaleDetails = Extract<Warning, { code: 'STALE_BRACKETS' }>['details'];

/** The symbols that a warning about old tables names. */
const MOST_SYMBOLS = 5;

/** One warning for all old tables of one date that are renewed in the same way. */
export function staleWords(all: readonly StaleDetails[]): string[] {
  const groups = new Map<string, Map<string, StaleDetails>>();
  for (const details of all) {
    const { symbol, asOf, command, how = '' } = details;
    const key = [asOf, how, command.replaceAll(symbol, 'SYMBOL')].join(' ');
    const group = groups.get(key) ?? new Map<string, StaleDetails>();
    groups.set(key, group.set(symbol, details));
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group.values();
    if (!first) return [];
    if (group.size === 1) return [warningWords({ code: 'STALE_BRACKETS', details: first })];
    const rest = group.size > MOST_SYMBOLS ? [`${group.size - MOST_SYMBOLS} more`] : [];
    const symbol = listed([...[...group.keys()].slice(0, MOST_SYMBOLS), ...rest], 'and');
    const command = first.command.replaceAll(first.symbol, 'SYMBOL');
    return [warningWords({ code: 'STALE_BRACKETS', details: { ...first, symbol, command } })];
  });
}
