import type { Problem } from '../core/errors.js';
import { requirementProblems } from '../core/requirements.js';
import { FIELDS } from '../formats/fields.js';
import { fieldOfKey, type RawRecord } from '../formats/record.js';
import type { ResultKey } from '../formats/result-keys.js';
import { readValue } from '../schema/value.js';

/** The results that are added to records by default. */
export const DEFAULT_RESULTS: readonly ResultKey[] = ['outcome', 'liquidationPrice', 'distancePercent'];

/** Below this many bytes (some dozens of records), pricing ends before the lane would be loaded. */
export const LONG_FROM = 1 << 12;

/** The invalid values among the defaults of records, and those that exclude each other. */
export function defaultsProblems(defaults: RawRecord): Problem[] {
  const invalid = defaults.flatMap(([name, value]) => {
    const key = fieldOfKey(name);
    const read = key === undefined || typeof value !== 'string' ? undefined : readValue(FIELDS[key], key, value);
    return read && 'problem' in read ? [read.problem] : [];
  });
  const together = requirementProblems(new Set(defaults.map(([name]) => name)));
  return [...invalid, ...together.filter(({ code }) => code === 'CONFLICT')];
}
