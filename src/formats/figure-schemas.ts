import { WRITTEN_AMOUNT, WRITTEN_PERCENT } from '../schema/written.js';
import { RESULTS, type Result, type ResultKey } from './results.js';

/** The dialect that all our JSON Schemas are written in. */
export const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

const AMOUNT = { type: 'string', pattern: WRITTEN_AMOUNT };
const PERCENT = { type: 'string', pattern: WRITTEN_PERCENT };

/** What a schema says of a value, whatever it means. */
export const orNull = (schema: object): object => ({ anyOf: [schema, { type: 'null' }] });

/** An object whose members are all there, save some. */
export function whole(properties: Readonly<Record<string, object>>, optional: readonly string[] = []): object {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { type: 'object', properties, required };
}

/** One figure of an answer: what it is written as, what it means, and whether it is always there. */
export interface FigureShape {
  readonly kind: Result['kind'] | 'flag' | readonly (string | null)[];
  readonly meaning: string;
  readonly isAlways: boolean;
}

/** A figure that is there in every answer. */
export const always = (kind: FigureShape['kind'], meaning: string): FigureShape => ({ kind, meaning, isAlways: true });

/** A figure that is there where it applies. */
export const maybe = (kind: FigureShape['kind'], meaning: string): FigureShape => ({ kind, meaning, isAlways: false });

const OUTCOMES = ['at', 'never', 'already'] as const;

/** Results of a position among the figures of an answer. */
export function resultShapes(
  presence: 'always' | 'maybe',
  ...keys: readonly ResultKey[]
): Readonly<Record<string, FigureShape>> {
  return Object.fromEntries(
    keys.map((key) => {
      const { kind, meaning }: Result = RESULTS[key];
      const isOutcome = key === 'outcome';
      return [key, { kind: isOutcome ? OUTCOMES : kind, meaning, isAlways: presence === 'always' }];
    }),
  );
}

const KIND_SCHEMAS: Record<Result['kind'] | 'flag', object> = {
  word: { type: 'string' },
  amount: orNull(AMOUNT),
  percent: orNull(PERCENT),
  ratio: orNull(PERCENT),
  number: orNull({ type: 'integer', minimum: 1 }),
  codes: { type: 'array', items: { type: 'string' } },
  flag: { type: 'boolean' },
};

/** The members that a schema of figures has: its properties, and which of them are always there. */
export function figuresSchema(figures: Readonly<Record<string, FigureShape>>): {
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
} {
  const schemaOf = ({ kind, meaning }: FigureShape): object => ({
    description: meaning,
    ...(typeof kind === 'string' ? KIND_SCHEMAS[kind] : { enum: kind }),
  });
  const entries = Object.entries(figures);
  return {
    properties: Object.fromEntries(entries.map(([key, shape]) => [key, schemaOf(shape)])),
    required: entries.flatMap(([key, { isAlways }]) => (isAlways ? [key] : [])),
  };
}
