import { symbolKey } from './brackets.js';

/**
 * The indices (from 0) of symbols that occur more than once, in any spelling: the legs of hedges, and mistakes.
 *
 * @param symbols - as they were written.
 */
export function placesOfHedges(symbols: readonly (string | undefined)[]): readonly number[] {
  const keys = symbols.map((symbol) => symbolKey(symbol));
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const key of keys) {
    const before = seen.size;
    if (seen.add(key).size === before) repeated.add(key);
  }
  if (repeated.size === 0) return [];
  return keys.flatMap((key, index) => (repeated.has(key) ? [index] : []));
}
