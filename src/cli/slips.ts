import { warningWords } from '../core/assessment.js';
import { Ratio } from '../core/ratio.js';
import { PRICES_NEAR_ENTRY, SLIP_LIMITS, slipsOf, type Slip } from '../core/slips.js';
import type { Parsed } from './flags.js';
import type { Io } from './io.js';

const PERCENTAGES = Object.keys(SLIP_LIMITS);
const PRICES = ['entry', ...Object.keys(PRICES_NEAR_ENTRY)];

/** The flag values of a command line that look like a mistake. */
export function slipsOfFlags(options: Parsed['options']): readonly Slip[] {
  const inputs: Record<string, Ratio> = {};
  for (const key of [...PERCENTAGES, ...PRICES]) {
    const value = options[key];
    if (typeof value !== 'string') continue;
    // `--need margin-ratio=30`
    const parsed = Ratio.parse(value.replace(/^.*=/, '').replace(/%$/, '').trimEnd());
    if (parsed.kind !== 'decimal') continue;
    inputs[key] = PERCENTAGES.includes(key) ? parsed.value.hundredth() : parsed.value;
  }
  return slipsOf(inputs);
}

/** Prints likely mistakes to stderr. */
export function reportSlips({ stderr }: Io, slips: readonly Slip[], { isQuiet }: { readonly isQuiet: boolean }): void {
  if (isQuiet) return;
  for (const slip of slips) stderr.write(`liqcalc: warning: ${warningWords(slip)}\n`);
}
