import type { Assessment } from '../core/assessment.js';
import type { Direction, SortValue } from '../core/ranking.js';
import { Ratio } from '../core/ratio.js';
import { readValue } from '../schema/value.js';
import { FIELDS } from './fields.js';
import { fieldOfKey } from './record.js';
import { RESULTS, type Result } from './results.js';
import type { ResultKey } from './result-keys.js';

/** A field to sort by. */
export interface SortField {
  /** A result, a field of positions, or a key of the user's own records. */
  readonly name: string;
  readonly direction: Direction;
}

/** The requested order, and the number of records or positions that are kept. */
export interface Order {
  readonly fields: readonly SortField[];
  readonly top?: number | undefined;
  /** With `top`: how many failed records are kept besides; by default none. */
  readonly mostFailed?: number;
}

/** Nearest to liquidation first. */
export const NEAREST_FIRST: readonly SortField[] = [{ name: 'distancePercent', direction: 'rising' }];

/** The most records that a book shows if nothing else is requested. Nobody reads more. */
const MOST_SHOWN = 1000;

/** The order of a book: the requested one, by default nearest first. */
export function orderOfBook(requested: Order | undefined): Order {
  const { fields = NEAREST_FIRST, top } = requested ?? {};
  return top === undefined ? { fields, top: MOST_SHOWN, mostFailed: MOST_SHOWN } : { fields, top };
}

/** The fields of `--sort`: `-` before a name reverses its order. */
export function sortFieldsOf(text: string): readonly SortField[] {
  return text.split(',').map((each): SortField => {
    const name = each.trim();
    return name.startsWith('-') ? { name: name.slice(1), direction: 'falling' } : { name, direction: 'rising' };
  });
}

/** The directions of an order. */
export const directionsOf = ({ fields }: Order): readonly Direction[] => fields.map(({ direction }) => direction);

const DISTANCES: ReadonlySet<string> = new Set(['distance', 'distancePercent']);

/** Whether a name is a result of positions. */
export const isResult = (name: string): name is ResultKey => Object.hasOwn(RESULTS, name);

/**
 * A result as a value to sort by, not rounded. A position without a distance is not sorted last if it is liquidated
 * already: it comes before every distance, and one that is never liquidated after all.
 */
export function resultSortValue(key: ResultKey, assessment: Assessment): SortValue {
  const { of }: Result = RESULTS[key];
  const value = of(assessment);
  if (value instanceof Ratio) return { kind: 'number', number: value };
  if (typeof value === 'number') return { kind: 'number', number: Ratio.of(BigInt(value)) };
  if (value === null && DISTANCES.has(key))
    return { kind: assessment.outcome.kind === 'already' ? 'lowest' : 'highest' };
  if (value === null || value === undefined) return undefined;
  return { kind: 'text', text: typeof value === 'object' ? value.join(' ') : String(value) };
}

/** A field or another key of a record, as it was written, as a value to sort by. */
export function textSortValue(name: string, text: string | undefined): SortValue {
  if (text === undefined || text === '') return undefined;
  const field = fieldOfKey(name);
  const read = field && readValue(FIELDS[field], field, text);
  if (read && 'value' in read)
    return read.value instanceof Ratio ? { kind: 'number', number: read.value } : { kind: 'text', text: read.value };
  const parsed = Ratio.parse(text);
  return parsed.kind === 'decimal' ? { kind: 'number', number: parsed.value } : { kind: 'text', text };
}
