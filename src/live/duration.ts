import { problem, type Problem } from '../core/errors.js';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** A timer of Node cannot be longer. */
const LONGEST_MS = 2 ** 31 - 1;

/** A time like `500ms`, `5s`, `15m`, `1h`, in milliseconds; without a unit it is seconds. */
export function durationOf(field: string, text: string | undefined, problems: Problem[]): number | undefined {
  if (text === undefined) return undefined;
  const [, number = '', unit = 's'] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)?$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? 0);
  if (number !== '' && ms > 0 && ms <= LONGEST_MS) return ms;
  problems.push(problem('NOT_A_VALUE', field, { value: text, advice: 'write a time like 30s or 15m' }));
  return undefined;
}

/** An age in words: `0.4 s old`. */
export function ageWords(now: number, time: number): string {
  return `${(Math.max(0, now - time) / 1000).toFixed(1)} s old`;
}
