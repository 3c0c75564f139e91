import { figureText, type BracketTable } from '../core/brackets.js';

/** A table as liqcalc's own JSON: `venues/liqcalc.ts` reads it back as the same table. */
export function tableJson(table: BracketTable): string {
  const { venue, symbol, contract, asOf, confidence, source, notes } = table;
  const brackets = table.brackets.map(({ floor, cap, rate, amount, maxLeverage }) => ({
    floor: figureText(floor),
    cap: cap ? figureText(cap) : null,
    rate: figureText(rate),
    amount: figureText(amount),
    ...(maxLeverage && { maxLeverage: figureText(maxLeverage) }),
  }));
  const multiplier = table.lacksMultiplier ? undefined : figureText(table.multiplier);
  const head = { venue, symbol, contract, multiplier, asOf, confidence, source };
  return JSON.stringify({ ...head, ...(notes && { notes }), brackets });
}

/** A file of tables in liqcalc's own JSON, one table per line. */
export function tablesJson(tables: readonly BracketTable[]): string {
  return tables.length === 0 ? '{"tables":[]}\n' : `{"tables":[\n${tables.map(tableJson).join(',\n')}\n]}\n`;
}
