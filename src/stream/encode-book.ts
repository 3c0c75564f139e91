import { ID_KEYS } from '../formats/record.js';
import type { ResultKey } from '../formats/result-keys.js';
import { bareText } from '../report/bare.js';
import type { Style } from '../report/style.js';
import { bookText, pricedRow, type Book, type BookRow } from '../report/text/book.js';
import { clipped, printableLine } from '../report/printable.js';
import { fromBinary, toBinary } from './binary-text.js';
import { DEFAULT_RESULTS } from './defaults.js';
import { spelling, type EchoRecord } from './echo-record.js';
import type { Encoder } from './encoder.js';

/** How a book is written. */
export interface BookStyle {
  readonly style: Style;
  /** Decimals of prices, if requested. */
  readonly decimals?: number | undefined;
  /** Makes text fit for the output. */
  readonly print: (text: string) => string;
  /** Writes a book as a page, instead of text. */
  readonly page?: ((book: Book) => string) | undefined;
}

/** Writes the records of a stream as one table for people, once all are known. */
export function bookEncoder(fields: readonly ResultKey[], { style, decimals, print, page }: BookStyle): Encoder {
  const rows: BookRow[] = [];
  const moreKeys = fields.filter((key) => !DEFAULT_RESULTS.includes(key));
  // The price is computed with the others, so that a record fails here as in every other format.
  const keys: readonly ResultKey[] = ['liquidationPrice', ...moreKeys];
  return {
    begin: () => '',
    resultsOf: () => keys,
    rejects: () => undefined,
    answered: ({ record, number }, _, { assessment, values }) => {
      const more = values.slice(1).map((value) => cellText(bareText(value)));
      const row = { name: nameOf(record) ?? String(number), ...pricedRow(assessment, style, decimals), more };
      return () => {
        rows.push(row);
        return '';
      };
    },
    failed: (failed, { message }, number) => {
      rows.push({ ...failedRow(failed, String(number)), failure: fromBinary(message) });
      return '';
    },
    end: (counts) => {
      const book = { rows, counts, moreKeys };
      return toBinary(page ? page(book) : print(bookText(book, style)));
    },
  };
}

const cellText = (text: string): string => printableLine(clipped(text));

function valueOf(record: EchoRecord, name: string): string {
  return cellText(fromBinary(record.bare(spelling(name, record))));
}

/** The id or the owner of a record; `undefined` if it names neither. */
function nameOf(record: EchoRecord): string | undefined {
  return ID_KEYS.map((key) => valueOf(record, key)).find((text) => text !== '');
}

function failedRow(failed: EchoRecord | string, number: string): BookRow {
  const own = (key: string): string => (typeof failed === 'string' ? '' : valueOf(failed, key));
  return {
    name: (typeof failed === 'string' ? undefined : nameOf(failed)) ?? number,
    symbol: own('symbol'),
    side: own('side'),
    entry: own('entry'),
    mark: own('mark'),
    liquidation: 'failed',
    room: undefined,
    outcome: 'failed',
    more: [],
  };
}
