import {
  SEVERITIES,
  type Breach,
  type Comparison,
  type Judgement,
  type Outcome,
  type Rule,
  type SettingValues,
} from './rule.js';
import { Ratio } from '../ratio.js';

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

/** A judgement after the comparison of its figure with the limits of the rule. */
export function byLimits(judgement: Judgement, { comparison, settings }: Rule, set: SettingValues): Outcome {
  if (judgement.kind !== 'measured') return judgement;
  const { value, compared = value, describe } = judgement;
  const breach = limitsOf(set).find(
    ({ severity, limit }) => !compared || breaches(compared, limit, settings[severity]?.comparison ?? comparison),
  );
  return breach ? { kind: 'finding', ...breach, value, ...describe(breach) } : { kind: 'ok', value };
}
