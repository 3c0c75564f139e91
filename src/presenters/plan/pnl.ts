import type { Pnl } from '../../core/plan/pnl.js';
import { Ratio } from '../../core/ratio.js';
import type { Answer } from '../answer.js';
import { amountText, cardDecimals, percentText, row, type CardOptions } from '../card.js';
import { answerTitle, warningBlock, type TitleParts } from './words.js';
import type { Warning } from '../../core/assessment.js';

/** The figures of a profit. */
export function pnlAnswer(answer: Pnl): Answer {
  const percent = (fraction: Ratio | undefined): Ratio | null => fraction?.times(Ratio.HUNDRED) ?? null;
  return {
    figures: [
      ['pnl', 'amount', answer.pnl],
      ['roi', 'percent', percent(answer.roi)],
      ['fees', 'amount', answer.fees],
      ['netPnl', 'amount', answer.netPnl],
      ['netRoi', 'percent', percent(answer.netRoi)],
      ['initialMargin', 'amount', answer.initialMargin ?? null],
    ],
  };
}

/** A profit for reading. */
export function pnlText(
  answer: Pnl,
  title: TitleParts,
  warnings: readonly Warning[],
  { isInverse, ...options }: CardOptions & { readonly isInverse: boolean },
): string {
  const money = (amount: Ratio): string => amountText(amount, isInverse ? 8 : cardDecimals(options));
  const roi = (fraction: Ratio | undefined): string =>
    fraction ? `ROI ${percentText(fraction)} %` : 'no ROI without lev';
  const style = answer.netPnl.sign() < 0 ? options.paint.bad : options.paint.good;
  const fees = answer.fees.sign() > 0;
  return [
    answerTitle(title, options),
    '',
    row('PnL', money(answer.pnl), roi(answer.roi), fees ? undefined : style),
    ...(fees
      ? [
          row('Fees', money(answer.fees), 'taker, on entry and exit'),
          row('Net PnL', money(answer.netPnl), roi(answer.netRoi), style),
        ]
      : []),
    ...(answer.initialMargin ? [row('Margin', money(answer.initialMargin), 'initial margin')] : []),
    ...warningBlock(warnings),
    '',
  ].join('\n');
}
