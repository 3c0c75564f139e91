import { warningsOf, type Assessment } from '../core/assessment.js';
import { compare, RIVAL_NAMES, type Rival } from '../core/plan/compare.js';
import type { Ratio } from '../core/ratio.js';
import { compareSheet } from '../report/page/compare.js';
import { percentText, type CardOptions } from '../report/text/card.js';
import { priceDecimals, priceText, type PriceStyle } from '../report/figures.js';
import { hang } from '../report/text/lines.js';
import { textTable, type Column } from '../report/text/text-table.js';
import { defineCommand } from './shared/command.js';
import { PLAN_FIELDS, tableOf } from './shared/trade.js';

/** The exact answer, and the answers of other formulas. */
interface Comparison {
  readonly exact: Assessment;
  readonly rivals: readonly Rival[];
}

/** `liqcalc compare long|short`: the exact price beside the prices of other formulas. */
export const command = defineCommand({
  help: {
    usual: ['entry', 'lev', 'margin', 'qty', 'mmr', 'mark', 'tick', 'only', 'json'],
    examples: [
      'compare long --entry 30000 --lev 10 --mmr 0.5',
      'compare short BTCUSDT --entry 60000 --lev 20 --qty 0.5',
    ],
  },
  position: PLAN_FIELDS,
  inputs: {},
  supplies: [],
  answer: ({ terms }, context): Comparison => compare(terms, tableOf(terms, context)),
  figures: {},
  list: {
    key: 'formulas',
    rows: ({ rivals }): readonly Rival[] => rivals,
    figures: {
      formula: {
        kind: RIVAL_NAMES,
        always: true,
        meaning: 'name of the formula',
        of: ({ name }) => name,
      },
      price: {
        kind: 'amount',
        always: true,
        meaning: 'liquidation price by this formula, quote per base; null if it has no answer',
        of: ({ shown }) => shown,
      },
      error: {
        kind: 'amount',
        always: true,
        meaning: 'price of the formula minus the exact price; null if one of them is missing',
        of: ({ error }) => error,
      },
      errorPercent: {
        kind: 'percent',
        always: true,
        meaning: 'the error in percent of the exact price',
        of: ({ errorRate }) => errorRate?.percent(),
      },
      judgement: {
        kind: ['right', 'too optimistic', 'too cautious', 'past already', null],
        always: true,
        meaning: 'the meaning of the error',
        of: ({ judgement }) => judgement,
      },
      reason: { kind: 'word', meaning: 'why the formula gives no price', of: ({ reason }) => reason },
    },
  },
  warnings: ({ exact }, today) => warningsOf(exact, today),
  positions: ({ exact }) => [exact],
  draws: {
    pages: (comparison, page) => compareSheet(comparison, columnsFor(page), page),
  },
  text: ({ rivals }, page) => [
    page.title(''),
    '',
    ...textTable(columnsFor(page), rivals, page),
    '',
    ...meanings(rivals, page),
    ...page.warningBlock,
  ],
});

function columnsFor(style: PriceStyle): readonly Column<Rival>[] {
  return [
    { heading: 'FORMULA', rank: 0, cell: ({ name }) => name },
    { heading: 'PRICE', align: 'right', rank: 0, cell: ({ shown }) => (shown ? priceText(shown, style) : 'none') },
    { heading: 'ERROR', align: 'right', rank: 2, cell: (rival) => errorText(rival, style) },
    {
      heading: 'PERCENT',
      align: 'right',
      rank: 3,
      cell: ({ errorRate }) => (errorRate ? signed(errorRate, `${percentText(errorRate)}%`) : ''),
    },
    {
      heading: 'JUDGEMENT',
      rank: 0,
      cell: ({ name, judgement }) => (name === 'exact' ? 'the exchange’s rule' : (judgement ?? '')),
    },
  ];
}

const errorText = ({ price, error }: Rival, style: PriceStyle): string =>
  error && price ? signed(error, error.toFixed(priceDecimals(style, price))) : '';

const signed = (value: Ratio, text: string): string => (value.sign() > 0 ? `+${text}` : text);

/** The meaning of each formula, and why it gives no price here. */
function meanings(rivals: readonly Rival[], page: CardOptions): string[] {
  const width = Math.max(...rivals.map(({ name }) => name.length)) + 2;
  return rivals.flatMap(({ name, meaning, reason }) => {
    const words = reason === undefined ? meaning : `${meaning}; here: ${reason}`;
    return hang(name.padEnd(width), words, page.width);
  });
}
