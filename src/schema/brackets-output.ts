import * as z from 'zod/mini';
import type { Confidence } from '../core/brackets.js';
import { contracts } from '../core/contracts/index.js';
import type { JsonSchema } from './json-notes.js';
import { described, jsonSchemaOf } from './json-schema.js';
import { WRITTEN_AMOUNT, writtenAs } from './written.js';

const text = z.string();
const count = z.int().check(z.positive());
const amount = writtenAs(WRITTEN_AMOUNT);
/** A figure of a table: a fraction like `1/30` if no decimal is exact. */
const figure = writtenAs(String.raw`^\d+(\.\d+|/\d+)?$`);
/** A built-in table may have only the year. */
const day = writtenAs(String.raw`^\d{4}(-\d{2}(-\d{2})?)?$`);
const contract = z.enum(Object.keys(contracts));
const CONFIDENCES: readonly Confidence[] = ['A', 'B', 'C'];
const confidence = described(z.enum(CONFIDENCES), 'A: official text, B: copies that agree, C: unverified');

const bracket = z.object({
  floor: amount,
  cap: described(z.nullable(amount), 'null: no upper limit'),
  rate: described(figure, 'a fraction'),
  amount: figure,
  maxLeverage: z.optional(amount),
});

const table = z.object({
  venue: text,
  symbol: text,
  contract,
  multiplier: amount,
  asOf: day,
  confidence,
  source: text,
  notes: z.optional(z.array(text)),
  brackets: z.array(bracket).check(z.minLength(1)),
});

/** The rows that each action prints; `show` prints tables. */
const ROWS = {
  list: z.object({
    symbol: text,
    venue: text,
    contract,
    brackets: count,
    maxLeverage: z.nullable(amount),
    asOf: day,
    confidence,
    origin: text,
  }),
  validate: z.object({
    symbol: text,
    brackets: z.nullable(count),
    asOf: z.nullable(day),
    verdict: z.enum(['valid', 'invalid']),
    remark: described(z.nullable(text), 'what is wrong, or what was repaired'),
  }),
  import: z.object({
    symbol: text,
    brackets: count,
    asOf: day,
    replacedOrigin: described(z.nullable(text), 'null: there was no table before'),
    replacedAsOf: z.nullable(day),
  }),
  diff: z.object({
    symbol: text,
    change: z.enum(['added', 'removed', 'changed']),
    bracket: described(z.nullable(count), 'null for a table as a whole'),
    what: z.nullable(text),
    from: z.nullable(text),
    to: z.nullable(text),
  }),
};

const PRINTED: Readonly<Record<string, z.ZodMiniType>> = {
  ...Object.fromEntries(Object.entries(ROWS).map(([action, row]) => [action, z.union([z.array(row), row])])),
  show: z.union([z.object({ tables: z.array(table) }), table]),
};

/** The JSON Schema of the output of `liqcalc brackets`: one in `$defs` for each action, a row (ndjson) or all rows. */
export function bracketsOutput(): JsonSchema {
  const definitions = Object.entries(PRINTED).map(([action, printed]) => {
    const { $schema, ...schema } = jsonSchemaOf(printed);
    return { action, $schema, schema: { title: `liqcalc brackets ${action}`, ...schema } };
  });
  return {
    $schema: definitions[0]?.$schema,
    anyOf: definitions.map(({ action }) => ({ $ref: `#/$defs/${action}` })),
    $defs: Object.fromEntries(definitions.map(({ action, schema }) => [action, schema])),
  };
}
