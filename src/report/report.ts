import type { Assessment, Warning } from '../core/assessment.js';
import type { Slip } from '../core/slips.js';
import type { Written } from '../schema/figure.js';
import type { Sheet } from './page/sheet.js';
import type { Picture } from './plot/picture.js';
import type { Style } from './style.js';

/** A value as it is written. */
export type Cell = Exclude<Written, undefined>;

/** A key and its value. */
export type Member = readonly [key: string, value: Cell];

/** The answer of a command: for programs, for people, and its notes and warnings. Every writer accepts it. */
export interface Report {
  /** The inputs as the user gave them. */
  readonly inputs: readonly Member[];
  readonly figures: readonly Member[];
  /** Rows of figures if there are several answers, and their key in JSON. */
  readonly list?: {
    readonly key: string;
    readonly rows: readonly (readonly Member[])[];
    /** The keys of all rows, if some rows may lack a key. */
    readonly columns?: readonly string[];
    /** Figures of the whole answer, which would mislead in a row. */
    readonly besideRows?: ReadonlySet<string> | undefined;
  };
  /** The notes that `--verbose` prints. */
  readonly notes: readonly string[];
  /** Warnings about the answer. */
  readonly warnings: readonly Warning[];
  /** The inputs that look like a mistake and are in no warning of a position. */
  readonly slips: readonly Slip[];
  /** Whether the answer is "no". */
  readonly isNo: boolean;
  /** The positions that `--alert` judges. */
  readonly positions: readonly Assessment[];
  readonly text: (style: Style) => string;
  /** What is drawn of it, if there is a chart. */
  readonly drawn: Drawn;
}

/** What can be drawn of an answer, by the kind of output. */
export interface DrawnContent {
  /** A Vega-Lite specification. */
  readonly charts: string;
  readonly pictures: Picture;
  readonly pages: Sheet;
}

/** How each kind is made of an answer, if the answer has it. */
export type Drawn = { readonly [K in keyof DrawnContent]?: () => DrawnContent[K] | undefined };

/** The part of a report that programs read. */
export type Data = Pick<Report, 'inputs' | 'figures' | 'list'>;

/** The inputs that are written before the figures. An input with the key of a figure is left out. */
export function headOf({ inputs, figures }: Data): readonly Member[] {
  const taken = keysOf(figures);
  return [...inputs.filter(([key]) => !taken.has(key)), ...figures];
}

/** The records of a report, each complete: inputs, figures, and one row if there are rows. */
export function recordsOf({ inputs, figures: whole, list }: Data): readonly (readonly Member[])[] {
  const figures = whole.filter(([key]) => !list?.besideRows?.has(key));
  return (list ? list.rows : [[]]).map((row) => {
    // A value of the row, such as its warnings, replaces the value of the whole report.
    const inRow = keysOf(row);
    return headOf({ inputs, figures: [...figures.filter(([key]) => !inRow.has(key)), ...row] });
  });
}

const keysOf = (members: readonly Member[]): ReadonlySet<string> => new Set(members.map(([key]) => key));

/** The keys of some records, each once. */
export function columnsOf(records: readonly (readonly Member[])[]): readonly string[] {
  return [...new Set(records.flatMap((record) => record.map(([key]) => key)))];
}
