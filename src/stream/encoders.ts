import type { ResultKey } from '../formats/results.js';
import { bareEncoder } from './encode-bare.js';
import { jsonEncoder } from './encode-json.js';
import { csvStyle, markdownStyle, safeCsvStyle, TableEncoder } from './encode-table.js';
import type { Encoder } from './encoder.js';
import { LANE_RESULTS, type LaneFormat } from './lane-format.js';
import { formatOf, type Layout } from './recognise.js';

/** The requested output. */
export interface Asked {
  /** Results that are added to records. */
  readonly fields: readonly ResultKey[];
  /** The format, if it differs from the input's. */
  readonly format: 'json' | 'ndjson' | 'csv' | 'markdown' | undefined;
  /** Bare values of these names instead of records. */
  readonly only: readonly string[] | undefined;
  /** Whether CSV cells must not be formulas for a spreadsheet. */
  readonly isCsvSafe: boolean;
}

/** The encoder for the requested output, by default in the format of the input. */
export function encoderFor(layout: Layout, { fields, format, only, isCsvSafe }: Asked): Encoder {
  if (only) return bareEncoder(only);
  switch (format ?? formatOf(layout)) {
    case 'json':
      return jsonEncoder(fields, 'array');
    case 'ndjson':
      return jsonEncoder(fields, 'lines');
    case 'csv':
      return new TableEncoder(
        fields,
        (isCsvSafe ? safeCsvStyle : csvStyle)(layout.kind === 'csv' ? layout.delimiter : ','),
      );
    case 'markdown':
      return new TableEncoder(fields, markdownStyle);
  }
}

/** The format in which the fast lane can write the requested output; `undefined` if it cannot. */
export function laneFormatFor(layout: Layout, { fields, format, only, isCsvSafe }: Asked): LaneFormat | undefined {
  const written = format ?? formatOf(layout);
  if (only || written === 'markdown' || (written === 'csv' && isCsvSafe)) return undefined;
  if (fields.join() !== LANE_RESULTS.join()) return undefined;
  return written;
}
