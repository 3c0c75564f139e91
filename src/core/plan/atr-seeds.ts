/**
 * How an average begins: `first-bar` counts the first candle's high - low as a true range, `second-bar` begins with the
 * second candle, the first that has a previous close for its true range.
 */
export const ATR_SEEDS = ['first-bar', 'second-bar'] as const;
export type AtrSeed = (typeof ATR_SEEDS)[number];
