import type { Ratio } from './ratio.js';

/** The kinds of values, in rising order. */
const KINDS = ['lowest', 'number', 'text', 'highest'] as const;

/**
 * A value to sort by: a number, a text, or one that is below or above all others. `undefined` is an absent value; it
 * comes last in both directions.
 */
export type SortValue =
  | { readonly kind: 'lowest' | 'highest' }
  | { readonly kind: 'number'; readonly number: Ratio }
  | { readonly kind: 'text'; readonly text: string }
  | undefined;

/** The direction of an order. */
export type Direction = 'rising' | 'falling';

/** The order of two lists of values: the first pair that differs decides. */
export function compareValues(
  one: readonly SortValue[],
  other: readonly SortValue[],
  directions: readonly Direction[],
): number {
  for (const [index, direction] of directions.entries()) {
    const [a, b] = [one[index], other[index]];
    if (!a || !b) {
      if (a !== b) return a ? -1 : 1;
      continue;
    }
    const order = compare(a, b);
    if (order !== 0) return direction === 'rising' ? order : -order;
  }
  return 0;
}

function compare(a: NonNullable<SortValue>, b: NonNullable<SortValue>): number {
  if (a.kind === 'number' && b.kind === 'number') return a.number.compare(b.number);
  if (a.kind === 'text' && b.kind === 'text') return a.text === b.text ? 0 : a.text < b.text ? -1 : 1;
  return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
}

interface Ranked<T> {
  readonly values: readonly SortValue[];
  readonly item: T;
}

/** Items in order. Those with equal values stay in the order in which they came. */
export class Ranking<T> {
  readonly #items: Ranked<T>[] = [];

  /** @param top - only the first ones are kept; all without it. */
  constructor(
    private readonly directions: readonly Direction[],
    private readonly top?: number,
  ) {}

  /** The number of kept items. */
  get size(): number {
    return this.#items.length;
  }

  add(values: readonly SortValue[], item: T): void {
    if (this.top === undefined) this.#items.push({ values, item });
    else if (this.size < this.top || this.#isBefore(values, this.size - 1)) this.#insert({ values, item }, this.top);
  }

  /** The items in order. */
  inOrder(): readonly T[] {
    if (this.top === undefined) this.#items.sort((one, other) => this.#compare(one.values, other.values));
    return this.#items.map(({ item }) => item);
  }

  #insert(ranked: Ranked<T>, top: number): void {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#isBefore(ranked.values, middle)) high = middle;
      else low = middle + 1;
    }
    this.#items.splice(low, 0, ranked);
    if (this.size > top) this.#items.pop();
  }

  #isBefore(values: readonly SortValue[], index: number): boolean {
    const at = this.#items[index];
    return at !== undefined && this.#compare(values, at.values) < 0;
  }

  #compare(one: readonly SortValue[], other: readonly SortValue[]): number {
    return compareValues(one, other, this.directions);
  }
}
