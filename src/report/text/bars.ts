import { Ratio } from '../../core/ratio.js';

/** The cells of a bar: its share of the longest, at least one for what is not zero. Pixels may be inexact. */
export function barCells(value: Ratio, longest: Ratio, width: number): number {
  if (value.sign() <= 0 || longest.sign() <= 0) return 0;
  const share = value.over(longest).times(Ratio.of(BigInt(width)));
  return Math.min(width, Math.max(1, Number(share.toFixed(0))));
}
