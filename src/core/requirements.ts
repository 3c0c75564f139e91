import { problem, type Problem } from './errors.js';
import type { Terms } from './position.js';

/** What every position needs: one of each of these groups of fields. */
export const NEEDED: readonly { readonly what: string; readonly oneOf: readonly (keyof Terms)[] }[] = [
  { what: 'side (long or short)', oneOf: ['side'] },
  { what: 'entry price', oneOf: ['entry'] },
  { what: 'margin', oneOf: ['lev', 'margin', 'wallet'] },
  { what: 'maintenance rate', oneOf: ['mmr', 'symbol'] },
];

/** The fields that give a size. Each field in `SIZED` needs one of them: the result then depends on the size. */
export const SIZES = ['qty', 'notional'] as const satisfies readonly (keyof Terms)[];
export const SIZED = ['margin', 'cum', 'addMargin', 'wallet', 'symbol'] as const satisfies readonly (keyof Terms)[];

/** Two fields of a position, and why they exclude each other or the first needs the other. */
interface Pair {
  readonly field: keyof Terms;
  readonly other: keyof Terms;
  readonly why: string;
}

/** Fields that exclude each other. */
export const CONFLICTS: readonly Pair[] = [
  { field: 'notional', other: 'qty', why: 'both give the size' },
  { field: 'margin', other: 'wallet', why: 'margin is for isolated positions, wallet for cross ones' },
  { field: 'addMargin', other: 'wallet', why: 'margin can be added to isolated positions only' },
];

/** Fields that need another. */
export const NEEDS: readonly Pair[] = [
  { field: 'othersMm', other: 'wallet', why: 'other positions count in cross margin only' },
  { field: 'othersPnl', other: 'wallet', why: 'other positions count in cross margin only' },
  { field: 'cum', other: 'mmr', why: 'the maintenance amount belongs to that rate' },
];

/**
 * All missing and conflicting fields of a position, each with what to give.
 *
 * @param given - the fields that are present, valid or not.
 */
export function requirementProblems(given: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = [];
  const has = (field: string): boolean => given.has(field);
  for (const { what, oneOf } of NEEDED) {
    if (!oneOf.some(has)) problems.push(problem('MISSING', '', { what, give: oneOf }));
  }
  const needing = SIZED.find((field) => has(field) && (field !== 'symbol' || !has('mmr')));
  if (needing !== undefined && !SIZES.some(has)) {
    const because = `with ${needing}, the result depends on the size`;
    problems.push(problem('MISSING', '', { what: 'size', give: SIZES, because }));
  }
  for (const { field, other, why } of CONFLICTS) {
    if (has(field) && has(other)) problems.push(problem('CONFLICT', field, { with: other, why }));
  }
  for (const { field, other, why } of NEEDS) {
    if (has(field) && !has(other)) problems.push(problem('NEEDS', field, { other, why }));
  }
  return problems;
}
