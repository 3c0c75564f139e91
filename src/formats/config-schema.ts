import { settingNames } from '../core/risk-configuration.js';
import { RULE_IDS, rules, type Rule, type RuleId } from '../core/risk/index.js';
import { SEVERITIES } from '../core/risk/rule.js';
import { DIALECT } from './figure-schemas.js';

const DECIMAL = String.raw`[+\-]?(\d+\.?\d*|\.\d+)([eE][+\-]?\d{1,3})?`;

function settingSchema(id: RuleId, name: string): object {
  const { settings, unit }: Rule = rules[id];
  const { default: initial, meaning } = settings[name] ?? {};
  const ending = unit === '%' ? ' *%?' : '';
  return {
    ...(meaning !== undefined && { description: meaning }),
    ...(initial !== undefined && { default: initial }),
    anyOf: [{ type: 'string', pattern: `^(${DECIMAL}${ending}|off)$` }, { type: 'number' }],
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
  const word = { type: 'string', enum: words };
  return { description: title, anyOf: names.length === 0 ? [word] : [word, settings] };
}

/** The JSON Schema of a configuration file, from the registry of rules. */
export function configSchema(): object {
  return {
    $schema: DIALECT,
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      rules: {
        type: 'object',
        properties: Object.fromEntries(RULE_IDS.map((id) => [id, ruleSchema(id)])),
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  };
}
