import type { QuestionInputs } from '../commands/shared/question.js';
import { symbolCheckOf } from '../commands/shared/unknown-symbol.js';
import type { Problem } from '../core/errors.js';
import type { RawRecord } from '../formats/record.js';
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
  declared: QuestionInputs,
  record: RawRecord,
): Promise<readonly Problem[]> {
  const check = symbolCheckOf(declared, record);
  if (!check) return [];
  try {
    return check(await tablesFor(io, options));
  } catch (error) {
    if (error instanceof RunError) return [];
    throw error;
  }
}
