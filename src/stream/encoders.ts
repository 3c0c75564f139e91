import type { ResultKey } from '../formats/result-keys.js';
import { canWrite, codeOf, type FormatFor } from '../report/writers/index.js';
import { bareEncoder } from './encode-bare.js';
import type { BookStyle } from './encode-book.js';
import { jsonEncoder } from './encode-json.js';
import { TableEncoder } from './encode-table.js';
import type { Encoder } from './encoder.js';
import { LANE_FORMATS, LANE_RESULTS, type LaneFormat } from './lane-format.js';
import { formatOf, type Layout } from './recognise.js';

/** The requested output. */
export interface RequestedOutput {
  /** Results that are added to records. */
  readonly fields: readonly ResultKey[];
  /** The format, if it differs from the input's. */
  readonly format: FormatFor<'records' | 'pages'> | undefined;
  /** Bare values of these names instead of records. */
  readonly only: readonly string[] | undefined;
  /** Whether CSV cells must not be formulas for a spreadsheet. */
  readonly isCsvSafe: boolean;
  /** How text and pages for people are written; no other format needs it. */
  readonly book: () => Promise<BookStyle>;
}

/** A page has the records of a book. */
const PAGE = { kind: 'book' } as const;

/** The encoder for the requested output, by default in the format of the input. */
export async function encoderFor(
  layout: Layout,
  { fields, format, only, isCsvSafe, book }: RequestedOutput,
): Promise<Encoder> {
  if (only) return bareEncoder(only);
  const written = format ?? formatOf(layout);
  const records = canWrite(written, 'pages') ? PAGE : await codeOf(written, 'records');
  if (records.kind === 'book') return (await import('./encode-book.js')).bookEncoder(fields, await book());
  if (records.kind === 'objects') return jsonEncoder(fields, records.frame);
  const delimiter = layout.kind === 'csv' ? layout.delimiter : ',';
  return new TableEncoder(fields, records.style({ delimiter, cells: isCsvSafe ? 'safe' : 'as they are' }));
}

/** The format in which the fast lane can write the requested output; `undefined` if it cannot. */
export function laneFormatFor(
  layout: Layout,
  { fields, format, only, isCsvSafe }: Omit<RequestedOutput, 'book'>,
): LaneFormat | undefined {
  const written = LANE_FORMATS.find((each) => each === (format ?? formatOf(layout)));
  if (only || (written === 'csv' && isCsvSafe)) return undefined;
  if (fields.join() !== LANE_RESULTS.join()) return undefined;
  return written;
}
