import { bracketsFrom, type BracketTable, type Confidence } from '../brackets.js';
import type { ContractName } from '../contracts/index.js';
import { Ratio } from '../ratio.js';

/** A bracket table as a venue file writes it: one line per bracket, validated on first use. */
export interface VenueTable {
  readonly venue: string;
  readonly symbol: string;
  readonly contract: ContractName;
  readonly multiplier: string;
  readonly asOf: string;
  readonly confidence: Confidence;
  readonly source: string;
  /** Lines of `floor cap rate amount maxLeverage`; `-` as a cap means that there is none. */
  readonly brackets: string;
}

/** Parses and validates the brackets of a table. */
export function readVenueTable(table: VenueTable): BracketTable {
  const rows = table.brackets
    .trim()
    .split('\n')
    .map((line) => {
      const [floor, cap = '', rate = '', amount = '', maxLeverage] = line.trim().split(' ') as [
        string,
        ...(string | undefined)[],
      ];
      return { floor, cap: cap === '-' ? undefined : cap, rate, amount, maxLeverage };
    });
  return { ...table, multiplier: Ratio.from(table.multiplier), brackets: bracketsFrom(rows, table.symbol) };
}
