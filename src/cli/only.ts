import { LiqcalcError, problem, type Problem } from '../core/errors.js';
import { closest } from '../core/names.js';
import { FIELDS } from '../formats/fields.js';
import { RESULTS } from '../formats/results.js';
import type { Written } from '../presenters/figures.js';
import type { RawRecord } from '../formats/record.js';
import { bareText } from '../presenters/position-rows.js';

const FIELD_NAMES: readonly string[] = [...Object.keys(RESULTS), ...Object.keys(FIELDS)];

/** Names asked for with `--only` that no result, field or input has. */
export function onlyProblems(only: readonly string[] | undefined, given: RawRecord): Problem[] {
  return (only ?? [])
    .filter((name) => !FIELD_NAMES.includes(name) && !given.some(([key]) => key === name))
    .map((name) => problem('UNKNOWN_RESULT', 'only', { value: name, suggestion: closest(name, FIELD_NAMES) }));
}

/**
 * Refuses names asked for with `--only` that a record lacks and that look like a slip for a result or field; other names
 * may be keys of later records.
 *
 * @throws {LiqcalcError} with all of them.
 */
export function refuseSlips(only: readonly string[] | undefined, names: readonly string[]): void {
  const problems = onlyProblems(
    only,
    names.map((name) => [name, ''] as const),
  );
  const slips = problems.filter(({ code, details }) => code === 'UNKNOWN_RESULT' && details.suggestion !== undefined);
  if (slips.length > 0) throw new LiqcalcError(slips);
}

/** The bare values of some fields: tabs between, an empty text for what has no value. */
export function onlyLine(only: readonly string[], rows: readonly (readonly [string, Written])[]): string {
  const values = new Map(rows);
  return `${only.map((name) => bareText(values.get(name)).replace(/[\t\r\n]/g, ' ')).join('\t')}\n`;
}
