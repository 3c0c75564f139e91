import { COMPARED_FIGURES as RECONCILED, REASON_KINDS } from '../core/reconcile-reasons.js';
import * as z from 'zod/mini';
import { NEEDED } from '../core/requirements.js';
import type { JsonSchema } from '../schema/json-notes.js';
import { anyGiven, described, jsonSchemaOf } from '../schema/json-schema.js';
import { choicesOf, valueSchema } from '../schema/value.js';
import type { FigureKind, FigureShape } from '../schema/figure.js';
import { WRITTEN_AMOUNT, WRITTEN_PERCENT } from '../schema/written.js';
import { ACCOUNT_FIGURES, COMPARED_FIGURES } from './account-figures.js';
import { FIELD_LIST, FIELDS, type Field, type FieldKey } from './fields.js';
import { RESPONSE_KEYS, SIGNED_AMOUNT, SIGNED_SHAPE, UNSIGNED_KEYS } from './record.js';
import { RESULT_LIST, type Result } from './results.js';

/** What a field means, with its choices. */
export const meaningOf = (field: Field): string =>
  field.kind === 'choice' ? `${field.meaning} (${choicesOf(field).join(', ')})` : field.meaning;

/** A record of a position: every field under its key or an alias; other keys are let through. */
const recordSchema = z.looseObject(
  Object.fromEntries(
    FIELD_LIST.flatMap(([key, field]) =>
      [key, ...field.aliases].map((name) => [name, described(z.nullish(valueSchema(field)), meaningOf(field))]),
    ),
  ),
);

const matching = (pattern: string): z.ZodMiniType => z.nullable(z.string().check(z.regex(new RegExp(pattern))));

const amount = (): z.ZodMiniType => matching(WRITTEN_AMOUNT);
const percent = (): z.ZodMiniType => matching(WRITTEN_PERCENT);

const KIND_PATTERNS: Record<FigureKind, () => z.ZodMiniType> = {
  word: () => z.string(),
  price: amount,
  amount,
  exact: amount,
  percent,
  ratio: percent,
  number: () => z.nullable(z.int().check(z.positive())),
  codes: () => z.array(z.string()),
  flag: () => z.boolean(),
};

const patternOf = (kind: FigureShape['kind']): z.ZodMiniType =>
  typeof kind === 'string' ? KIND_PATTERNS[kind]() : wordsOf(kind);

function wordsOf(kind: readonly (string | null)[]): z.ZodMiniType {
  const words = z.enum(kind.filter((word) => word !== null));
  return kind.includes(null) ? z.nullable(words) : words;
}

const resultShape = Object.fromEntries(
  RESULT_LIST.map(([key, { kind, meaning }]: readonly [string, Result]) => [
    key,
    described(z.optional(patternOf(kind)), meaning),
  ]),
);

/** The output for a record that failed: the record unchanged, or its text under `input`. */
const failureSchema = described(
  z.looseObject({
    error: z.looseObject({ code: z.string(), message: z.string(), field: z.optional(z.string()) }),
  }),
  'a record that failed',
);

const answeredSchema = described(
  z.looseObject({ ...recordSchema.shape, ...resultShape, error: z.optional(z.null()) }),
  'a record with its results',
);

const outputSchema = z.union([answeredSchema, failureSchema]);

/** That at least one of these fields is there, under its key or an alias. */
function anyPresent(keys: readonly FieldKey[]): object {
  const spellings = keys.flatMap((key) => [key, ...FIELDS[key].aliases]);
  return { anyOf: spellings.map((spelling) => ({ required: [spelling] })) };
}

/** A record with the signed size of an exchange instead of side and size. */
function signedJson(): JsonSchema {
  const spellings = UNSIGNED_KEYS.flatMap((key) => [key, ...FIELDS[key].aliases]);
  const { properties, required } = jsonSchemaOf(z.looseObject({ [SIGNED_AMOUNT]: valueSchema(SIGNED_SHAPE) }));
  return { description: SIGNED_MEANING, properties, required, not: anyGiven([...spellings, ...RESPONSE_KEYS]) };
}

const SIGNED_MEANING = `${SIGNED_AMOUNT} is a signed size, as exchanges write it: above 0 a long, below 0 a short`;

/** Differences from the exchange's figures, and the reasons that fit, the most likely first. */
const discrepancySchema = z.strictObject({
  symbol: z.nullable(z.string()),
  side: z.nullable(z.enum(['long', 'short'])),
  liquidationPrice: amount(),
  reported: amount(),
  difference: amount(),
  tick: z.nullable(z.string()),
  likely: z.enum(REASON_KINDS),
  reason: z.string(),
  figures: z.array(z.strictObject({ figure: z.enum(RECONCILED), ours: amount(), reported: amount() })),
  hypotheses: z.array(z.strictObject({ kind: z.enum(REASON_KINDS), reason: z.string() })),
});

