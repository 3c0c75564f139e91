import type { Assessment } from '../../core/assessment.js';
import type { ResultKey } from '../../formats/result-keys.js';
import { RESULT_LIST, RESULTS, type Result } from '../../formats/results.js';
import type { Figures } from '../../schema/figure.js';

type ResultOf<K extends ResultKey> = (typeof RESULTS)[K];

/** Results of a position as figures of an answer. */
export type ResultFigures<A, K extends ResultKey, P extends Presence> = {
  readonly [R in keyof Pick<typeof RESULTS, K>]: {
    readonly kind: ResultOf<R>['kind'];
    readonly meaning: ResultOf<R>['meaning'];
    readonly always?: P extends 'always' ? true : never;
    readonly of: (answer: A, today?: number) => ReturnType<ResultOf<R>['of']> | undefined;
  };
};

/** Whether every answer has a position. */
type Presence = 'always' | 'if it applies';

/**
 * Results of a position as figures of an answer that has one.
 *
 * @param presence - whether every answer has them.
 */
export function resultsOf<A, const K extends ResultKey, P extends Presence>(
  presence: P,
  positionOf: (answer: A) => Assessment | undefined,
  ...keys: readonly K[]
): ResultFigures<A, K, P> {
  const figures: Figures<A> = Object.fromEntries(
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
  return figures as ResultFigures<A, K, P>;
}

/** The liquidation price of a position, on its tick; `null` if no price liquidates it. */
export const liquidationPrice = RESULTS.liquidationPrice.of;

/** The meaning of the liquidation price, if only some answers have a position. */
export const LIQUIDATION_MEANING = 'liquidation price of the position, quote per base; null if no price liquidates it';

/** Every result of a position but its warnings, which the frame of commands adds together with those of the inputs. */
export const POSITION_RESULTS = RESULT_LIST.map(([key]) => key).filter((key) => key !== 'warnings');
