import type { AccountPosition } from '../core/account.js';
import type { Side } from '../core/leg.js';
import type { Changed } from '../core/what-if.js';
import type { Terms } from '../core/position.js';
import type { JsonField, PositionFacts } from './raw-account.js';
import { fieldOfKey } from './record.js';

const MOST_DECIMALS = 30;
const CHANGED_FIELDS: ReadonlySet<string> = new Set(['qty', 'notional', 'entry', 'margin', 'addMargin']);

/**
 * The facts of the positions of a changed account. A kept position keeps its own fields, with its present size, entry
 * and margin; the exchange's earlier report on it is dropped.
 */
export function changedFacts(
  { account, origins }: Changed,
  kept: readonly PositionFacts[],
  added: readonly PositionFacts[],
): PositionFacts[] {
  return origins.map(({ kind, index }, place) => {
    const { own, entryDecimals } = (kind === 'kept' ? kept : added)[index] as PositionFacts;
    const terms = account.positions[place]?.terms;
    return { entryDecimals, own: () => (terms ? withTerms(own(), terms) : own()) };
  });
}

function withTerms(own: readonly JsonField[], terms: Terms): JsonField[] {
  const { qty, notional, entry, margin, addMargin } = terms;
  const values = { qty, notional, entry, margin, addMargin };
  const others = own.filter(([key]) => !CHANGED_FIELDS.has(fieldOfKey(key) ?? key));
  const now = Object.entries(values).flatMap(([key, value]): JsonField[] =>
    value ? [[key, JSON.stringify(value.toText(MOST_DECIMALS))]] : [],
  );
  return [...others, ...now];
}

/** The facts of a position that turned to the other side. */
export function withSide({ own, entryDecimals }: PositionFacts, side: Side): PositionFacts {
  const turned = ([key, json]: JsonField): JsonField =>
    fieldOfKey(key) === 'side' ? [key, JSON.stringify(side)] : [key, json];
  return { entryDecimals, own: () => own().map(turned) };
}

/** The facts of a position whose mark was moved; the exchange's earlier report on it is dropped. */
export function withMark(
  facts: PositionFacts,
  before: AccountPosition | undefined,
  after: AccountPosition | undefined,
): PositionFacts {
  const mark = after?.terms.mark;
  if (!mark || before?.terms.mark?.compare(mark) === 0) return facts;
  const { own, entryDecimals } = facts;
  const moved: JsonField = ['mark', JSON.stringify(mark.toText(MOST_DECIMALS))];
  return {
    entryDecimals,
    own: () => {
      const fields = own();
      const isMark = ([key]: JsonField): boolean => fieldOfKey(key) === 'mark';
      return fields.some(isMark) ? fields.map((each) => (isMark(each) ? moved : each)) : [...fields, moved];
    },
  };
}
