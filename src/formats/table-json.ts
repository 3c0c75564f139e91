import type { BracketTable } from '../core/brackets.js';
import { decimalText } from './continuous-brackets.js';

/** A table as liqcalc's own JSON: `venues/liqcalc.ts` reads it back as the same table. */
export function tableJson(table: BracketTable): string {
  const { venue, symbol, contract, multiplier, asOf, confidence, source, notes } = table;
  const brackets = table.brackets.map(({ floor, cap, rate, amount, maxLeverage }) => ({
    floor: decimalText(floor),
    cap: cap ? decimalText(cap) : null,
    rate: decimalText(rate),
    amount: decimalText(amount),
    ...(maxLeverage && { maxLeverage: decimalText(maxLeverage) }),
  }));
  const head = { venue, symbol, contract, multiplier: decimalText(multiplier), asOf, confidence, source };
  return JSON.stringify({ ...head, ...(notes && { notes }), brackets });
}

/** A file of tables in liqcalc's own JSON, one table per line. */
export function tablesJson(tables: readonly BracketTable[]): string {
  return tables.length === 0 ? '{"tables":[]}\n' : `{"tables":[\n${tables.map(tableJson).join(',\n')}\n]}\n`;
}
