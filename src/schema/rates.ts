import * as z from 'zod/mini';
import { anyText, decimal, orBlank } from './leaves.js';
import { needed, objectOf, optional } from './object.js';
import { lazily } from './lazily.js';

/** Milliseconds since 1970; an invalid time is ignored. */
const time = (): z.ZodMiniType<bigint | undefined> =>
  z.pipe(
    anyText(),
    z.transform((text) => (/^\d{1,20}$/.test(text) ? BigInt(text) : undefined)),
  );

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
      fundingTime: optional(time()),
      symbol: optional(anyText()),
    },
    { advice: 'write an object with fundingRate' },
  ),
);

/**
 * A payment of the exchange's income response, margin asset; negative: paid.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Get-Income-History (Get Income History)
 */
export const fundingIncome = lazily(() =>
  objectOf(
    { income: needed(decimal()), time: optional(time()), symbol: optional(anyText()) },
    { advice: 'write an object with income' },
  ),
);
