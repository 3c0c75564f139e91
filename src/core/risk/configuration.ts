import { problem, type Problem } from '../errors.js';
import { closest } from '../names.js';
import { Ratio } from '../ratio.js';
import { breaches } from './limits.js';
import { RULE_IDS, rules, type Rule, type RuleId } from './rules/index.js';
import { SEVERITIES, type Severity, type SettingValues } from './rule.js';

/** What is set of a rule: off, another severity for a rule without limits, or some of its numbers. */
export type RuleConfiguration =
  | { readonly kind: 'off' }
  | { readonly kind: 'severity'; readonly severity: Severity }
  | { readonly kind: 'settings'; readonly values: SettingValues };

/** What is set of the rules; those that are left out have their defaults. */
export type Configuration = Readonly<Partial<Record<RuleId, RuleConfiguration>>>;

/** One thing that is set, as written: `allocation.error=5` sets `error` of `allocation`, `max-leverage=off` the rule itself. */
export interface Choice {
  readonly rule: string;
  readonly setting?: string | undefined;
  /** `off`, `on` (not off), a severity or a decimal. */
  readonly value: string;
}

/** A configuration, and everything that is wrong with what was written. */
export interface Configured {
  readonly configuration: Configuration;
  readonly problems: readonly Problem[];
}

/**
 * A configuration with choices made in order: a later one replaces an earlier one, and what is set of a rule that is off
 * turns it on again.
 *
 * @param base - what the choices are made on: of a file, before those of a command line.
 * @returns problems about fields named `allocation` and `allocation.error`; then the configuration is not to be used.
 */
export function configured(choices: readonly Choice[], base: Configuration = {}): Configured {
  const configuration: Partial<Record<RuleId, RuleConfiguration>> = { ...base };
  const problems: Problem[] = [];
  const touched = new Map<RuleId, Set<string>>();
  for (const choice of choices) {
    const id = RULE_IDS.find((known) => known === choice.rule);
    if (!id) {
      problems.push(problem('UNKNOWN_KEY', choice.rule, { suggestion: closest(choice.rule, RULE_IDS) }));
      continue;
    }
    const read =
      choice.setting === undefined ? readRule(id, choice.value) : readSetting(id, choice.setting, choice.value);
    if ('code' in read) {
      problems.push(read);
      continue;
    }
    configuration[id] = merged(configuration[id], read);
    if (choice.setting !== undefined) touched.set(id, (touched.get(id) ?? new Set()).add(choice.setting));
  }
  for (const [id, settings] of touched) problems.push(...orderProblems(id, configuration[id], settings));
  return { configuration, problems };
}

function merged(before: RuleConfiguration | undefined, read: RuleConfiguration): RuleConfiguration {
  if (before?.kind !== 'settings' || read.kind !== 'settings') return read;
  return { kind: 'settings', values: { ...before.values, ...read.values } };
}

/** Whether a rule fires by limits that are named by severities. */
function hasLimits(rule: Rule): boolean {
  return SEVERITIES.some((severity) => rule.settings[severity]);
}

/** The names that can be set of a rule: of one with limits each severity, also one that has none by default. */
export function settingNames(id: RuleId): readonly string[] {
  const rule: Rule = rules[id];
  return [...new Set([...Object.keys(rule.settings), ...(hasLimits(rule) ? SEVERITIES : [])])];
}

function readRule(id: RuleId, value: string): RuleConfiguration | Problem {
  if (value === 'off') return { kind: 'off' };
  if (value === 'on') return { kind: 'settings', values: {} };
  const names = settingNames(id);
  if (names.length > 0) {
    const advice = `write on or off, or set ${names.map((name) => `${id}.${name}`).join(', ')}`;
    return problem('NOT_A_VALUE', id, { value, advice });
  }
  const severity = SEVERITIES.find((known) => known === value);
  if (severity) return { kind: 'severity', severity };
  const choices = ['on', 'off', ...SEVERITIES];
  return problem('NOT_A_CHOICE', id, { value, choices, suggestion: closest(value, choices) });
}

function readSetting(id: RuleId, name: string, value: string): RuleConfiguration | Problem {
  const field = `${id}.${name}`;
  const names = settingNames(id);
  if (!names.includes(name)) {
    const suggestion = closest(name, names);
    return problem('UNKNOWN_KEY', field, { suggestion: suggestion && `${id}.${suggestion}` });
  }
  if (value === 'off') return { kind: 'settings', values: { [name]: 'off' } };
  const { unit }: Rule = rules[id];
  const text = unit === '%' && value.endsWith('%') ? value.slice(0, -1).trimEnd() : value;
  const parsed = Ratio.parse(text);
  if (parsed.kind !== 'decimal') return problem(NUMBER_PROBLEMS[parsed.kind], field, { value });
  const isNegative = isNegativeSetting(id, name);
  if (isNegative && parsed.value.sign() > 0) return problem('WRONG_SIDE', field, { value, must: '0 or below' });
  if (!isNegative && parsed.value.sign() < 0) return problem('NEGATIVE', field, { value });
  return { kind: 'settings', values: { [name]: parsed.value } };
}

/** Whether a setting is 0 or below, as the others of its rule; else it is 0 or above. */
export function isNegativeSetting(id: RuleId, name: string): boolean {
  const { settings }: Rule = rules[id];
  return (settings[name] ?? Object.values(settings)[0])?.default.startsWith('-') === true;
}

const NUMBER_PROBLEMS = {
  malformed: 'MALFORMED_NUMBER',
  tooManyDigits: 'TOO_MANY_DIGITS',
  outOfRange: 'OUT_OF_RANGE',
} as const;

/** Limits that were written and that no figure reaches, because a graver one is reached before. */
function orderProblems(id: RuleId, set: RuleConfiguration | undefined, touched: ReadonlySet<string>): Problem[] {
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
    return [problem('WRONG_SIDE', `${id}.${milder.severity}`, { value: milder.limit.toText(30), must })];
  });
}

/** What a rule judges by: its defaults, with what is set in their place. */
export function settingsOf(id: RuleId, configuration: Configuration): SettingValues {
  const { settings }: Rule = rules[id];
  const defaults = Object.entries(settings).map(([name, setting]) => [name, Ratio.from(setting.default)]);
  const set = configuration[id];
  const values = Object.fromEntries(defaults) as SettingValues;
  return set?.kind === 'settings' ? { ...values, ...set.values } : values;
}
