import { assess, warningKind, warningsOf, type Assessment, type Warning } from '../core/assessment.js';
import { LiqcalcError, problemWords } from '../core/errors.js';
import { flagName } from '../formats/flag-name.js';
import { solve, solveAll, solveProblems, targetPrice, type Solution, type Target } from '../core/plan/solve.js';
import { UNKNOWNS, type Unknown } from '../core/plan/unknowns.js';
import { requirementProblems } from '../core/requirements.js';
import type { Ratio } from '../core/ratio.js';
import { amountText, labelled, liquidationText, percentText, row } from '../report/text/card.js';
import { priceText } from '../report/figures.js';
import { outcomeNote } from '../report/text/plan/words.js';
import type { Figures } from '../schema/figure.js';
import { defineCommand, type Page } from './shared/command.js';
import { SHARED } from '../schema/shared-inputs.js';
import { liquidationPrice, resultsOf } from './shared/results.js';
import { PLAN_FIELDS, tableOf } from './shared/trade.js';

/** The solution: the one requested quantity, or all of them; and the position's state today, if it is known. */
type Solved = { readonly target: Ratio; readonly today: Assessment | undefined } & (
  | { readonly kind: 'one'; readonly solution: Solution }
  | { readonly kind: 'all'; readonly solutions: readonly Solution[] }
);

const solutionsOf = (solved: Solved): readonly Solution[] =>
  solved.kind === 'one' ? [solved.solution] : solved.solutions;

const positionOf = (solution: Solution): Assessment | undefined =>
  solution.kind === 'found' ? solution.assessment : undefined;

const VALUE = {
  for: { kind: UNKNOWNS, always: true, meaning: 'the quantity that is solved for', of: (solution) => solution.for },
  value: {
    kind: 'exact',
    always: true,
    meaning:
      'the value that reaches the target; null if no value does; a size is one at opening, with the present collateral',
    of: (solution) => (solution.kind === 'found' ? solution.value : null),
  },
  liquidationPrice: {
    kind: 'price',
    always: true,
    meaning: 'liquidation price with this value, quote per base',
    of: (solution) => (solution.kind === 'found' ? liquidationPrice(solution.assessment) : null),
  },
} as const satisfies Figures<Solution>;

const STANDING = {
  ...resultsOf('if it applies', positionOf, 'outcome', 'distance', 'distancePercent', 'walletMargin'),
  reason: {
    kind: 'word',
    meaning: 'why no value reaches the target',
    of: (solution) => (solution.kind === 'found' ? undefined : solution.reason),
  },
} as const satisfies Figures<Solution>;

/** The figures of a solution for an answer that is a single solution. */
type Alone<F extends Figures<Solution>> = {
  readonly [K in keyof F]: {
    readonly kind: F[K]['kind'];
    readonly meaning: F[K]['meaning'];
    readonly always?: 'alone';
    readonly of: (solved: Solved, today?: number) => ReturnType<F[K]['of']> | undefined;
  };
};

function alone<F extends Figures<Solution>>(figures: F): Alone<F> {
  const alike: Figures<Solved> = Object.fromEntries(
    Object.entries(figures).map(([key, { kind, meaning, always, of }]) => [
      key,
      {
        kind,
        meaning,
        ...(always && { always: 'alone' as const }),
        of: (solved: Solved, today?: number) => (solved.kind === 'one' ? of(solved.solution, today) : undefined),
      },
    ]),
  );
  return alike as Alone<F>;
}

