import { bracketsFrom, figureOf, figureText, type Bracket, type BracketRow, type TableNote } from '../core/brackets.js';
import { Ratio } from '../core/ratio.js';
import { refuse } from './table-faults.js';

/** What is wrong with tables like OKX's for a venue whose rule has marginal tiers. */
export const WHOLE_POSITION =
  'one rate applies to the whole position, so maintenance jumps between brackets; give the rate of your size with mmr';

/**
 * Amounts may differ from continuity by this share of themselves: noise of floats and rounding, never a venue's rule.
 */
const NOISE = Ratio.from('0.000001');

/**
 * The brackets of a table with amounts that make maintenance continuous: the file's amounts if they are exact,
 * corrected if they contain noise, rebuilt if they are missing.
 *
 * @throws {LiqcalcError} `INVALID_BRACKETS` with the first fault.
 */
export function continuousBrackets(
  symbol: string,
  rows: readonly BracketRow[],
): { brackets: readonly Bracket[]; notes: TableNote[] } {
  const brackets = bracketsFrom(
    rows.map((row) => ({ ...row, amount: undefined })),
    symbol,
  );
  if (rows.every(({ amount }) => isZero(amount)) && brackets.some(({ amount }) => amount.sign() !== 0)) {
    refuse(symbol, WHOLE_POSITION);
  }
  refuseOdd(symbol, brackets);
  const notes = brackets.flatMap((bracket, index) => noteOn(rows, index, bracket.amount, symbol));
  return { brackets, notes: [...new Set(notes)] };
}

/**
 * The brackets of a venue that applies one rate to the whole position: without amounts. Amounts that an older version
 * rebuilt are dropped, because the rule never used them.
 *
 * @throws {LiqcalcError} `INVALID_BRACKETS` with the first fault.
 */
export function wholeBrackets(symbol: string, rows: readonly BracketRow[]): readonly Bracket[] {
  const isContinued = rows.some(({ amount }) => amount !== undefined && !isZero(amount));
  if (isContinued) continuousBrackets(symbol, rows);
  const brackets = bracketsFrom(
    isContinued ? rows.map((row) => ({ ...row, amount: undefined })) : rows,
    symbol,
    'whole',
  );
  refuseOdd(symbol, brackets);
  return brackets;
}

function refuseOdd(symbol: string, brackets: readonly Bracket[]): void {
  brackets.forEach((bracket, index) => {
    const fault = oddity(bracket);
    if (fault !== undefined) refuse(symbol, `no. ${index + 1}: ${fault}`);
  });
}

function isZero(text: string | undefined): boolean {
  return figureOf(text ?? '')?.sign() === 0;
}

/** Signs that a bracket is not an exchange's: percentages written as fractions, and endless digits. */
function oddity({ rate, amount, maxLeverage }: Bracket): string | undefined {
  if (maxLeverage && rate.times(maxLeverage).isAbove(Ratio.ONE)) {
    const [share, most] = [figureText(rate), figureText(maxLeverage)];
    return `rate ${share} is above the initial margin of ${most}x; rates are fractions, 0.004 is 0.4 %`;
  }
  return figureOf(figureText(amount)) ? undefined : 'its amount has more than 40 digits';
}

/** The notes on an amount: rebuilt if missing, repaired if it has noise; any other difference is a fault. */
function noteOn(rows: readonly BracketRow[], index: number, exact: Ratio, symbol: string): TableNote[] {
  const text = rows[index]?.amount;
  if (text === undefined) return index === 0 ? [] : ['AMOUNTS_REBUILT'];
  const given = figureOf(text);
  if (given?.compare(exact) === 0) return [];
  if (given && isNoise(given.minus(exact), exact)) return ['AMOUNTS_REPAIRED'];
  bracketsFrom(
    rows.map((row, place) => (place === index ? row : { ...row, amount: undefined })),
    symbol,
  );
  return [];
}

function isNoise(difference: Ratio, exact: Ratio): boolean {
  return !difference.abs().isAbove(exact.times(NOISE));
}
