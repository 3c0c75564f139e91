import type { Io } from './io.js';

/**
 * Reports an input without a record on stderr.
 *
 * @param need - `needed` where the exit code is an all-clear (`check`, `--alert`): then it is an error, because a feed that
 * broke off looks the same.
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
