import { warningsOf, type Warning } from '../../core/assessment.js';
import { ALLOCATION_BAND, USUAL_TAKER, type SizeAnswer } from '../../core/plan/size.js';
import { Ratio } from '../../core/ratio.js';
import { priceFigure, steppedFigure, type Answer } from '../answer.js';
import { amountText, cardDecimals, liquidationText, percentText, row, type CardOptions } from '../card.js';
import { answerTitle, outcomeNote, warningLines, type TitleParts } from './words.js';

/** The figures of a size. */
export function sizeAnswer(answer: SizeAnswer): Answer {
  const { qty, atMaxLev, atLev, allocation, reason } = answer;
  return {
    figures: [
      steppedFigure('qty', qty.sign() > 0 ? qty : undefined),
      ['limitedBy', 'word', answer.limitedBy],
      ['notional', 'amount', qty.sign() > 0 ? answer.notional : null],
      ['riskAmount', 'amount', answer.riskAmount ?? null],
      ['feesLeftOut', 'amount', answer.feesLeftOut],
      steppedFigure('maxLev', answer.maxLev),
      ['liquidationPriceAtMaxLev', 'amount', atMaxLev ? priceFigure(atMaxLev) : null],
      ['margin', 'amount', answer.margin ?? null],
      ['allocationPercent', 'percent', allocation?.times(Ratio.HUNDRED) ?? null],
      ['liquidationPrice', 'amount', atLev && priceFigure(atLev)],
      ['rewardRisk', 'ratio', answer.rewardRisk],
      ['reason', 'word', reason],
    ],
  };
}

/** What to know of the position at the leverage given, else at the highest one. */
export function sizeWarnings({ atLev, atMaxLev, warnings }: SizeAnswer, today: number): readonly Warning[] {
  const assessment = atLev ?? atMaxLev;
  return [...warnings, ...(assessment ? warningsOf(assessment, today) : [])];
}

/** The size of a trade for reading. */
export function sizeText(answer: SizeAnswer, title: TitleParts, options: CardOptions): string {
  const { qty, notional, riskAmount, margin, allocation, maxLev, atMaxLev, atLev, rewardRisk, reason } = answer;
  const { feesLeftOut } = answer;
  const decimals = title.terms.contract === 'inverse' ? 8 : cardDecimals(options);
  const money = (amount: Ratio): string => amountText(amount, decimals);
  const { lowest, highest } = ALLOCATION_BAND;
  const band = `one trade: ${percentText(lowest)} to ${percentText(highest)} % of equity`;
  const fees = title.terms.taker ? 'fees of --taker included' : 'fees not counted';
  const usual = feesLeftOut && `: at ${percentText(USUAL_TAKER)} % both ways they add ${money(feesLeftOut)}`;
  const lines = [
    row(
      'Size',
      qty.sign() > 0 ? qty.toText(30) : 'none',
      qty.sign() > 0 ? `worth ${money(notional)} at entry` : (reason ?? ''),
      options.paint.strong,
    ),
    ...(riskAmount ? [row('Risk', money(riskAmount), `lost at the stop, ${fees}${usual ?? ''}`)] : []),
    ...(rewardRisk
      ? [row('Reward/risk', rewardRisk.toText(4), `gain where profit is taken over loss at the stop, ${fees}`)]
      : []),
    ...(maxLev && atMaxLev
      ? [row('Leverage', `${maxLev.toText(0)}x`, `at most: ${outcomeNote(atMaxLev, options)}`, options.paint.strong)]
      : []),
    ...(!maxLev && qty.sign() > 0 && reason !== undefined ? [row('Leverage', 'none', reason, options.paint.warn)] : []),
    ...(atLev?.position.lev
      ? [row('Liquidation', liquidationText(atLev, options), `at ${atLev.position.lev.toText(8)}x`)]
      : []),
    ...(margin && allocation ? [row('Margin', money(margin), `${percentText(allocation)} % of equity (${band})`)] : []),
  ];
  return [answerTitle(title, options), '', ...lines, ...warned(answer, options), ''].join('\n');
}

function warned(answer: SizeAnswer, { today }: CardOptions): string[] {
  // What fees would add stands in the row of the risk.
  const warnings = sizeWarnings(answer, today).filter(({ code }) => code !== 'FEES_NOT_COUNTED');
  const lines = warningLines(warnings);
  return lines.length > 0 ? ['', ...lines] : [];
}
