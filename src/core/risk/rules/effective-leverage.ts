import { accountLeverage, type AccountAssessment } from '../../account.js';
import { effectiveLeverageAt } from '../../health.js';
import { profitAt, valueAt } from '../../leg.js';
import { equityAt } from '../../position.js';
import type { Ratio } from '../../ratio.js';
import { marginAdvice } from '../margin.js';
import {
  lacks,
  reducingRisk,
  type Breach,
  type PositionCase,
  type RiskInput,
  type RiskPosition,
  type Rule,
  type FindingWords,
} from '../rule.js';
import { figure, plain, roundedUp } from '../words.js';

/** The effective leverage of a position, compared with its set leverage. */
export const effectiveLeverage: Rule = {
  title: 'effective leverage at the mark, compared with the set leverage',
  reason:
    'A loss reduces the margin, so the effective leverage of a position rises above the set leverage, and it rises ' +
    'faster near liquidation. In cross margin it is the gross value of all positions divided by the equity of the ' +
    'account.',
  source: reducingRisk('leverage 5'),
  needs: ['mark', 'lev'],
  unit: 'x',
  settings: { warn: { default: '1.5', meaning: 'times the set leverage' } },
  comparison: 'above',
  scope: 'position',
  judge: (of) => {
    const { input, position } = of;
    const { lev, mark } = position.assessed.position;
    if (!lev || !mark) return lacks({ mark, lev });
    const standing = { ...standingOf(input, position, mark), of };
    const { value } = standing;
    const describe = ({ limit: times }: Breach): FindingWords => {
      const limit = lev.times(times);
      const is = value ? `is ${figure(value, limit)}x` : 'is unlimited, because there is no equity left';
      const message = `effective leverage ${is}; the limit is ${plain(limit)}x, ${plain(times)} times the set ${plain(lev)}x`;
      const advice = adviceFor(standing, limit);
      return {
        limit,
        message,
        advice: times.sign() > 0 ? `${advice} (${plain(times)} times the set ${plain(lev)}x)` : advice,
      };
    };
    return { kind: 'measured', value, compared: value?.over(lev), describe };
  },
};

/** Gross value and equity, margin asset; a leverage is their quotient. */
interface Standing {
  readonly value: Ratio | undefined;
  readonly gross: Ratio;
  readonly equity: Ratio;
  readonly assessed: RiskPosition['assessed'];
  readonly mark: Ratio;
}

function standingOf(input: RiskInput, { assessed }: RiskPosition, mark: Ratio): Standing {
  const { account } = input;
  const { mode, position } = assessed;
  return mode === 'cross' && account
    ? { ...ofAccount(account), assessed, mark }
    : {
        value: effectiveLeverageAt(position, mark),
        gross: valueAt(position, mark),
        equity: equityAt(position, mark),
        assessed,
        mark,
      };
}

function ofAccount(account: AccountAssessment): Pick<Standing, 'value' | 'gross' | 'equity'> {
  return { value: accountLeverage(account), gross: account.value, equity: account.equity };
}

function adviceFor(
  { gross, equity, assessed, mark, of }: Standing & { readonly of: PositionCase },
  limit: Ratio,
): string {
  const { position } = assessed;
  if (limit.sign() <= 0) return 'close the position';
  const advice = marginAdvice(of, gross.over(limit).minus(equity), {
    rounded: roundedUp,
    to: `to reach ${plain(limit)}x`,
  });
  const { collateral } = position;
  if (collateral.kind === 'cross') return advice;
  const profit = profitAt(position, mark);
  const loss =
    profit.sign() < 0 ? `the loss is ${plain(profit.negated())} of ${plain(collateral.wallet)} margin: ` : '';
  return loss + advice;
}
