import * as z from 'zod/mini';
import { contracts } from '../core/contracts/index.js';
import { problem, type Problem } from '../core/errors.js';
import { formulas } from '../core/formulas/index.js';
import { closest } from '../core/names.js';
import { Ratio } from '../core/ratio.js';
import { VENUE_NAMES } from '../core/venue-names.js';
import { REFUSED_VENUES, venues } from '../core/venues/index.js';
import { problemOfIssue } from './issues.js';

/** The allowed values as data: the zod schema that reads them, the JSON Schema and the help are derived from it. */
export interface Shape {
  /** `decimal` (optionally ending with `suffix`), one of a `choice`, or any `text`. */
  readonly kind: 'decimal' | 'choice' | 'text';
  /** The allowed sign of the decimal. */
  readonly range?: 'positive' | 'notNegative' | 'notZero' | 'any';
  /** `%`: a percentage, kept as a fraction; `x`: a leverage; `h`: hours. Writing the suffix is optional. */
  readonly suffix?: '%' | 'x' | 'h';
  /** Without its `%` it is a fraction, as exchanges write rates; by default it is still a percentage. */
  readonly bare?: 'fraction';
  /** The highest value, as written. */
  readonly maximum?: string;
  /** Whole numbers only. */
  readonly whole?: true;
  readonly choices?: readonly string[];
  /** The registry whose names are the choices. */
  readonly choicesFrom?: 'contracts' | 'formulas' | 'venues';
  /** Other words for choices, as exchanges write them. */
  readonly otherWords?: Readonly<Record<string, string>>;
  /** Whether blanks around a text are left out, as they always are around numbers and choices. */
  readonly isTrimmed?: true;
}

/** A parsed value: an exact number (a percentage as a fraction), or a word. */
export type Value = Ratio | string;

/** The zod schema of a value: text in, the value out. */
export type ValueSchema = z.ZodMiniType<Value, string>;

/** The names that a choice accepts. */
export function choicesOf({ choices, choicesFrom }: Shape): readonly string[] {
  if (choicesFrom === 'contracts') return Object.keys(contracts);
  if (choicesFrom === 'formulas') return Object.keys(formulas);
  if (choicesFrom === 'venues') return Object.keys(venues);
  return choices ?? [];
}

/** What to write instead of a value that is not a text or number. */
const ADVICE: Record<Shape['kind'], (shape: Shape) => string> = {
  decimal: ({ whole }) => (whole ? 'write a whole number' : 'write a number, like 0.5'),
  choice: (shape) => `write one of ${choicesOf(shape).join(', ')}`,
  text: () => 'write a number or a text',
};

const SCHEMAS = new WeakMap<Shape, ValueSchema>();
const SHAPES = new WeakMap<object, Shape>();

/** The zod schema that reads a value of a shape; created on first use. */
export function valueSchema(shape: Shape): ValueSchema {
  const known = SCHEMAS.get(shape);
  if (known) return known;
  const schema = schemaOf(shape, (value) => value);
  SCHEMAS.set(shape, schema);
  return schema;
}

/** The zod schema of the same values whose result is their text, without blanks around it. */
export function textSchema(shape: Shape): z.ZodMiniType<string, string> {
  return schemaOf(shape, (_, text) => text);
}

function schemaOf<T>(shape: Shape, result: (value: Value, text: string) => T): z.ZodMiniType<T, string> {
  const read = { decimal: decimalOf, choice: choiceOf, text: (_: Shape, text: string) => text }[shape.kind];
  const schema = z.pipe(
    z.string(ADVICE[shape.kind](shape)),
    z.transform((written: string, context): T => {
      // Blanks of all kinds come with pasted text: no-break and thin spaces, too.
      const text = shape.kind === 'text' && !shape.isTrimmed ? written : written.trim();
      const value = text === '' ? problem('EMPTY', '', {}) : read(shape, text);
      if (typeof value === 'string' || value instanceof Ratio) return result(value, text);
      context.issues.push({ code: 'custom', input: text, params: { problem: value } });
      return z.NEVER;
    }),
  );
  SHAPES.set(schema, shape);
  return schema;
}

/** The shape that a zod schema reads; `undefined` for a schema that was not created from a shape. */
export function shapeOf(schema: object): Shape | undefined {
  return SHAPES.get(schema);
}

function choiceOf(shape: Shape, text: string): Value | Problem {
  const choices = choicesOf(shape);
  const lower = text.toLowerCase();
  const word = shape.otherWords?.[lower] ?? lower;
  const found = choices.find((each) => each.toLowerCase() === word);
  if (found !== undefined) return found;
  if (shape.choicesFrom === 'venues' && VENUE_NAMES.some((each) => each === word)) {
    const why = REFUSED_VENUES[word];
    return problem('VENUE_REFUSES', '', { venue: word, ...(why !== undefined && { why }) });
  }
  return problem('NOT_A_CHOICE', '', { value: text, choices, suggestion: closestChoice(word, choices) });
}

function closestChoice(word: string, choices: readonly string[]): string | undefined {
  const found = closest(
    word,
    choices.map((each) => each.toLowerCase()),
  );
  return choices.find((each) => each.toLowerCase() === found);
}

const DECIMAL_FAULTS = {
  malformed: 'MALFORMED_NUMBER',
  tooManyDigits: 'TOO_MANY_DIGITS',
  outOfRange: 'OUT_OF_RANGE',
} as const;

function decimalOf(shape: Shape, text: string): Value | Problem {
  const parsed = Ratio.parse(withoutSuffix(shape, text));
  if (parsed.kind !== 'decimal') return problem(DECIMAL_FAULTS[parsed.kind], '', { value: text });
  const { value } = parsed;
  const { range, maximum, whole, suffix } = shape;
  if (range === 'positive' && value.sign() <= 0) return problem('NOT_POSITIVE', '', { value: text });
  if (range === 'notNegative' && value.sign() < 0) return problem('NEGATIVE', '', { value: text });
  if (range === 'notZero' && value.sign() === 0) {
    return problem('NOT_A_VALUE', '', { value: text, advice: 'write a number other than 0' });
  }
  if (maximum !== undefined && value.isAbove(Ratio.from(maximum))) {
    return problem('ABOVE_MAXIMUM', '', { value: text, maximum });
  }
  if (whole && value.floorTo(Ratio.ONE).compare(value) !== 0) {
    return problem('NOT_A_VALUE', '', { value: text, advice: 'write a whole number' });
  }
  const isPercentage = suffix === '%' && (shape.bare !== 'fraction' || text.endsWith('%'));
  return isPercentage ? value.hundredth() : value;
}

/** The number of `10x`, `10 x` and `10`. */
function withoutSuffix({ suffix }: Shape, text: string): string {
  const isSuffixed = suffix !== undefined && text.length > 1 && text.slice(-1).toLowerCase() === suffix;
  return isSuffixed ? text.slice(0, -1).trimEnd() : text;
}

/** A parsed value, or its problem. */
export type ReadValue = { readonly value: Value } | { readonly problem: Problem };

/** Reads the text of one value; `field` is what a problem names. */
export function readValue(shape: Shape, field: string, text: string): ReadValue {
  const read = z.safeParse(valueSchema(shape), text);
  if (read.success) return { value: read.data };
  const found = read.error.issues.map((issue) => problemOfIssue(issue, field)).find((each) => each !== undefined);
  return { problem: found ?? problem('NOT_A_VALUE', field, { value: text }) };
}
