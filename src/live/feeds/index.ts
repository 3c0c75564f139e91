import type { FeedName } from '../feed-names.js';
import type { Feed } from '../feed.js';
import { coingecko } from './coingecko.js';
import { cryptocompare } from './cryptocompare.js';

/** Every feed, by the name that `--feeds` takes. To add one, add a file here and a line below. */
export const feeds = { coingecko, cryptocompare } satisfies Record<FeedName, Feed>;
