import { MAX_DIGITS, MAX_MAGNITUDE } from '../core/ratio.js';
import type { Shape } from './value.js';

/** The allowed form of a decimal: its sign and its suffix. */
type DecimalShape = Pick<Shape, 'range' | 'suffix' | 'maximum'>;

/** Without an exponent, up to a power of ten. */
const plainUpTo = (power: number): string => String.raw`0*(?:\d{1,${power}}(?:\.\d*)?|10{${power}}(?:\.0*)?)|0*\.\d+`;
/** With an exponent: the reader checks the resulting value. */
const SCIENTIFIC = String.raw`(?:\d+(?:\.\d*)?|\.\d+)[eE][+\-]?\d{1,3}`;
/** More significant digits than a decimal may have, or a value below the least magnitude. */
const TOO_LONG = String.raw`[0.]*[1-9](?:\.?\d){${MAX_DIGITS}}`;
const TOO_SMALL = String.raw`0*\.0{${MAX_MAGNITUDE},}[1-9]\d*(?![\deE])`;
const NONZERO = '(?=[0.]*[1-9])';
const ZERO = '(?![0.]*[1-9])';

const SIGNS: Record<NonNullable<Shape['range']>, string> = {
  any: String.raw`[+\-]?`,
  notZero: String.raw`[+\-]?${NONZERO}`,
  positive: String.raw`\+?${NONZERO}`,
  notNegative: String.raw`(?:\+?|-${ZERO})`,
};

/**
 * The pattern of decimal text with the sign of a range, without anchors and suffix.
 *
 * @param power - of ten: the greatest that may be written without an exponent.
 */
export function decimalPattern(range: Shape['range'] | 'notPositive' = 'any', power = MAX_MAGNITUDE): string {
  const sign = range === 'notPositive' ? String.raw`(?:-|\+?${ZERO})` : SIGNS[range];
  return `${sign}(?!${TOO_LONG})(?!${TOO_SMALL})(?:${plainUpTo(power)}|${SCIENTIFIC})`;
}

/** Blanks of all kinds, which are left out around a value. */
export const BLANKS = String.raw`\s*`;

/** The pattern of a decimal field's text, whole. */
export function fieldPattern({ range, suffix, maximum = '' }: DecimalShape): string {
  const letter = suffix === undefined || suffix === '%' ? suffix : `[${suffix}${suffix.toUpperCase()}]`;
  const ending = letter === undefined ? '' : `(?:${BLANKS}${letter})?`;
  const power = /^10+$/.test(maximum) ? maximum.length - 1 : MAX_MAGNITUDE;
  return `^${BLANKS}(?:${decimalPattern(range, power)})${ending}${BLANKS}$`;
}

const MOST = Number(`1e${MAX_MAGNITUDE}`);
const LEAST = Number(`1e-${MAX_MAGNITUDE}`);

/** The least and the highest that a JSON number may be, and whether it may be 0. */
export function numberBounds({ range = 'any', maximum }: DecimalShape): {
  readonly minimum: number;
  readonly maximum: number;
  readonly not?: { readonly const: 0 };
} {
  const minimum = { any: -MOST, notZero: -MOST, positive: LEAST, notNegative: 0 }[range];
  const bounds = { minimum, maximum: maximum === undefined ? MOST : Number(maximum) };
  return range === 'notZero' ? { ...bounds, not: { const: 0 } } : bounds;
}

/** The pattern of several words in any case. */
export function anyCase(words: readonly string[]): string {
  const each = words.map((word) =>
    word.replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`),
  );
  return `(${each.join('|')})`;
}
