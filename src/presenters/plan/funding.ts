import type { Warning } from '../../core/assessment.js';
import { roomTo, shownPrice } from '../../core/liquidation.js';
import type { Funding, FundingStep } from '../../core/plan/funding.js';
import { walletMargin } from '../../core/position.js';
import { Ratio } from '../../core/ratio.js';
import type { Answer, Figure } from '../answer.js';
import { amountText, cardDecimals, hanging, liquidationText, percentText, row, type CardOptions } from '../card.js';
import { columns, type Column } from '../columns.js';
import { answerTitle, warningLines, type TitleParts } from './words.js';

/** What funding does to a position, and how often it is paid. */
export interface TimedFunding extends Funding {
  /** Hours between payments. */
  readonly hours: Ratio;
  readonly tick: Ratio | undefined;
}

/** The figures of funding: the sums, then one row a payment. */
export function fundingAnswer({ steps, payment, intervals, hours, reason, leftOut, tick }: TimedFunding): Answer {
  const rows = steps.map(({ stamp, payment: own, paid, position, outcome, mark }, index): readonly Figure[] => {
    const { bound } = outcome;
    return [
      ['step', 'number', index + 1],
      ['time', 'word', stamp.time?.toString()],
      ['mark', 'amount', mark],
      ['ratePercent', 'amount', stamp.rate.times(Ratio.HUNDRED)],
      ['payment', 'amount', own],
      ['fundingPaid', 'amount', paid],
      ['walletMargin', 'amount', walletMargin(position)],
      ['outcome', 'word', outcome.kind],
      ['liquidationPrice', 'amount', shownPrice(outcome, mark, tick) ?? null],
      ['distancePercent', 'percent', bound ? roomTo(bound, mark).over(mark).times(Ratio.HUNDRED) : null],
    ];
  });
  return {
    figures: [
      ['payment', 'amount', payment],
      ['intervalsToLiquidation', 'amount', intervals ?? null],
      ['hoursToLiquidation', 'amount', intervals?.times(hours) ?? null],
      ['reason', 'word', reason],
      ['stepsLeftOut', 'amount', leftOut.sign() > 0 ? leftOut : undefined],
    ],
    list: { key: 'schedule', rows },
  };
}

const SHOWN = 12;
const RIGHT = (heading: string): Column => ({ heading, align: 'right' });
const HEADINGS = ['STEP', 'RATE', 'PAYMENT', 'WALLET', 'LIQUIDATION', 'ROOM'].map(RIGHT);

/** Funding for reading: what it costs and when it liquidates, then the payments (of many the first and the last). */
export function fundingText(
  funding: TimedFunding,
  title: TitleParts,
  warnings: readonly Warning[],
  options: CardOptions,
): string {
  const { steps, payment, intervals, hours, reason, leftOut } = funding;
  const isInverse = steps[0]?.position.contract.marginAsset === 'base';
  const money = (amount: Ratio): string => amountText(amount, isInverse ? 8 : cardDecimals(options));
  const days = intervals?.times(hours).over(Ratio.of(24n));
  const paid = payment
    ? [
        row(
          'Payment',
          money(payment.abs()),
          `${payment.sign() < 0 ? 'received' : 'paid'} every ${hours.toText(4)} hours`,
        ),
      ]
    : [];
  const until =
    intervals && days
      ? row(
          'Liquidated',
          `${intervals.toText(0)} payments`,
          `${payment ? `${days.toText(2)} days` : 'in the file'}, by funding alone, nothing else changing`,
          options.paint.warn,
        )
      : row('Liquidated', 'no', reason ?? '');
  const cells = steps.map((step, index) => stepCells(step, index, money, { ...options, tick: funding.tick }));
  const shown = cells.length > 2 * SHOWN ? [...cells.slice(0, SHOWN), ['...'], ...cells.slice(-SHOWN)] : cells;
  const more = leftOut.sign() > 0 ? [`${leftOut.toText(0)} more payments are not listed`] : [];
  const from = steps.some(({ stamp }) => stamp.mark) ? 'the mark prices of the file' : 'one mark price';
  return [
    answerTitle({ ...title, isPerUnit: steps[0]?.position.perUnit === true }, options),
    '',
    ...paid,
    until,
    '',
    ...columns(HEADINGS, shown),
    ...more,
    '',
    ...warningLines(warnings),
    `Note${hanging(`payments are on the value at ${from}; room is from it`, 'Note')}`,
    '',
  ].join('\n');
}

function stepCells(
  { stamp, payment, position, outcome, mark }: FundingStep,
  index: number,
  money: (amount: Ratio) => string,
  options: CardOptions & { readonly tick: Ratio | undefined },
): string[] {
  const { bound } = outcome;
  const price = liquidationText({ outcome, reference: mark, terms: { tick: options.tick } }, options);
  const room =
    outcome.kind === 'already' ? 'liquidated' : bound ? `${percentText(roomTo(bound, mark).over(mark))}%` : '';
  return [
    String(index + 1),
    `${stamp.rate.times(Ratio.HUNDRED).toText(6)}%`,
    money(payment),
    money(walletMargin(position)),
    price,
    room,
  ];
}
