import { settingNames, type Configuration } from '../../../core/risk/configuration.js';
import { rules, type Rule, type RuleId } from '../../../core/risk/rules/index.js';
import { SEVERITIES, type Datum } from '../../../core/risk/rule.js';
import { hang, wrap } from '../lines.js';
import type { Style } from '../../style.js';
import { limitWords } from './rule-words.js';

const LABEL = 9;

/** The settings of a page about a rule. */
export interface PageOptions extends Pick<Style, 'paint' | 'width'> {
  readonly configuration: Configuration;
  /** The file that configures the rules. */
  readonly config: string | undefined;
  /** The flag of a datum, and its key in a file. */
  readonly give: (datum: Datum) => string;
}

/** One rule as text: what it judges, why, when it fires, what it needs, how it is configured. */
export function rulePage(id: RuleId, { paint, width, configuration, config, give }: PageOptions): string {
  const { title, reason, source, needs, scope }: Rule = rules[id];
  const row = (label: string, text: string): string[] => hang(label.padEnd(LABEL), text, width);
  const each = {
    position: 'each position',
    account: 'the account as a whole',
    pool: 'each isolated position, and all cross positions as one',
  }[scope];
  const set = limitWords(id, configuration);
  const defaults = limitWords(id);
  return `${[
    ...wrap(`${id}: ${title}`, width).map((line) => line.replace(`${id}:`, `${paint.strong(id)}:`)),
    '',
    ...row('Why', reason),
    '',
    ...row('Limits', `${set}; checked for ${each}`),
    ...(set === defaults ? [] : row('Default', defaults)),
    ...(config === undefined ? [] : row('Rules', config)),
    ...(needs.length === 0 ? [] : needs.flatMap((datum, index) => row(index === 0 ? 'Needs' : '', give(datum)))),
    ...row('Flags', settingExamples(id).join(', ')),
    ...row('Source', source),
  ].join('\n')}\n`;
}

function settingExamples(id: RuleId): readonly string[] {
  const { settings }: Rule = rules[id];
  const [name] = Object.keys(settings);
  const words = settingNames(id).length === 0 ? SEVERITIES.map((each) => `--rule ${id}=${each}`).slice(0, 1) : [];
  const example = name === undefined ? [] : [`--rule ${id}.${name}=${settings[name]?.default ?? ''}`];
  return [`--rule ${id}=off`, ...example, ...words];
}
