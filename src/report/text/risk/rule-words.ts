import { Ratio } from '../../../core/ratio.js';
import { settingsOf, type Configuration } from '../../../core/risk/configuration.js';
import { plain } from '../../../core/risk/words.js';
import { rules, type Rule, type RuleId } from '../../../core/risk/rules/index.js';
import { SEVERITIES, type Unit } from '../../../core/risk/rule.js';

/** A figure with its unit: `0.61 %`, `99x`. */
export function withUnit(figure: string, unit: Unit): string {
  if (unit === 'x') return `${figure}x`;
  return unit === '' ? figure : `${figure} ${unit}`;
}

const isSeverity = (name: string): boolean => SEVERITIES.some((each) => each === name);

const settingText = (value: Ratio | 'off'): string => (value instanceof Ratio ? plain(value) : value);

/** The configured limits of a rule, in words: `warn above 1 %, error above 3 %`. */
export function limitWords(id: RuleId, configuration: Configuration = {}): string {
  const set = configuration[id];
  if (set?.kind === 'off') return 'off';
  const rule: Rule = rules[id];
  const { severity, grading, settings, unit, comparison } = rule;
  const named = Object.entries(settingsOf(id, configuration)).map(([name, value]) => {
    const { meaning, comparison: ofSetting = comparison } = settings[name] ?? {};
    if (!(value instanceof Ratio)) return `${name} off`;
    const text = settingText(value);
    const figure = meaning === undefined || !isSeverity(name) ? withUnit(text, unit) : `${text} ${meaning}`;
    if (!isSeverity(name)) return `${name} = ${figure}`;
    return ofSetting === 'where it is so' ? `${name} ${figure}` : `${name} ${ofSetting} ${figure}`;
  });
  const own = set?.kind === 'severity' ? set.severity : (severity ?? grading);
  const words = [...(own === undefined ? [] : [own]), ...named];
  return words.length === 0 ? comparison : words.join(', ');
}
