import * as z from 'zod/mini';
import { JsonObject, type JsonValue } from '../schema/json-value.js';
import { LiveError } from './failure.js';
import { arrayText, membersOf, TIME, unexpected } from './payload.js';
import type { FetchQuestion, Query, Request } from './venue.js';

/** A history that a venue answers in pages. */
export interface History {
  /** Rows of one page, from `startTime` to `endTime`. */
  readonly ask: (query: Query) => Promise<readonly JsonValue[]>;
  /** The most rows of a page. */
  readonly most: number;
  /** The longest time between `startTime` and `endTime`, ms. */
  readonly window?: number;
  readonly timeOf: (row: JsonValue) => number;
  /** Two rows with the same id are one. */
  readonly idOf: (row: JsonValue) => string;
}

/** How rows that are objects are put together. */
export interface Paging {
  readonly most: number;
  readonly window?: number;
  /** The key of a row's time. */
  readonly time: string;
  /** The keys that identify a row together. */
  readonly id: readonly string[];
}

/** A history whose rows are objects. */
export function rowHistory(ask: History['ask'], of: Request, { time, id, ...paging }: Paging): History {
  const schema = z.looseObject({ [time]: TIME });
  const objectOf = (row: JsonValue): JsonObject =>
    row instanceof JsonObject ? row : unexpected(of, 'an element is not an object');
  return {
    ask,
    ...paging,
    timeOf: (row) => membersOf(schema, objectOf(row), of)[time] as number,
    idOf: (row) => id.map((key) => textOf(objectOf(row).value(key))).join(' '),
  };
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

/**
 * The rows of a history as one JSON array in the order of time, without duplicates.
 *
 * Without a start, it is what the venue answers to one request: usually the newest rows.
 *
 * @param now - milliseconds of the venue's clock.
 */
export async function historyText(history: History, { from, to, limit }: FetchQuestion, now: number): Promise<string> {
  if (from === undefined) {
    if (limit !== undefined && limit > history.most) {
      throw new LiveError('usage', `--limit ${limit}: more than ${history.most} rows need --from-time`);
    }
    return inOrder(history, await history.ask({ endTime: to, limit }), limit);
  }
  return inOrder(
    history,
    await rowsSince(history, { from, to: to ?? now, ...(limit !== undefined && { limit }) }),
    limit,
  );
}

async function rowsSince(
  { ask, most, window = Infinity, timeOf, idOf }: History,
  { from, to, limit = Infinity }: { readonly from: number; readonly to: number; readonly limit?: number },
): Promise<readonly JsonValue[]> {
  const rows = new Map<string, JsonValue>();
  let startTime = from;
  while (startTime <= to && rows.size < limit) {
    const endTime = Math.min(to, startTime + window - 1);
    const page = await ask({ startTime, endTime, limit: most });
    for (const row of page) rows.set(idOf(row), row);
    if (page.length < most) {
      startTime = endTime + 1;
      continue;
    }
    // The next page begins with the rows of the last moment again: that moment may have more of them.
    const last = page.reduce((latest, row) => Math.max(latest, timeOf(row)), startTime);
    if (last === startTime) throw new LiveError('unavailable', `more than ${most} rows at one moment (${last})`);
    startTime = last;
  }
  return [...rows.values()];
}

function inOrder({ timeOf, idOf }: History, rows: readonly JsonValue[], limit = Infinity): string {
  const unique = [...new Map(rows.map((row) => [idOf(row), row])).values()];
  return arrayText(unique.toSorted((a, b) => timeOf(a) - timeOf(b)).slice(0, limit));
}
