import { DEFAULT_VENUE, type BracketRow } from '../core/brackets.js';
import { looksCoinMargined } from '../core/settlement.js';
import { refuse } from './table-faults.js';
import type { WrittenEntry } from './written-table.js';

/** A row of Binance's page, its columns apart by bars or tabs: `1 | 0 - 5,000 | 75x | 0.50% | 0`. */
const ROW =
  /^\|? ?\d{1,3} ?[|\t] ?([\d,.]{1,40}) ?[-–~] ?([\d,.]{1,40}) ?[|\t] ?(\d{1,4})x ?[|\t] ?([\d.]{1,20}) ?% ?[|\t] ?([\d,.]{1,40})/i;

const COIN_MARGINED =
  'rows of the page are read for linear contracts only; import the answer of GET /dapi/v2/leverageBracket';

function rowOf(line: string): BracketRow | undefined {
  const match = ROW.exec(line.trim());
  if (!match) return undefined;
  const [floor = '', cap = '', maxLeverage = '', percent = '', amount = ''] = match
    .slice(1)
    .map((each) => each.replaceAll(',', ''));
  return { floor, cap, rate: `${percent}/100`, amount, maxLeverage };
}

/** The table in text that was pasted from Binance's page of leverage and margin; `undefined` if no line is a row of it. */
export function pastedTable(text: string): WrittenEntry | undefined {
  const rows = text.split('\n').flatMap((line) => rowOf(line) ?? []);
  if (rows.length === 0) return undefined;
  return {
    symbol: undefined,
    venue: () => DEFAULT_VENUE,
    silentVenue: DEFAULT_VENUE,
    written: (origin, symbol) => ({
      contract: looksCoinMargined(symbol) ? refuse(symbol, COIN_MARGINED) : 'linear',
      multiplier: '1',
      asOf: origin.asOf(),
      confidence: 'A',
      source: `rows of the leverage and margin page ${origin.name} (${origin.dating})`,
      wholePosition: false,
      notes: [],
      rows,
    }),
  };
}
