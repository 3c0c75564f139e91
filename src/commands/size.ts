import { warningsOf, type Assessment } from '../core/assessment.js';
import { contracts } from '../core/contracts/index.js';
import { ALLOCATION_BAND, DEFAULT_BUFFERS, size, usualTaker, type SizeAnswer, type Sizing } from '../core/plan/size.js';
import { STOP_PRICES } from '../core/risk/input.js';
import { amountIn, liquidationText, percentText, row } from '../report/text/card.js';
import { outcomeNote } from '../report/text/plan/words.js';
import { defineCommand } from './shared/command.js';
import { SHARED } from '../schema/shared-inputs.js';
import { LIQUIDATION_MEANING, liquidationPrice } from './shared/results.js';
import { tableOf } from './shared/trade.js';

/** The position at the leverage given, else at the highest one. */
const positionOf = ({ atLev, atMaxLev }: SizeAnswer): Assessment | undefined => atLev ?? atMaxLev;

/** `liqcalc size long|short`: the size of a trade from equity, risk and stop. */
export const command = defineCommand({
  help: {
    usual: ['equity', 'risk', 'stop', 'take', 'allocate', 'entry', 'lev', 'mmr', 'taker', 'only'],
    examples: [
      'size long BTCUSDT --entry 60000 --equity 10000 --risk 1 --stop 58000',
      'size short --entry 30000 --mmr 0.5 --equity 1000 --allocate 2 --lev 10',
      'size long BTCUSDT --entry 60000 --equity 10000 --risk 1 --stop 58000 --take 66000 --taker 0.05',
    ],
    no: 'no size is possible',
  },
  position: [
    'side',
    'symbol',
    'venue',
    'entry',
    'lev',
    'contract',
    'multiplier',
    'mmr',
    'mmFee',
    'taker',
    'liqFee',
    'tick',
  ],
  inputs: {
    step: SHARED.step,
    equity: { ...SHARED.equity, needed: 'equity of the account' },
    risk: {
      kind: 'decimal',
      range: 'positive',
      suffix: '%',
      maximum: '100',
      placeholder: 'PERCENT',
      meaning: 'share of equity in percent that may be lost at the stop',
    },
    stop: SHARED.stop,
    take: { ...SHARED.take, meaning: 'take-profit price; adds the reward/risk ratio' },
    buffer: {
      kind: 'decimal',
      range: 'notNegative',
      suffix: '%',
      placeholder: 'PERCENT',
      meaning:
        'minimum distance from stop to liquidation, in percent of the stop price; default 0.8, or 0.5 with --stop-trigger mark',
    },
    stopTrigger: {
      kind: 'choice',
      choices: STOP_PRICES,
      placeholder: 'PRICE',
      meaning: 'the price that triggers the stop: mark or last, default last',
    },
    allocate: {
      kind: 'decimal',
      range: 'positive',
      suffix: '%',
      maximum: '100',
      placeholder: 'PERCENT',
      meaning: 'share of equity in percent to use as margin at --lev; instead of --risk',
    },
  },
  supplies: ['lev', 'qty'],
  choice: { what: 'the share to risk or to allocate', of: ['risk', 'allocate'], why: 'both decide the size' },
  requires: [
    ['risk', ['stop'], 'the risk is the loss at the stop'],
    ['allocate', ['lev'], 'the size is margin x leverage'],
    ['take', ['stop'], 'the reward is divided by the loss at the stop'],
    ['buffer', ['stop'], 'the buffer is measured from the stop'],
    ['stopTrigger', ['stop'], 'this is the price that triggers the stop'],
  ],
  answer: (question, context): SizeAnswer => {
    const { terms } = question;
    const sizing: Sizing = question.risk
      ? { kind: 'risk', risk: question.risk, stop: question.stop }
      : { kind: 'allocate', allocate: question.allocate, lev: question.terms.lev, stop: question.stop };
    return size(terms, tableOf(terms, context), { ...question, sizing });
  },
  figures: {
    qty: {
      kind: 'exact',
      always: true,
      meaning: 'size: base units, or contracts if inverse; null if no size is possible',
      of: ({ qty }) => (qty.sign() > 0 ? qty : null),
    },
    limitedBy: {
      kind: ['equity'],
      meaning: 'the limit that reduced the requested size',
      of: ({ limitedBy }) => limitedBy,
    },
    notional: {
      kind: 'amount',
      always: true,
      meaning: 'value of the size at entry, in quote',
      of: ({ qty, notional }) => (qty.sign() > 0 ? notional : null),
    },
    riskAmount: {
      kind: 'amount',
      always: true,
      meaning: 'loss at the stop, with the fees of --taker; null without --stop',
      of: ({ riskAmount }) => riskAmount,
    },
    feesLeftOut: {
      kind: 'amount',
      meaning:
        'usual fees at entry and exit (0.05 % at Binance), which the loss at the stop does not include; only without taker',
      of: ({ feesLeftOut }) => feesLeftOut,
    },
    maxLev: {
      kind: 'exact',
      always: true,
      meaning: 'the highest leverage that keeps liquidation beyond the stop; null if no leverage does',
      of: ({ maxLev }) => maxLev,
    },
    liquidationPriceAtMaxLev: {
      kind: 'price',
      always: true,
      meaning: 'liquidation price at the highest leverage (maxLev)',
      of: ({ atMaxLev }) => atMaxLev && liquidationPrice(atMaxLev),
    },
    margin: {
      kind: 'amount',
      always: true,
      meaning: 'initial margin at the given leverage, else at the highest one',
      of: ({ margin }) => margin,
    },
    allocationPercent: {
      kind: 'percent',
      always: true,
      meaning: 'initial margin in percent of equity',
      of: ({ allocation }) => allocation?.percent(),
    },
    liquidationPrice: {
      kind: 'price',
      meaning: LIQUIDATION_MEANING,
      of: ({ atLev }) => atLev && liquidationPrice(atLev),
    },
    rewardRisk: {
      kind: 'ratio',
      meaning: 'gain at --take divided by loss at the stop, after the fees of --taker; only with --take',
      of: ({ rewardRisk }) => rewardRisk,
    },
    reason: { kind: 'word', meaning: 'why there is no answer', of: ({ reason }) => reason },
  },
  warnings: (answer, today) => {
    const position = positionOf(answer);
    return [...answer.warnings, ...(position ? warningsOf(position, today) : [])];
  },
  // The row of the risk shows what fees would add.
  shownInText: ['FEES_NOT_COUNTED'],
  positions: (answer) => [positionOf(answer) ?? []].flat(),
  isNo: ({ reason }) => reason !== undefined,
  text: (answer, page, { terms, equity, buffer, stopTrigger }) => {
    const { qty, riskAmount, margin, allocation, maxLev, atMaxLev, atLev, rewardRisk, reason, feesLeftOut } = answer;
    const money = amountIn(contracts[terms.contract ?? 'linear'], page);
    const { lowest, highest } = ALLOCATION_BAND;
    const band = `recommended: ${lowest.percent().toText(4)} to ${highest.percent().toText(4)} % for one trade`;
    const fees = terms.taker ? 'fees of --taker included' : 'fees not counted';
    const usual = feesLeftOut
      ? `: a taker fee of ${usualTaker(terms).percent().toText(4)} % (assumed; give --taker) at entry and exit adds ${money(feesLeftOut)}`
      : '';
    const [sized, worth] =
      qty.sign() > 0 ? [qty.toText(30), `worth ${money(answer.notional)} at entry`] : ['none', reason ?? ''];
    const kept = (buffer ?? DEFAULT_BUFFERS[stopTrigger ?? 'last']).percent().toText(4);
    const behind = `, at least ${kept} % beyond the stop (--buffer)`;
    const { strong, warn } = page.paint;
    return [
      page.title(`equity ${equity.toText(30)}`),
      '',
      row('Size', sized, worth, page, strong),
      ...(riskAmount ? [row('Risk', money(riskAmount), `lost at the stop, ${fees}${usual}`, page)] : []),
      ...(rewardRisk
        ? [row('Reward/risk', rewardRisk.toText(4), `gain at --take divided by loss at the stop, ${fees}`, page)]
        : []),
      ...(maxLev && atMaxLev
        ? [
            row(
              'Max leverage',
              `${maxLev.toText(0)}x`,
              `${outcomeNote(atMaxLev, page)}${atMaxLev.outcome.bound ? behind : ''}`,
              page,
              strong,
            ),
          ]
        : []),
      ...(!maxLev && qty.sign() > 0 && reason !== undefined ? [row('Max leverage', 'none', reason, page, warn)] : []),
      ...(atLev?.position.lev
        ? [row('Liquidation', liquidationText(atLev, page), `at ${atLev.position.lev.toText(8)}x`, page)]
        : []),
      ...(margin && allocation
        ? [row('Margin', money(margin), `${percentText(allocation)} % of equity (${band})`, page)]
        : []),
      ...page.warningBlock,
    ];
  },
});
