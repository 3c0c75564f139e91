import { DEFAULT_VENUE, type TableSource } from '../../core/brackets.js';
import type { Problem } from '../../core/errors.js';
import { symbolProblems, tradeSymbolProblems } from '../../core/tables/table-for.js';
import { FIELDS } from '../../formats/fields.js';
import type { RawRecord } from '../../formats/record.js';
import { readValue } from '../../schema/value.js';
import type { QuestionInputs } from './question.js';

/**
 * Looks for the table of the symbol of a refused question; `undefined` if the question needs no table.
 *
 * @param record - the position of the question, as far as it is given.
 * @returns the problem that the symbol has no table, or no problem.
 */
export function symbolCheckOf(
  { supplies }: QuestionInputs,
  record: RawRecord,
): ((tables: TableSource) => readonly Problem[]) | undefined {
  const { symbol, mmr, venue = DEFAULT_VENUE } = Object.fromEntries(record);
  if (typeof symbol !== 'string' || symbol === '' || mmr !== undefined || typeof venue !== 'string') return undefined;
  const read = readValue(FIELDS.venue, 'venue', venue);
  if ('problem' in read) return undefined;
  const terms = { symbol, venue: read.value as string };
  const needsNoRate = typeof supplies !== 'function' && supplies.includes('mmr');
  return (tables) => (needsNoRate ? tradeSymbolProblems(terms, tables) : symbolProblems(terms, tables));
}
