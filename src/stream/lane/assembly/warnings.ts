// The kinds of warnings that an answer can have; the general path writes their words.

export const LOW_RATE: u32 = 1;
export const LEVERAGE_ABOVE_BRACKET: u32 = 2;
export const ABOVE_LAST_BRACKET: u32 = 4;
export const FAR_MARK: u32 = 8;
/** Of percentages besides the maintenance rate: `price.ts` has their limits. */
export const LOW_MM_FEE: u32 = 16;
export const LOW_LIQ_FEE: u32 = 32;
export const LOW_TAKER: u32 = 64;
export const LOW_CALL_RATIO: u32 = 128;
/** Of the rule of a venue, one for isolated and one for cross positions: shifted by the margin mode. */
export const VENUE_FEE_ASSUMED: u32 = 256;
export const VENUE_UNPROVEN: u32 = 1024;

export const HIGH_LEVERAGE: u32 = 4096;

/** Those of the record. */
export let warnings: u32 = 0;

export function warn(kind: u32): void {
  warnings |= kind;
}

export function forgetWarnings(): void {
  warnings = 0;
}
