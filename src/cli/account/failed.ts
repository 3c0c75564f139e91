import type { LiqcalcError } from '../../core/errors.js';
import { jsonKind } from '../../formats/json.js';
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

/** An account that failed as JSON: its own fields and the error; what is no object is put under `input`. */
export function failedJson(error: LiqcalcError, text: string): string {
  const [first] = error.problems;
  const told = JSON.stringify({
    code: error.code,
    message: error.message,
    ...(first?.field ? { field: first.field } : {}),
  });
  const trimmed = text.trim();
  if (!isObject(trimmed)) return `{"input":${JSON.stringify(trimmed)},"error":${told}}`;
  const own = trimmed
    .slice(1, -1)
    .replace(/[\r\n]+\s*/g, ' ')
    .trim();
  return `{${own}${own === '' ? '' : ','}"error":${told}}`;
}

function isObject(text: string): boolean {
  try {
    JSON.parse(text);
    return jsonKind(text) === 'object';
  } catch {
    return false;
  }
}
