import { DEFAULT_VENUE, type BracketRow } from '../core/brackets.js';
import { quoteOf, STABLE_QUOTES } from '../core/quotes.js';
import { looksCoinMargined } from '../core/settlement.js';
import { refuse, shownText } from './table-faults.js';
import type { FileOrigin, WrittenEntry } from './written-table.js';

/** A row as messages show it. */
export const EXAMPLE_ROW = '1 | 0 - 5,000 | 75x | 0.50% | 0';

/** Whole numbers with or without commas. Three decimals are not read: `25.000` may be 25 or 25,000. */
const BOUND = String.raw`(?:\d{1,3}(?:,\d{3}){1,9}|\d{1,20})(?:\.\d{1,2})?(?![\d.,])`;
const AMOUNT = String.raw`(?:\d{1,3}(?:,\d{3}){1,9}|\d{1,20})(?:\.\d{1,10})?(?![\d.,])`;
const UNIT = String.raw`(?:\s{0,3}\(?(${STABLE_QUOTES.join('|')})\)?)?`;
const DASH = String.raw`\s{0,3}[-–—−~～]\s{0,3}`;
/** Between cells: bars, tabs, blanks or line ends; a browser copies some tables with one cell per line. */
const GAP = String.raw`[\s|]{1,60}`;
const LEVERAGE = String.raw`(?:\d{1,4}x?${DASH})?(\d{1,4})\s?[x×]`;

/** A row of Binance's page: its number, a range of value, the highest leverage, a rate and an amount. */
const ROW = new RegExp(
  String.raw`^[ \t|]{0,60}\d{1,3}${GAP}(${BOUND})${UNIT}${DASH}(${BOUND})${UNIT}${GAP}` +
    String.raw`${LEVERAGE}${GAP}(\d{1,3}(?:\.\d{1,10})?)\s?%${GAP}(${AMOUNT})${UNIT}[ \t|]{0,60}\r?$`,
  'gim',
);

/** Figures as only rows have them: a percentage, a leverage, a range that is not a date. */
const FIGURES =
  /\d\s?%|\d\s?[x×](?!\w)|(?<![\d,.-])\d[\d,.]{0,40}\s?[a-z\d]{0,6}\s?[-–—−~～]\s?\d[\d,.]{0,40}(?![\d-])/i;
const MOST_NUMBERS_OF_WORDS = 2;

const COIN_MARGINED =
  "rows of the page are read for linear contracts only; import the answer of Binance's API, GET /dapi/v2/leverageBracket (it needs an API key)";

/** Rows as pasted: those that were read, the first one that was not, and the currencies in their cells. */
interface PastedRows {
  readonly rows: readonly BracketRow[];
  readonly unread: string | undefined;
  readonly units: ReadonlySet<string>;
}

function pastedRows(text: string): PastedRows {
  const rows: BracketRow[] = [];
  const units = new Set<string>();
  let [end, unread] = [0, undefined as string | undefined];
  for (const match of text.matchAll(ROW)) {
    unread ??= unreadRow(text.slice(end, match.index), rows.length > 0);
    end = match.index + match[0].length;
    const [, floor = '', floorUnit, cap = '', capUnit, maxLeverage = '', percent = '', amount = '', unit] = match;
    for (const each of [floorUnit, capUnit, unit]) if (each !== undefined) units.add(each.toUpperCase());
    const plain = (figure: string): string => figure.replaceAll(',', '');
    rows.push({ floor: plain(floor), cap: plain(cap), rate: `${percent}/100`, amount: plain(amount), maxLeverage });
  }
  unread ??= unreadRow(text.slice(end), rows.length > 0);
  return { rows, unread, units };
}

/** The first line between rows that looks like one; with one cell per line, all of its cells. */
function unreadRow(between: string, isAfterRows: boolean): string | undefined {
  const lines = between.split('\n').map((line) => line.trim());
  const index = lines.findIndex((line) => FIGURES.test(line) || (isAfterRows && hasNumbersOfRow(line)));
  const line = lines[index];
  if (line === undefined) return undefined;
  return /[\s|]/.test(line) ? line : lines.slice(index).join(' ').trim();
}

/** Whether a line begins with a number, or has more of them than a line of words. */
function hasNumbersOfRow(line: string): boolean {
  const words = line.split(/[\s|]+/).filter((word) => word !== '');
  const numbers = words.filter((word) => /^\d/.test(word));
  return numbers.length > 0 && (words[0] === numbers[0] || numbers.length > MOST_NUMBERS_OF_WORDS);
}

/** The table in text that was pasted from Binance's page of leverage and margin; `undefined` if no line is a row of it. */
export function pastedTable(text: string): WrittenEntry | undefined {
  const { rows, unread, units } = pastedRows(text);
  if (rows.length === 0) return undefined;
  return {
    symbol: undefined,
    venue: () => DEFAULT_VENUE,
    silentVenue: DEFAULT_VENUE,
    written: (origin, symbol) => {
      if (looksCoinMargined(symbol)) refuse(symbol, COIN_MARGINED);
      if (unread !== undefined)
        refuse(
          symbol,
          `the row ${shownText(unread.replace(/\s+/g, ' '))} cannot be read; write it like ${EXAMPLE_ROW}, or remove the line if it is not a row`,
        );
      const quote = quoteOf(symbol);
      const other = [...units].find((unit) => unit !== (quote ?? [...units][0]));
      if (other !== undefined) refuse(symbol, `its rows are in ${other}, which is not its quote currency`);
      return {
        contract: 'linear',
        multiplier: '1',
        asOf: origin.asOf(),
        confidence: 'B',
        source: `pasted rows of the leverage and margin page, ${datedWords(origin)}`,
        wholePosition: false,
        notes: [],
        rows,
      };
    },
  };
}

function datedWords({ name, asOf, dating }: FileOrigin): string {
  if (dating === 'date of reading') return `read ${asOf()}`;
  return name === '<stdin>' ? dating : `${name} (${dating})`;
}
