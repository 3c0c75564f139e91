import type { Assessment } from '../../core/assessment.js';
import { isLiquidatedBefore, type FillStep } from '../../core/plan/fill-path.js';
import type { Holding } from '../../core/plan/average.js';
import { roomTo } from '../../core/liquidation.js';
import type { Ratio } from '../../core/ratio.js';
import { labelled, liquidationText, percentText } from '../../report/text/card.js';
import { priceText, roomTone } from '../../report/figures.js';
import { plain, textTable, type Column } from '../../report/text/text-table.js';
import { RESULTS } from '../../formats/results.js';
import type { Figures } from '../../schema/figure.js';
import type { Page } from './command.js';
import { resultsOf } from './results.js';

/** The position after one fill, priced at the price of that fill. */
export interface PathStep extends FillStep {
  /** The number of the fill from 1; 0 for the position before the fills. */
  readonly number: number;
  /** `undefined` if the fill closes the position, or without margin and rate. */
  readonly assessment: Assessment | undefined;
  /** Whether it is liquidated before the next fill; `undefined` for the last one, and without a price. */
  readonly isLiquidatedBeforeNext: boolean | undefined;
}

/** The steps of a path with their outcomes. */
export function pathSteps(
  { steps, opened }: { readonly steps: readonly FillStep[]; readonly opened: number },
  assessed: (holding: Holding, mark: Ratio) => Assessment | undefined,
): readonly PathStep[] {
  return steps.map((step, index) => {
    const assessment = assessed(step.holding, step.fill.price);
    const next = steps[index + 1]?.fill.price;
    return {
      ...step,
      number: index + 1 - opened,
      assessment,
      isLiquidatedBeforeNext: assessment && next && isLiquidatedBefore(assessment, next),
    };
  });
}

const open = ({ holding }: PathStep): Extract<Holding, { kind: 'open' }> | undefined =>
  holding.kind === 'open' ? holding : undefined;

/** The figures of each step. */
export const PATH_FIGURES = {
  fill: {
    kind: 'number',
    always: true,
    meaning: 'number of the fill; 0 is the position before the fills',
    of: ({ number }) => number,
  },
  fillQty: { kind: 'exact', always: true, meaning: 'size of the fill, a minus sells', of: ({ fill }) => fill.qty },
  fillPrice: {
    kind: 'exact',
    always: true,
    meaning: 'price of the fill, quote per base',
    of: ({ fill }) => fill.price,
  },
  side: {
    kind: ['long', 'short', null],
    always: true,
    meaning: 'side after the fill; null if it closes the position',
    of: (step) => open(step)?.side,
  },
  qty: {
    kind: 'exact',
    always: true,
    meaning: 'size after the fill; null without a position',
    of: (step) => open(step)?.qty,
  },
  entry: {
    kind: 'amount',
    always: true,
    meaning: 'average entry price after the fill, quote per base',
    of: (step) => open(step)?.entry,
  },
  realizedPnl: {
    kind: 'amount',
    always: true,
    meaning: 'profit of the size closed so far, without fees, margin asset',
    of: ({ realizedPnl }) => realizedPnl,
  },
  outcome: {
    kind: [...RESULTS.outcome.kind, null],
    always: true,
    meaning: 'as for a position; null without a position, or without margin and rate',
    of: ({ assessment }) => assessment?.outcome.kind,
  },
  ...resultsOf('always', ({ assessment }: PathStep) => assessment, 'liquidationPrice', 'reason'),
  distancePercent: {
    ...RESULTS.distancePercent,
    always: true,
    meaning: 'distance from the price of the fill to liquidation, in percent of that price',
    of: ({ assessment }) => assessment && RESULTS.distancePercent.of(assessment),
  },
  liquidatedBeforeNext: {
    kind: 'flag',
    meaning: 'whether the price of the next fill lies at or beyond the liquidation price',
    of: ({ isLiquidatedBeforeNext }) => isLiquidatedBeforeNext,
  },
} as const satisfies Figures<PathStep>;

