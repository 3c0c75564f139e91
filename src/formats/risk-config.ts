import { LiqcalcError, problem, type Problem } from '../core/errors.js';
import { configured, type Choice, type Configuration } from '../core/risk/configuration.js';
import { CONFIG_WANTED, configFile } from '../schema/config.js';
import { readJson } from '../schema/issues.js';
import { isJson, jsonValue } from './json.js';

/**
 * Reads a configuration file: `{"rules": {"allocation": {"warn": "1", "error": "3"}, "max-leverage": "off"}}`.
 *
 * @throws {LiqcalcError} with all problems; an unknown rule or key is one.
 */
export function readRiskConfig(text: string): Configuration {
  if (!isJson(text)) {
    const value = text.trim().slice(0, 40);
    throw new LiqcalcError([problem('NOT_A_VALUE', '', { value, advice: `it is not JSON; ${CONFIG_WANTED}` })]);
  }
  const problems: Problem[] = [];
  const file = readJson(configFile(), jsonValue(text), '', problems);
  if (problems.length > 0) throw new LiqcalcError(problems.map(inItsPlace));
  return file?.rules ?? {};
}

/** The suggestion for a setting includes its rule, as the setting itself does. */
function inItsPlace(of: Problem): Problem {
  if (of.code !== 'UNKNOWN_KEY' || of.details.suggestion === undefined) return of;
  const parent = of.field.split('.').slice(0, -1);
  return parent.length < 2
    ? of
    : { ...of, details: { ...of.details, suggestion: [...parent, of.details.suggestion].join('.') } };
}

function ruleFlag(text: string, problems: Problem[]): readonly Choice[] {
  const [, rule, setting, value] = /^([^=.]+)(?:\.([^=]*))?=(.*)$/.exec(text.trim()) ?? [];
  if (rule !== undefined && value !== undefined) return [{ rule: rule.trim(), setting, value: value.trim() }];
  const why = `${JSON.stringify(text)} is not of the form ID=off or ID.SETTING=VALUE; write for example allocation=off or allocation.error=5`;
  problems.push(problem('REFUSED', '--rule', { why }));
  return [];
}

/**
 * Reads `--rule` flags, `ID=off` or `ID.SETTING=VALUE`, on top of a configuration.
 *
 * @param problems - problems found are added.
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
  return { ...of, field, details: { ...of.details, suggestion: `--rule ${of.details.suggestion}` } };
}
