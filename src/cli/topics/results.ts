import { RESULT_LIST } from '../../formats/results.js';
import { listPage } from '../help/listing.js';
import type { Topic } from './topic.js';

const INTRODUCTION =
  'The results of a position: what --only and batch --fields accept, the keys of JSON and the columns of CSV. Decimals are strings, prices and amounts have up to 8 decimals (--dp), percentages 4.';

/** Every result of a position. */
export const topic: Topic = {
  text: (style) =>
    listPage(
      INTRODUCTION,
      RESULT_LIST.map(([key, { meaning }]) => [key, meaning]),
      style,
    ),
};
