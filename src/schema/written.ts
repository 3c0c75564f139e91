import * as z from 'zod/mini';

/** Decimals as output writes them: no exponent, no plus. */
export const WRITTEN_AMOUNT = String.raw`^-?\d+(\.\d+)?$`;
/** Percentages and ratios: four decimals at most. */
export const WRITTEN_PERCENT = String.raw`^-?\d+(\.\d{1,4})?$`;

/** Text that output writes in one form. */
export const writtenAs = (pattern: string): z.ZodMiniType<string> => z.string().check(z.regex(new RegExp(pattern)));
