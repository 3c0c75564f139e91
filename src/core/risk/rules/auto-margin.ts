import { reducingRisk } from '../sources.js';
import { plain } from '../words.js';
import type { Judgement, Rule } from '../rule.js';

/** Whether the exchange adds margin automatically. */
export const autoMargin: Rule = {
  title: 'margin added automatically',
  reason:
    'Margin that is added automatically puts liquidation off and takes the wallet along: an isolated position then loses ' +
    'more than the margin that it was given.',
  source: reducingRisk('leverage 1'),
  needs: ['autoMargin'],
  unit: '',
  settings: {},
  severity: 'warn',
  comparison: 'where it is so',
  scope: 'position',
  judge: ({ position: { assessed, data } }): Judgement => {
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
};
