import { isNegativeSetting, settingNames } from '../core/risk/configuration.js';
import { RULE_IDS, rules, type Rule, type RuleId } from '../core/risk/rules/index.js';
import { SEVERITIES } from '../core/risk/rule.js';
import { DIALECT } from './figure-schemas.js';
import { decimalPattern, numberBounds } from '../schema/text-patterns.js';

function settingSchema(id: RuleId, name: string): object {
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

function ruleSchema(id: RuleId): object {
  const { title }: Rule = rules[id];
  const names = settingNames(id);
  const words = ['on', 'off', ...(names.length === 0 ? SEVERITIES : [])];
  const settings = {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, settingSchema(id, name)])),
    additionalProperties: false,
  };
  return { description: title, anyOf: [{ type: 'string', enum: words }, settings] };
}

/** The JSON Schema of a configuration file, from the registry of rules. */
export function configSchema(): object {
  return {
    $schema: DIALECT,
    type: 'object',
    properties: {
      $schema: { description: 'where editors find this schema' },
      rules: {
        type: 'object',
        properties: Object.fromEntries(RULE_IDS.map((id) => [id, ruleSchema(id)])),
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  };
}
