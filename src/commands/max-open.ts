import { assess, warningsOf, type Assessment, type Warning } from '../core/assessment.js';
import { contracts } from '../core/contracts/index.js';
import { maxOpen, type MaxOpen } from '../core/plan/max-open.js';
import { ORDER_TYPES } from '../core/plan/order-cost.js';
import { Ratio } from '../core/ratio.js';
import { amountIn, cardDecimals, liquidationText, row } from '../report/text/card.js';
import { outcomeNote } from '../report/text/plan/words.js';
import type { FigureValue } from '../schema/figure.js';
import { defineCommand } from './shared/command.js';
import { SHARED } from '../schema/shared-inputs.js';
import { LIQUIDATION_MEANING, liquidationPrice } from './shared/results.js';
import { noBrackets, tableOfTrade } from './shared/trade.js';

/** The largest position, and its liquidation if its rates are known. */
interface Opened extends MaxOpen {
  readonly assessment: Assessment | undefined;
  readonly unknown: readonly Warning[];
}

/** A figure that exists only if a position can be opened. */
const ifOpened =
  (value: (answer: Opened) => FigureValue) =>
  (answer: Opened): FigureValue =>
    answer.qty.sign() > 0 ? value(answer) : null;

/** `liqcalc max-open long|short`: the largest size that a balance opens. */
export const command = defineCommand({
  help: {
    usual: ['balance', 'lev', 'entry', 'order', 'mark', 'last', 'taker', 'step', 'only', 'json'],
    examples: [
      'max-open long BTCUSDT --entry 60000 --balance 1000 --lev 20',
      'max-open short BTCUSDT --entry 60000 --balance 1000 --lev 20 --order limit --mark 60100',
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
    'cum',
    'mmFee',
    'mark',
    'taker',
    'liqFee',
    'tick',
  ],
  inputs: {
    step: SHARED.step,
    balance: {
      kind: 'decimal',
      range: 'positive',
      placeholder: 'A',
      meaning: 'amount available as margin, margin asset',
      needed: 'balance',
    },
    order: {
      kind: 'choice',
      choices: ORDER_TYPES,
      placeholder: 'TYPE',
      meaning: 'type of the opening order, default limit',
    },
    last: {
      kind: 'decimal',
      range: 'positive',
      placeholder: 'P',
      meaning: 'last price of the market; default the mark, else the entry',
    },
  },
  supplies: ['mmr', 'qty', 'lev'],
  needs: [{ what: 'leverage', give: ['lev'] }],
  answer: ({ terms, ...input }, context): Opened => {
    const table = tableOfTrade(terms, context);
    const most = maxOpen(terms, table, input);
    const isPriced = most.qty.sign() > 0 && (table !== undefined || terms.mmr !== undefined);
    const isUncapped = terms.symbol !== undefined && !table;
    return {
      ...most,
      assessment: isPriced ? assess({ ...terms, qty: most.qty }, table) : undefined,
      unknown: isUncapped ? noBrackets(terms, 'the exchange may allow less at this leverage') : [],
    };
  },
  figures: {
    qty: {
      kind: 'exact',
      always: true,
      meaning: 'the largest size: base units, or contracts if inverse; null if no size can be opened',
      of: ifOpened(({ qty }) => qty),
    },
    notional: {
      kind: 'amount',
      always: true,
      meaning: 'value of the largest size at entry, in quote',
      of: ifOpened(({ notional }) => notional),
    },
    margin: {
      kind: 'amount',
      always: true,
      meaning: 'initial margin of the largest size at the assumed price, margin asset',
      of: ifOpened(({ margin }) => margin),
    },
    assumedPrice: {
      kind: 'amount',
      always: true,
      meaning: 'the price at which the exchange computes the initial margin, quote per base; known for Binance only',
      of: ({ assumedPrice }) => assumedPrice,
    },
    openLoss: {
      kind: 'amount',
      always: true,
      meaning: 'loss of the order at the mark price, margin asset; known for Binance only',
      of: ifOpened(({ openLoss }) => openLoss),
    },
    cost: {
      kind: 'amount',
      always: true,
      meaning:
        'initial margin plus open loss and closingFee: the exchange requires this amount to open the position; margin asset',
      of: ifOpened(({ margin, openLoss, closingFee }) => Ratio.sum([margin, openLoss, closingFee])),
    },
    fee: {
      kind: 'amount',
      always: true,
      meaning: 'the fee to open the position, margin asset',
      of: ifOpened(({ fee }) => fee),
    },
    closingFee: {
      kind: 'amount',
      meaning:
        'fee to close the position, part of the initial margin at some venues; only for these venues, margin asset',
      of: ({ closingFee }) => (closingFee.sign() > 0 ? closingFee : undefined),
    },
    limitedBy: {
      kind: ['balance', 'bracket'],
      always: true,
      meaning: 'the limit that determines the size: the balance or the bracket',
      of: ({ limitedBy }) => limitedBy,
    },
    bracketCap: {
      kind: 'amount',
      meaning: 'the largest value that the brackets allow at this leverage, in their unit',
      of: ({ bracketCap }) => bracketCap,
    },
    liquidationPrice: {
      kind: 'price',
      meaning: LIQUIDATION_MEANING,
      of: ({ assessment }) => assessment && liquidationPrice(assessment),
    },
    reason: { kind: 'word', meaning: 'why there is no answer', of: ({ reason }) => reason },
  },
  warnings: ({ assessment, unknown, warnings }, today) => [
    ...unknown,
    ...warnings,
    ...(assessment ? warningsOf(assessment, today) : []),
  ],
  positions: ({ assessment }) => (assessment ? [assessment] : []),
  isNo: ({ reason }) => reason !== undefined,
  text: (most, page, { terms, balance }) => {
    const { assessment, assumedPrice, bracketCap, fee, closingFee, openLoss, reason } = most;
    const money = amountIn(assessment?.position.contract ?? contracts[terms.contract ?? 'linear'], page);
    const head = [page.title(`balance ${balance.toText(30)}`), ''];
    if (reason !== undefined)
      return [...head, row('Size', 'none', reason, page, page.paint.warn), ...page.warningBlock];
    const cap = bracketCap ? `: ${money(bracketCap)} at this leverage` : '';
    const limit = most.limitedBy === 'balance' ? 'the balance is the limit' : `the brackets are the limit${cap}`;
    const feeNotes = [
      ...(fee.sign() > 0 ? [`; ${money(fee)} fee to open it`] : []),
      ...(closingFee.sign() > 0 ? [`; ${money(closingFee)} fee to close, which counts as initial margin`] : []),
    ];
    const marginNote = marginWords(assumedPrice, terms.entry, assumedPrice.toFixed(cardDecimals(page)));
    return [
      ...head,
      row('Size', most.qty.toText(30), `worth ${money(most.notional)} at entry; ${limit}`, page, page.paint.strong),
      row('Margin', money(most.margin), [marginNote, ...feeNotes].join(''), page),
      ...(openLoss.sign() > 0
        ? [
            row(
              'Open loss',
              money(openLoss),
              'at the mark price; the exchange requires it in addition to the margin',
              page,
            ),
          ]
        : []),
      ...(assessment
        ? [
            row(
              'Liquidation',
              liquidationText(assessment, page),
              outcomeNote(assessment, page).replace(/^liquidated at [\d.]+, /, ''),
              page,
            ),
          ]
        : []),
      ...page.warningBlock,
    ];
  },
});

function marginWords(assumed: Ratio, entry: Ratio, shown: string): string {
  if (assumed.compare(entry) === 0) return 'initial margin';
  return `initial margin at ${shown}, which the exchange assumes`;
}
