/**
 * How many cases of a random test are run: all of them, or the share that `LIQCALC_SHARE` says (above 0, at most 1) where
 * the same tests run thousands of times, as they do on mutants.
 */
export function runs(full: number): number {
  return Math.ceil(full * Number(process.env['LIQCALC_SHARE'] ?? 1));
}
