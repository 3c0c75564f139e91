import type { TableSource } from '../core/brackets.js';
import { tablesOf } from '../formats/table-source.js';
import { readBracketFile } from '../formats/venues/index.js';
import { LiveError } from './failure.js';
import type { BracketAnswer, LiveVenue } from './venue.js';

/** The bracket tables in answers of a venue, dated by the day they came. */
export function tablesIn(
  { meaning, venue }: Pick<LiveVenue, 'meaning' | 'venue'>,
  answers: readonly BracketAnswer[],
  wall: number,
): TableSource {
  const day = new Date(wall).toISOString().slice(0, 10);
  const entries = answers.flatMap(({ text, symbol }) => {
    const origin = { name: meaning, asOf: () => day, dating: 'the day of the answer', venue };
    const file = readBracketFile(text, symbol === undefined ? origin : { ...origin, symbol });
    if (file.kind === 'fault') throw new LiveError('unavailable', `${meaning}: its bracket tables: ${file.fault}`);
    return file.tables;
  });
  return tablesOf(() => entries, 'passed');
}
