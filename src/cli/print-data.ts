import { safeCsv } from '../report/csv.js';
import type { Io } from './io.js';
import type { CommonOptions } from './options.js';

/** Prints text for programs unchanged, or, if requested, as CSV in which no cell is a formula for a spreadsheet. */
export function printData(
  { stdout }: Io,
  { format, isCsvSafe }: Pick<CommonOptions<string>, 'format' | 'isCsvSafe'>,
  text: string,
): void {
  stdout.write(isCsvSafe && format === 'csv' ? safeCsv(text) : text);
}
