import * as z from 'zod/mini';
import { JsonObject } from '../../schema/json-value.js';
import { LiveError } from '../failure.js';
import type { Feed, FeedPrice, Pair } from '../feed.js';
import { membersOf, objectIn, PRICE, TIME } from '../payload.js';
import { redacted } from '../redact.js';
import { keyHeader } from '../sign.js';
import type { Link, Request } from '../venue.js';

/** `pricemulti` has the same prices without their times. */
const PRICES: Request = { method: 'GET', path: '/data/pricemultifull', access: 'key', weight: 1 };

const ENTRY = z.object({ PRICE, LASTUPDATE: TIME });

/**
 * CryptoCompare (CoinDesk Data): prices in the quote of the contract. It needs a key.
 *
 * @see https://min-api.cryptocompare.com/documentation?key=Price&cat=multipleSymbolsFullPriceEndpoint
 */
export const cryptocompare: Feed = {
  meaning: 'CryptoCompare',
  variable: 'CRYPTOCOMPARE',
  signing: keyHeader('authorization', 'Apikey '),
  hosts: { live: { rest: 'https://min-api.cryptocompare.com' } },
  allow: [PRICES],
  everyMs: 10_000,
  prices,
};

async function prices({ get }: Link, pairs: readonly Pair[]): Promise<readonly FeedPrice[]> {
  const listed = (values: readonly string[]): string => [...new Set(values)].sort().join(',');
  const query = { fsyms: listed(pairs.map(({ base }) => base)), tsyms: listed(pairs.map(({ quote }) => quote)) };
  const answer = objectIn(await get(PRICES, query), PRICES);
  const raw = answer.value('RAW');
  if (!(raw instanceof JsonObject)) return refused(answer);
  return pairs.flatMap(({ symbol, base, quote, multiple }) => {
    const own = raw.value(base);
    const entry = own instanceof JsonObject ? own.value(quote) : undefined;
    if (!(entry instanceof JsonObject)) return [];
    const { PRICE: price, LASTUPDATE: seconds } = membersOf(ENTRY, entry, PRICES);
    return [{ symbol, price: price.times(multiple), time: seconds * 1000 }];
  });
}

/** Its errors have the status of an answer. An error about pairs without a market is an answer without prices. */
function refused(answer: JsonObject): readonly FeedPrice[] {
  const message = answer.value('Message');
  const words = typeof message === 'string' ? redacted(message.slice(0, 200)) : 'its answer has no prices';
  if (/market does not exist/i.test(words)) return [];
  const isKey = /api.?key|auth/i.test(words);
  throw new LiveError(isKey ? 'noKey' : 'unavailable', `${cryptocompare.meaning} refuses: ${words}`);
}
