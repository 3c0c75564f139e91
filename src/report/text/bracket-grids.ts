import { figureText, type BracketTable, type Confidence } from '../../core/brackets.js';
import { tiersOf } from '../../core/venues/index.js';
import { Ratio } from '../../core/ratio.js';
import type { Difference } from '../../formats/table-differences.js';
import type { Cell, Grid, GridColumn } from './grid.js';
import { wrap } from './lines.js';
import type { Style } from '../style.js';

const CONFIDENCE: Readonly<Record<Confidence, string>> = { A: 'official', B: 'copy', C: 'unverified' };

const times = (value: Cell): string => (value === null ? '-' : `${value}x`);

const SYMBOL: GridColumn = { key: 'symbol', heading: 'SYMBOL' };
const VENUE: GridColumn = { key: 'venue', heading: 'VENUE' };
const CONTRACT: GridColumn = { key: 'contract', heading: 'CONTRACT' };
const BRACKETS: GridColumn = { key: 'brackets', heading: 'BRACKETS', align: 'right' };
const AS_OF: GridColumn = { key: 'asOf', heading: 'AS OF' };

/** Decimals of a ratio that no decimal is equal to. */
const RATIO_PLACES = 8;

/** All digits of a decimal; of a ratio the first ones. */
const shownFigure = (value: Ratio): string => {
  const text = figureText(value);
  return text.includes('/') ? value.toText(RATIO_PLACES) : text;
};

/** The highest leverage of a table, if it states one. */
function highestLeverage({ brackets }: BracketTable): string | null {
  const highest = Ratio.greatest(brackets.flatMap(({ maxLeverage }) => maxLeverage ?? []));
  return highest ? shownFigure(highest) : null;
}

/** Tables with their origin, one per row. */
export function tableListGrid(tables: readonly (readonly [table: BracketTable, origin: string])[]): Grid {
  return {
    columns: [
      SYMBOL,
      VENUE,
      CONTRACT,
      BRACKETS,
      { key: 'maxLeverage', heading: 'LEV', align: 'right', text: times },
      AS_OF,
      { key: 'confidence', heading: 'CONF' },
      { key: 'origin', heading: 'ORIGIN' },
    ],
    rows: tables.map(([table, origin]) => {
      const { symbol, venue, contract, brackets, asOf, confidence } = table;
      return [symbol, venue, contract, brackets.length, highestLeverage(table), asOf, confidence, origin];
    }),
  };
}

const percentText = (fraction: Ratio): string => shownFigure(fraction.percent());

/** The brackets of a table, one per row. */
export function bracketGrid({ brackets }: BracketTable): Grid {
  return {
    columns: [
      { key: 'bracket', heading: 'NO.', align: 'right' },
      { key: 'floor', heading: 'FLOOR', align: 'right' },
      { key: 'cap', heading: 'CAP', align: 'right', text: (value) => (value === null ? 'none' : String(value)) },
      { key: 'ratePercent', heading: 'RATE %', align: 'right' },
      { key: 'amount', heading: 'AMOUNT', align: 'right' },
      { key: 'maxLeverage', heading: 'MAX LEV', align: 'right', text: times },
    ],
    rows: brackets.map(({ floor, cap, rate, amount, maxLeverage }, index) => [
      index + 1,
      shownFigure(floor),
      cap ? shownFigure(cap) : null,
      percentText(rate),
      shownFigure(amount),
      maxLeverage ? shownFigure(maxLeverage) : null,
    ]),
  };
}

/** The title above the brackets of a table: its symbol, date and source. */
export function tableTitle(table: BracketTable, origin: string, { paint, width }: Style): string {
  const { symbol, contract, venue, asOf, confidence, source } = table;
  const lines = [
    ...wrap(`${paint.strong(symbol)}  ${contract}, ${venue}, ${origin}`, width),
    `As of ${asOf}, ${confidence} ${CONFIDENCE[confidence]}`,
    ...wrap(`Source: ${source}`, width),
    ...wrap(unitWords(table), width),
  ];
  return `${lines.join('\n')}\n\n`;
}

/** What the figures of a table count. */
function unitWords({ venue, contract, multiplier, lacksMultiplier }: BracketTable): string {
  const { apply, by } = tiersOf(venue);
  const figures = apply === 'whole' ? 'Floors and caps' : 'Floors, caps and amounts';
  const ofContract = `a contract is ${shownFigure(multiplier)} of ${contract === 'inverse' ? 'quote' : 'base'}`;
  if (by !== 'value') {
    const size = lacksMultiplier ? 'the size of a contract is not in the table' : ofContract;
    return `${figures} count contracts; ${size}.`;
  }
  if (contract === 'inverse') {
    return `${figures} are in the base coin; a contract is worth ${shownFigure(multiplier)} of quote.`;
  }
  const isPlain = multiplier.compare(Ratio.ONE) === 0;
  return `${figures} are in the quote currency${isPlain ? '' : `; ${ofContract}`}.`;
}

/** The outcome of reading a table: the table, or its first fault. */
export type Verdict =
  | { readonly kind: 'valid'; readonly symbol: string; readonly table: BracketTable }
  | { readonly kind: 'invalid'; readonly symbol: string; readonly fault: string };

const NOTES = { AMOUNTS_REBUILT: 'amounts rebuilt', AMOUNTS_REPAIRED: 'amounts corrected for float noise' } as const;

/** Verdicts on the tables of a file, one per row. */
export function verdictGrid(verdicts: readonly Verdict[]): Grid {
  return {
    columns: [
      SYMBOL,
      BRACKETS,
      AS_OF,
      { key: 'verdict', heading: 'VERDICT' },
      { key: 'remark', heading: 'REMARK', text: (value) => (value === null ? '' : String(value)) },
    ],
    rows: verdicts.map((verdict) => {
      if (verdict.kind === 'invalid') return [verdict.symbol, null, null, 'invalid', verdict.fault];
      const { brackets, asOf, confidence, source, notes = [] } = verdict.table;
      const remarks = [...notes.map((note) => NOTES[note]), ...(confidence === 'C' ? [`unverified: ${source}`] : [])];
      return [verdict.symbol, brackets.length, asOf, 'valid', remarks.length > 0 ? remarks.join('; ') : null];
    }),
  };
}

/** A table that was stored, and the origin and day of the table that was used before it. */
export interface Stored {
  readonly table: BracketTable;
  readonly before?: { readonly origin: string; readonly asOf: string };
}

/** Stored tables, one per row. */
export function storedGrid(stored: readonly Stored[]): Grid {
  return {
    columns: [
      SYMBOL,
      BRACKETS,
      AS_OF,
      { key: 'replacedOrigin', heading: 'REPLACES' },
      { key: 'replacedAsOf', heading: 'DATED' },
    ],
    rows: stored.map(({ table: { symbol, brackets, asOf }, before }) => {
      const { origin = null, asOf: day = null } = before ?? {};
      return [symbol, brackets.length, asOf, origin, day];
    }),
  };
}

/** Differences, one per row. */
export function differenceGrid(differences: readonly Difference[]): Grid {
  return {
    columns: [
      SYMBOL,
      { key: 'change', heading: 'CHANGE' },
      { key: 'bracket', heading: 'NO.', align: 'right' },
      { key: 'what', heading: 'WHAT' },
      { key: 'from', heading: 'FROM', align: 'right' },
      { key: 'to', heading: 'TO', align: 'right' },
    ],
    rows: differences.map(({ symbol, change, bracket, what, from, to }) =>
      [symbol, change, bracket, what, from, to].map((value) => value ?? null),
    ),
  };
}
