import { Ratio } from '../ratio.js';
import { passedLimit, type Passed } from '../risk-limits.js';
import { equityOf, marginFollowsSize, positionMargin, quantityOf } from '../risk-margin.js';
import { reducingRisk } from '../risk-sources.js';
import { figure, plain, roundedDown, roundedUp } from '../risk-words.js';
import type { Datum, Judgement, Rule } from './rule.js';
import type { RiskPosition } from './subject.js';

const FIRES = 'above';

/** How much of the equity one position takes as margin. */
export const allocation: Rule = {
  title: 'margin of the position over equity',
  reason:
    'One trade that has one to three percent of the equity as its margin can be lost without harm to the rest. An ' +
    'isolated position loses at most its margin; a cross one can take the whole wallet, so its size matters the more.',
  source: reducingRisk('sizing 1'),
  needs: ['equity', 'lev'],
  unit: '%',
  settings: { warn: { default: '1' }, error: { default: '3' } },
  fires: FIRES,
  scope: 'position',
  judge: ({ subject, position, settings }): Judgement => {
    const [equity, margin] = [equityOf(subject), positionMargin(position.assessed)];
    const data: readonly Datum[] = [...(equity ? [] : ['equity' as const]), ...(margin ? [] : ['lev' as const])];
    if (!equity || !margin) return { kind: 'lacks', data };
    const value = equity.sign() > 0 ? margin.over(equity).times(Ratio.HUNDRED) : undefined;
    const passed = passedLimit(value, settings, FIRES);
    if (!passed) return { kind: 'ok', value };
    const size = position.assessed.position.perUnit ? 'the margin of a size of 1' : 'the margin';
    const share = value ? `${figure(value, passed.limit)} % of the equity ${plain(equity)}` : 'more than all equity';
    const message = `${size}, ${plain(margin)}, is ${share}; the limit is ${plain(passed.limit)} %`;
    return { kind: 'finding', ...passed, value, message, advice: adviceFor({ position, margin, equity }, passed) };
  },
};

function adviceFor(
  { position, margin, equity }: { readonly position: RiskPosition; readonly margin: Ratio; readonly equity: Ratio },
  { limit }: Passed,
): string {
  const percent = `for ${plain(limit)} %`;
  const most = equity.times(limit).over(Ratio.HUNDRED);
  if (limit.sign() <= 0) return 'close the position';
  if (most.sign() <= 0) {
    return `add ${plain(roundedUp(margin.times(Ratio.HUNDRED).over(limit).minus(equity)))} equity ${percent}`;
  }
  if (!marginFollowsSize(position.assessed)) return `margin ${plain(roundedDown(most))} or less ${percent}`;
  const quantity = quantityOf(position.assessed).times(most).over(margin);
  return `size ${plain(roundedDown(quantity))} or less ${percent}`;
}
