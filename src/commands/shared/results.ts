import type { Assessment } from '../../core/assessment.js';
import { RESULTS, type Result, type ResultKey } from '../../formats/results.js';
import type { Figures } from '../../schema/figure.js';

/**
 * Results of a position as figures of an answer that has one.
 *
 * @param presence - whether every answer has them.
 */
export function resultsOf<A>(
  presence: 'always' | 'if it applies',
  positionOf: (answer: A) => Assessment | undefined,
  ...keys: readonly ResultKey[]
): Figures<A> {
  return Object.fromEntries(
    keys.map((key) => {
      const { kind, meaning, of }: Result = RESULTS[key];
      const figure = {
        kind,
        meaning,
        ...(presence === 'always' && { always: true as const }),
        of: (answer: A, today?: number) => {
          const position = positionOf(answer);
          return position && of(position, today);
        },
      };
      return [key, figure];
    }),
  );
}

/** The liquidation price of a position, on its tick; `null` if no price liquidates it. */
export const liquidationPrice = RESULTS.liquidationPrice.of;

/** The meaning of the liquidation price, if only some answers have a position. */
export const LIQUIDATION_MEANING = 'liquidation price of the position, quote per base; null if no price liquidates it';
