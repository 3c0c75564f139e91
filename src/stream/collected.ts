import type { Assessment } from '../core/assessment.js';
import { Ranking, type SortValue } from '../core/ranking.js';
import { directionsOf, isResult, resultSortValue, textSortValue, type Order } from '../formats/order.js';
import { fromBinary, toBinary } from './binary-text.js';
import { spelling, type EchoRecord } from './echo-record.js';
import type { Write } from './encoder.js';

/** The most records that are kept to be sorted. */
export const MOST_SORTED = 500_000;

/** More records to sort than are kept. */
export class TooManyRecordsError extends Error {
  override readonly name = 'TooManyRecordsError';
}

/** Records that are written in another order than they came. */
export class Collected {
  readonly #ranking: Ranking<Write>;
  readonly #failed: Write[] = [];

  constructor(private readonly order: Order) {
    this.#ranking = new Ranking(directionsOf(order), order.top);
  }

  answered(record: EchoRecord, assessment: Assessment, write: Write): void {
    const values = this.order.fields.map(({ name }) => sortValueOf(name, record, assessment));
    this.#ranking.add(values, write);
    this.#refuseTooMany();
  }

  /** A failed record has no place in the order: it comes last, and it is not one of the first ones of `--top`. */
  failed(write: Write): void {
    const { top, mostFailed = top === undefined ? MOST_SORTED : 0 } = this.order;
    if (this.#failed.length === mostFailed && top !== undefined) return;
    this.#failed.push(write);
    this.#refuseTooMany();
  }

  inOrder(): readonly Write[] {
    return [...this.#ranking.inOrder(), ...this.#failed];
  }

  #refuseTooMany(): void {
    if (this.#ranking.size + this.#failed.length <= MOST_SORTED) return;
    throw new TooManyRecordsError(
      `at most ${MOST_SORTED} records can be sorted; keep fewer with --top N or --within PERCENT, or choose --format ndjson without --sort`,
    );
  }
}

function sortValueOf(name: string, record: EchoRecord, assessment: Assessment): SortValue {
  if (isResult(name)) return resultSortValue(name, assessment);
  return textSortValue(name, fromBinary(record.bare(spelling(toBinary(name), record))));
}
