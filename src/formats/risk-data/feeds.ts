import * as z from 'zod/mini';
import { problem, type Problem } from '../../core/errors.js';
import type { Ratio } from '../../core/ratio.js';
import { readJson } from '../../schema/issues.js';
import { JsonObject } from '../../schema/json-value.js';
import { decimal } from '../../schema/leaves.js';
import { namedOf } from '../../schema/object.js';
import { datum } from '../risk-datum.js';
import { lazily } from '../../schema/lazily.js';

const PRICES = lazily(() =>
  namedOf(decimal({ range: 'positive' }), 'write an object of prices by name: {"index": "59010"}'),
);

const FEEDS = lazily(() =>
  z.pipe(
    PRICES(),
    z.transform((prices): ReadonlyMap<string, Ratio> => {
      const given = Object.entries(prices).flatMap(([name, price]) => (price ? [[name, price] as const] : []));
      return new Map(given);
    }),
  ),
);

/** Prices on a command line, `index=59010`, as JSON. */
function jsonFeeds(texts: readonly string[], problems: Problem[]): JsonObject {
  const members = texts.flatMap((text) => {
    const equals = text.indexOf('=');
    if (equals > 0) return [[text.slice(0, equals).trim(), text.slice(equals + 1)] as const];
    const why = `${JSON.stringify(text)} is not NAME=PRICE; write index=59010`;
    problems.push(problem('REFUSED', '--feed', { why }));
    return [];
  });
  return new JsonObject('', () => members);
}

/** Prices of the index and of other markets by name; a market without a price is left out. */
export const feeds = datum({
  of: 'position',
  schema: FEEDS,
  inputs: {
    feed: {
      kind: 'text',
      repeats: true,
      placeholder: 'NAME=P',
      meaning: 'price of the index or of another market; may be given several times',
      read: (texts, problems) => readJson(FEEDS(), jsonFeeds(texts, problems), '--feed', problems),
    },
  },
  meaning: 'prices of the index and of other markets by name',
});
