import { EXIT_CODES } from '../exit-codes.js';
import { exitLines } from '../help/exits.js';
import { page } from '../help/listing.js';
import type { Topic } from './topic.js';

/** The table of exit codes. */
export const topic: Topic = {
  text: (style) => page(['Exit codes', ...exitLines(Object.values(EXIT_CODES), style)]),
};