/** Members for figures; those of one group are an object, which is always present if all of its members are. */
function figureMembers(figures: Readonly<Record<string, FigureShape>>): Record<string, z.ZodMiniType> {
  const groups = new Map<string, Record<string, z.ZodMiniType>>();
  const members: Record<string, z.ZodMiniType> = {};
  for (const [key, { kind, meaning, always }] of Object.entries(figures)) {
    const [group = key, part] = key.split('.');
    const value = described(patternOf(kind), meaning);
    const optional = always ? (type: z.ZodMiniType): z.ZodMiniType => type : z.optional;
    if (part === undefined) members[key] = optional(value);
    else {
      const parts = { ...groups.get(group), [part]: value };
      groups.set(group, parts);
      members[group] = optional(z.strictObject(parts));
    }
  }
  return members;
}

const waySchema = z.strictObject({
  symbol: z.string(),
  side: z.enum(['long', 'short']),
  close: described(z.string(), 'the size to close at the mark, rounded up'),
  value: described(z.string(), 'value of that size at the mark, margin asset'),
  fee: described(z.nullable(z.string()), 'fee of the closing; null without a taker fee'),
  marginRatio: described(z.string(), 'margin ratio after the closing and its fee, percent'),
});

const fillSchema = z.strictObject({
  symbol: z.string(),
  side: z.enum(['BUY', 'SELL']),
  price: z.string(),
  quantity: described(z.string(), 'what fills of it'),
  effect: z.enum(['opens', 'adds', 'reduces', 'closes', 'flips']),
  realizedPnl: described(amount(), 'profit of the part that it closes, without fees, margin asset'),
  position: described(
    z.nullable(z.strictObject({ side: z.enum(['long', 'short']), qty: amount(), entry: amount() })),
    'its position afterwards; null if it is closed',
  ),
  liquidationPrice: amount(),
  distancePercent: described(percent(), 'from the price of the order to liquidation'),
  liquidatedBefore: described(
    z.nullable(z.boolean()),
    'whether its position or the pool is liquidated before it fills; null if that is unknown',
  ),
});

const leftOutSchema = z.strictObject({
  symbol: z.string(),
  type: z.string(),
  side: z.enum(['BUY', 'SELL']),
  price: amount(),
  trigger: amount(),
  reason: z.string(),
});

/** An account with its results; an exchange's positions keep their own fields as the exchange wrote them. */
const answeredAccountSchema = described(
  z.looseObject({
    ...figureMembers(ACCOUNT_FIGURES),
    ways: described(
      z.optional(z.array(waySchema)),
      'with --need: the positions of which a part can be closed instead, cheapest first',
    ),
    fills: described(z.optional(z.array(fillSchema)), 'with --fill-orders: the orders in the order in which they fill'),
    ordersLeftOut: described(
      z.optional(z.array(leftOutSchema)),
      'with --fill-orders: open orders that do not fill with the others',
    ),
    reconcile: described(
      z.optional(z.array(discrepancySchema)),
      'with --reconcile; an entry without a symbol is about the account',
    ),
    positions: z.array(
      z.union([
        z.looseObject({ ...resultShape, ...figureMembers(COMPARED_FIGURES), error: z.optional(z.null()) }),
        described(
          z.looseObject({ reported: figureMembers(COMPARED_FIGURES)['reported'], ...failureSchema.shape }),
          'a position without a price',
        ),
      ]),
    ),
    error: z.optional(z.null()),
  }),
  'an account with its results',
);

/** The output of `account`: one result, the results before and after a change, or an account that failed. */
const accountOutputSchema = z.union([
  answeredAccountSchema,
  described(
    z.strictObject({ before: answeredAccountSchema, after: answeredAccountSchema }),
    'with --add, --close, --wallet-change, --fill-orders, --shock',
  ),
  failureSchema,
]);

/** The output on stderr if a single command fails and the requested format is for programs. */
const errorOutputSchema = z.strictObject({
  error: z.strictObject({
    code: described(z.string().check(z.regex(/^[A-Z_]+$/)), 'the kind of the error'),
    message: described(z.string(), 'all problems in words'),
    problems: described(
      z.array(
        z.strictObject({
          code: z.string().check(z.regex(/^[A-Z_]+$/)),
          field: described(
            z.string(),
            'the key of the input that the problem is about, as in a record: addMargin for --add-margin; empty if there are several',
          ),
          message: z.string(),
        }),
      ),
      'each problem of the input; empty for other errors',
    ),
  }),
});

/** The JSON Schemas that follow from the schemas here. */
export const JSON_SCHEMAS = {
  input: (): ReturnType<typeof jsonSchemaOf> => ({
    ...jsonSchemaOf(recordSchema),
    allOf: NEEDED.map(({ oneOf }) => {
      const present = anyPresent(oneOf);
      return oneOf.includes('side') ? { anyOf: [present, signedJson()] } : present;
    }),
  }),
  output: () => jsonSchemaOf(outputSchema),
  'account-output': () => jsonSchemaOf(accountOutputSchema),
  'error-output': () => jsonSchemaOf(errorOutputSchema),
} as const satisfies Record<string, () => JsonSchema>;
