import * as z from 'zod/mini';
import type { Ratio } from '../../core/ratio.js';
import { decimal } from '../../schema/leaves.js';
import { namedOf } from '../../schema/object.js';
import { datum } from '../risk-datum.js';

const PRICES = namedOf(decimal({ range: 'positive' }), 'write an object of prices by name: {"index": "59010"}');

/** Prices of the index and of other markets by name; a market without a price is left out. */
export const feeds = datum({
  of: 'position',
  schema: z.pipe(
    PRICES,
    z.transform((prices): ReadonlyMap<string, Ratio> => {
      const given = Object.entries(prices).flatMap(([name, price]) => (price ? [[name, price] as const] : []));
      return new Map(given);
    }),
  ),
  meaning: 'prices of the index and of other markets by name',
});
