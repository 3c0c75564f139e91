import { Decimal } from './decimal.js';
import { fail } from '../core/errors.js';
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
  if (Decimal.isDecimal(value)) return value.toFixed();
  if (typeof value !== 'number') return { notAValue: typeof value, advice: 'give a string, a number or a Decimal' };
  return numberText(value) ?? { notAValue: String(value), advice: NUMBER_ADVICE };
}

const NUMBER_ADVICE = 'write it as a string: a number with more than 15 digits has been rounded already';

/** The digits of a number as they were typed; `undefined` if it has more than survive. */
export function numberText(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  const digits = value.toExponential().replace(/e.*$/, '').replace(/\D/g, '');
  return digits.length > MOST_DIGITS ? undefined : new Decimal(value).toFixed();
}

/** An object as the record of a position: the texts of its values, without those that are not given. */
export function recordOf(given: object): RawRecord {
  requireObject(given);
  const record: (readonly [string, RawValue])[] = [];
  for (const [key, value] of Object.entries(given)) {
    const text = textOf(value);
    if (text !== undefined) record.push([key, text]);
  }
  return record;
}

/** Accepts only an object. Types prevent anything else, but not every caller is checked by a compiler. */
export function requireObject(given: unknown): void {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return;
  fail('NOT_A_VALUE', '', { value: typeof given, advice: 'give an object like { side, entry, lev, mmr }' });
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
  const given = typeof mmr === 'string' ? Ratio.parse(mmr.replace(/%$/, '')) : undefined;
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
  return JSON.stringify(value, function (this: unknown, inner: string, each: unknown) {
    const original = (this as Readonly<Record<string, unknown>>)[inner];
    if (Decimal.isDecimal(original)) return original.toFixed();
    if (typeof each === 'bigint') return each.toString();
    if (typeof each !== 'number' || numberText(each) !== undefined) return each;
    return fail('NOT_A_VALUE', key, { value: String(each), advice: NUMBER_ADVICE });
  });
}
