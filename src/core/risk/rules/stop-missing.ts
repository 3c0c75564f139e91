import type { AssessedPosition } from '../../account.js';
import { quantityOf } from '../../position.js';
import { liquidationArticle, reducingRisk, yesOrNo, type RiskPosition } from '../rule.js';
import { stopAdvice, stopOf } from '../stops.js';
import { plain } from '../words.js';

/** Whether there is a stop at all. */
export const stopMissing = yesOrNo({
  title: 'a position without a stop',
  reason:
    'Without a stop, the exchange closes the position by liquidation, at its price and for its fee. An isolated ' +
    'position loses at most its margin. A cross position can lose the whole wallet, so a missing stop is then an ' +
    'error. The exchange lists stops in openAlgoOrders, not in openOrders: give both, or an open stop may be ' +
    'missed. A trailing stop counts after the mark has passed its activation price. An order on the wrong side of ' +
    'the mark does not count.',
  source: `${liquidationArticle('managing 1')}; ${reducingRisk('leverage 3')}`,
  needs: ['stop'],
  grading: 'error in cross, warn in isolated',
  judge: ({ position }) => {
    const stop = stopOf(position);
    if (stop.kind === 'unknown') return { kind: 'lacks', data: ['stop'] };
    if (stop.kind === 'misplaced' && stop.from === 'given') return { kind: 'idle' };
    if (stop.kind !== 'none' && stop.kind !== 'misplaced') return { kind: 'ok' };
    const isCross = position.assessed.mode === 'cross';
    const loss = isCross
      ? 'a cross position can take the whole wallet'
      : `liquidation would take the margin, ${marginOf(position)}`;
    return {
      kind: 'finding',
      severity: isCross ? 'error' : 'warn',
      message: `there is no stop${uncoveredWords(position.assessed)}: ${loss}`,
      advice: stopAdvice(position.assessed),
    };
  },
});

/** The uncovered size, which is all of it; empty if no size was given. */
function uncoveredWords(assessed: AssessedPosition): string {
  return assessed.position.perUnit ? '' : ` for the size of ${plain(quantityOf(assessed))}`;
}

function marginOf({ assessed: { position } }: RiskPosition): string {
  return plain(position.collateral.wallet);
}
