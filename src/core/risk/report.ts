import type { Ratio } from '../ratio.js';
import { settingsOf, type Configuration } from './configuration.js';
import { RULE_IDS, rules, type Rule, type RuleId } from './rules/index.js';
import type { Datum, Comparison, Judgement, Severity, SettingValues, Unit } from './rule.js';
import type { RiskPosition, RiskInput } from './input.js';

/** What a judgement is of: a position by its place (from 0); without one the account, or its cross positions as one. */
interface About {
  readonly rule: RuleId;
  readonly position?: number | undefined;
  readonly symbol?: string | undefined;
}

/** A rule that fired. */
export interface Finding extends About {
  readonly severity: Severity;
  /** In the rule's unit; nothing where the rule judges yes or no, or where the figure has no bound. */
  readonly value?: Ratio | undefined;
  readonly limit?: Ratio | undefined;
  readonly unit: Unit;
  /** How the value compares with the limit. */
  readonly comparison: Comparison;
  readonly message: string;
  readonly advice: string;
}

/** A rule that judged and found nothing. */
export interface Pass extends About {
  readonly value?: Ratio | undefined;
  readonly unit: Unit;
}

/** A rule that lacked data: for all that it judges, or for some of it. */
export interface Skipped {
  readonly rule: RuleId;
  readonly lacks: readonly Datum[];
}

/** How many findings of each severity, of judgements without one, and of rules that lacked data. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly ok: number;
  readonly notChecked: number;
}

/** What the rules say of an account or a position. */
export interface Report {
  /** By position in the order given, then those of the account; of each in the order of the rules. */
  readonly findings: readonly Finding[];
  /** In the same order. */
  readonly passes: readonly Pass[];
  /** In the order of the rules. */
  readonly skipped: readonly Skipped[];
  /** Rules that the configuration turns off. */
  readonly off: readonly RuleId[];
  readonly summary: Summary;
}

/** A judgement with what it is of. */
interface Judged {
  readonly id: RuleId;
  readonly index?: number | undefined;
  readonly symbol?: string | undefined;
  readonly judgement: Judgement;
}

/**
 * What all rules say.
 *
 * @param input - an account or a position, with what else is known of it.
 * @param configuration - without faults by `configured`; rules that it leaves out have their defaults.
 */
export function judge(input: RiskInput, configuration: Configuration = {}): Report {
  const isOff = (id: RuleId): boolean => configuration[id]?.kind === 'off';
  const all = RULE_IDS.filter((id) => !isOff(id)).flatMap((id) => {
    const set = configuration[id];
    const judged = judgedBy(id, input, settingsOf(id, configuration));
    return set?.kind === 'severity' ? judged.map((each) => withSeverity(each, set.severity)) : judged;
  });
  const sorted = inOrder(all);
  const findings = sorted.flatMap(findingOf);
  const passes = sorted.flatMap(passOf);
  const skipped = skippedIn(all);
  const count = (severity: Severity): number => findings.filter((each) => each.severity === severity).length;
  return {
    findings,
    passes,
    skipped,
    off: RULE_IDS.filter(isOff),
    summary: {
      errors: count('error'),
      warnings: count('warn'),
      infos: count('info'),
      ok: passes.length,
      notChecked: skipped.length,
    },
  };
}

function judgedBy(id: RuleId, input: RiskInput, settings: SettingValues): readonly Judged[] {
  const rule: Rule = rules[id];
  const { account, positions } = input;
  const each = (judgementOf: (position: RiskPosition) => Judgement): Judged[] =>
    positions.map((position, index) => {
      const { symbol } = position.assessed.terms;
      return { id, index, symbol, judgement: judgementOf(position) };
    });
  if (rule.scope === 'position') return each((position) => rule.judge({ input, settings, position }));
  if (rule.scope === 'account') {
    const lacking: Judgement = { kind: 'lacks', data: ['account'] };
    return [{ id, judgement: account ? rule.judge({ input, settings, account }) : lacking }];
  }
  const isShared = ({ assessed }: RiskPosition): boolean => account !== undefined && assessed.mode === 'cross';
  const own = each((position) => (isShared(position) ? { kind: 'idle' } : rule.judge({ input, settings, position })));
  return positions.some(isShared) ? [...own, { id, judgement: rule.judge({ input, settings }) }] : own;
}

function withSeverity(judged: Judged, severity: Severity): Judged {
  const { judgement } = judged;
  return judgement.kind === 'finding' ? { ...judged, judgement: { ...judgement, severity } } : judged;
}

/** By position, the account last; each in the order in which the rules judged. */
function inOrder(all: readonly Judged[]): readonly Judged[] {
  const place = ({ index }: Judged): number => index ?? Number.MAX_SAFE_INTEGER;
  return all.toSorted((a, b) => place(a) - place(b));
}

function findingOf({ id, index, symbol, judgement }: Judged): readonly Finding[] {
  if (judgement.kind !== 'finding') return [];
  const { severity, value, limit, message, advice } = judgement;
  const { unit, comparison, settings }: Rule = rules[id];
  return [
    {
      rule: id,
      position: index,
      symbol: judgement.symbol ?? symbol,
      severity,
      value,
      limit,
      unit,
      comparison: settings[severity]?.comparison ?? comparison,
      message,
      advice,
    },
  ];
}

function passOf({ id, index, symbol, judgement }: Judged): readonly Pass[] {
  if (judgement.kind !== 'ok') return [];
  return [{ rule: id, position: index, symbol, value: judgement.value, unit: rules[id].unit }];
}

/** Once a rule, with all that its judgements lacked. */
function skippedIn(all: readonly Judged[]): readonly Skipped[] {
  const lacks = new Map<RuleId, Set<Datum>>();
  for (const { id, judgement } of all) {
    if (judgement.kind !== 'lacks') continue;
    const data = lacks.get(id) ?? new Set();
    for (const datum of judgement.data) data.add(datum);
    lacks.set(id, data);
  }
  return [...lacks].map(([rule, data]) => ({ rule, lacks: [...data] }));
}
