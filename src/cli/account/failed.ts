import type { LiqcalcError } from '../../core/errors.js';
import { jsonKind } from '../../formats/json.js';
import { UsageError } from '../command.js';
import type { Io } from '../io.js';
import { problemList } from '../problem-list.js';

/** The most failures that stderr names. */
export const NAMED_FAILURES = 10;

/** Counts the accounts of a run that have no answer, and names the first ones on stderr. */
export class FailedAccounts {
  #count = 0;

  constructor(private readonly stderr: Io['stderr']) {}

  /**
   * Counts one.
   *
   * @param at - its place in the input; empty for flags.
   * @throws {UsageError} for an account given by flags: it ends the run, and each problem names its flag.
   */
  add(error: LiqcalcError, at: string): void {
    if (at === '')
      throw new UsageError(problemList(error.problems, (field) => (field === 'wallet' ? '--wallet' : field)));
    this.#count++;
    if (this.#count <= NAMED_FAILURES) this.stderr.write(`${at}: ${error.message}\n`);
  }

  /** Reports how many of all records failed. Returns whether any did. */
  told(records: number): boolean {
    if (this.#count > 0) this.stderr.write(`liqcalc: ${this.#count} of ${records} records failed\n`);
    return this.#count > 0;
  }
}

/** A failed account as JSON: its own fields and the error. Anything that is not an object goes under `input`. */
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
