import { problem, problemOf, type Problem } from '../errors.js';
import { closest, listed } from '../names.js';
import { Ratio } from '../ratio.js';
import { breaches } from './limits.js';
import { RULE_IDS, rules, type Rule, type RuleId } from './rules/index.js';
import { SEVERITIES, type Severity, type SettingValues } from './rule.js';

/** The settings of a rule: off, another severity for a rule without limits, or some of its numbers. */
export type RuleConfiguration =
  | { readonly kind: 'off' }
  | { readonly kind: 'severity'; readonly severity: Severity }
  | { readonly kind: 'settings'; readonly values: SettingValues };

/** The settings of the rules. Missing rules have their defaults. */
export type Configuration = Readonly<Partial<Record<RuleId, RuleConfiguration>>>;

/** One setting as written: `allocation.error=5` sets `error` of `allocation`, `max-leverage=off` the rule itself. */
export interface Choice {
  readonly rule: string;
  readonly setting?: string | undefined;
  /** `off`, `on` (not off), a severity or a decimal. */
  readonly value: string;
}

/** A configuration, and all problems of the settings. */
export interface Configured {
  readonly configuration: Configuration;
  readonly problems: readonly Problem[];
}

/**
 * Applies settings in order: a later one replaces an earlier one, and setting a number of a rule that is off turns the
 * rule on again.
 *
 * @param base - the configuration to change: a file's, before the settings of a command line.
 * @returns problems about fields named `allocation` and `allocation.error`. If there are any, do not use the
 * configuration.
 */
export function configured(choices: readonly Choice[], base: Configuration = {}): Configured {
  const configuration: Partial<Record<RuleId, RuleConfiguration>> = { ...base };
  const problems: Problem[] = [];
  const touched = new Map<RuleId, Set<string>>();
  for (const read of choices.map(readChoice)) {
    if ('problem' in read) {
      problems.push(read.problem);
      continue;
    }
    const { rule, set } = read;
    configuration[rule] = merged(configuration[rule], set);
    const names = set.kind === 'settings' ? Object.keys(set.values) : [];
    touched.set(rule, new Set([...(touched.get(rule) ?? []), ...names]));
  }
  for (const [id, names] of touched) {
    problems.push(...orderProblems(id, configuration[id], names).map((each) => problemOf(id, each)));
  }
  return { configuration, problems };
}

/** A parsed setting. */
interface RuleChoice {
  readonly rule: RuleId;
  readonly set: RuleConfiguration;
}

const UNKNOWN_RULE = 'unknown rule; liqcalc check --list shows all rules';

function readChoice({ rule, setting, value }: Choice): RuleChoice | { readonly problem: Problem } {
  const id = RULE_IDS.find((known) => known === rule);
  if (!id) return { problem: problem('UNKNOWN_KEY', rule, { suggestion: closest(rule, RULE_IDS), why: UNKNOWN_RULE }) };
  if (setting === undefined) {
    const read = readRule(id, value);
    return 'problem' in read ? { problem: problemOf(id, read.problem) } : { rule: id, set: read.value };
  }
  const names = settingNames(id);
  if (!names.includes(setting)) {
    const suggestion = closest(setting, names);
    const why = `unknown setting; ${id} has ${names.length > 0 ? listed(names, 'and') : 'no settings'}`;
    const details = { suggestion: suggestion && `${id}.${suggestion}`, why };
    return { problem: problem('UNKNOWN_KEY', `${id}.${setting}`, details) };
  }
  const read = readSetting(id, setting, value);
  return 'problem' in read
    ? { problem: problemOf(`${id}.${setting}`, read.problem) }
    : { rule: id, set: { kind: 'settings', values: { [setting]: read.value } } };
}

function merged(before: RuleConfiguration | undefined, read: RuleConfiguration): RuleConfiguration {
  if (before?.kind !== 'settings' || read.kind !== 'settings') return read;
  return { kind: 'settings', values: { ...before.values, ...read.values } };
}

/** Whether a rule has limits that are named by severities. */
function hasLimits(rule: Rule): boolean {
  return SEVERITIES.some((severity) => rule.settings[severity]);
}

/**
 * The settings of a rule. A rule with limits has each severity, even if it has no limit of that severity by default.
 */
