import { bracketsFrom, type BracketRow, type BracketTable, type Confidence } from '../brackets.js';
import type { ContractName } from '../contracts/index.js';
import { Ratio } from '../ratio.js';

/** A bracket table as a venue file writes it, validated on first use. */
export interface VenueTable {
  readonly venue: string;
  readonly symbol: string;
  readonly contract: ContractName;
  readonly multiplier: string;
  readonly asOf: string;
  readonly confidence: Confidence;
  readonly source: string;
  /** Lines of `floor cap rate amount maxLeverage` (`-` as a cap: no upper end), or rows made on first use. */
  readonly brackets: string | (() => readonly BracketRow[]);
}

/** Parses and validates the brackets of a table. */
export function readVenueTable(table: VenueTable): BracketTable {
  const rows = typeof table.brackets === 'string' ? rowsIn(table.brackets) : table.brackets();
  return { ...table, multiplier: Ratio.from(table.multiplier), brackets: bracketsFrom(rows, table.symbol) };
}

function rowsIn(lines: string): readonly BracketRow[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [floor, cap = '', rate = '', amount = '', maxLeverage] = line.trim().split(' ') as [
        string,
        ...(string | undefined)[],
      ];
      return { floor, cap: cap === '-' ? undefined : cap, rate, amount, maxLeverage };
    });
}
