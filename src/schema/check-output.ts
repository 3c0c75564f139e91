import * as z from 'zod/mini';
import { RULE_IDS } from '../core/risk/rules/index.js';
import { SEVERITIES, UNITS } from '../core/risk/rule.js';
import { FINDING, made, PASS } from './finding.js';
import type { JsonSchema } from './json-notes.js';
import { described, jsonSchemaOf } from './json-schema.js';

const text = z.string();
const count = z.int().check(z.nonnegative());
const rule = z.enum(RULE_IDS);
const config = z.optional(described(z.string(), 'the configuration file; left out if there is no such file'));

const failureShape = z.object({ code: text, message: text, field: z.optional(text) });

/** The report of `check` on one position or account; an account's own fields come before it. */
const report = described(
  z.object({
    findings: z.array(z.object(made(FINDING))),
    ok: described(z.array(z.object(made(PASS))), 'rules that were checked without a finding'),
    skipped: described(
      z.array(z.object({ rule, lacks: z.array(text).check(z.minLength(1)) })),
      'rules that could not be checked, and the data that they lack',
    ),
    failed: z.optional(
      described(
        z.array(
          z.object({
            position: FINDING.position(),
            symbol: FINDING.symbol(),
            side: FINDING.side(),
            error: failureShape,
          }),
        ),
        'positions without a price, which no rule checked; left out if empty',
      ),
    ),
    off: z.optional(described(z.array(rule), 'rules that are turned off; left out if empty')),
    summary: z.object({ errors: count, warnings: count, infos: count, ok: count, skipped: count }),
    config,
  }),
  'a report',
);

const failure = described(
  z.object({ error: failureShape }),
  'an account that failed: unchanged, or its text under input',
);

const listed = described(
  z.object({
    rule,
    judges: text,
    scope: z.enum(['position', 'account', 'pool']),
    needs: z.array(text),
    unit: z.enum(UNITS),
    fires: text,
    on: z.boolean(),
    severity: z.optional(z.enum(SEVERITIES)),
    settings: z.record(text, z.object({ value: text, default: z.optional(text), meaning: z.optional(text) })),
    reason: text,
    source: text,
    config,
  }),
  'a rule with its settings',
);

/** The JSON Schema of the output of `liqcalc check`: reports, accounts that failed, and the rules with `--list`. */
export function checkOutput(): JsonSchema {
  const rules = described(z.object({ rules: z.array(listed), config }), 'with --list and --explain');
  return jsonSchemaOf(z.union([report, failure, rules, listed]));
}
