import * as z from 'zod/mini';
import type { Book } from '../../core/risk/input.js';
import { readJson } from '../../schema/issues.js';
import { decimal } from '../../schema/leaves.js';
import { listOf, needed, objectOf, tupleOf } from '../../schema/object.js';
import { jsonOf, refuseForeign, symbolMember, type Datum } from '../risk-datum.js';
import { lazily } from '../../schema/lazily.js';

const ADVICE = 'write {"bids": [[price, quantity]], "asks": [[price, quantity]]}';

/** A price of the book and the quantity that waits there. */
const LEVEL = lazily(() =>
  tupleOf(
    { price: needed(decimal({ range: 'positive' })), quantity: needed(decimal({ range: 'notNegative' })) },
    { price: 0, quantity: 1 },
    'write [price, quantity]',
  ),
);

/**
 * An order book, as the exchange's depth response gives it.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Order-Book
 */
const BOOK = lazily(() =>
  z.pipe(
    objectOf(
      { bids: needed(listOf(LEVEL())), asks: needed(listOf(LEVEL())), symbol: symbolMember() },
      { advice: ADVICE, incomplete: ADVICE },
    ),
    z.transform(({ bids, asks }): Book => ({ bids, asks })),
  ),
);

/** The order book, best prices first. */
export const book: Datum<Book> = {
  of: 'position',
  schema: BOOK,
  inputs: {
    book: {
      kind: 'text',
      placeholder: 'FILE',
      meaning: "order book as JSON, quantities in the unit of --qty: the exchange's depth",
    },
  },
  files: { book: ([text = ''], { name, problems }) => readJson(BOOK(), jsonOf(text), name, problems) },
  meaning: "order book, best prices first, quantities in the unit of qty: the exchange's depth",
  read: (value, place) => {
    refuseForeign(value, place);
    return readJson(BOOK(), value, place.name, place.problems);
  },
};
