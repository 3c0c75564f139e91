import { choice } from '../../core/choice.js';
import { LiqcalcError, type Problem } from '../../core/errors.js';
import { FEED_NAMES } from '../../live/feed-names.js';
import { feedConnectionTo, type FeedConnection } from '../../live/feed-prices.js';
import type { Sending } from '../../live/connection.js';
import type { Parsed } from '../flags.js';
import type { Io } from '../io.js';
import { keyPlaces, textOf, timeoutOf } from './connect.js';

/**
 * The feeds of `--feeds`, in the order given. Nothing is sent yet.
 *
 * @param sending - how a command that lasts sends its requests.
 */
export function feedConnections(
  io: Pick<Io, 'env' | 'platform'>,
  options: Parsed['options'],
  sending?: Sending,
): readonly FeedConnection[] {
  const problems: Problem[] = [];
  const words = new Set(textOf(options, 'feeds')?.split(','));
  const names = [...words].flatMap((word) => choice('feeds', word, FEED_NAMES, problems) ?? []);
  if (problems.length > 0) throw new LiqcalcError(problems);
  const request = { places: keyPlaces(io, options), timeoutMs: timeoutOf(options) };
  return names.map((name) => feedConnectionTo(name, request, sending));
}
