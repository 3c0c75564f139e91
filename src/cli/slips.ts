import { warningWords } from '../core/assessment.js';
import { Ratio } from '../core/ratio.js';
import { groupOrPoint, PRICES_NEAR_ENTRY, SLIP_LIMITS, slipsOf, type Slip } from '../core/slips.js';
import { flagName } from '../formats/flag-name.js';
import type { Parsed } from './flags.js';
import type { Io } from './io.js';

const PERCENTAGES = Object.keys(SLIP_LIMITS);
const PRICES = ['entry', ...Object.keys(PRICES_NEAR_ENTRY)];

/** Flags with a price or an amount, or with a price after `@`. A size is not among them: it often has three decimals. */
const AMOUNTS = ['wallet', 'margin', 'notional', 'equity', 'balance', 'pos', 'add', 'fill', 'open'];

/** Numbers that may be meant as thousands. */
const groupsOrPoints = (options: Parsed['options']): readonly Slip[] =>
  [...PRICES, ...AMOUNTS].flatMap((key) =>
    [options[key]]
      .flat()
      .flatMap((text) => (typeof text === 'string' ? (groupOrPoint(flagName(key), text) ?? []) : [])),
  );

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
  return [...slipsOf(inputs), ...groupsOrPoints(options)];
}

/** Prints likely mistakes to stderr. */
export function reportSlips({ stderr }: Io, slips: readonly Slip[], { isQuiet }: { readonly isQuiet: boolean }): void {
  if (isQuiet) return;
  for (const slip of slips) stderr.write(`liqcalc: warning: ${warningWords(slip)}\n`);
}
