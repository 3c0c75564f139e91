import type { Terms } from '../core/position.js';
import { CONFLICTS, NEEDED, NEEDS, SIZED, SIZES } from '../core/requirements.js';
import type { JsonSchema } from './json-notes.js';
import { anyGiven } from './json-schema.js';

type TermsKey = keyof Terms;

/** What is known about the fields of a position before it is read. */
export interface Known {
  /** Fields that it has. */
  readonly given: ReadonlySet<TermsKey>;
  /** Fields that it cannot have. */
  readonly absent: ReadonlySet<TermsKey>;
  /** Every spelling of a field. */
  readonly spellingsOf: (key: TermsKey) => readonly string[];
}

/** Requirements between the fields of a position, as JSON Schema: the same that `requirementProblems` checks. */
export function requirementsJson({ given, absent, spellingsOf }: Known): readonly JsonSchema[] {
  const any = (keys: readonly TermsKey[]): JsonSchema =>
    anyGiven(keys.filter((key) => !absent.has(key)).flatMap(spellingsOf));
  const needed = NEEDED.filter(({ oneOf }) => !oneOf.some((key) => given.has(key)));
  const conflicts = CONFLICTS.filter(({ field, other }) => !absent.has(field) && !absent.has(other));
  const needs = NEEDS.filter(({ field, other }) => !absent.has(field) && !given.has(other));
  return [
    ...needed.map(({ oneOf }) => any(oneOf)),
    ...conflicts.map(({ field, other }) => ({
      not: given.has(other) ? any([field]) : { allOf: [any([field]), any([other])] },
    })),
    ...needs.map(({ field, other }) => ({ if: any([field]), then: any([other]) })),
    sizeJson(given, any),
  ];
}

/** When a size is needed: also with a symbol, unless the rate is given. */
function sizeJson(given: ReadonlySet<TermsKey>, any: (keys: readonly TermsKey[]) => JsonSchema): JsonSchema {
  const asking: readonly TermsKey[] = SIZED.filter((key) => key !== 'symbol');
  if (asking.some((key) => given.has(key))) return any(SIZES);
  const isRated = given.has('symbol') ? any(['mmr']) : { anyOf: [{ not: any(['symbol']) }, any(['mmr'])] };
  return { if: { allOf: [isRated, { not: any(asking) }] }, else: any(SIZES) };
}
