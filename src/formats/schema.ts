import * as z from 'zod';
import { LiqcalcError, problem, type Problem } from '../core/errors.js';
import { NEEDED, ratesProblem, requirementProblems } from '../core/position.js';
import { Ratio } from '../core/ratio.js';
import { anyCase, fieldPattern, numberBounds } from './text-patterns.js';
import { WRITTEN_AMOUNT, WRITTEN_PERCENT } from './figure-schemas.js';
import { FIELD_LIST, FIELDS, type Field, type FieldKey } from './fields.js';
import {
  choicesOf,
  fieldOfKey,
  keyProblems,
  plainPosition,
  readValue,
  type KeyPolicy,
  type PositionInput,
  type RawRecord,
  type RawValue,
} from './record.js';
import { RESULT_LIST, type Result } from './results.js';

function textSchema(key: FieldKey, field: Field): z.ZodType {
  const readable = (text: string): boolean => readValue(key, text).kind !== 'problem';
  if (field.kind === 'decimal')
    return z
      .string()
      .regex(new RegExp(fieldPattern(field)))
      .refine(readable);
  if (field.kind === 'text') return z.string().min(1).refine(readable);
  return z
    .string()
    .regex(new RegExp(`^${anyCase(choicesOf(field))}$`))
    .refine(readable);
}

function describedMeaning({ meaning, choices, choicesFrom, kind }: Field, field: Field): string {
  return kind === 'choice' && (choicesFrom ?? choices) ? `${meaning} (${choicesOf(field).join(', ')})` : meaning;
}

/** A number of JSON: any as a text, in its bounds as a decimal. */
function numberSchema(field: Field): z.ZodType {
  if (field.kind !== 'decimal') return z.number();
  const { minimum, maximum } = numberBounds(field);
  return z.number().min(minimum).max(maximum);
}

function fieldSchema(key: FieldKey, field: Field): z.ZodType {
  const text = textSchema(key, field);
  const value = field.kind === 'choice' ? text : z.union([text, numberSchema(field)]);
  return value.nullish().describe(describedMeaning(field, field));
}

/** A record of a position: every field under its key or an alias; other keys are let through. */
const recordSchema = z.looseObject(
  Object.fromEntries(
    FIELD_LIST.flatMap(([key, field]) => [key, ...field.aliases].map((name) => [name, fieldSchema(key, field)])),
  ),
);

/** What no single field can know: what is missing, and what does not go together. */
const wholeSchema = z.record(z.string(), z.unknown()).superRefine((record, context) => {
  const given = new Set(Object.keys(record).map((name) => fieldOfKey(name) ?? name));
  for (const each of requirementProblems(given)) {
    context.addIssue({ code: 'custom', message: each.code, params: { problem: each } });
  }
});

const positionSchema = z.intersection(recordSchema, wholeSchema);

/**
 * Everything that is wrong with a record, at once, in words of ours.
 *
 * @param defaults - values for fields that the record lacks.
 */
export function recordProblems(record: RawRecord, defaults: RawRecord = [], policy?: KeyPolicy): Problem[] {
  const values = withDefaults(record, defaults);
  const problems = keyProblems(record, policy);
  const judged = new Set<unknown>();
  const parsed = positionSchema.safeParse(Object.fromEntries(values));
  for (const issue of parsed.error?.issues ?? []) {
    const [name] = issue.path;
    const own = issue.code === 'custom' ? (issue.params?.['problem'] as Problem | undefined) : undefined;
    if (own) problems.push(own);
    else if (typeof name === 'string' && !judged.has(name)) problems.push(valueProblem(name, values.get(name)));
    judged.add(name);
  }
  if (problems.length > 0) problems.push(...rateProblems(values));
  return withoutEchoes(problems);
}

/** Rates that can be read, and are too high together: pricing would say it, but only once all else is right. */
function rateProblems(values: ReadonlyMap<string, RawValue>): Problem[] {
  const rateOf = (key: 'mmr' | 'mmFee'): Ratio => {
    const raw = values.get(key);
    const read = typeof raw === 'string' ? readValue(key, raw) : undefined;
    return read?.kind === 'decimal' ? read.value : Ratio.ZERO;
  };
  const found = ratesProblem(rateOf('mmr'), rateOf('mmFee'));
  return found ? [found] : [];
}

function withDefaults(record: RawRecord, defaults: RawRecord): Map<string, RawValue> {
  const values = new Map(record);
  const given = new Set(record.map(([name]) => fieldOfKey(name)));
  for (const [name, value] of defaults) {
    if (!given.has(fieldOfKey(name))) values.set(name, value);
  }
  values.delete('__proto__');
  return values;
}

function valueProblem(name: string, raw: RawValue | undefined): Problem {
  const key = fieldOfKey(name);
  if (typeof raw !== 'string' || key === undefined) {
    const { notAValue, advice } = typeof raw === 'object' ? raw : { notAValue: raw ?? '', advice: undefined };
    return problem('NOT_A_VALUE', name, { value: notAValue, advice });
  }
  const read = readValue(key, raw);
  if (read.kind !== 'problem') throw new Error(`the schema refuses ${name} ${raw}, which is readable`);
  return read.problem;
}

