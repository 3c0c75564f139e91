import { problem, type Problem } from '../core/errors.js';
import { Ratio } from '../core/ratio.js';
import { NEAREST_FIRST, sortFieldsOf, type Order } from '../formats/order.js';
import { readValue, type Shape } from '../schema/value.js';
import { listOf, shown, textOf, wordOf, type Numeric } from './given.js';

/** A percentage, with or without its sign. */
export const PERCENT = { kind: 'decimal', range: 'any', suffix: '%' } as const satisfies Shape;

/** The options that order what an answer shows. */
export interface OrderOptions {
  readonly sort?: readonly string[] | undefined;
  readonly top?: number | undefined;
}

/** The order that options ask for; `undefined` without any. */
export function orderOf({ sort, top }: OrderOptions, problems: Problem[]): Order | undefined {
  if (sort === undefined && top === undefined) return undefined;
  const isTop = top === undefined || (Number.isSafeInteger(top) && top > 0);
  if (!isTop) problems.push(problem('NOT_A_CHOICE', 'top', { value: shown(top), choices: ['a whole number from 1'] }));
  const fields = sort && listOf('sort', sort).flatMap((name) => sortFieldsOf(wordOf('sort', name)));
  return { fields: fields ?? NEAREST_FIRST, top };
}

/** A number that a caller gives; what is wrong with it is added to the problems. */
export function numberOf(
  key: string,
  shape: Shape,
  value: Numeric | undefined,
  problems: Problem[],
): Ratio | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const read = typeof text === 'string' ? readValue(shape, key, text) : notAValue(key, text);
  if ('problem' in read) problems.push(read.problem);
  return 'value' in read && read.value instanceof Ratio ? read.value : undefined;
}

const notAValue = (
  key: string,
  { notAValue: value, advice }: { notAValue: string; advice?: string },
): { problem: Problem } => ({
  problem: problem('NOT_A_VALUE', key, { value, advice }),
});
