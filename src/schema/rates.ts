import * as z from 'zod/mini';
import { anyText, decimal, orBlank } from './leaves.js';
import { needed, objectOf, optional } from './object.js';
import { lazily } from './lazily.js';

/**
 * A rate of the exchange's fundingRate response, a fraction. Older rates lack the mark; an invalid time is ignored.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Get-Funding-Rate-History (Get Funding Rate History)
 */
export const fundingRate = lazily(() =>
  objectOf(
    {
      fundingRate: needed(decimal()),
      markPrice: optional(orBlank(decimal({ range: 'positive' }))),
      fundingTime: optional(
        z.pipe(
          anyText(),
          z.transform((text) => (/^\d{1,20}$/.test(text) ? BigInt(text) : undefined)),
        ),
      ),
      symbol: optional(anyText()),
    },
    { advice: 'write an object with fundingRate' },
  ),
);
