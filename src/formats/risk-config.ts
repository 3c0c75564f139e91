import { LiqcalcError, problem, type Problem } from '../core/errors.js';
import { closest } from '../core/names.js';
import { Ratio } from '../core/ratio.js';
import { SEVERITIES, type Rule, type Severity } from '../core/risk/rule.js';
import { isJson, jsonMembers } from './json.js';
import { membersOf, WrittenValue } from './written-value.js';

/** What a configuration says of a rule. */
export type RuleChoice =
  | { readonly kind: 'off' }
  | {
      readonly kind: 'on';
      /** Of a rule without limits. */
      readonly severity?: Severity | undefined;
      /** Settings other than their defaults. */
      readonly settings: Readonly<Record<string, Ratio | 'off'>>;
    };

/** What a configuration says, by rule. */
export type RuleChoices = ReadonlyMap<string, RuleChoice>;

/** The rules by id. */
export type RuleSet = Readonly<Record<string, Rule>>;

const TOP_KEYS = ['rules'] as const;
/** Editors find the schema of a file under it. */
const SCHEMA_KEY = '$schema';

/**
 * Reads a configuration file: `{"rules": {"allocation": {"warn": "1", "error": "3"}, "max-leverage": "off"}}`.
 *
 * @throws {LiqcalcError} with everything that is wrong: an unknown rule or key is.
 */
export function readRiskConfig(text: string, rules: RuleSet): RuleChoices {
  const problems: Problem[] = [];
  const wanted = 'write {"rules": {...}}';
  if (!isJson(text)) {
    const value = text.trim().slice(0, 40);
    throw new LiqcalcError([problem('NOT_A_VALUE', '', { value, advice: `it is not JSON; ${wanted}` })]);
  }
  const whole = new WrittenValue('', text, problems);
  const members = whole.members(wanted);
  for (const [key, { name }] of members ?? []) {
    if (key === SCHEMA_KEY || TOP_KEYS.some((each) => each === key)) continue;
    problems.push(problem('UNKNOWN_KEY', name, { suggestion: closest(key, TOP_KEYS) }));
  }
  const choices = new Map<string, RuleChoice>();
  for (const [id, written] of members?.get('rules')?.members('write an object of rules') ?? []) {
    const rule = Object.hasOwn(rules, id) ? rules[id] : undefined;
    if (!rule) problems.push(problem('UNKNOWN_KEY', written.name, { suggestion: closest(id, Object.keys(rules)) }));
    const choice = rule && readChoice(written, id, rule);
    if (choice) choices.set(id, choice);
  }
  if (problems.length > 0) throw new LiqcalcError(problems);
  return choices;
}

/** The words that a rule takes. */
function wordsOf({ severity }: Rule): readonly string[] {
  return severity === undefined ? ['on', 'off'] : ['on', 'off', ...SEVERITIES];
}

const ON: RuleChoice = { kind: 'on', settings: {} };

function readChoice(written: WrittenValue, id: string, rule: Rule): RuleChoice | undefined {
  if (written.kind === 'object') return readSettings(written, rule);
  const { text } = written;
  const word = text?.toLowerCase();
  const severity = SEVERITIES.find((each) => each === word);
  if (word === 'off') return { kind: 'off' };
  if (word === 'on') return ON;
  if (severity && rule.severity !== undefined) return { kind: 'on', severity, settings: {} };
  written.refuse(`write ${choiceWords(id, rule)}`);
  return undefined;
}

/** What may stand for a rule, in words. */
function choiceWords(id: string, rule: Rule): string {
  const names = settingNames(rule);
  const words = wordsOf(rule)
    .map((word) => `"${word}"`)
    .join(', ');
  const [name] = names;
  return name === undefined
    ? `one of ${words}`
    : `one of ${words}, or settings of ${id} like {"${name}": "${rule.settings[name]?.default ?? ''}"}`;
}

/** What of a rule can be set in an object. */
export function settingNames({ settings, severity }: Rule): readonly string[] {
  return [...Object.keys(settings), ...(severity === undefined ? [] : ['severity'])];
}

function readSettings(written: WrittenValue, rule: Rule): RuleChoice {
  const names = settingNames(rule);
  const settings: Record<string, Ratio | 'off'> = {};
  let severity: Severity | undefined;
  for (const [key, each] of membersOf(written.name, jsonMembers(written.json), written.problems)) {
    if (!names.includes(key)) {
      each.problems.push(problem('UNKNOWN_KEY', each.name, { suggestion: closest(key, names) ?? names.join(' or ') }));
    } else if (key === 'severity') severity = each.choice(SEVERITIES);
    else {
      const value = readSetting(each, key, rule);
      if (value !== undefined) settings[key] = value;
    }
  }
  return { kind: 'on', severity, settings };
}

function readSetting(written: WrittenValue, key: string, { unit, settings }: Rule): Ratio | 'off' | undefined {
  const { text, name, problems } = written;
  const isLimit = SEVERITIES.some((each) => each === key);
  if (isLimit && text?.toLowerCase() === 'off') return 'off';
  const parsed = Ratio.parse(text?.replace(unit === '%' ? /%$/ : /x$/i, '') ?? '');
  if (parsed.kind === 'decimal') return parsed.value;
  const example = settings[key]?.default ?? '';
  if (text === undefined || parsed.kind === 'malformed') {
    written.refuse(`write a number like ${example}${isLimit ? ', or off' : ''}`);
  } else {
    const code = parsed.kind === 'tooManyDigits' ? 'TOO_MANY_DIGITS' : 'OUT_OF_RANGE';
    problems.push(problem(code, name, { value: text }));
  }
  return undefined;
}

/**
 * Reads a `--rule` flag: `ID=off`, `ID=warn` or `ID.SETTING=VALUE`.
 *
 * @param problems - what is wrong is added.
 */
export function readRuleFlag(
  text: string,
  rules: RuleSet,
  problems: Problem[],
): readonly [string, RuleChoice] | undefined {
  const [, id, setting, value] = /^([^=.]+)(?:\.([^=]*))?=(.*)$/.exec(text.trim()) ?? [];
  if (id === undefined || value === undefined) {
    const why = `${JSON.stringify(text)} is not ID=off or ID.SETTING=VALUE; write allocation.error=5`;
    problems.push(problem('REFUSED', '--rule', { why }));
    return undefined;
  }
  const rule = Object.hasOwn(rules, id) ? rules[id] : undefined;
  if (!rule) {
    const suggestion = closest(id, Object.keys(rules));
    problems.push(problem('UNKNOWN_KEY', `--rule ${id}`, { suggestion: suggestion ?? 'one of liqcalc check --list' }));
    return undefined;
  }
  const json = JSON.stringify(setting === undefined ? value : { [setting]: value });
  const choice = readChoice(new WrittenValue(`--rule ${id}`, json, problems), id, rule);
  return choice && [id, choice];
}

/** Choices on top of others: settings of one rule are put together, a later one goes before an earlier. */
export function choicesOver(
  before: RuleChoices,
  later: readonly (readonly [id: string, choice: RuleChoice])[],
): RuleChoices {
  const choices = new Map(before);
  for (const [id, choice] of later) {
    const earlier = choices.get(id);
    const isMerged = choice.kind === 'on' && earlier?.kind === 'on';
    choices.set(
      id,
      isMerged
        ? {
            kind: 'on',
            severity: choice.severity ?? earlier.severity,
            settings: { ...earlier.settings, ...choice.settings },
          }
        : choice,
    );
  }
  return choices;
}
