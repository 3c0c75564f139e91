import * as z from 'zod/mini';
import type { Ratio } from '../core/ratio.js';
import {
  isNegativeSetting,
  orderProblems,
  readRule,
  readSetting,
  ruleWords,
  settingNames,
  type Configuration,
  type RuleConfiguration,
} from '../core/risk/configuration.js';
import { RULE_IDS, rules, type Rule, type RuleId } from '../core/risk/rules/index.js';
import { keyIssue } from './issues.js';
import type { JsonSchema } from './json-notes.js';
import { textBy } from './leaves.js';
import { objectOf, optional, type Member } from './object.js';
import { decimalPattern, numberBounds } from './text-patterns.js';

/** What a configuration file must look like, for messages about other input. */
export const CONFIG_WANTED = 'write {"rules": {...}}';

/** A number of a rule, or `off`. */
function settingSchema(id: RuleId, name: string): z.ZodMiniType<Ratio | 'off'> {
  const advice = 'write a number or "off"';
  return textBy(
    (text) => readSetting(id, name, text),
    advice,
    () => settingJson(id, name),
  );
}

function settingJson(id: RuleId, name: string): JsonSchema {
  const { settings, unit }: Rule = rules[id];
  const { default: initial, meaning } = settings[name] ?? {};
  const isNegative = isNegativeSetting(id, name);
  const decimal = decimalPattern(isNegative ? 'notPositive' : 'notNegative');
  const { maximum } = numberBounds({});
  return {
    ...(meaning !== undefined && { description: meaning }),
    ...(initial !== undefined && { default: initial }),
    anyOf: [
      { type: 'string', pattern: `^(${decimal}${unit === '%' ? String.raw`(\s*%)?` : ''}|off)$` },
      { type: 'number', ...(isNegative ? { minimum: -maximum, maximum: 0 } : { minimum: 0, maximum }) },
    ],
  };
}

/** The setting of a rule: a word, or its numbers. */
function ruleSchema(id: RuleId): z.ZodMiniType<RuleConfiguration> {
  const members = settingNames(id).map((name) => [name, set(settingSchema(id, name))] as const);
  const numbers = z.pipe(
    objectOf(Object.fromEntries(members), { unknown: 'refused' }),
    z.transform((given, context): RuleConfiguration => {
      const read = { kind: 'settings', values: given as Record<string, Ratio | 'off'> } as const;
      for (const each of orderProblems(id, read, new Set(Object.keys(given)))) context.issues.push(keyIssue(each));
      return read;
    }),
  );
  const advice = 'write "on", "off", or an object of settings';
  const word = textBy(
    (text) => readRule(id, text),
    advice,
    () => ({ type: 'string', enum: ruleWords(id) }),
  );
  return z.union([word, numbers], advice);
}

/** A member that may be absent, but not `null`. */
const set = <T>(schema: z.ZodMiniType<T>, meaning?: string): Member<T, 'optional'> =>
  optional(schema, { takesNull: true, ...(meaning !== undefined && { meaning }) });

/** A configuration file. */
export interface ConfigFile {
  readonly rules?: Configuration | undefined;
}

/**
 * The schema of a configuration file, from the registry of rules: `{"rules": {"allocation": {"warn": "1"}, "adl":
 * "off"}}`.
 */
export function configFile(): z.ZodMiniType<ConfigFile> {
  return (made ??= makeConfigFile());
}

let made: z.ZodMiniType<ConfigFile> | undefined;

function makeConfigFile(): z.ZodMiniType<ConfigFile> {
  const members = RULE_IDS.map((id) => [id, set(ruleSchema(id), rules[id].title)] as const);
  const settings = objectOf(Object.fromEntries(members), { advice: 'write an object of rules', unknown: 'refused' });
  return objectOf(
    { $schema: set(z.unknown(), 'where editors find this schema'), rules: set(settings) },
    { advice: CONFIG_WANTED, unknown: 'refused' },
  );
}
