import type { QuestionInputs } from '../commands/shared/question.js';
import { DEFAULT_VENUE } from '../core/brackets.js';
import type { Problem } from '../core/errors.js';
import { symbolProblems, tradeSymbolProblems } from '../core/tables/table-for.js';
import { FIELDS } from '../formats/fields.js';
import type { RawRecord } from '../formats/record.js';
import { readValue } from '../schema/value.js';
import { RunError, type Invocation } from './command.js';
import { tablesFor } from './tables.js';

/**
 * That the symbol of a refused question has no table and no rate. Tables that cannot be read are not reported with
 * other problems.
 *
 * @param record - the position of the question, as far as it is given.
 */
export async function unknownSymbol(
  { io, options }: Pick<Invocation, 'io' | 'options'>,
  { supplies }: QuestionInputs,
  record: RawRecord,
): Promise<readonly Problem[]> {
  const { symbol, mmr, venue = DEFAULT_VENUE } = Object.fromEntries(record) as Readonly<Record<string, string>>;
  const read = readValue(FIELDS.venue, 'venue', venue);
  if (!symbol || mmr !== undefined || 'problem' in read) return [];
  const terms = { symbol, venue: read.value as string };
  const needsNoRate = typeof supplies !== 'function' && supplies.includes('mmr');
  try {
    const tables = await tablesFor(io, options);
    return needsNoRate ? tradeSymbolProblems(terms, tables) : symbolProblems(terms, tables);
  } catch (error) {
    if (error instanceof RunError) return [];
    throw error;
  }
}
