import { assess, warningsOf, type Assessment } from '../core/assessment.js';
import type { Holding } from '../core/plan/average.js';
import { Ratio } from '../core/ratio.js';
import { amountText, cardDecimals, labelled, row } from '../report/text/card.js';
import { card } from '../report/text/position-card.js';
import { priceText, shownRounded } from '../report/figures.js';
import { defineCommand } from './shared/command.js';
import { FILL_RULES } from './shared/fill-inputs.js';
import { PATH_FIGURES, pathEnd, pathLines, pathSteps, type PathStep } from './shared/fill-path.js';
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
  /** With `path`: the position after each fill. */
  readonly steps: readonly PathStep[] | undefined;
}

const open = ({ holding }: Left): Extract<Left['holding'], { kind: 'open' }> | undefined =>
  holding.kind === 'open' ? holding : undefined;

/** `liqcalc average`: the position that remains after fills, and all its results. */
export const command = defineCommand({
  help: {
    usual: ['fill', 'fills', 'open', 'path', 'lev', 'mmr', 'margin', 'mark', 'only', 'json'],
    examples: [
      'average --fill 0.5@60000 --fill 0.5@58000',
      'average BTCUSDT --fill 0.5@60000 --fill 0.5@58000 --lev 20 --mark 57000',
      'average --open 1@30000 --fill 1@28000 --fill 2@26000 --lev 20 --mmr 0.5 --path',
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
  switches: { path: 'the position after each fill, and whether it is liquidated before the next one' },
  answer: ({ terms, path, ...input }, context): Left => {
    const filled = positionOfFills(terms, input, context);
    const assessed = (holding: Holding, mark = terms.mark): Assessment | undefined => {
      if (holding.kind === 'flat' || !BACKED.some((key) => key in terms)) return undefined;
      const { side, entry, qty } = holding;
      const whole = { ...terms, side, entry, qty, ...(mark && { mark }) };
      return assess(whole, tableOf(whole, context));
    };
    return {
      ...filled,
      assessment: assessed(filled.holding),
      steps: path ? pathSteps(filled.path(), assessed) : undefined,
    };
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
  list: {
    key: 'path',
    isOptional: true,
    rows: ({ steps }) => steps,
    figures: PATH_FIGURES,
    besideRows: new Set(POSITION_RESULTS),
  },
  warnings: ({ assessment }, today) => (assessment ? warningsOf(assessment, today) : []),
  positions: ({ assessment }) => (assessment ? [assessment] : []),
  priceDecimals: ({ priceDecimals }) => priceDecimals,
  text: ({ holding, realizedPnl, effects, assessment, steps }, page) => {
    const end = steps && pathEnd(steps, page);
    const isUnpriced = steps?.every((step) => !step.assessment) === true && holding.kind === 'open';
    return [
      ...(end === undefined ? [] : [end, '']),
      holding.kind === 'flat'
        ? row('Position', 'none', 'the fills close it', page)
        : row(
            'Position',
            `${holding.side} ${holding.qty.toText(30)}`,
            `average entry ${shownRounded(holding.entry, priceText(holding.entry, page))}`,
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
      ...(steps ? ['', ...pathLines(steps, page)] : []),
      ...(isUnpriced
        ? [
            labelled(
              'Hint',
              'give --lev, --margin or --wallet, and --mmr or a symbol: the path then has liquidation prices',
              page,
            ),
          ]
        : []),
      ...(end === undefined ? (assessment ? ['', card(assessment, page).trimEnd()] : []) : page.warningBlock),
    ];
  },
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
