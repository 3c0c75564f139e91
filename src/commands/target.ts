import type { Warning } from '../core/assessment.js';
import { pnl, type Pnl } from '../core/plan/pnl.js';
import { exitPrice } from '../core/plan/target.js';
import type { Ratio } from '../core/ratio.js';
import { amountText, cardDecimals, percentText, row } from '../report/text/card.js';
import { priceText } from '../report/figures.js';
import { defineCommand } from './shared/command.js';
import { profitOf } from './shared/profit.js';
import { legOfTrade, TRADE_FIELDS } from './shared/trade.js';

const NO_EXIT = 'no positive price reaches it';
/** The minimum decimals of amounts. */
const LEAST_DECIMALS = 4;

/** An exit price and its profit, which is left out if no size is given; or why there is no exit price. */
type Exit = { readonly warnings: readonly Warning[] } & (
  | { readonly kind: 'found'; readonly price: Ratio; readonly move: Ratio; readonly gain: Pnl | undefined }
  | { readonly kind: 'none'; readonly reason: string }
);

const found = (exit: Exit): Extract<Exit, { kind: 'found' }> | undefined => (exit.kind === 'found' ? exit : undefined);
const gainOf = (exit: Exit): Pnl | undefined => found(exit)?.gain;

/** `liqcalc target long|short`: the exit price for a return or a profit. */
export const command = defineCommand({
  help: {
    usual: ['roi', 'pnl', 'entry', 'lev', 'qty', 'notional', 'taker', 'contract', 'only', 'json'],
    examples: [
      'target long --entry 60000 --lev 20 --roi 50',
      'target short --entry 60000 --qty 0.5 --pnl 1000 --taker 0.05',
    ],
    no: 'no price gives this result',
  },
  position: TRADE_FIELDS,
  inputs: {
    roi: {
      kind: 'decimal',
      range: 'any',
      suffix: '%',
      placeholder: 'PERCENT',
      meaning: 'wanted return, in percent of the initial margin',
    },
    pnl: { kind: 'decimal', range: 'any', placeholder: 'X', meaning: 'wanted profit, margin asset' },
  },
  supplies: ['lev', 'mmr', 'qty'],
  choice: { what: 'the wanted return or profit', of: ['roi', 'pnl'], why: 'both give the wanted result' },
  requires: [
    ['roi', ['lev'], 'a return is a share of the initial margin'],
    ['pnl', ['qty', 'notional'], 'a profit depends on the size'],
  ],
  answer: (question, context): Exit => {
    const { terms } = question;
    const { leg, warnings } = legOfTrade(terms, context);
    const price = exitPrice(
      leg,
      question.roi ? { kind: 'roi', roi: question.roi, lev: question.terms.lev } : { kind: 'pnl', pnl: question.pnl },
      terms.taker,
    );
    if (!price) return { kind: 'none', reason: NO_EXIT, warnings };
    const isSized = terms.qty !== undefined || terms.notional !== undefined;
    const move = price.minus(terms.entry).over(terms.entry);
    return { kind: 'found', price, move, gain: isSized ? pnl(leg, price, terms) : undefined, warnings };
  },
  figures: {
    exitPrice: {
      kind: 'amount',
      always: true,
      meaning: 'exit price, quote per base; null if no positive price reaches the target',
      of: (exit) => found(exit)?.price,
    },
    movePercent: {
      kind: 'percent',
      always: true,
      meaning: 'move from the entry, in percent of the entry',
      of: (exit) => found(exit)?.move.percent(),
    },
    reason: {
      kind: 'word',
      meaning: 'why there is no answer',
      of: (exit) => (exit.kind === 'none' ? exit.reason : undefined),
    },
    grossPnl: {
      kind: 'amount',
      meaning: 'profit at the exit before fees, margin asset; only with a size',
      of: (exit) => gainOf(exit)?.pnl,
    },
    grossRoi: {
      kind: 'percent',
      meaning: 'profit before fees in percent of the initial margin',
      of: (exit) => gainOf(exit) && (gainOf(exit)?.roi?.percent() ?? null),
    },
    ...profitOf(gainOf),
  },
  warnings: ({ warnings }) => warnings,
  isNo: ({ kind }) => kind === 'none',
  text: (exit, page, { roi, pnl: profit }) => {
    const wanted = roi ? `ROI ${roi.percent().toText(30)} %` : `PnL ${profit.toText(30)}`;
    const money = (amount: Ratio): string => amountText(amount, Math.max(LEAST_DECIMALS, cardDecimals(page)));
    const gain = gainOf(exit);
    const notes = [
      ...(gain?.netRoi ? [`ROI ${percentText(gain.netRoi)} %`] : []),
      ...(gain && gain.fees.sign() > 0 ? [`after fees of ${money(gain.fees)}`] : []),
    ];
    return [
      page.title(wanted),
      '',
      exit.kind === 'none'
        ? row('Exit', 'none', exit.reason, page, page.paint.warn)
        : row(
            'Exit',
            priceText(exit.price, page),
            `${exit.move.sign() < 0 ? '' : '+'}${percentText(exit.move)} % from entry`,
            page,
            page.paint.strong,
          ),
      ...(gain ? [row('PnL', money(gain.netPnl), notes.join(', '), page)] : []),
      ...page.warningBlock,
    ];
  },
});
