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

/** Those of the record. */
export let warnings: u32 = 0;

export function warn(kind: u32): void {
  warnings |= kind;
}

export function forgetWarnings(): void {
  warnings = 0;
}
