import type { BracketRow } from '../brackets.js';
import { Ratio } from '../ratio.js';
import type { VenueTable } from './venue-table.js';

/** What the tables of a text have in common. */
type Head = Omit<VenueTable, 'symbol' | 'brackets'>;

/**
 * Bracket tables in a compact text. Each line has the symbols that share its tiers, and the tiers in order:
 * `DOGEUSDT: 75x 0.65 to 80k, 50x 1` has a rate of 0.65 % up to a value of 80,000, then one of 1 %. Amounts follow from
 * continuity. The tiers of a table are parsed when it is looked up.
 *
 * @param rateOf - the rate of a tier by its maximum leverage, for a venue that has no other rates: `1/80`.
 */
export function tablesInLines(head: Head, text: string, rateOf?: (maxLeverage: string) => string): VenueTable[] {
  return text
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [symbols = '', tiers = ''] = line.split(':');
      const brackets = (): readonly BracketRow[] => rowsOf(tiers, rateOf);
      return symbols
        .trim()
        .split(' ')
        .map((symbol) => ({ ...head, symbol, brackets }));
    });
}

const TIER = /^(\d+)x(?: ([\d.]+))?(?: to ([\d.]+)([kM]))?$/;
const UNITS: Readonly<Record<string, Ratio>> = { k: Ratio.from('1000'), M: Ratio.from('1000000') };

function rowsOf(tiers: string, rateOf?: (maxLeverage: string) => string): readonly BracketRow[] {
  let floor = '0';
  return tiers.split(',').map((tier) => {
    const [, maxLeverage = '', percent = '', figure = '', unit = ''] = TIER.exec(tier.trim()) as RegExpExecArray;
    const cap = UNITS[unit]?.times(Ratio.from(figure)).toText(0);
    const row = { floor, cap, rate: rateOf?.(maxLeverage) ?? `${percent}/100`, amount: undefined, maxLeverage };
    floor = cap ?? '';
    return row;
  });
}
