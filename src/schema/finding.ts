import * as z from 'zod/mini';
import { RULE_IDS } from '../core/risk/rules/index.js';
import { SEVERITIES, UNITS } from '../core/risk/rule.js';
import { WRITTEN_AMOUNT, writtenAs } from './written.js';

const decimal = (): z.ZodMiniType<string | null> => z.nullable(writtenAs(WRITTEN_AMOUNT));

/** Functions that create the schema of each key. */
type Schemas = Readonly<Record<string, () => z.ZodMiniType>>;

/** Adds a description to a schema. */
const meaning = <T extends z.ZodMiniType>(schema: T, description: string): T => schema.check(z.describe(description));

/**
 * A finding as written, in the order of output. JSON, CSV columns, `--only` and the JSON Schema are derived from it.
 * Only the JSON Schema creates the schemas.
 */
export const FINDING = {
  rule: () => z.enum(RULE_IDS),
  severity: () => z.enum(SEVERITIES),
  symbol: () => meaning(z.nullable(z.string()), 'null for an account as a whole'),
  side: () => z.nullable(z.enum(['long', 'short'])),
  position: () => meaning(z.nullable(z.int().check(z.nonnegative())), 'counts from 0; null for an account as a whole'),
  value: () => meaning(decimal(), 'the figure; null if the rule has no figure, or if it is unlimited'),
  limit: () => meaning(decimal(), 'the limit; null if there is no limit'),
  unit: () => z.enum(UNITS),
  message: () => meaning(z.string(), 'the finding in words, with its figures'),
  advice: () => meaning(z.string(), 'what to do, with the figure for it'),
} satisfies Schemas;

/** The output for a rule without a finding, in the order of output. */
export const PASS = {
  rule: FINDING.rule,
  symbol: FINDING.symbol,
  position: FINDING.position,
  value: FINDING.value,
  unit: FINDING.unit,
};

type Written<S extends Schemas> = {
  readonly [K in keyof S]: z.infer<ReturnType<S[K]>>;
};

/** A finding by key. */
export type FindingRow = Written<typeof FINDING>;
/** A pass by key. */
export type PassRow = Written<typeof PASS>;

/** The keys of a finding, in order. */
export const FINDING_KEYS = Object.keys(FINDING) as readonly (keyof typeof FINDING)[];

/** The schemas of rows. */
export function made(rows: Schemas): Readonly<Record<string, z.ZodMiniType>> {
  return Object.fromEntries(Object.entries(rows).map(([key, make]) => [key, make()]));
}