/** A slip for a key explains why that key is missing: the message about the slip is enough. */
function withoutEchoes(problems: readonly Problem[]): Problem[] {
  const slips = new Set(
    problems.flatMap((each) => (each.code === 'UNKNOWN_KEY' ? [fieldOfKey(each.details.suggestion ?? '')] : [])),
  );
  return problems.filter(
    (each) => each.code !== 'MISSING' || !each.details.give.some((name) => slips.has(fieldOfKey(name))),
  );
}

/**
 * The position of a record, validated.
 *
 * @throws {LiqcalcError} with every problem of the record at once.
 */
export function parsePosition(record: RawRecord, defaults: RawRecord = [], policy?: KeyPolicy): PositionInput {
  const plain = plainPosition(record, defaults, policy);
  if (plain) return plain;
  const problems = recordProblems(record, defaults, policy);
  if (problems.length === 0) throw new Error('the schema accepts a record that the plain reading refuses');
  throw new LiqcalcError(problems);
}

const RESULT_PATTERNS: Record<Result['kind'], (key: string) => z.ZodType> = {
  word: (key) => (key === 'outcome' ? z.enum(['at', 'never', 'already']) : z.string()),
  amount: () => z.string().regex(new RegExp(WRITTEN_AMOUNT)).nullable(),
  percent: () => z.string().regex(new RegExp(WRITTEN_PERCENT)).nullable(),
  ratio: () => z.string().regex(new RegExp(WRITTEN_PERCENT)).nullable(),
  number: () => z.int().positive().nullable(),
  codes: () => z.array(z.string()),
};

const resultShape = Object.fromEntries(
  RESULT_LIST.map(([key, { kind, meaning }]: readonly [string, Result]) => [
    key,
    RESULT_PATTERNS[kind](key).optional().describe(meaning),
  ]),
);

/** What stands in the place of a record that cannot be answered: it as it came, or its text under `input`. */
const failureSchema = z
  .looseObject({
    error: z.looseObject({ code: z.string(), message: z.string(), field: z.string().optional() }),
  })
  .describe('a record that failed');

const answeredSchema = z
  .looseObject({
    ...recordSchema.shape,
    ...resultShape,
    error: z.null().optional(),
  })
  .describe('a record with its results');

const outputSchema = z.union([answeredSchema, failureSchema]);

/** That at least one of these fields is there, under its key or an alias. */
function anyPresent(keys: readonly FieldKey[]): object {
  const spellings = keys.flatMap((key) => [key, ...FIELDS[key].aliases]);
  return { anyOf: spellings.map((spelling) => ({ required: [spelling] })) };
}

const amount = RESULT_PATTERNS.amount('');
const percent = RESULT_PATTERNS.percent('');

/** An account with its answer; the own fields of an exchange's positions are as the exchange wrote them. */
const answeredAccountSchema = z
  .looseObject({
    wallet: z.string().describe('cross wallet, margin asset'),
    equity: amount.describe('wallet and unrealised PnL of the cross positions'),
    maintenanceMargin: amount.describe('maintenance margin of the cross positions at their marks'),
    marginRatio: percent.describe('maintenance in percent of equity, 100 is liquidation; null when equity <= 0'),
    effectiveLeverage: percent.describe('gross value over equity; null when equity <= 0'),
    outcome: z.enum(['at', 'never', 'already']),
    marketMovePercent: z
      .object({ down: percent, up: percent })
      .describe('the common move of all marks that liquidates the account; null where none does'),
    need: z.object({ marginRatio: z.string(), walletChange: amount }).optional(),
    reconcile: z.array(z.looseObject({ symbol: z.string().nullish(), likely: z.string() })).optional(),
    positions: z.array(
      z.looseObject({
        ...resultShape,
        liquidationPrices: z.object({ below: amount, above: amount }).optional().describe('where there are two'),
        reported: amount.optional().describe("the exchange's own price"),
        difference: amount.optional().describe('ours less the reported one'),
      }),
    ),
    error: z.null().optional(),
  })
  .describe('an account with its answer');

/** What `account` prints: an answer, answers before and after a change, or an account that failed. */
const accountOutputSchema = z.union([
  answeredAccountSchema,
  z
    .object({ before: answeredAccountSchema, after: answeredAccountSchema })
    .describe('with --add, --close, --wallet-change'),
  failureSchema,
]);

/** The JSON Schemas that follow from the schemas here. */
export const JSON_SCHEMAS = {
  input: () => ({
    ...z.toJSONSchema(recordSchema, { io: 'input' }),
    allOf: NEEDED.map(({ oneOf }) => anyPresent(oneOf)),
  }),
  output: () => z.toJSONSchema(outputSchema, { io: 'output' }),
  'account-output': () => z.toJSONSchema(accountOutputSchema, { io: 'output' }),
} as const satisfies Record<string, () => object>;
