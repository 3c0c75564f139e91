import type { LiqcalcError } from '../../core/errors.js';
import { UsageError } from '../command.js';
import type { Io } from '../io.js';
import { problemList } from '../problem-list.js';

/** How many failures are named on stderr. */
export const NAMED_FAILURES = 10;

/** The accounts of a run that could not be answered: counted, the first ones named on stderr. */
export class FailedAccounts {
  #count = 0;

  constructor(private readonly stderr: Io['stderr']) {}

  /**
   * Counts one.
   *
   * @param at - where it stands; empty for flags.
   * @throws {UsageError} for what flags give: it ends the run, with all that is wrong under its flag.
   */
  add(error: LiqcalcError, at: string): void {
    if (at === '')
      throw new UsageError(problemList(error.problems, (field) => (field === 'wallet' ? '--wallet' : field)));
    this.#count++;
    if (this.#count <= NAMED_FAILURES) this.stderr.write(`${at}: ${error.message}\n`);
  }

  /** Says how many of all records they are; whether there are any. */
  told(records: number): boolean {
    if (this.#count > 0) this.stderr.write(`liqcalc: ${this.#count} of ${records} records failed\n`);
    return this.#count > 0;
  }
}
