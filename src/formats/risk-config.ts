import { LiqcalcError, problem, problemOf, type Problem } from '../core/errors.js';
import { closest } from '../core/names.js';
import { configured, type Choice, type Configuration } from '../core/risk/configuration.js';
import { RULE_IDS } from '../core/risk/rules/index.js';
import { isJson } from './json.js';
import { WrittenValue } from './written-value.js';

const RULES = 'rules';
/** Editors find the schema of a file under it. */
const SCHEMA_KEY = '$schema';
const WANTED = 'write {"rules": {...}}';

/**
 * Reads a configuration file: `{"rules": {"allocation": {"warn": "1", "error": "3"}, "max-leverage": "off"}}`.
 *
 * @throws {LiqcalcError} with everything that is wrong: an unknown rule or key is.
 */
export function readRiskConfig(text: string): Configuration {
  if (!isJson(text)) {
    const value = text.trim().slice(0, 40);
    throw new LiqcalcError([problem('NOT_A_VALUE', '', { value, advice: `it is not JSON; ${WANTED}` })]);
  }
  const problems: Problem[] = [];
  const { configuration, problems: faults } = configured(choicesIn(new WrittenValue('', text, problems)));
  problems.push(...faults.map((each) => problemOf(RULES, inRules(each))));
  if (problems.length > 0) throw new LiqcalcError(problems);
  return configuration;
}

/** Suggestions are spelled as the field is: below `rules`. */
function inRules(of: Problem): Problem {
  if (of.code !== 'UNKNOWN_KEY' || of.details.suggestion === undefined) return of;
  return { ...of, details: { suggestion: `${RULES}.${of.details.suggestion}` } };
}

function choicesIn(whole: WrittenValue): readonly Choice[] {
  const members = whole.members(WANTED);
  for (const [key, { name, problems }] of members ?? []) {
    if (key !== RULES && key !== SCHEMA_KEY) {
      problems.push(problem('UNKNOWN_KEY', name, { suggestion: closest(key, [RULES]) }));
    }
  }
  const rules = members?.get(RULES)?.members('write an object of rules');
  return [...(rules ?? [])].flatMap(([rule, written]) => choicesOf(rule, written));
}

function choicesOf(rule: string, written: WrittenValue): readonly Choice[] {
  const { name, problems, kind, text } = written;
  if (!RULE_IDS.some((id) => id === rule)) {
    problems.push(problem('UNKNOWN_KEY', name, { suggestion: closest(rule, RULE_IDS) }));
    return [];
  }
  if (kind !== 'object') {
    if (text === undefined) written.refuse('write "on", "off", or an object of settings');
    return text === undefined ? [] : [{ rule, value: text }];
  }
  return [...(written.members('') ?? [])].flatMap(([setting, each]) => {
    if (each.text === undefined) each.refuse('write a number or "off"');
    return each.text === undefined ? [] : [{ rule, setting, value: each.text }];
  });
}

/** A `--rule` flag taken apart. */
function ruleFlag(text: string, problems: Problem[]): readonly Choice[] {
  const [, rule, setting, value] = /^([^=.]+)(?:\.([^=]*))?=(.*)$/.exec(text.trim()) ?? [];
  if (rule !== undefined && value !== undefined) return [{ rule: rule.trim(), setting, value: value.trim() }];
  const why = `${JSON.stringify(text)} is not ID=off or ID.SETTING=VALUE; write allocation.error=5`;
  problems.push(problem('REFUSED', '--rule', { why }));
  return [];
}

/**
 * Reads `--rule` flags, `ID=off` or `ID.SETTING=VALUE`, on top of a configuration.
 *
 * @param problems - what is wrong is added.
 */
export function configuredByFlags(texts: readonly string[], base: Configuration, problems: Problem[]): Configuration {
  const choices = texts.flatMap((text) => ruleFlag(text, problems));
  const { configuration, problems: faults } = configured(choices, base);
  problems.push(...faults.map((each) => inFlags(each)));
  return configuration;
}

function inFlags(of: Problem): Problem {
  const field = `--rule ${of.field}`;
  if (of.code !== 'UNKNOWN_KEY' || of.details.suggestion === undefined) return { ...of, field };
  return { ...of, field, details: { suggestion: `--rule ${of.details.suggestion}` } };
}
