import type { AccountAssessment } from '../../account.js';
import { DEFAULT_VENUE } from '../../brackets.js';
import { maintenanceAt, profitAt } from '../../leg.js';
import { Ratio } from '../../ratio.js';
import { liquidationArticle, measured, reducingRisk, type RiskPosition, type Rule } from '../rule.js';
import { plain } from '../words.js';

/** How early the exchange would close a position to cover the loss of another one (auto-deleveraging). */
export const adl: Rule = {
  title: 'rank score for auto-deleveraging',
  reason:
    'The insurance fund pays for the losses that liquidated accounts cannot cover. If the fund is not sufficient, ' +
    'the exchange closes positions of other traders at the bankruptcy price, beginning with those that have ' +
    'much profit and a high margin ratio. The score is the profit divided by the wallet, times the margin ratio. It is zero ' +
    'without a profit. It is only a rank and has no limit of its own. The score is that of Binance; positions at other ' +
    'venues are not ranked.',
  source: `${reducingRisk('FAQ (insurance fund)')}; ${liquidationArticle('FAQ (fast markets)')}`,
  needs: ['account', 'mark'],
  unit: '',
  settings: { info: { default: '0' } },
  comparison: 'above',
  scope: 'pool',
  judge: (of) => {
    const { account, positions } = of.input;
    const judged = of.position ? [of.position] : positions;
    if (judged.some(({ terms: { venue = DEFAULT_VENUE } }) => venue !== DEFAULT_VENUE)) return { kind: 'idle' };
    if (!account) return { kind: 'lacks', data: ['account'] };
    const standing = standingOf(account, of.position);
    if (!standing) return { kind: 'lacks', data: ['mark'] };
    const value = score(standing);
    return measured(value, () => ({
      message: `with a profit of ${plain(standing.profit)} on ${plain(standing.wallet)} the rank score is ${plain(value)}: the exchange closes positions with the highest scores first`,
      advice: `take the profit of ${plain(standing.profit)}, or lower the leverage, to lower the score`,
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
