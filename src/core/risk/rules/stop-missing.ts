import type { AssessedPosition } from '../../account.js';
import { Ratio } from '../../ratio.js';
import { quantityOf } from '../margin.js';
import { stopAdvice, stopOf } from '../stops.js';
import { liquidationArticle, reducingRisk } from '../sources.js';
import { plain } from '../words.js';
import type { Judgement, Rule } from '../rule.js';
import type { RiskPosition } from '../input.js';

/** A suggested stop stays this far before liquidation, % of the stop price. */
const BUFFER = Ratio.from('0.5');

/** Whether there is a stop at all. */
export const stopMissing: Rule = {
  title: 'a stop at all',
  reason:
    'Without a stop the exchange ends the position, at its price and for its fee. An isolated position loses at most its ' +
    'margin; a cross one can take the whole wallet, so there a missing stop is an error. The exchange lists stops in ' +
    'openAlgoOrders, not in openOrders: give both, or an open stop may be missed. A trailing stop counts once the mark ' +
    'has passed its activation price. An order on the wrong side of the mark does not count.',
  source: `${liquidationArticle('managing 1')}; ${reducingRisk('leverage 3')}`,
  needs: ['stop'],
  unit: '',
  settings: {},
  grading: 'error in cross, warn in isolated',
  comparison: 'where it is so',
  scope: 'position',
  judge: ({ position }): Judgement => {
    const stop = stopOf(position);
    if (stop.kind === 'unknown') return { kind: 'lacks', data: ['stop'] };
    if (stop.kind === 'misplaced' && stop.from === 'given') return { kind: 'idle' };
    if (stop.kind !== 'none' && stop.kind !== 'misplaced') return { kind: 'ok' };
    const isCross = position.assessed.mode === 'cross';
    const loss = isCross
      ? 'a cross position can take the whole wallet'
      : `liquidation takes the margin, ${marginOf(position)}`;
    return {
      kind: 'finding',
      severity: isCross ? 'error' : 'warn',
      message: `there is no stop${uncoveredWords(position.assessed)}: ${loss}`,
      advice: stopAdvice(position.assessed, BUFFER),
    };
  },
};

/** The uncovered size, which is all of it; empty if no size was given. */
function uncoveredWords(assessed: AssessedPosition): string {
  return assessed.position.perUnit ? '' : ` for the size of ${plain(quantityOf(assessed))}`;
}

function marginOf({ assessed: { position } }: RiskPosition): string {
  return plain(position.collateral.wallet);
}
