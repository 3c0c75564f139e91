import { venues, type Venue } from '../../core/venues/index.js';
import { listPage, type Item } from '../help/listing.js';
import type { Topic } from './topic.js';

const INTRODUCTION =
  'The venues that --venue names, default binance. Each has its rule, and its own bracket tables (liqcalc brackets list). A name with a year is an old rule, for positions of its time; docs/venues.md has what is uncertain.';

function item({ name, meaning, since, isolated, cross }: Venue): Item {
  const refused = Object.entries({ isolated, cross }).flatMap(([mode, rule]) =>
    'refused' in rule ? [`; ${mode} is refused: ${rule.refused}`] : [],
  );
  return [name, `since ${since}: ${meaning}${refused.join('')}`];
}

/** Every venue with its rule. */
export const topic: Topic = {
  text: (style) => listPage(INTRODUCTION, Object.values(venues).map(item), style),
};
