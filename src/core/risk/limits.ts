import { SEVERITIES, type Comparison, type Severity, type SettingValues } from './rule.js';
import { Ratio } from '../ratio.js';

/** A limit that a figure breaches. */
export interface Breach {
  readonly severity: Severity;
  /** In the rule's unit. */
  readonly limit: Ratio;
}

/** Whether a value breaches a limit. */
export function breaches(value: Ratio, limit: Ratio, comparison: Comparison): boolean {
  const order = value.compare(limit);
  if (comparison === 'above') return order > 0;
  if (comparison === 'below') return order < 0;
  if (comparison === 'at or above') return order >= 0;
  return comparison === 'at or below' && order <= 0;
}

/** The limits that are on, the highest severity first. */
export function limitsOf(settings: SettingValues): readonly Breach[] {
  return SEVERITIES.toReversed().flatMap((severity) => {
    const limit = settings[severity];
    return limit instanceof Ratio ? [{ severity, limit }] : [];
  });
}

/**
 * The breached limit of the highest severity.
 *
 * @param value - in the unit of the limits; `undefined` if it is unbounded: then every limit is breached.
 */
export function breachedLimit(
  value: Ratio | undefined,
  settings: SettingValues,
  comparison: Comparison,
): Breach | undefined {
  return limitsOf(settings).find(({ limit }) => !value || breaches(value, limit, comparison));
}
