import { jsonObject } from '../../json.js';
import { settingsOf, type Configuration } from '../../../core/risk/configuration.js';
import { RULE_IDS, rules, type RuleId } from '../../../core/risk/rules/index.js';
import { plain } from '../../../core/risk/words.js';
import { Ratio } from '../../../core/ratio.js';
import type { Grid } from '../grid.js';
import { hang, wrap } from '../lines.js';
import type { Style } from '../../style.js';
import { limitWords } from './rule-words.js';

const INDENT = '    ';

/** Some rules as configured. */
export interface RuleListing {
  readonly ids: readonly RuleId[];
  readonly configuration: Configuration;
  /** The file that configures them. */
  readonly config: string | undefined;
}

/** All rules as configured. */
export function allRules(configuration: Configuration, config: string | undefined): RuleListing {
  return { ids: RULE_IDS, configuration, config };
}

/** The rules as text: what each judges, its limits, its reason, its source. */
export function ruleListText(
  { ids, configuration, config }: RuleListing,
  { paint, width }: Pick<Style, 'paint' | 'width'>,
): string {
  const blocks = ids.map((id) => {
    const { title, reason, source } = rules[id];
    const below = [title, reason, `From ${source}`].flatMap((text) => hang(INDENT, text, width));
    const limits = limitWords(id, configuration);
    const head = wrap(`${id}: ${limits}`, width - INDENT.length).map((line, index) =>
      index === 0 ? line.replace(id, paint.strong(id)) : `${INDENT}${line}`,
    );
    return [...head, ...below].join('\n');
  });
  return `${[...blocks, ...(config === undefined ? [] : [`rules: ${config}`])].join('\n\n')}\n`;
}

export function ruleGrid({ ids, configuration }: RuleListing): Grid {
  const keys = ['rule', 'judges', 'needs', 'limits', 'reason', 'source'];
  return {
    columns: keys.map((key) => ({ key, heading: key.toUpperCase() })),
    rows: ids.map((id) => {
      const { title, needs, reason, source } = rules[id];
      return [id, title, needs.join(' '), limitWords(id, configuration), reason, source];
    }),
  };
}

/** The grid with the file that configures the rules as its last column. */
export function ruleGridWithConfig(listing: RuleListing): Grid {
  const { columns, rows } = ruleGrid(listing);
  return {
    columns: [...columns, { key: 'config', heading: 'CONFIG' }],
    rows: rows.map((row) => [...row, listing.config ?? null]),
  };
}

function ruleJson(id: RuleId, configuration: Configuration, config?: string): string {
  const { title, reason, source, needs, unit, comparison, scope, severity, settings } = rules[id];
  const set = configuration[id];
  const values = Object.entries(settingsOf(id, configuration)).map(([name, value]) => {
    const { default: initial, meaning } = settings[name] ?? {};
    const text = value instanceof Ratio ? plain(value) : value;
    return [
      name,
      { value: text, ...(initial !== undefined && { default: initial }), ...(meaning !== undefined && { meaning }) },
    ];
  });
  const own = set?.kind === 'severity' ? set.severity : severity;
  return JSON.stringify({
    rule: id,
    judges: title,
    scope,
    needs,
    unit,
    fires: comparison,
    on: set?.kind !== 'off',
    ...(own !== undefined && { severity: own }),
    settings: Object.fromEntries(values) as object,
    reason,
    source,
    ...(config !== undefined && { config }),
  });
}

/** The rules as JSON, with the last newline. */
export const RULE_JSON = {
  json: ({ ids, configuration, config }: RuleListing): string =>
    `${jsonObject([
      ['rules', `[${ids.map((id) => ruleJson(id, configuration)).join(',')}]`],
      ...(config === undefined ? [] : [['config', JSON.stringify(config)] as const]),
    ])}\n`,
  ndjson: ({ ids, configuration, config }: RuleListing): string =>
    ids.map((id) => `${ruleJson(id, configuration, config)}\n`).join(''),
} as const;
