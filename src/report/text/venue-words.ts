import type { Position } from '../../core/position.js';

/** How well a rule of a venue is known, by its confidence. */
const RULE_WORDS = { A: 'official text or API responses', B: 'not fully confirmed', C: 'derived' } as const;

/** The date of a venue's rule, and how well it is known. */
export const ruleWords = ({ venue, rule }: Pick<Position, 'venue' | 'rule'>): string =>
  `rule since ${venue.since} (${RULE_WORDS[rule.confidence]})`;
