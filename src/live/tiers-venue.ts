import type { VenueName } from '../core/venue-names.js';
import type { LiveVenue, Query, Request } from './venue.js';

/** The request for the tiers of one symbol, or of all of them. */
export interface TiersRequest {
  readonly path: string;
  /** The parameters for a symbol; without this, the answer has every symbol. */
  readonly of?: (symbol: string) => Query;
  /** Whether the answer does not name its symbol. */
  readonly isNameless?: true;
}

/** A venue of which only the public bracket tables are requested. */
export function tiersVenue(
  venue: VenueName,
  own: { readonly meaning: string; readonly host: string; readonly tiers: TiersRequest },
): LiveVenue {
  const { meaning, host, tiers } = own;
  const { path, of, isNameless } = tiers;
  const request: Request = { method: 'GET', path, access: 'public', weight: 1 };
  return {
    meaning,
    venue,
    credential: 'none',
    variable: venue.toUpperCase(),
    hosts: { live: { rest: host } },
    allow: [request],
    ...(of && { bracketsNeedSymbols: true }),
    brackets: async ({ get }, symbols) => {
      if (!of) return [{ text: await get(request) }];
      const answers = [];
      for (const symbol of symbols) {
        answers.push({ text: await get(request, of(symbol)), ...(isNameless && { symbol }) });
      }
      return answers;
    },
    fetches: {
      brackets: {
        request,
        query: ({ symbols }) => of?.(symbols[0] ?? '') ?? {},
        symbols: of ? 'one' : 'none',
        answer: ({ get }, { symbols }) => get(request, of?.(symbols[0] ?? '')),
      },
    },
  };
}
