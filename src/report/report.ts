import type { Assessment, Warning } from '../core/assessment.js';
import type { Slip } from '../core/slips.js';
import type { Written } from '../schema/figure.js';
import type { Style } from './style.js';

/** A value as it is written. */
export type Cell = Exclude<Written, undefined>;

/** A key and its value. */
export type Member = readonly [key: string, value: Cell];

/** What a command answers: for programs, for people, and what goes with it. Every writer takes it. */
export interface Report {
  /** The inputs as they were given. */
  readonly inputs: readonly Member[];
  readonly figures: readonly Member[];
  /** Rows of figures where there are several answers, and the key that they have in JSON. */
  readonly list?: {
    readonly key: string;
    readonly rows: readonly (readonly Member[])[];
    /** The keys of all rows, where some may have none. */
    readonly columns?: readonly string[];
  };
  /** The notes that `--verbose` prints. */
  readonly notes: readonly string[];
  /** What to know before trusting the answer. */
  readonly warnings: readonly Warning[];
  /** What of the inputs looks like a slip, and is in no warning of a position. */
  readonly slips: readonly Slip[];
  /** Whether the answer is "no". */
  readonly isNo: boolean;
  /** The positions that `--alert` judges. */
  readonly positions: readonly Assessment[];
  readonly text: (style: Style) => string;
  /** A Vega-Lite specification, where there is a chart. */
  readonly chart?: () => string;
}

/** The part of a report that programs read. */
export type Data = Pick<Report, 'inputs' | 'figures' | 'list'>;

/** What goes out before the figures: an input whose key a figure has is left out. */
export function headOf({ inputs, figures }: Data): readonly Member[] {
  const taken = keysOf(figures);
  return [...inputs.filter(([key]) => !taken.has(key)), ...figures];
}

/** The records of a report, each whole in itself: inputs, figures, and one row each where there are rows. */
export function recordsOf({ inputs, figures, list }: Data): readonly (readonly Member[])[] {
  return (list ? list.rows : [[]]).map((row) => {
    // What a row says itself, like its warnings, it says instead of the whole.
    const inRow = keysOf(row);
    return headOf({ inputs, figures: [...figures.filter(([key]) => !inRow.has(key)), ...row] });
  });
}

const keysOf = (members: readonly Member[]): ReadonlySet<string> => new Set(members.map(([key]) => key));

/** The keys of some records, each once. */
export function columnsOf(records: readonly (readonly Member[])[]): readonly string[] {
  return [...new Set(records.flatMap((record) => record.map(([key]) => key)))];
}
