import { reducingRisk, yesOrNo } from '../rule.js';
import { plain } from '../words.js';

/** Whether the exchange adds margin automatically. */
export const autoMargin = yesOrNo({
  title: 'margin added automatically',
  reason:
    'Margin that is added automatically puts liquidation off and takes the wallet along: an isolated position then loses ' +
    'more than the margin that it was given.',
  source: reducingRisk('leverage 1'),
  needs: ['autoMargin'],
  severity: 'warn',
  judge: ({ position: { assessed, data } }) => {
    if (data.autoMargin === undefined) return { kind: 'lacks', data: ['autoMargin'] };
    if (!data.autoMargin) return { kind: 'ok' };
    const { collateral } = assessed.position;
    const most = collateral.kind === 'isolated' ? `: then at most ${plain(collateral.wallet)} margin is lost` : '';
    return {
      kind: 'finding',
      severity: 'warn',
      message: 'the exchange adds margin from the wallet by itself',
      advice: `turn automatic margin off${most}`,
    };
  },
});
