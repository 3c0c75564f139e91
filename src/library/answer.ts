import type { Command } from '../commands/shared/command.js';
import { headOf, type Member, type Report } from '../report/report.js';
import type { FigureShape } from '../schema/figure.js';
import { Decimal } from './decimal.js';

type Shapes = Readonly<Record<string, FigureShape>>;

const NUMERIC: ReadonlySet<unknown> = new Set(['price', 'amount', 'exact', 'percent', 'ratio']);

/** A written figure as the library gives it: numbers are Decimals. */
export function valueOf(kind: FigureShape['kind'] | undefined, written: unknown): unknown {
  return NUMERIC.has(kind) && typeof written === 'string' ? decimalOf(written) : written;
}

/** The digits of a written ratio that has no end. */
const MOST_DIGITS = 40;

/** A written number as a Decimal. One that no decimal is (`1/30`) is rounded, and its JSON is the ratio. */
function decimalOf(written: string): Decimal {
  const [numerator = '', denominator] = written.split('/');
  if (denominator === undefined) return new Decimal(written);
  const rounded = new Decimal(numerator).div(denominator).toSignificantDigits(MOST_DIGITS);
  return Object.assign(rounded, { toJSON: () => written });
}

/** A decimal as it was written elsewhere. Its JSON is the same text, also with zeros at its end. */
export function exactDecimal(text: string): Decimal {
  const decimal = new Decimal(text);
  return decimal.toJSON() === text ? decimal : Object.assign(decimal, { toJSON: () => text });
}

/** Written figures as the object that the library gives. */
export function objectOf(members: readonly Member[], shapes: Shapes): Readonly<Record<string, unknown>> {
  const object: Record<string, unknown> = {};
  for (const [key, written] of members) object[key] = valueOf(shapes[key]?.kind, written);
  return object;
}

/** The answer of a command as the library gives it: as the command's JSON, with Decimals. */
export function answerOf({ figures, list }: Command, report: Report, hidden: ReadonlySet<string>): object {
  const head = headOf({ ...report, inputs: report.inputs.filter(([key]) => !hidden.has(key)) });
  const answer = objectOf(head, figures);
  if (!report.list || !list) return answer;
  return { ...answer, [list.key]: report.list.rows.map((row) => objectOf(row, list.figures)) };
}
