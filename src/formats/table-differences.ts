import { figureText, type Bracket, type BracketTable } from '../core/brackets.js';
import type { Ratio } from '../core/ratio.js';

/** One thing in which two sets of tables differ. */
export interface Difference {
  readonly symbol: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** The number of the bracket. */
  readonly bracket?: number;
  /** The part of the table or the bracket. */
  readonly what?: string;
  readonly from?: string;
  readonly to?: string;
}

/**
 * In what two sets of tables differ, by symbol.
 *
 * Compares everything that prices depend on: contracts, multipliers and brackets, but not dates and sources. Floors are
 * not named: each is the cap before it.
 */
export function tableDifferences(
  before: ReadonlyMap<string, BracketTable>,
  after: ReadonlyMap<string, BracketTable>,
): Difference[] {
  const symbols = [...new Set([...before.keys(), ...after.keys()])].sort();
  return symbols.flatMap((symbol): Difference[] => {
    const [old, now] = [before.get(symbol), after.get(symbol)];
    if (!old) return [{ symbol, change: 'added' }];
    if (!now) return [{ symbol, change: 'removed' }];
    return changes(old, now).map((change) => ({ symbol, change: 'changed', ...change }));
  });
}

type Change = Pick<Difference, 'bracket' | 'what' | 'from' | 'to'>;

function changes(before: BracketTable, after: BracketTable): Change[] {
  const found: Change[] = [];
  if (before.contract !== after.contract) found.push({ what: 'contract', from: before.contract, to: after.contract });
  found.push(...changeOf('multiplier', before.multiplier, after.multiplier));
  const count = Math.max(before.brackets.length, after.brackets.length);
  for (let index = 0; index < count; index++) {
    const bracket = index + 1;
    const [old, now] = [before.brackets[index], after.brackets[index]];
    const within = old && now ? bracketChanges(old, now) : [{ what: 'bracket', ...sides(old, now) }];
    found.push(...within.map((change) => ({ bracket, ...change })));
  }
  return found;
}

function bracketChanges(before: Bracket, after: Bracket): Change[] {
  return [
    ...changeOf('cap', before.cap, after.cap, 'none'),
    ...changeOf('ratePercent', before.rate.percent(), after.rate.percent()),
    ...changeOf('amount', before.amount, after.amount),
    ...changeOf('maxLeverage', before.maxLeverage, after.maxLeverage, 'unknown'),
  ];
}

function changeOf(what: string, from: Ratio | undefined, to: Ratio | undefined, nothing = ''): Change[] {
  const isSame = from && to ? from.compare(to) === 0 : !from && !to;
  const text = (value: Ratio | undefined): string => (value ? figureText(value) : nothing);
  return isSame ? [] : [{ what, from: text(from), to: text(to) }];
}

/** A bracket that only one of the tables has. */
function sides(before: Bracket | undefined, after: Bracket | undefined): Pick<Change, 'from' | 'to'> {
  const text = ({ cap, rate }: Bracket): string =>
    `${figureText(rate.percent())} %${cap ? ` to ${figureText(cap)}` : ''}`;
  return { ...(before && { from: text(before) }), ...(after && { to: text(after) }) };
}
