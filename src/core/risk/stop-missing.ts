import { Ratio } from '../ratio.js';
import { farthestStop, losingBound, stopOf } from '../risk-stops.js';
import { liquidationArticle, reducingRisk } from '../risk-sources.js';
import { plain, priceOn, priceText } from '../risk-words.js';
import type { Judgement, Rule } from './rule.js';
import type { RiskPosition } from './subject.js';

/** A stop in advice stays so far before liquidation, % of the stop price. */
const BUFFER = Ratio.from('0.5');

/** Whether there is a stop at all. */
export const stopMissing: Rule = {
  title: 'a stop at all',
  reason:
    'Without a stop the exchange ends the position, at its price and for its fee. An isolated position loses at most its ' +
    'margin; a cross one can take the whole wallet, so there a missing stop is an error. A trailing stop that waits for ' +
    'its activation is none yet.',
  source: `${liquidationArticle('managing 1')}; ${reducingRisk('leverage 3')}`,
  needs: ['stop'],
  unit: '',
  settings: {},
  fires: 'where it is so',
  scope: 'position',
  judge: ({ position }): Judgement => {
    const stop = stopOf(position);
    if (stop.kind === 'unknown') return { kind: 'lacks', data: ['stop'] };
    if (stop.kind !== 'none') return { kind: 'ok' };
    const isCross = position.assessed.mode === 'cross';
    const loss = isCross
      ? 'a cross position can take the whole wallet'
      : `liquidation takes the margin, ${marginOf(position)}`;
    return {
      kind: 'finding',
      severity: isCross ? 'error' : 'warn',
      message: `there is no stop: ${loss}`,
      advice: adviceFor(position),
    };
  },
};

function marginOf({ assessed: { position } }: RiskPosition): string {
  return plain(position.collateral.wallet);
}

function adviceFor({ assessed }: RiskPosition): string {
  const { position, reference } = assessed;
  const isLong = position.side === 'long';
  const bound = losingBound(assessed);
  const exact = bound && farthestStop(position.side, bound, BUFFER);
  if (!exact) return `set a stop-market order ${isLong ? 'below' : 'above'} the mark`;
  const price = priceOn(isLong ? 'higher' : 'lower', exact, position);
  const hasRoom = isLong ? price.isBelow(reference) : price.isAbove(reference) && price.sign() > 0;
  if (!hasRoom)
    return `reduce or add margin first: liquidation at ${priceText(bound, position)} leaves no room for a stop`;
  return `set a stop at ${plain(price)} or ${isLong ? 'higher' : 'lower'}, ${plain(BUFFER)} % before liquidation`;
}
