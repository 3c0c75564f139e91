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
import { keyIssue } from '../schema/issues.js';
import type { JsonSchema } from '../schema/json-notes.js';
import { flag, textBy } from '../schema/leaves.js';
import { objectOf, optional, type Member, type ObjectOf } from '../schema/object.js';
import { decimalPattern, numberBounds } from '../schema/text-patterns.js';
import { OUTPUT_SHAPES } from '../schema/output-shapes.js';
import { textSchema, type Shape } from '../schema/value.js';
import { FIELDS, type Field } from './fields.js';

/** What a configuration file must look like, for messages about other input. */
export const CONFIG_WANTED = 'write {"defaults": {...}, "rules": {...}}';

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

const text = ({ meaning, ...shape }: Pick<Field, 'meaning' | keyof Shape>): Member<string, 'optional'> =>
  set(textSchema(shape), meaning);

/** The defaults that change a figure. A run names them in every case. */
const FIGURE_DEFAULTS = {
  venue: text(FIELDS.venue),
  brackets: text({ kind: 'text', isTrimmed: true, meaning: 'bracket tables; a path is relative to this file' }),
  mmFee: text(FIELDS.mmFee),
  liqFee: text(FIELDS.liqFee),
  taker: text(FIELDS.taker),
  callRatio: text(FIELDS.callRatio),
  formula: text(FIELDS.formula),
  tick: text(FIELDS.tick),
};

/** The data that a file can set: of the venue, its fees and the output; no data of one position. */
const DEFAULTS = {
  ...FIGURE_DEFAULTS,
  alert: text({ ...OUTPUT_SHAPES.percent, meaning: 'exit 1 at or below this distance to liquidation in percent' }),
  dp: text({ ...OUTPUT_SHAPES.dp, meaning: 'decimals of prices and amounts' }),
  color: text({ ...OUTPUT_SHAPES.color, meaning: 'when to use colour' }),
  csvSafe: set(flag(), 'no CSV text that a spreadsheet would run as a formula'),
};

/** Whether a default changes a figure. */
export const changesFigures = (key: string): boolean => Object.hasOwn(FIGURE_DEFAULTS, key);

/** The defaults of a file, as written, by the keys of their flags. */
export type Defaults = ObjectOf<typeof DEFAULTS>;

/** A configuration file. */
export interface ConfigFile {
  readonly defaults?: Defaults | undefined;
  readonly rules?: Configuration | undefined;
}

/**
 * The schema of a configuration file: `{"defaults": {"venue": "bybit"}, "rules": {"allocation": {"warn": "1"}, "adl":
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
    {
      $schema: set(z.unknown(), 'where editors find this schema'),
      defaults: set(objectOf(DEFAULTS, { advice: 'write an object of defaults', unknown: 'refused' })),
      rules: set(settings),
    },
    { advice: CONFIG_WANTED, unknown: 'refused' },
  );
}
