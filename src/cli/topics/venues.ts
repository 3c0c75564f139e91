import { venues, type Venue } from '../../core/venues/index.js';
import { listPage, type Item } from '../help/listing.js';
import type { Topic } from './topic.js';

const INTRODUCTION =
  'The venues that --venue accepts; the default is binance. Each venue has its rule and its own bracket tables (liqcalc brackets list). "By the liquidation price" means: of the value that the position has at that price. A name with a year is the rule of that time, for old positions. docs/venues.md says what is uncertain.';

function item({ name, meaning, since, isolated, cross }: Venue): Item {
  const refused = Object.entries({ isolated, cross }).flatMap(([mode, rule]) =>
    'refused' in rule ? [`; ${mode} margin is rejected: ${rule.refused}`] : [],
  );
  return [name, `since ${since}: ${meaning}${refused.join('')}`];
}

/** Every venue with its rule. */
export const topic: Topic = {
  text: (style) => listPage(INTRODUCTION, Object.values(venues).map(item), style),
};
