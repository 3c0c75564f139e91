import { RULE_IDS } from '../core/risk/rules/index.js';
import { SEVERITIES, UNITS } from '../core/risk/rule.js';
import { WRITTEN_AMOUNT } from '../schema/written.js';
import { DIALECT, orNull, whole } from './figure-schemas.js';

const RULE = { enum: RULE_IDS };
const DECIMAL = { type: 'string', pattern: WRITTEN_AMOUNT };
const COUNT = { type: 'integer', minimum: 0 };

type Properties = Readonly<Record<string, object>>;

const described = (description: string, schema: object): object => ({ description, ...schema });

/** What a judgement is of, and its figure. */
const JUDGED: Properties = {
  rule: RULE,
  symbol: described('null of an account as a whole', orNull({ type: 'string' })),
  position: described('counts from 0; null of an account as a whole', orNull(COUNT)),
  value: described('the figure; null where the rule judges yes or no', orNull(DECIMAL)),
  unit: { enum: UNITS },
};

const FINDING: Properties = {
  ...JUDGED,
  severity: { enum: SEVERITIES },
  side: { enum: ['long', 'short', null] },
  limit: described('as it was set; null where there is none', orNull(DECIMAL)),
  message: described('what is so, with its figures', { type: 'string' }),
  advice: described('what to do, with the figure to do it', { type: 'string' }),
};

const listOf = (items: object): object => ({ type: 'array', items });
const CONFIG = described('the file that set the rules; left out where there is none', { type: 'string' });

/** What `check` says of one position or account; an account's own fields come before it. */
const REPORT = described(
  'a report',
  whole(
    {
      findings: listOf(whole(FINDING)),
      ok: described('rules that judged and found nothing', listOf(whole(JUDGED))),
      skipped: described(
        'rules that did not judge, and what they lack',
        listOf(whole({ rule: RULE, lacks: { type: 'array', items: { type: 'string' }, minItems: 1 } })),
      ),
      off: described('rules that are turned off; left out when empty', listOf(RULE)),
      summary: whole({ errors: COUNT, warnings: COUNT, infos: COUNT, ok: COUNT, skipped: COUNT }),
      config: CONFIG,
    },
    ['off', 'config'],
  ),
);

const FAILURE = described(
  'an account that failed: it as it came, or its text under input',
  whole({
    error: whole({ code: { type: 'string' }, message: { type: 'string' }, field: { type: 'string' } }, ['field']),
  }),
);

const LISTED = described(
  'a rule as it is set',
  whole(
    {
      rule: RULE,
      judges: { type: 'string' },
      scope: { enum: ['position', 'account', 'pool'] },
      needs: listOf({ type: 'string' }),
      unit: { enum: UNITS },
      fires: { type: 'string' },
      on: { type: 'boolean' },
      severity: { enum: SEVERITIES },
      settings: {
        type: 'object',
        additionalProperties: whole(
          { value: { type: 'string' }, default: { type: 'string' }, meaning: { type: 'string' } },
          ['default', 'meaning'],
        ),
      },
      reason: { type: 'string' },
      source: { type: 'string' },
      config: CONFIG,
    },
    ['severity', 'config'],
  ),
);

/** The JSON Schema of what `liqcalc check` prints: reports, accounts that failed, with `--list` the rules. */
export function checkSchema(): object {
  return {
    $schema: DIALECT,
    anyOf: [
      REPORT,
      FAILURE,
      described(
        'with --list and --explain',
        whole({ rules: listOf({ $ref: '#/$defs/rule' }), config: CONFIG }, ['config']),
      ),
      { $ref: '#/$defs/rule' },
    ],
    $defs: { rule: LISTED },
  };
}
