import type { Assessment, Warning } from '../assessment.js';

import { checkExitSides, type Exits } from './exit-sides.js';
import { pnl } from './pnl.js';
import { stopRoom, stopWarnings, type StopRoom } from './stop.js';
import { exitPrice } from './target.js';
import { Ratio } from '../ratio.js';

/** What a position wins and loses at its stop and its take-profit price, after the fees of entry and exit. */
export interface ExitFigures extends Exits {
  /** Loss at the stop, margin asset; negative if the stop is in profit. */
  readonly loss?: Ratio | undefined;
  /** Gain at the take-profit price, margin asset. */
  readonly gain?: Ratio | undefined;
  /** Gain divided by loss; only if the stop loses. */
  readonly rewardRisk?: Ratio | undefined;
  /** Where the stop is in relation to liquidation. */
  readonly room?: StopRoom | undefined;
  /** The exit price without gain or loss, after fees. */
  readonly breakEven: Ratio | undefined;
  readonly warnings: readonly Warning[];
}

/**
 * The figures of the exits of a position.
 *
 * @throws {LiqcalcError} `WRONG_SIDE` for a stop or take-profit price that the mark has passed (the entry, if no mark is
 * given).
 */
export function exitFigures(assessment: Assessment, exits: Exits): ExitFigures {
  const { position, terms, reference } = assessment;
  const { stop, take } = exits;
  checkExitSides(position.side, exits, { price: reference, name: position.mark ? 'mark' : 'entry' });
  const loss = stop && pnl(position, stop, terms).netPnl.negated();
  const gain = take && pnl(position, take, terms).netPnl;
  return {
    stop,
    take,
    loss,
    gain,
    rewardRisk: loss && gain && loss.sign() > 0 ? gain.over(loss) : undefined,
    room: stop && stopRoom(stop, assessment),
    breakEven: exitPrice(position, { kind: 'pnl', pnl: Ratio.ZERO }, terms.taker),
    warnings: stop ? stopWarnings(stop, assessment) : [],
  };
}
