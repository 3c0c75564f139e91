import { reducingRisk, yesOrNo } from '../rule.js';
import { plain } from '../words.js';

/** Whether the exchange adds margin automatically. */
export const autoMargin = yesOrNo({
  title: 'margin added automatically',
  reason:
    'Margin that is added automatically moves liquidation away, but it comes from the wallet: an isolated position ' +
    'can then lose more than its own margin.',
  source: reducingRisk('leverage 1'),
  needs: ['autoMargin'],
  severity: 'warn',
  judge: ({ position: { assessed, data } }) => {
    if (data.autoMargin === undefined) return { kind: 'lacks', data: ['autoMargin'] };
    if (!data.autoMargin) return { kind: 'ok' };
    const { collateral } = assessed.position;
    const most =
      collateral.kind === 'isolated'
        ? `: then the position can lose at most its margin of ${plain(collateral.wallet)}`
        : '';
    return {
      kind: 'finding',
      severity: 'warn',
      message: 'the exchange adds margin from the wallet automatically',
      advice: `turn automatic margin off${most}`,
    };
  },
});
