import type { Assessment } from '../../core/assessment.js';
import type { ExitFigures } from '../../core/plan/exits.js';
import type { Ratio } from '../../core/ratio.js';
import { priceText } from '../../report/figures.js';
import { amountIn, liquidationText, percentText, type CardOptions, type CardRow } from '../../report/text/card.js';

export { exitFigures, type ExitFigures } from '../../core/plan/exits.js';

/** The rows of a card about stop and take-profit price. */
export function exitRows(figures: ExitFigures, assessment: Assessment, options: CardOptions): readonly CardRow[] {
  const { stop, take, loss, gain, rewardRisk, breakEven } = figures;
  const { terms, position, reference } = assessment;
  const money = amountIn(position.contract, options);
  const { taker } = terms;
  const fees = taker ? `fees of ${percentText(taker)} % at entry and exit included` : 'without fees; --taker adds them';
  const away = (price: Ratio): string => `${percentText(price.minus(reference).abs().over(reference))} % away`;
  const amount = (value: Ratio): string => `${value.sign() < 0 ? 'gain' : 'loss'} ${money(value.abs())}`;
  return [
    ...(stop && loss
      ? [
          {
            label: 'Stop',
            value: priceText(stop, options),
            note: `${away(stop)}: ${amount(loss)}, ${fees}; ${placeWords(figures, assessment, options)}`,
          },
        ]
      : []),
    ...(take && gain
      ? [
          {
            label: 'Take profit',
            value: priceText(take, options),
            note: `${away(take)}: ${amount(gain.negated())}${rewardRisk ? `, reward/risk ${rewardRisk.toText(2)}` : ''}`,
          },
        ]
      : []),
    ...(taker && breakEven
      ? [{ label: 'Break-even', value: priceText(breakEven, options), note: 'exit price that pays both fees' }]
      : []),
  ];
}

function placeWords({ room }: ExitFigures, assessment: Assessment, options: CardOptions): string {
  if (!assessment.price) return assessment.outcome.kind === 'never' ? 'no price liquidates the position' : '';
  const liquidation = liquidationText(assessment, options);
  return room?.isBefore
    ? `before liquidation at ${liquidation}`
    : options.paint.bad(`never reached: liquidation at ${liquidation} comes first`);
}
