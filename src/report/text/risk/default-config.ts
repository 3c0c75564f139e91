import { RULE_IDS, rules, type Rule } from '../../../core/risk/rules/index.js';

/** A configuration with every rule and its default, for people to change. */
export function defaultConfigText(): string {
  const choices = RULE_IDS.map((id) => {
    const { settings, severity }: Rule = rules[id];
    const values = Object.entries(settings).map(([name, setting]) => [name, setting.default] as const);
    return [id, values.length > 0 ? Object.fromEntries(values) : (severity ?? 'on')] as const;
  });
  return `${JSON.stringify({ rules: Object.fromEntries(choices) }, null, 2)}\n`;
}
