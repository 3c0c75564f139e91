import type { FigureKind, FigureShape } from './figure.js';
import { WRITTEN_AMOUNT, WRITTEN_PERCENT } from './written.js';

/** A schema that also accepts `null`. */
export const orNull = (schema: object): object => ({ anyOf: [schema, { type: 'null' }] });

const AMOUNT = orNull({ type: 'string', pattern: WRITTEN_AMOUNT });
const PERCENT = orNull({ type: 'string', pattern: WRITTEN_PERCENT });

const KIND_SCHEMAS: Record<FigureKind, object> = {
  word: { type: 'string' },
  price: AMOUNT,
  amount: AMOUNT,
  exact: AMOUNT,
  percent: PERCENT,
  ratio: PERCENT,
  number: orNull({ type: 'integer', minimum: 1 }),
  codes: { type: 'array', items: { type: 'string' } },
  flag: { type: 'boolean' },
};

/**
 * The members that a JSON Schema of figures has: its properties, and which of them are always there.
 *
 * @param standing - whether the figures stand alone or beside rows.
 */
export function figuresSchema(
  figures: Readonly<Record<string, FigureShape>>,
  standing: 'alone' | 'beside rows' = 'alone',
): { readonly properties: Readonly<Record<string, object>>; readonly required: readonly string[] } {
  const entries = Object.entries(figures);
  const isRequired = ({ always }: FigureShape): boolean =>
    always === true || (always === 'alone' && standing === 'alone');
  return {
    properties: Object.fromEntries(
      entries.map(([key, { kind, meaning }]) => [
        key,
        { description: meaning, ...(typeof kind === 'string' ? KIND_SCHEMAS[kind] : { enum: kind }) },
      ]),
    ),
    required: entries.flatMap(([key, shape]) => (isRequired(shape) ? [key] : [])),
  };
}
