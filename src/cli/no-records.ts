import type { Io } from './io.js';

/**
 * Reports an input without a record on stderr.
 *
 * @param need - `needed` if the exit code can report that all is well (`check`, `--alert`). An empty input is then an
 * error, because a broken feed looks the same.
 */
export function reportNoRecords(
  { stderr }: Pick<Io, 'stderr'>,
  input: string,
  need: 'needed' | 'optional',
  isQuiet: boolean,
): void {
  if (need === 'needed') stderr.write(`liqcalc: no records in ${input}: no position was checked\n`);
  else if (!isQuiet) stderr.write(`liqcalc: no records in ${input}\n`);
}
