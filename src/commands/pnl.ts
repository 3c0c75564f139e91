import type { Warning } from '../core/assessment.js';
import { pnl, type Pnl } from '../core/plan/pnl.js';
import type { Leg } from '../core/leg.js';
import type { Ratio } from '../core/ratio.js';
import { amountIn, percentText, row } from '../report/text/card.js';
import { defineCommand } from './shared/command.js';
import { PROFIT } from './shared/profit.js';
import { legOfTrade, TRADE_FIELDS } from './shared/trade.js';

/** `liqcalc pnl long|short`: profit, return and fees between entry and exit. */
export const command = defineCommand({
  help: {
    usual: ['exit', 'entry', 'qty', 'notional', 'lev', 'taker', 'contract', 'multiplier', 'only', 'json'],
    examples: [
      'pnl long --entry 60000 --exit 63000 --qty 0.5 --lev 20',
      'pnl short --entry 60000 --exit 63000 --qty 0.5 --taker 0.05',
    ],
  },
  position: TRADE_FIELDS,
  inputs: {
    exit: {
      kind: 'decimal',
      range: 'positive',
      placeholder: 'P',
      meaning: 'exit price, quote per base',
      needed: 'exit price',
    },
  },
  supplies: ['lev', 'mmr'],
  needs: [{ what: 'size', give: ['qty', 'notional'] }],
  answer: ({ terms, exit }, context): Pnl & { readonly leg: Leg; readonly warnings: readonly Warning[] } => {
    const { leg, warnings } = legOfTrade(terms, context);
    return { ...pnl(leg, exit, terms), leg, warnings };
  },
  figures: {
    pnl: { kind: 'amount', always: true, meaning: 'profit before fees, margin asset', of: (answer) => answer.pnl },
    roi: {
      kind: 'percent',
      always: true,
      meaning: 'profit before fees in percent of the initial margin; null without lev',
      of: ({ roi }) => roi?.percent(),
    },
    ...PROFIT,
  },
  warnings: ({ warnings }) => warnings,
  text: (answer, page, { exit }) => {
    const money = amountIn(answer.leg.contract, page);
    const roi = (fraction: Ratio | undefined): string =>
      fraction ? `ROI ${percentText(fraction)} %` : 'no ROI without lev';
    const tone = answer.netPnl.sign() < 0 ? page.paint.bad : page.paint.good;
    const hasFees = answer.fees.sign() > 0;
    return [
      page.title(`exit ${exit.toText(30)}`),
      '',
      row('PnL', money(answer.pnl), roi(answer.roi), page, hasFees ? undefined : tone),
      ...(hasFees
        ? [
            row('Fees', money(answer.fees), 'taker, on entry and exit', page),
            row('Net PnL', money(answer.netPnl), roi(answer.netRoi), page, tone),
          ]
        : []),
      ...(answer.initialMargin ? [row('Margin', money(answer.initialMargin), 'initial margin', page)] : []),
      ...page.warningBlock,
    ];
  },
});
