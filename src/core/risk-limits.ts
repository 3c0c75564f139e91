import { SEVERITIES, type Firing, type Severity, type SettingValues } from './risk/rule.js';
import { Ratio } from './ratio.js';

/** A limit that a figure has passed. */
export interface Passed {
  readonly severity: Severity;
  /** In the rule's unit. */
  readonly limit: Ratio;
}

/** Whether a figure stands to a limit as a rule says. */
export function fires(value: Ratio, limit: Ratio, firing: Firing): boolean {
  const order = value.compare(limit);
  if (firing === 'above') return order > 0;
  if (firing === 'below') return order < 0;
  if (firing === 'at or above') return order >= 0;
  return firing === 'at or below' && order <= 0;
}

/** The limits that are on, the gravest first. */
export function limitsOf(settings: SettingValues): readonly Passed[] {
  return SEVERITIES.toReversed().flatMap((severity) => {
    const limit = settings[severity];
    return limit instanceof Ratio ? [{ severity, limit }] : [];
  });
}

/**
 * The gravest limit that a figure has passed.
 *
 * @param value - in the unit of the limits; nothing where it has no bound, which every limit counts as passed.
 */
export function passedLimit(value: Ratio | undefined, settings: SettingValues, firing: Firing): Passed | undefined {
  return limitsOf(settings).find(({ limit }) => !value || fires(value, limit, firing));
}