export function settingNames(id: RuleId): readonly string[] {
  const rule: Rule = rules[id];
  return [...new Set([...Object.keys(rule.settings), ...(hasLimits(rule) ? SEVERITIES : [])])];
}

/** A parsed value, or its problem. */
export type Read<T> = { readonly value: T } | { readonly problem: Problem };

/** Parses the setting of a rule as a whole: `off`, `on` or a severity. */
export function readRule(id: RuleId, value: string): Read<RuleConfiguration> {
  if (value === 'off') return { value: { kind: 'off' } };
  if (value === 'on') return { value: { kind: 'settings', values: {} } };
  const names = settingNames(id);
  if (names.length > 0) {
    const advice = `write on or off, or set ${names.map((name) => `${id}.${name}`).join(', ')}`;
    return { problem: problem('NOT_A_VALUE', '', { value, advice }) };
  }
  const severity = SEVERITIES.find((known) => known === value);
  if (severity) return { value: { kind: 'severity', severity } };
  const choices = ruleWords(id);
  return { problem: problem('NOT_A_CHOICE', '', { value, choices, suggestion: closest(value, choices) }) };
}

/** The words that a rule as a whole can be set to. */
export function ruleWords(id: RuleId): readonly string[] {
  return ['on', 'off', ...(settingNames(id).length === 0 ? SEVERITIES : [])];
}

/** Parses the setting of a number of a rule: a decimal, or `off`. */
export function readSetting(id: RuleId, name: string, value: string): Read<Ratio | 'off'> {
  if (value === 'off') return { value: 'off' };
  const { unit }: Rule = rules[id];
  const text = unit === '%' && value.endsWith('%') ? value.slice(0, -1).trimEnd() : value;
  const parsed = Ratio.parse(text);
  if (parsed.kind !== 'decimal') return { problem: problem(NUMBER_PROBLEMS[parsed.kind], '', { value }) };
  const isNegative = isNegativeSetting(id, name);
  if (isNegative && parsed.value.sign() > 0)
    return { problem: problem('WRONG_SIDE', '', { value, must: '0 or below' }) };
  if (!isNegative && parsed.value.sign() < 0) return { problem: problem('NEGATIVE', '', { value }) };
  return { value: parsed.value };
}

/** Whether a setting must be 0 or below, as the other settings of its rule are; else it must be 0 or above. */
export function isNegativeSetting(id: RuleId, name: string): boolean {
  const { settings }: Rule = rules[id];
  return (settings[name] ?? Object.values(settings)[0])?.default.startsWith('-') === true;
}

const NUMBER_PROBLEMS = {
  malformed: 'MALFORMED_NUMBER',
  tooManyDigits: 'TOO_MANY_DIGITS',
  outOfRange: 'OUT_OF_RANGE',
} as const;

/** Problems of limits that no figure can reach, because a limit of higher severity is reached first. */
export function orderProblems(id: RuleId, set: RuleConfiguration | undefined, touched: ReadonlySet<string>): Problem[] {
  if (set?.kind !== 'settings') return [];
  const comparison = rules[id].comparison;
  const given = SEVERITIES.flatMap((severity) => {
    const limit = set.values[severity];
    return limit instanceof Ratio ? [{ severity, limit }] : [];
  });
  return given.flatMap((milder, index) => {
    const graver = given[index + 1];
    if (!graver || (!touched.has(milder.severity) && !touched.has(graver.severity))) return [];
    const isReached = milder.limit.compare(graver.limit) === 0 || breaches(graver.limit, milder.limit, comparison);
    if (isReached) return [];
    const must = `reached before ${graver.severity}, which is ${graver.limit.toText(30)}`;
    return [problem('WRONG_SIDE', milder.severity, { value: milder.limit.toText(30), must })];
  });
}

/** The settings that a rule uses: its defaults, replaced by the configured ones. */
export function settingsOf(id: RuleId, configuration: Configuration): SettingValues {
  const { settings }: Rule = rules[id];
  const defaults = Object.entries(settings).map(([name, setting]) => [name, Ratio.from(setting.default)]);
  const set = configuration[id];
  const values = Object.fromEntries(defaults) as SettingValues;
  return set?.kind === 'settings' ? { ...values, ...set.values } : values;
}