/** `liqcalc solve long|short`: the leverage, margin or size that puts liquidation at a price. */
export const command = defineCommand({
  help: {
    usual: ['target', 'target-distance', 'for', 'entry', 'lev', 'margin', 'qty', 'mmr', 'mark', 'only'],
    examples: [
      'solve long BTCUSDT --entry 60000 --qty 0.5 --lev 20 --target 55000',
      'solve short --entry 30000 --mmr 0.5 --qty 1 --margin 3000 --target-distance 20',
      'solve long --entry 30000 --mmr 0.5 --target 27000 --for lev --only value',
    ],
    no: 'no value puts liquidation there',
  },
  position: PLAN_FIELDS,
  inputs: {
    target: {
      kind: 'decimal',
      range: 'positive',
      placeholder: 'P',
      meaning: 'the wanted liquidation price, quote per base',
    },
    targetDistance: {
      kind: 'decimal',
      range: 'positive',
      suffix: '%',
      placeholder: 'PERCENT',
      meaning: 'the wanted distance to liquidation, in percent of the mark, or of the entry if there is no mark',
    },
    for: {
      kind: 'choice',
      choices: UNKNOWNS,
      placeholder: 'WHAT',
      meaning: 'the quantity to solve for, default all',
    },
    step: {
      ...SHARED.step,
      meaning: 'the result is a multiple of this step; default 1 for leverage, 0.00000001 for size and margin',
    },
  },
  supplies: ['lev', 'qty'],
  choice: {
    what: 'the wanted liquidation price',
    of: ['target', 'targetDistance'],
    why: 'both give the wanted liquidation price',
  },
  requires: [['step', ['for'], 'each of the three answers has its own step']],
  answer: (question, context): Solved => {
    const { terms, step, for: unknown } = question;
    const table = tableOf(terms, context);
    const target: Target = question.target
      ? { kind: 'price', price: question.target }
      : { kind: 'distance', distance: question.targetDistance };
    const missing = unknown ? solveProblems(terms, unknown) : [];
    if (missing.length > 0) throw new LiqcalcError(missing);
    const solved = unknown
      ? { kind: 'one' as const, solution: solve(terms, table, { for: unknown, target, step }) }
      : { kind: 'all' as const, solutions: solveAll(terms, table, target) };
    const isWhole = requirementProblems(new Set(Object.keys(terms))).length === 0;
    return { ...solved, target: targetPrice(terms, target), today: isWhole ? assess(terms, table) : undefined };
  },
  figures: {
    ...alone(VALUE),
    targetPrice: {
      kind: 'amount',
      always: true,
      meaning: 'the wanted liquidation price, quote per base',
      of: ({ target }) => target,
    },
    liquidationPriceToday: {
      kind: 'price',
      meaning: 'liquidation price of the position without this change; only if the position is complete',
      of: ({ today }) => today && liquidationPrice(today),
    },
    ...alone(STANDING),
  },
  list: {
    key: 'answers',
    rows: (solved) => (solved.kind === 'all' ? solved.solutions : undefined),
    figures: { ...VALUE, ...STANDING, ...resultsOf('if it applies', positionOf, 'warnings') },
  },
  warnings: (solved, today) => warningsOfAll(solutionsOf(solved), today),
  positions: (solved) => solutionsOf(solved).flatMap((solution) => positionOf(solution) ?? []),
  isNo: (solved) => solutionsOf(solved).every(({ kind }) => kind === 'unreachable'),
  text: (solved, page, { terms }) => {
    const { target, today } = solved;
    const positions = [today, ...solutionsOf(solved).map(positionOf)];
    const isPerUnit = positions.some((position) => position?.position.perUnit === true);
    const where = `liquidation at this price or ${terms.side === 'long' ? 'below' : 'above'} it`;
    return [
      page.title('solve for a liquidation price', { isPerUnit }),
      '',
      row('Target', priceText(target, page), where, page),
      ...(today ? [row('As given', liquidationText(today, page), givenNote(today), page)] : []),
      ...solutionsOf(solved).map((solution) => solutionRow(solution, page)),
      '',
      ...page.warnings,
      labelled(
        'Note',
        'rounded to the safe side: leverage and size down, added margin up; future funding is not included',
        page,
      ),
    ];
  },
});

/** The warnings of all solutions, each once. */
function warningsOfAll(solutions: readonly Solution[], today: number | undefined): Warning[] {
  const found = solutions.flatMap((solution) =>
    solution.kind === 'found' ? warningsOf(solution.assessment, today) : [],
  );
  return [...new Map(found.map((warning) => [warningKind(warning), warning])).values()];
}

const LABELS: Readonly<Record<Unknown, string>> = { lev: 'Leverage', 'add-margin': 'Add margin', qty: 'Size' };

/** A size is one at opening: closing a part of an open position at another mark realises its profit or loss. */
function openedWords({ position: { mark, entry } }: Assessment): string {
  if (!mark || mark.compare(entry) === 0) return '';
  return ' if opened with this size; closing a part now also realises its profit or loss: liqcalc account --close';
}

function solutionRow(solution: Solution, page: Page): string {
  const label = LABELS[solution.for];
  if (solution.kind === 'unreachable') {
    const { reason, problems } = solution;
    const words = problems ? problems.map((each) => problemWords(each, flagName)).join('; ') : reason;
    return row(label, 'none', words, page, page.paint.warn);
  }
  const { value, assessment } = solution;
  const unit = solution.for === 'lev' ? 'x' : '';
  const isTakenOut = solution.for === 'add-margin' && value.sign() < 0;
  const takeOut = isTakenOut ? '; negative: that amount can be removed' : '';
  return row(
    label,
    `${value.toText(30)}${unit}`,
    `${outcomeNote(assessment, page)}${takeOut}${solution.for === 'qty' ? openedWords(assessment) : ''}`,
    page,
    page.paint.strong,
  );
}

function givenNote({ position, reference, price }: Assessment): string {
  const lev = position.lev ? `at ${position.lev.toText(8)}x, ` : '';
  const room = price ? `, ${percentText(reference.minus(price).abs().over(reference))} % away` : '';
  return `${lev}margin ${amountText(position.collateral.wallet, 8)}${room}`;
}
