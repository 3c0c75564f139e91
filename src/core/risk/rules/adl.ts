import type { AccountAssessment } from '../../account.js';
import { maintenanceAt, profitAt } from '../../position.js';
import { Ratio } from '../../ratio.js';
import { liquidationArticle, measured, reducingRisk, type RiskPosition, type Rule } from '../rule.js';
import { plain } from '../words.js';

/** How early the exchange would close a position to cover the loss of another one (auto-deleveraging). */
export const adl: Rule = {
  title: 'rank score of auto-deleveraging',
  reason:
    'The insurance fund covers what liquidations leave negative. Only when it is not enough the exchange closes ' +
    'counterparties, the profitable and highly levered ones first, at the bankruptcy price. The score is the profit over ' +
    'the wallet times the margin ratio: zero without profit; it ranks, and has no limit of its own.',
  source: `${reducingRisk('FAQ')}; ${liquidationArticle('FAQ')}`,
  needs: ['account', 'mark'],
  unit: '',
  settings: { info: { default: '0' } },
  comparison: 'above',
  scope: 'pool',
  judge: (of) => {
    const { account } = of.input;
    if (!account) return { kind: 'lacks', data: ['account'] };
    const standing = standingOf(account, of.position);
    if (!standing) return { kind: 'lacks', data: ['mark'] };
    const value = score(standing);
    return measured(value, () => ({
      message: `with a profit of ${plain(standing.profit)} on ${plain(standing.wallet)} it has the rank score ${plain(value)}: of all positions those with the highest are closed first`,
      advice: `take the profit of ${plain(standing.profit)}, or lower the leverage, to be further back`,
    }));
  },
};

/** The inputs of the score, margin asset. */
interface Standing {
  readonly wallet: Ratio;
  readonly profit: Ratio;
  readonly maintenance: Ratio;
}

function standingOf(
  { account: { wallet }, equity, maintenance }: AccountAssessment,
  position: RiskPosition | undefined,
): Standing | undefined {
  if (!position) return { wallet, profit: equity.minus(wallet), maintenance };
  const own = position.assessed.position;
  const { mark } = own;
  return mark && { wallet: own.collateral.wallet, profit: profitAt(own, mark), maintenance: maintenanceAt(own, mark) };
}

/** `max(0, profit) / max(1, wallet)` times maintenance over equity, the latter 0 if equity is not positive. */
function score({ wallet, profit, maintenance }: Standing): Ratio {
  const equity = wallet.plus(profit);
  if (equity.sign() <= 0) return Ratio.ZERO;
  return profit.max(Ratio.ZERO).over(wallet.max(Ratio.ONE)).times(maintenance).over(equity);
}
