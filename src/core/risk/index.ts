import { allocation } from './allocation.js';
import { distance } from './distance.js';
import { effectiveLeverage } from './effective-leverage.js';
import { eventLeverage } from './event-leverage.js';
import { maxLeverage } from './max-leverage.js';
import type { Rule } from './rule.js';

export type { Rule } from './rule.js';

/** Every rule by id, in the order that reports have: a new one is a file here and a line below. */
export const rules = {
  distance,
  allocation,
  'max-leverage': maxLeverage,
  'effective-leverage': effectiveLeverage,
  'event-leverage': eventLeverage,
} as const satisfies Record<string, Rule>;

/** `distance`, `allocation` ... */
export type RuleId = keyof typeof rules;

/** The ids in the order of the registry. */
export const RULE_IDS = Object.keys(rules) as readonly RuleId[];
