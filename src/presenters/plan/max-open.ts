import type { Assessment, Warning } from '../../core/assessment.js';
import type { MaxOpen } from '../../core/plan/max-open.js';
import type { Ratio } from '../../core/ratio.js';
import { priceFigure, steppedFigure, type Answer } from '../answer.js';
import { amountText, cardDecimals, liquidationText, row, type CardOptions } from '../card.js';
import { answerTitle, outcomeNote, warningBlock, type TitleParts } from './words.js';

/** The largest position, and where it is liquidated as far as its rates are known. */
export interface Opened {
  readonly most: MaxOpen;
  readonly assessment?: Assessment;
}

/** The figures of the largest position. */
export function maxOpenAnswer({ most, assessment }: Opened): Answer {
  const isNone = most.qty.sign() === 0;
  return {
    figures: [
      steppedFigure('qty', isNone ? undefined : most.qty),
      ['notional', 'amount', isNone ? null : most.notional],
      ['margin', 'amount', isNone ? null : most.margin],
      ['assumedPrice', 'amount', most.assumedPrice],
      ['openLoss', 'amount', isNone ? null : most.openLoss],
      ['cost', 'amount', isNone ? null : most.margin.plus(most.openLoss)],
      ['fee', 'amount', isNone ? null : most.fee],
      ['limitedBy', 'word', most.limitedBy],
      ['bracketCap', 'amount', most.bracketCap],
      ['liquidationPrice', 'amount', assessment && priceFigure(assessment)],
      ['reason', 'word', most.reason],
    ],
  };
}

/** The largest position for reading. */
export function maxOpenText(
  { most, assessment }: Opened,
  title: TitleParts,
  warnings: readonly Warning[],
  options: CardOptions,
): string {
  const isInverse = assessment?.position.contract.marginAsset === 'base' || title.terms.contract === 'inverse';
  const money = (amount: Ratio): string => amountText(amount, isInverse ? 8 : cardDecimals(options));
  const limit =
    most.limitedBy === 'balance'
      ? 'the balance is the limit'
      : `the brackets are the limit${most.bracketCap ? `: ${money(most.bracketCap)} at this leverage` : ''}`;
  const isAtEntry = title.terms.entry !== undefined && most.assumedPrice.compare(title.terms.entry) === 0;
  const marginNote = isAtEntry
    ? 'initial margin'
    : `initial margin at ${most.assumedPrice.toFixed(cardDecimals(options))}, which the exchange assumes`;
  const lines =
    most.reason === undefined
      ? [
          row('Size', most.qty.toText(30), `worth ${money(most.notional)} at entry; ${limit}`, options.paint.strong),
          row(
            'Margin',
            money(most.margin),
            `${marginNote}${most.fee.sign() > 0 ? `; ${money(most.fee)} fee to open it` : ''}`,
          ),
          ...(most.openLoss.sign() > 0
            ? [row('Open loss', money(most.openLoss), 'against the mark; the exchange asks it on top of the margin')]
            : []),
          ...(assessment
            ? [
                row(
                  'Liquidation',
                  liquidationText(assessment, options),
                  outcomeNote(assessment, options).replace(/^liquidated at [\d.]+, /, ''),
                ),
              ]
            : []),
        ]
      : [row('Size', 'none', most.reason, options.paint.warn)];
  return [answerTitle(title, options), '', ...lines, ...warningBlock(warnings), ''].join('\n');
}
