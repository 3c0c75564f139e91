import { assess, warningsOf, type Assessment } from '../core/assessment.js';
import { Ratio } from '../core/ratio.js';
import { amountText, card, cardDecimals, row } from '../report/text/card.js';
import { priceText } from '../report/figures.js';
import { defineCommand } from './shared/command.js';
import { FILL_RULES } from './shared/fill-inputs.js';
import { positionOfFills, type Filled } from './shared/fills.js';
import { POSITION_RESULTS, resultsOf } from './shared/results.js';
import { PLAN_FIELDS, tableOf } from './shared/trade.js';

const BACKED = ['lev', 'margin', 'wallet'] as const;
const NEEDS_MORE = 'with both, liqcalc calculates the liquidation price too';
const GIVEN_BY_FILLS: readonly string[] = ['side', 'entry', 'qty', 'notional'];
/** The minimum decimals of realised profit. */
const LEAST_DECIMALS = 4;

/** The position that remains after fills, and its outcome if margin and rates are known. */
interface Left extends Filled {
  readonly assessment: Assessment | undefined;
}

const open = ({ holding }: Left): Extract<Left['holding'], { kind: 'open' }> | undefined =>
  holding.kind === 'open' ? holding : undefined;

/** `liqcalc average`: the position that remains after fills, and all its results. */
export const command = defineCommand({
  help: {
    usual: ['fill', 'fills', 'open', 'lev', 'mmr', 'margin', 'mark', 'taker', 'only', 'json'],
    examples: [
      'average --fill 0.5@60000 --fill 0.5@58000',
      'average BTCUSDT --fill 0.5@60000 --fill 0.5@58000 --lev 20 --mark 57000',
    ],
  },
  ...FILL_RULES,
  position: PLAN_FIELDS.filter((key) => !GIVEN_BY_FILLS.includes(key)),
  supplies: ['side', 'entry', 'qty', 'lev', 'mmr'],
  requires: [
    ...FILL_RULES.requires,
    ...BACKED.map((key) => [key, ['mmr', 'symbol'], NEEDS_MORE] as const),
    ['mmr', BACKED, NEEDS_MORE],
  ],
  answer: ({ terms, ...input }, context): Left => {
    const filled = positionOfFills(terms, input, context);
    const { holding } = filled;
    if (holding.kind === 'flat' || !BACKED.some((key) => key in terms)) return { ...filled, assessment: undefined };
    const { side, entry, qty } = holding;
    const whole = { ...terms, side, entry, qty };
    return { ...filled, assessment: assess(whole, tableOf(whole, context)) };
  },
  figures: {
    side: {
      kind: ['long', 'short', null],
      always: true,
      meaning: 'side of the remaining position; null if the fills close it',
      of: (left) => open(left)?.side,
    },
    entry: {
      kind: 'amount',
      always: true,
      meaning: 'average entry price of the remaining position, quote per base',
      of: (left) => open(left)?.entry,
    },
    qty: {
      kind: 'exact',
      always: true,
      meaning: 'size of the remaining position',
      of: (left) => open(left)?.qty ?? Ratio.ZERO,
    },
    realizedPnl: {
      kind: 'amount',
      always: true,
      meaning: 'profit of the closed size, without fees, margin asset',
      of: ({ realizedPnl }) => realizedPnl,
    },
    fillCount: { kind: 'number', always: true, meaning: 'number of fills', of: ({ effects }) => effects.length },
    ...resultsOf('if it applies', ({ assessment }: Left) => assessment, ...POSITION_RESULTS),
  },
  warnings: ({ assessment }, today) => (assessment ? warningsOf(assessment, today) : []),
  positions: ({ assessment }) => (assessment ? [assessment] : []),
  priceDecimals: ({ priceDecimals }) => priceDecimals,
  text: ({ holding, realizedPnl, effects, assessment }, page) => [
    holding.kind === 'flat'
      ? row('Position', 'none', 'the fills close it', page)
      : row(
          'Position',
          `${holding.side} ${holding.qty.toText(30)}`,
          `average entry ${priceText(holding.entry, page)}`,
          page,
          page.paint.strong,
        ),
    row(
      'Realised PnL',
      amountText(realizedPnl, Math.max(LEAST_DECIMALS, cardDecimals(page))),
      'of the closed size, without fees',
      page,
    ),
    row('Fills', String(effects.length), effectWords(effects), page),
    ...(assessment ? ['', card(assessment, page).trimEnd()] : []),
  ],
});

const EFFECT_WORDS = { opens: 'opened', adds: 'added', reduces: 'reduced', closes: 'closed', flips: 'turned' } as const;

/** The number of fills by effect, in words. */
function effectWords(effects: Left['effects']): string {
  const parts = Object.entries(EFFECT_WORDS).flatMap(([effect, word]) => {
    const count = effects.filter((each) => each === effect).length;
    return count > 0 ? [`${count} ${word}`] : [];
  });
  return parts.join(', ');
}
