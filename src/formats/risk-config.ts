import { LiqcalcError, problem, type Problem } from '../core/errors.js';
import { configured, type Choice, type Configuration } from '../core/risk/configuration.js';
import { CONFIG_WANTED, configFile, type ConfigFile } from './config-file.js';
import { fieldOfKey } from './record.js';
import { readJson } from '../schema/issues.js';
import { isJson, jsonValue } from './json.js';

/**
 * Reads the rules of a configuration file: `{"rules": {"allocation": {"warn": "1", "error": "3"}, "max-leverage":
 * "off"}}`.
 *
 * @throws {LiqcalcError} with all problems; an unknown rule or key is one.
 */
export const readRiskConfig = (text: string): Configuration => readConfigFile(text).rules ?? {};

/**
 * Reads a configuration file.
 *
 * @throws {LiqcalcError} with all problems.
 */
export function readConfigFile(text: string): ConfigFile {
  if (!isJson(text)) {
    const value = text.trim().slice(0, 40);
    throw new LiqcalcError([problem('NOT_A_VALUE', '', { value, advice: `it is not JSON; ${CONFIG_WANTED}` })]);
  }
  const problems: Problem[] = [];
  const file = readJson(configFile(), jsonValue(text), '', problems);
  if (problems.length > 0) throw new LiqcalcError(problems.map(inItsPlace).map(refused));
  return file ?? {};
}

/** Flags that run, send or write something, or name a key: a file that happens to be in a folder must not set them. */
const NEVER: ReadonlySet<string> = new Set(['exec', 'webhook', 'log', 'record', 'keyfile', 'account', 'config']);

/** Why a flag cannot be set by a file. */
function refused(of: Problem): Problem {
  const [, place, key] = /^(?:(.*)\.)?([^.]*)$/.exec(of.field) ?? [];
  if (of.code !== 'UNKNOWN_KEY' || key === undefined || (place !== undefined && place !== 'defaults')) return of;
  if (NEVER.has(key.replaceAll(/[-_]/g, '').toLowerCase())) {
    return problem('REFUSED', of.field, { why: 'a file may not set it; give it as a flag' });
  }
  if (fieldOfKey(key) === undefined) return of;
  const why = place === undefined ? 'write it into "defaults"' : 'it belongs to one position, so a file cannot set it';
  return problem('REFUSED', of.field, { why });
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
