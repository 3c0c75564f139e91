import { LiqcalcError, type Problem } from '../core/errors.js';
import { POSITION_NAMES, unknownNames, type Dictionary } from '../report/dictionary.js';

/**
 * Rejects names in `--only` that a record lacks and that look like a typo for a result or field. Other names may be
 * keys of later records.
 *
 * @throws {LiqcalcError} with all of them.
 */
export function refuseSlips(only: readonly string[] | undefined, names: readonly string[]): void {
  const unknown = (only ?? []).filter((name) => !POSITION_NAMES.has(name) && !names.includes(name));
  const slips = slipsAmong(unknown, POSITION_NAMES);
  if (slips.length > 0) throw new LiqcalcError(slips);
}

/** Problems of the names that look like a typo for a known one. */
export function slipsAmong(unknown: readonly string[], dictionary: Dictionary): Problem[] {
  const slips = unknown.filter((name) =>
    unknownNames([name], dictionary).some(
      ({ code, details }) => code === 'UNKNOWN_RESULT' && details.suggestion !== undefined,
    ),
  );
  return unknownNames(slips, dictionary);
}
