import { fillingOf } from '../../commands/shared/filled-orders.js';
import type { AccountQuestion } from '../../commands/shared/account-answer.js';
import { fileText } from '../files.js';
import type { Io } from '../io.js';

/**
 * How `--fill-orders` prices accounts.
 *
 * @param paths - files with the open orders; without them those of the positions count.
 */
export function fillsOf(io: Io, paths: readonly string[]): AccountQuestion['fills'] {
  return fillingOf(paths.map((path) => fileText(io, path)));
}
