import { assess, warningsOf, type Assessment } from '../core/assessment.js';
import { roomTo, shownPrice } from '../core/liquidation.js';
import { pastFunding, steadyFunding, type Funding, type FundingStep } from '../core/plan/funding.js';
import { legFrom, walletMargin } from '../core/position.js';
import { fundingHours } from '../core/venues/index.js';
import { Ratio } from '../core/ratio.js';
import { readFundingPayments } from '../formats/funding-rates.js';
import { RESULTS } from '../formats/results.js';
import { amountIn, labelled, liquidationText, percentText, row } from '../report/text/card.js';
import { textTable, type Column } from '../report/text/text-table.js';
import { defineCommand, type Page } from './shared/command.js';
import { SHARED } from '../schema/shared-inputs.js';
import { PLAN_FIELDS, tableOf } from './shared/trade.js';

const DEFAULT_INTERVALS = 3;

/** The effect of funding on a position, and how often it is paid. */
interface TimedFunding extends Funding {
  readonly assessment: Assessment;
  /** Hours between payments. */
  readonly hours: Ratio;
}

/** A payment, its number, and the tick of its prices. */
interface Payment extends FundingStep {
  readonly number: number;
  readonly tick: Ratio | undefined;
}

const paymentsOf = ({ steps, assessment }: TimedFunding): readonly Payment[] =>
  steps.map((step, index) => ({ ...step, number: index + 1, tick: assessment.terms.tick }));

/** The distance from the mark of a payment to liquidation, as a fraction of the mark; `undefined` without a price. */
const roomOf = ({ outcome: { bound }, mark }: FundingStep): Ratio | undefined =>
  bound && roomTo(bound, mark).over(mark);

/** `liqcalc funding long|short`: the cost of funding, and when funding alone liquidates the position. */
export const command = defineCommand({
  help: {
    usual: ['rate', 'rates', 'interval', 'intervals', 'until', 'entry', 'lev', 'qty', 'mmr', 'only'],
    examples: [
      'funding long BTCUSDT --entry 60000 --lev 20 --qty 0.5 --rate 0.01',
      'funding short --entry 30000 --lev 10 --mmr 0.5 --rate=-0.05 --until liquidated',
    ],
  },
  position: PLAN_FIELDS,
  inputs: {
    rate: {
      kind: 'decimal',
      range: 'any',
      suffix: '%',
      placeholder: 'PERCENT',
      meaning: 'funding rate of every interval in percent; if positive, longs pay',
    },
    rates: SHARED.rates,
    interval: {
      kind: 'decimal',
      range: 'positive',
      suffix: 'h',
      placeholder: 'HOURS',
      meaning: 'hours between payments, default 8h (1h at venues that pay every hour)',
    },
    intervals: {
      kind: 'decimal',
      range: 'positive',
      maximum: '10000',
      whole: true,
      placeholder: 'N',
      meaning: 'number of payments, default 3, or all of a file',
    },
    until: {
      kind: 'choice',
      choices: ['liquidated'],
      placeholder: 'WHEN',
      meaning: 'continue until funding alone liquidates the position',
    },
  },
  supplies: [],
  choice: { what: 'funding rate', of: ['rate', 'rates'], why: 'both give the rates' },
  excludes: [['intervals', 'until', 'both set the number of payments']],
  answer: (question, context): TimedFunding => {
    const { terms, until } = question;
    const hours = question.interval ?? fundingHours(terms.venue);
    const assessment = assess(terms, tableOf(terms, context));
    const { position } = assessment;
    const intervals = question.intervals && Number(question.intervals.toText(0));
    if (question.rate) {
      const count = until ? undefined : (intervals ?? DEFAULT_INTERVALS);
      return { ...steadyFunding(position, question.rate, count), assessment, hours };
    }
    const rates = readFundingPayments(context.readFile(question.rates), terms.symbol);
    const last = intervals === undefined ? rates : rates.slice(-intervals);
    return {
      ...pastFunding(position, last, (mark) => legFrom({ ...assessment.terms, mark }, position.table)),
      assessment,
      hours,
    };
  },
  figures: {
    payment: {
      kind: 'amount',
      meaning: 'payment of every interval, margin asset; negative: received; only with a single rate',
      of: ({ payment }) => payment,
    },
    intervalsToLiquidation: {
      kind: 'amount',
      always: true,
      meaning: 'payments until funding alone liquidates the position; null if it does not',
      of: ({ intervals }) => intervals,
    },
    hoursToLiquidation: {
      kind: 'amount',
      always: true,
      meaning: 'hours until funding alone liquidates the position; null if it does not',
      of: ({ intervals, hours }) => intervals?.times(hours),
    },
    reason: { kind: 'word', meaning: 'why there is no answer', of: ({ reason }) => reason },
    stepsLeftOut: {
      kind: 'amount',
      meaning: 'payments that are not listed',
      of: ({ leftOut }) => (leftOut.sign() > 0 ? leftOut : undefined),
    },
  },
  list: {
    key: 'schedule',
    rows: paymentsOf,
    figures: {
      step: { kind: 'number', always: true, meaning: 'number of the payment', of: ({ number }) => number },
      time: {
        kind: 'word',
        meaning: 'time of the payment, milliseconds since 1970; only from a file',
        of: ({ stamp }) => stamp.time?.toString(),
      },
      mark: {
        kind: 'amount',
        always: true,
        meaning: 'mark price of the payment, quote per base',
        of: ({ mark }) => mark,
      },
      ratePercent: {
        kind: 'amount',
        always: true,
        meaning: 'funding rate in percent; if positive, longs pay; null if the file has amounts',
        of: ({ stamp }) => stamp.rate?.percent(),
      },
      payment: {
        kind: 'amount',
        always: true,
        meaning: 'this payment, margin asset; negative: received',
        of: ({ payment }) => payment,
      },
      fundingPaid: {
        kind: 'amount',
        always: true,
        meaning: 'sum of this payment and all payments before it, margin asset',
        of: ({ paid }) => paid,
      },
      walletMargin: {
        kind: 'amount',
        always: true,
        meaning: 'collateral after the payment',
        of: ({ position }) => walletMargin(position),
      },
      outcome: { ...RESULTS.outcome, always: true, of: ({ outcome }) => outcome.kind },
      liquidationPrice: {
        ...RESULTS.liquidationPrice,
        always: true,
        of: ({ outcome, mark, tick }) => shownPrice(outcome, mark, tick),
      },
      distancePercent: { ...RESULTS.distancePercent, always: true, of: (payment) => roomOf(payment)?.percent() },
    },
  },
  warnings: ({ assessment }, today) => warningsOf(assessment, today),
  positions: ({ assessment }) => [assessment],
  text: (funding, page) => {
    const { steps, leftOut, assessment } = funding;
    const from = steps.some(({ stamp }) => stamp.mark) ? 'the mark prices of the file' : 'one mark price';
    const more = leftOut.sign() > 0 ? [`${leftOut.toText(0)} more payments are not listed`] : [];
    return [
      page.title('funding', { isPerUnit: assessment.position.perUnit }),
      '',
      ...costLines(funding, page),
      '',
      ...textTable(columnsFor(page), shortened(paymentsOf(funding)), page),
      ...more,
      '',
      ...page.warnings,
      labelled('Note', `payments and room are computed at ${from}`, page),
    ];
  },
});

