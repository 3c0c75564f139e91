import { DEFAULT_VENUE } from './brackets.js';
import { LIKELY_QUOTES, likelySymbol } from './likely-symbol.js';
import { listed } from './names.js';

/** Shorter symbols are too easily taken for each other. */
const LEAST_LIKELY = 3;

/** The symbol among those of accounts that another is most likely a slip for; `undefined` if it is unlike all of them. */
export function symbolMeant(symbol: string, known: readonly string[]): string | undefined {
  if (symbol.length < LEAST_LIKELY) return undefined;
  const likely = likelySymbol(symbol, { venue: DEFAULT_VENUE, known, quotes: LIKELY_QUOTES });
  return likely === symbol ? undefined : likely;
}

/**
 * The symbols of an account, for a message about symbols that it does not have: those that were most likely meant, and
 * all.
 */
export function symbolsWords(unknown: readonly string[], known: readonly string[]): string {
  if (known.length === 0) return 'it has no positions';
  const own = `its symbols are ${listed(known, 'and')}`;
  const meant = unknown.flatMap((symbol) => symbolMeant(symbol, known) ?? []);
  return meant.length === 0 ? own : `did you mean ${listed([...new Set(meant)], 'and')}? ${own.replace(/^i/, 'I')}`;
}
