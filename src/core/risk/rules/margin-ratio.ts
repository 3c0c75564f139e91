import { accountMarginRatio } from '../../account.js';
import { marginRatioAt } from '../../health.js';
import { equityAt, totalMaintenanceAt } from '../../position.js';
import type { Ratio } from '../../ratio.js';
import { marginAdvice } from '../margin.js';
import { liquidationArticle, measured, type PoolCase, type Rule } from '../rule.js';
import { figure, justAbove, plain } from '../words.js';

/** Maintenance margin as a share of the margin balance. */
export const marginRatio: Rule = {
  title: 'maintenance margin as a share of the margin balance',
  reason:
    'A position is liquidated at 100 %. The exchange may send a margin call before that, usually at 80 %, but the ' +
    'message may arrive too late. In cross margin, all positions of the wallet have one ratio.',
  source: liquidationArticle('margin call'),
  needs: ['mark'],
  unit: '%',
  settings: { warn: { default: '80' }, error: { default: '100' } },
  comparison: 'at or above',
  scope: 'pool',
  judge: (of) => {
    const balance = balanceOf(of);
    if (!balance) return { kind: 'lacks', data: ['mark'] };
    const { maintenance, equity, ratio } = balance;
    const value = ratio?.percent();
    return measured(value, ({ limit }) => ({
      message: value
        ? `maintenance of ${plain(maintenance)} is ${figure(value, limit)} % of the margin balance ${plain(equity)}; the limit is ${plain(limit)} %`
        : `the margin balance is ${plain(equity)}: it cannot cover a maintenance of ${plain(maintenance)}`,
      advice: adviceFor(of, balance, limit),
    }));
  },
};

/** Maintenance and equity of one collateral at the marks, margin asset. */
interface Balance {
  readonly maintenance: Ratio;
  readonly equity: Ratio;
  /** A fraction; `undefined` if equity is not positive. */
  readonly ratio: Ratio | undefined;
}

function balanceOf({ input: { account }, position }: PoolCase): Balance | undefined {
  if (!position) {
    const ratio = account && accountMarginRatio(account);
    return account && { maintenance: account.maintenance, equity: account.equity, ratio };
  }
  const { position: own } = position.assessed;
  if (!own.mark) return undefined;
  return {
    maintenance: totalMaintenanceAt(own, own.mark),
    equity: equityAt(own, own.mark),
    ratio: marginRatioAt(own, own.mark),
  };
}

/** The rule still fires at the limit, so the added amount must lead below it. */
function adviceFor(of: PoolCase, { maintenance, equity }: Balance, limit: Ratio): string {
  if (limit.sign() <= 0) return 'close the position';
  const missing = maintenance.percent().over(limit).minus(equity);
  const to = `to get below ${plain(limit)} %`;
  const { position } = of;
  if (!position) return `add ${plain(justAbove(missing))} to the wallet ${to}`;
  return marginAdvice({ ...of, position }, missing, { rounded: justAbove, to });
}
