import { Decimal } from './decimal.js';
import { fail, isLiqcalcError } from '../core/errors.js';
import { Ratio } from '../core/ratio.js';
import type { RawRecord, RawValue } from '../formats/record.js';

/**
 * A numeric input: decimal text (`'30000'`, `'0.5%'`, `'10x'`), a bigint, a Decimal of any copy of decimal.js, or a
 * number of at most 15 significant digits. A number with more has been rounded already, and is refused.
 */
export type Numeric = string | number | bigint | Decimal;

/** The most digits with which every decimal number survives as a JavaScript number. */
const MOST_DIGITS = 15;

/** What is given for one input, as text; `undefined` if it is not given. */
export function textOf(value: unknown): RawValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'object') {
    const text = decimalText(value) ?? { notAValue: shown(value), advice: VALUE_ADVICE };
    return NOT_FINITE.has(text) ? { notAValue: text as string, advice: FINITE_ADVICE } : text;
  }
  if (typeof value !== 'number') return { notAValue: shown(value), advice: VALUE_ADVICE };
  return numberText(value) ?? { notAValue: String(value), advice: adviceFor(value) };
}

/** How a Decimal writes NaN and infinities. */
const NOT_FINITE: ReadonlySet<unknown> = new Set(['NaN', 'Infinity', '-Infinity']);

const VALUE_ADVICE = 'give a string, a number or a Decimal';

/** The digits of a Decimal; `undefined` for an object that only looks like one. */
function decimalText(value: object): string | undefined {
  try {
    const text: unknown = Decimal.isDecimal(value) ? value.toFixed() : undefined;
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

/** A value of any type for a message: a word as it is, anything else by its type. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value;
}

const ROUNDED_ADVICE = 'write it as a string: a number with more than 15 digits has been rounded already';

/** What to do about a number that is not taken. */
const adviceFor = (value: number): string => (Number.isFinite(value) ? ROUNDED_ADVICE : FINITE_ADVICE);

const FINITE_ADVICE = 'give a finite number';

/** The digits of a number as they were typed; `undefined` if it has more than survive. */
export function numberText(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  const digits = value.toExponential().replace(/e.*$/, '').replace(/\D/g, '');
  return digits.length > MOST_DIGITS ? undefined : new Decimal(value).toFixed();
}

/** An object as the record of a position: the texts of its values, without those that are not given. */
export function recordOf(given: object): RawRecord {
  const record: (readonly [string, RawValue])[] = [];
  for (const [key, value] of Object.entries(copyOf(given))) {
    const text = textOf(value);
    if (text !== undefined) record.push([key, text]);
  }
  return record;
}

const OBJECT_ADVICE = 'give an object like { side, entry, lev, mmr }';

/**
 * A copy of an object that a caller gives: what the caller's own code does in it (getters, proxies) happens here, once.
 *
 * @throws {LiqcalcError} for a value that is not an object. Types prevent it, but not every caller is checked by a compiler.
 */
export function copyOf<T extends object>(given: T, key = '', advice = OBJECT_ADVICE): T {
  return readable(key, () => {
    if (typeof given === 'object' && (given as unknown) !== null && !Array.isArray(given)) return { ...given };
    return fail('NOT_A_VALUE', key, { value: shown(given), advice });
  });
}

/** A list that a caller gives. */
export function listOf<T>(key: string, given: readonly T[]): readonly T[] {
  const value: unknown = given;
  return readable(key, (): readonly T[] => {
    if (Array.isArray(value)) return Array.from(given);
    return fail('NOT_A_VALUE', key, { value: shown(given), advice: 'give an array' });
  });
}

/** A text that a caller gives. */
export function wordOf(key: string, given: string): string {
  return typeof given === 'string' ? given : fail('NOT_A_VALUE', key, { value: shown(given), advice: 'give a string' });
}

/** Reads what a caller gives; an error of the caller's own code becomes one in words. */
export function readable<T>(key: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isLiqcalcError(error)) throw error;
    const [why = ''] = error instanceof Error ? error.message.split('\n') : [shown(error)];
    return fail('NOT_A_VALUE', key, { value: 'object', advice: `it cannot be read: ${why}` });
  }
}

/** The maintenance rate as a fraction, as exchanges and ccxt publish it: another way to write `mmr`. */
export const RATE_KEY = 'maintenanceMarginRate';

/** A record with the rate given as a fraction put under `mmr`, in percent. */
export function withPercentRate(record: RawRecord): RawRecord {
  const fraction = record.find(([key]) => key === RATE_KEY)?.[1];
  if (fraction === undefined) return record;
  const parsed = typeof fraction === 'string' ? Ratio.parse(fraction) : undefined;
  if (parsed?.kind !== 'decimal') {
    const value = typeof fraction === 'string' ? fraction : fraction.notAValue;
    const advice = 'give the fraction as text or as a Decimal: 0.005 is 0.5 %';
    return fail('NOT_A_VALUE', RATE_KEY, { value, advice });
  }
  const percent = parsed.value.percent();
  const others = record.filter(([key]) => key !== RATE_KEY);
  const mmr = others.find(([key]) => key === 'mmr')?.[1];
  if (mmr === undefined) return [...others, ['mmr', percent.toText(30)]];
  const given = typeof mmr === 'string' ? Ratio.parse(mmr.replace(/%$/, '').trimEnd()) : undefined;
  if (given?.kind === 'decimal' && given.value.compare(percent) !== 0) {
    const why = `it is ${percent.toText(30)} %, the other ${given.value.toText(30)} %`;
    fail('CONFLICT', RATE_KEY, { with: 'mmr', why });
  }
  return others;
}

/** Percent that a maintenance rate is rarely below; see `LOW_RATE` of warnings. */
const LEAST_RATE = Ratio.from('0.1');

/** Refuses a rate in percent that is probably a fraction: a price alone cannot carry a warning. */
export function refuseLowRate(record: RawRecord): void {
  const text = record.find(([key]) => key === 'mmr')?.[1];
  const parsed = typeof text === 'string' ? Ratio.parse(text) : undefined;
  if (parsed?.kind !== 'decimal' || parsed.value.sign() <= 0 || !parsed.value.isBelow(LEAST_RATE)) return;
  fail('LOW_RATE', 'mmr', { value: parsed.value.toText(30), percent: parsed.value.percent().toText(30) });
}

/**
 * The text of what a file would contain: text as it is, or parsed values as JSON with their digits.
 *
 * @throws {LiqcalcError} for a number that has been rounded already.
 */
export function contentOf(key: string, value: unknown): string {
  if (typeof value === 'string') return value;
  const text = readable(key, (): unknown => JSON.stringify(value, replacerOf(key)));
  return typeof text === 'string' ? text : fail('NOT_A_VALUE', key, { value: shown(value), advice: CONTENT_ADVICE });
}

const CONTENT_ADVICE = 'give the text, or the values that it contains';

/** Writes the numbers of parsed values with their digits, and refuses those that have been rounded already. */
function replacerOf(key: string): (this: unknown, inner: string, each: unknown) => unknown {
  return function (inner, each) {
    const original = (this as Readonly<Record<string, unknown>>)[inner];
    if (Decimal.isDecimal(original))
      return Object.is(original.constructor, Decimal) ? original.toJSON() : original.toFixed();
    if (typeof each === 'bigint') return each.toString();
    if (typeof each !== 'number' || numberText(each) !== undefined) return each;
    return fail('NOT_A_VALUE', key, { value: String(each), advice: adviceFor(each) });
  };
}
