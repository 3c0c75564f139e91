import type { Assessment } from '../../core/assessment.js';
import type { Averaged } from '../../core/plan/average.js';
import { Ratio } from '../../core/ratio.js';
import { RESULT_LIST } from '../../formats/results.js';
import { resultFigures, steppedFigure, type Answer } from '../answer.js';
import { amountText, card, cardDecimals, row, type CardOptions } from '../card.js';
import { priceText, type Rendering } from '../figures.js';

/** The position that fills left, and what becomes of it where margin and rates are known. */
export interface AveragedPosition extends Averaged {
  readonly assessment?: Assessment;
}

/** The figures of an average: what is held, what was realized, then every result of the position. */
export function averageAnswer(
  { holding, realizedPnl, effects, assessment }: AveragedPosition,
  rendering: Rendering,
): Answer {
  const open = holding.kind === 'open' ? holding : undefined;
  return {
    figures: [
      ['side', 'word', open?.side ?? null],
      ['entry', 'amount', open?.entry ?? null],
      steppedFigure('qty', open?.qty ?? Ratio.ZERO),
      ['realizedPnl', 'amount', realizedPnl],
      ['fillCount', 'number', effects.length],
      ...(assessment
        ? resultFigures(
            assessment,
            RESULT_LIST.map(([key]) => key),
            rendering,
          )
        : []),
    ],
  };
}

/** An average for reading, with the card of the position where there is one. */
export function averageText(
  { holding, realizedPnl, effects, assessment }: AveragedPosition,
  options: CardOptions,
): string {
  const decimals = cardDecimals(options);
  const counted = { opens: 'opened', adds: 'added', reduces: 'reduced', closes: 'closed', flips: 'turned' } as const;
  const parts = Object.entries(counted).flatMap(([effect, word]) => {
    const count = effects.filter((each) => each === effect).length;
    return count > 0 ? [`${count} ${word}`] : [];
  });
  const lines = [
    holding.kind === 'flat'
      ? row('Position', 'none', 'the fills close it')
      : row(
          'Position',
          `${holding.side} ${holding.qty.toText(30)}`,
          `average entry ${priceText(holding.entry, options)}`,
          options.paint.strong,
        ),
    row('Realized PnL', amountText(realizedPnl, Math.max(4, decimals)), 'of what was closed, fees not counted'),
    row('Fills', String(effects.length), parts.join(', ')),
  ];
  return `${lines.join('\n')}\n${assessment ? `\n${card(assessment, options)}` : ''}`;
}