/** The path as a table, and the fills that liquidation comes before. */
export function pathLines(steps: readonly PathStep[], page: Page): readonly string[] {
  const { paint } = page;
  const end = steps.findIndex(({ isLiquidatedBeforeNext }) => isLiquidatedBeforeNext === true);
  const isReached = (step: PathStep): boolean => end < 0 || steps.indexOf(step) <= end;
  const right = (heading: string, cell: Column<PathStep>['cell']): Column<PathStep> => ({
    heading,
    align: 'right',
    cell,
  });
  const columns = [
    right('FILL', ({ number }) => (number === 0 ? 'open' : String(number))),
    right('QTY', ({ fill }) => fill.qty.toText(30)),
    right('PRICE', ({ fill }) => fill.price.toText(30)),
    right('SIZE', (step) => sizeWords(step)),
    right('ENTRY', (step) => entryWords(step, page)),
    right('LIQUIDATION', (step) => {
      if (!isReached(step)) return 'not reached';
      return step.assessment ? liquidationText(step.assessment, page) : '';
    }),
    right('ROOM', (step) => (isReached(step) ? roomWords(step.assessment) : '')),
  ].filter(({ heading, cell }) => heading !== 'LIQUIDATION' || steps.some((step) => cell(step) !== ''));
  const priced = steps.some(({ assessment }) => assessment);
  return [
    ...textTable(columns, steps, {
      width: page.width,
      head: paint.faint,
      row: (index) => (isReached(steps[index] as PathStep) ? toneOf(steps[index] as PathStep, page) : paint.faint),
    }),
    ...(priced
      ? [
          labelled(
            'Note',
            `room is measured from the price of the fill; ${marginWords(steps)}, without realised profit`,
            page,
          ),
        ]
      : []),
  ];
}

/** What the margin of the path is. */
function marginWords(steps: readonly PathStep[]): string {
  const terms = steps.find(({ assessment }) => assessment)?.assessment?.terms;
  if (terms?.wallet ?? terms?.margin) return 'the given margin or wallet is the same after each fill';
  return 'after each fill the margin is the initial margin at --lev';
}

/** The liquidation that ends a path early, in words; `undefined` for a path that reaches its last fill. */
export function pathEnd(steps: readonly PathStep[], page: Page): string | undefined {
  const end = steps.findIndex(({ isLiquidatedBeforeNext }) => isLiquidatedBeforeNext === true);
  const step = steps[end];
  if (!step?.assessment) return undefined;
  const { outcome } = step.assessment;
  const next = `fill ${step.number + 1} at ${steps[end + 1]?.fill.price.toText(30) ?? ''}`;
  const when = outcome.kind === 'already' ? `already at fill ${step.number}` : `before ${next}`;
  const at = outcome.bound ? `at ${liquidationText(step.assessment, page)}, ` : '';
  const words = `${at}${when}; the later fills open another position, or none`;
  return page.paint.bad(labelled('Liquidated', words, page));
}

function sizeWords(step: PathStep): string {
  const held = open(step);
  return held ? `${held.side} ${held.qty.toText(30)}` : 'none';
}

function entryWords(step: PathStep, page: Page): string {
  const held = open(step);
  return held ? priceText(held.entry, page) : '';
}

function roomOf({ outcome, reference }: Assessment): Ratio | undefined {
  return outcome.bound && roomTo(outcome.bound, reference).over(reference);
}

function roomWords(assessment: Assessment | undefined): string {
  const room = assessment && roomOf(assessment);
  return room ? `${percentText(room)}%` : '';
}

function toneOf({ assessment, isLiquidatedBeforeNext }: PathStep, { paint }: Page): (text: string) => string {
  if (isLiquidatedBeforeNext === true) return paint.bad;
  const room = assessment && roomOf(assessment);
  return room ? roomTone(room, paint, plain) : plain;
}
