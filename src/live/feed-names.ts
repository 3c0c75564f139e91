/** The names that `--feeds` takes. */
export const FEED_NAMES = ['coingecko', 'cryptocompare'] as const;

export type FeedName = (typeof FEED_NAMES)[number];
