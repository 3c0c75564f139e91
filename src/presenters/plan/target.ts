import type { Pnl } from '../../core/plan/pnl.js';
import { Ratio } from '../../core/ratio.js';
import type { Answer } from '../answer.js';
import { amountText, cardDecimals, percentText, row, type CardOptions } from '../card.js';
import { priceText } from '../figures.js';
import { pnlAnswer } from './pnl.js';
import { answerTitle, warningBlock, type TitleParts } from './words.js';
import type { Warning } from '../../core/assessment.js';

/** An exit price and what it brings, or why there is none. */
export interface Exit {
  readonly price: Ratio | undefined;
  readonly move: Ratio | undefined;
  readonly brings: Pnl | undefined;
}

/** Why there is no exit price. */
export const NO_EXIT = 'no positive price brings it';

/** The figures of an exit; what it brings is per unit where no size is given, and then left out. */
export function exitAnswer({ price, move, brings }: Exit): Answer {
  return {
    figures: [
      ['exitPrice', 'amount', price ?? null],
      ['movePercent', 'percent', move?.times(Ratio.HUNDRED) ?? null],
      ['reason', 'word', price ? undefined : NO_EXIT],
      ...(brings ? pnlAnswer(brings).figures.map(([key, ...rest]) => [RENAMED[key] ?? key, ...rest] as const) : []),
    ],
  };
}

/** Keys that would cover the inputs of the same name. */
const RENAMED: Readonly<Record<string, string>> = { pnl: 'grossPnl', roi: 'grossRoi' };

/** An exit for reading. */
export function exitText(
  { price, move, brings }: Exit,
  title: TitleParts,
  warnings: readonly Warning[],
  options: CardOptions,
): string {
  const lines =
    price && move
      ? [
          row(
            'Exit',
            priceText(price, options),
            `${move.sign() < 0 ? '' : '+'}${percentText(move)} % from entry`,
            options.paint.strong,
          ),
        ]
      : [row('Exit', 'none', NO_EXIT, options.paint.warn)];
  const money = (amount: Ratio): string => amountText(amount, Math.max(4, cardDecimals(options)));
  const fees = brings && brings.fees.sign() > 0 ? `, after fees of ${money(brings.fees)}` : '';
  const roi = brings?.netRoi ? `ROI ${percentText(brings.netRoi)} %` : '';
  if (brings) lines.push(row('PnL', money(brings.netPnl), `${roi}${fees}`.replace(/^, /, '')));
  return [answerTitle(title, options), '', ...lines, ...warningBlock(warnings), ''].join('\n');
}
