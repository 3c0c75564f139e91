import { LiqcalcError, problem, type Problem } from '../core/errors.js';
import { closest } from '../core/names.js';
import { FIELDS } from '../formats/fields.js';
import { RESULTS } from '../formats/results.js';
import type { Written } from '../presenters/figures.js';
import type { RawRecord } from '../formats/record.js';
import type { AccountInput } from '../formats/account.js';
import { ACCOUNT_FIELDS, NESTED_FIELDS } from '../presenters/account-only.js';
import { COMPARED_KEYS } from '../presenters/account-rows.js';
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

const ACCOUNT_NAMES: readonly string[] = [
  ...FIELD_NAMES,
  ...ACCOUNT_FIELDS,
  ...NESTED_FIELDS,
  ...COMPARED_KEYS,
  'mode',
];

/** Whether every name asked for with `--only` is a field of accounts or positions, whatever keys they have besides. */
export function areKnownOfAccounts(only: readonly string[]): boolean {
  return only.every((name) => ACCOUNT_NAMES.includes(name));
}

/**
 * Names asked for with `--only` that neither an account nor a position of it has; in a stream of accounts those alone
 * that look like a slip, because other names may be keys of later accounts.
 */
export function accountOnlyProblems(
  only: readonly string[],
  { own, facts }: Pick<AccountInput, 'own' | 'facts'>,
  count: 'one' | 'several',
): Problem[] {
  const unknown = only.filter((name) => !ACCOUNT_NAMES.includes(name) && !own.some(([key]) => key === name));
  if (unknown.length === 0) return [];
  const keys = new Set(facts.flatMap((each) => each.own().map(([key]) => key)));
  return unknown
    .filter((name) => !keys.has(name))
    .map((value) => ({ value, suggestion: closest(value, ACCOUNT_NAMES) }))
    .filter(({ suggestion }) => count === 'one' || suggestion !== undefined)
    .map((details) => problem('UNKNOWN_RESULT', 'only', details));
}

/** The bare values of some fields: tabs between, an empty text for what has no value. */
export function onlyLine(only: readonly string[], rows: readonly (readonly [string, Written])[]): string {
  const values = new Map(rows);
  return `${only.map((name) => bareText(values.get(name)).replace(/[\t\r\n]/g, ' ')).join('\t')}\n`;
}
