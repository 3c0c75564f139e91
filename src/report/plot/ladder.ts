import type { Assessment } from '../../core/assessment.js';
import { bankruptcy, marginCall } from '../../core/health.js';
import type { Exits } from '../../core/plan/exit-sides.js';
import type { Ratio } from '../../core/ratio.js';

/** A price of a position, shown as one letter in the terminal. */
export interface Rung {
  readonly letter: string;
  readonly name: string;
  readonly price: Ratio;
}

/** The prices of a position on one line, before it is drawn. */
export interface Ladder {
  readonly rungs: readonly Rung[];
  /** The letter of the present price. The room to liquidation is drawn from there. */
  readonly present: 'M' | 'E';
  /** Whether the present price is past liquidation. */
  readonly isLost: boolean;
}

/** The ladder of a position, with its planned exits; `undefined` without a liquidation price. */
export function ladderOf({ position, price, outcome }: Assessment, { stop, take }: Exits = {}): Ladder | undefined {
  if (!price) return undefined;
  const { entry, mark } = position;
  const prices: readonly (readonly [letter: string, name: string, price: Ratio | undefined])[] = [
    ['L', 'liquidation', price],
    ['E', 'entry', entry],
    ['B', 'bankruptcy', bankruptcy(position).bound?.price],
    ['C', 'margin call', marginCall(position).bound?.price],
    ['M', 'mark', mark],
    ['S', 'stop', stop],
    ['T', 'target', take],
  ];
  const rungs = prices.flatMap(([letter, name, at]) => (at ? [{ letter, name, price: at }] : []));
  return { rungs, present: mark ? 'M' : 'E', isLost: outcome.kind === 'already' };
}
