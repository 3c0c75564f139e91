import { problem, type Problem } from '../core/errors.js';
import { closest } from '../core/names.js';
import { plainSymbol } from '../core/venues/index.js';
import { FIELDS } from '../formats/fields.js';
import { readValue } from '../schema/value.js';
import type { Invocation } from './command.js';

const SIDE_WORDS = [...FIELDS.side.choices, ...Object.keys(FIELDS.side.otherWords)];

const isSide = (word: string): boolean => 'value' in readValue(FIELDS.side, 'side', word);

/**
 * The operands with the side first. If it is missing or comes later, that is a problem, and a side is put in its place.
 * A word that resembles a side stays: it is the side, misspelled.
 */
export function withSide(
  { operands, name }: Pick<Invocation, 'operands' | 'name'>,
  problems: Problem[],
): readonly string[] {
  const [first] = operands;
  if (first !== undefined && (isSide(first) || closest(first.toLowerCase(), SIDE_WORDS) !== undefined)) return operands;
  const later = operands.find(isSide);
  const others = operands.filter((word) => word !== later);
  const words = [later ?? 'long', ...others.map(plainSymbol)].join(' ');
  const usage = `liqcalc ${name} ${words}${later === undefined ? ', or short' : ''}`;
  const explained = later === undefined ? 'the side is missing' : 'the side must be the first word';
  problems.push(problem('MISSING_OPERAND', '', { what: 'side', usage, explained }));
  return [later ?? 'long', ...others];
}
