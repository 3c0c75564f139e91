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
export function ladderOf(assessment: Assessment, exits?: Exits): Ladder | undefined {
  const { position, price, outcome } = assessment;
  if (!price) return undefined;
  return {
    rungs: rungsOf(assessment, exits),
    present: position.mark ? 'M' : 'E',
    isLost: outcome.kind === 'already',
  };
}

/** The prices of a position that are known, with its planned exits. */
export function rungsOf({ position, price }: Assessment, { stop, take }: Exits = {}): readonly Rung[] {
  const prices: readonly (readonly [letter: string, name: string, price: Ratio | undefined])[] = [
    ['L', 'liquidation', price],
    ['E', 'entry', position.entry],
    ['B', 'bankruptcy', bankruptcy(position).bound?.price],
    ['C', 'margin call', marginCall(position).bound?.price],
    ['M', 'mark', position.mark],
    ['S', 'stop', stop],
    ['T', 'target', take],
  ];
  return prices.flatMap(([letter, name, at]) => (at ? [{ letter, name, price: at }] : []));
}