/** The cost of an interval, and when funding liquidates the position. */
function costLines({ payment, intervals, hours, reason, assessment }: TimedFunding, page: Page): string[] {
  const money = amountIn(assessment.position.contract, page);
  const every = `${payment && payment.sign() < 0 ? 'received' : 'paid'} every ${hours.toText(4)} hours`;
  const paid = payment ? [row('Payment', money(payment.abs()), every, page)] : [];
  if (!intervals) return [...paid, row('Liquidated', 'no', reason ?? '', page)];
  const days = intervals.times(hours).over(Ratio.of(24n));
  const within = payment ? `${days.toText(2)} days` : 'in the file';
  const note = `${within}, if only funding changes`;
  return [...paid, row('Liquidated', `${intervals.toText(0)} payments`, note, page, page.paint.warn)];
}

/** The number of payments shown at the beginning and at the end. */
const SHOWN = 12;

/** A row of the table: a payment, or a mark in the place of rows that are left out. */
type Row = Payment | 'left out';

const shortened = (payments: readonly Payment[]): readonly Row[] =>
  payments.length > 2 * SHOWN ? [...payments.slice(0, SHOWN), 'left out', ...payments.slice(-SHOWN)] : payments;

function columnsFor(page: Page): readonly Column<Row>[] {
  const column = (heading: string, cell: (payment: Payment) => string, leftOut = ''): Column<Row> => ({
    heading,
    align: 'right',
    cell: (row) => (row === 'left out' ? leftOut : cell(row)),
  });
  const money = (amount: Ratio, { position }: Payment): string => amountIn(position.contract, page)(amount);
  return [
    column('STEP', ({ number }) => String(number), '...'),
    column('RATE', ({ stamp }) => (stamp.rate ? `${stamp.rate.percent().toText(6)}%` : '-')),
    column('PAYMENT', (row) => money(row.payment, row)),
    column('WALLET', (row) => money(walletMargin(row.position), row)),
    column('LIQUIDATION', ({ outcome, mark, tick }) =>
      liquidationText({ outcome, reference: mark, terms: { tick } }, page),
    ),
    column('ROOM', roomWords),
  ];
}

function roomWords(payment: Payment): string {
  const room = roomOf(payment);
  if (payment.outcome.kind === 'already') return 'liquidated';
  return room ? `${percentText(room)}%` : '';
}
