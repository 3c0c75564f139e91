import { warningKind, warningsOf, type Assessment, type Warning } from '../../core/assessment.js';
import type { Solution } from '../../core/plan/solve.js';
import type { Unknown } from '../../core/plan/unknowns.js';
import { priceFigure, resultFigures, steppedFigure, type Answer, type Figure } from '../answer.js';
import { amountText, hanging, liquidationText, percentText, row, type CardOptions } from '../card.js';
import { priceText, type Rendering } from '../figures.js';
import { answerTitle, outcomeNote, warningLines } from './words.js';

/** What was solved, and how the position stands today where that is known. */
export interface Solved {
  readonly solutions: readonly Solution[];
  /** Whether one quantity was asked for. */
  readonly isSingle: boolean;
  readonly today?: Assessment;
}

/** The figures of a solution, or of all of them under `answers`. */
export function solveAnswer({ solutions, isSingle, today }: Solved, rendering: Rendering): Answer {
  const figures = solutions.map((solution): readonly Figure[] => {
    const found = solution.kind === 'found' ? solution : undefined;
    return [
      ['for', 'word', solution.for],
      steppedFigure('value', found?.value),
      ['liquidationPrice', 'amount', found ? priceFigure(found.assessment) : null],
      ...(found
        ? resultFigures(found.assessment, ['outcome', 'distance', 'distancePercent', 'walletMargin'], rendering)
        : []),
      ['reason', 'word', solution.kind === 'unreachable' ? solution.reason : undefined],
      ...(found ? resultFigures(found.assessment, ['warnings'], rendering) : []),
    ];
  });
  const [first] = solutions;
  const shared: Figure[] = [
    ['targetPrice', 'amount', first?.target],
    ['liquidationPriceToday', 'amount', today && priceFigure(today)],
  ];
  const [only = []] = figures;
  if (isSingle) return { figures: [...only.slice(0, 3), ...shared, ...only.slice(3)] };
  return { figures: shared, list: { key: 'answers', rows: figures } };
}

const LABELS: Readonly<Record<Unknown, string>> = { lev: 'Leverage', 'add-margin': 'Add margin', qty: 'Size' };

/** What puts liquidation at the target, for reading. */
export function solveText(
  { solutions, today }: Solved,
  title: Parameters<typeof answerTitle>[0],
  options: CardOptions,
): string {
  const [first] = solutions;
  if (!first) return '';
  const target = priceText(first.target, options);
  const lines = solutions.map((solution) => {
    if (solution.kind === 'unreachable') return row(LABELS[solution.for], 'none', solution.reason, options.paint.warn);
    const unit = solution.for === 'lev' ? 'x' : '';
    const takeOut =
      solution.for === 'add-margin' && solution.value.sign() < 0 ? '; negative: that much can be taken out' : '';
    const note = `${outcomeNote(solution.assessment, options)}${takeOut}`;
    return row(LABELS[solution.for], `${solution.value.toText(30)}${unit}`, note, options.paint.strong);
  });
  const isPerUnit = [today, ...solutions.map((each) => (each.kind === 'found' ? each.assessment : undefined))].some(
    (each) => each?.position.perUnit === true,
  );
  return [
    answerTitle({ ...title, isPerUnit }, options),
    '',
    row('Target', target, `liquidation at this price or ${title.terms.side === 'long' ? 'below' : 'above'} it`),
    ...(today ? [row('Today', liquidationText(today, options), todayNote(today))] : []),
    ...lines,
    '',
    ...warningLines(solveWarnings(solutions, options.today)),
    `Note${hanging('rounded to the safe side: leverage and size down, added margin up; funding to come is not in it', 'Note')}`,
    '',
  ].join('\n');
}

function todayNote({ position, reference, price }: Assessment): string {
  const lev = position.lev ? `at ${position.lev.toText(8)}x` : 'as given';
  const room = price ? `, ${percentText(reference.minus(price).abs().over(reference))} % away` : '';
  return `${lev}, margin ${amountText(position.collateral.wallet, 8)}${room}`;
}

/** What to know of the positions that were found. */
export function solveWarnings(solutions: readonly Solution[], today: number): Warning[] {
  const found = solutions.flatMap((solution) =>
    solution.kind === 'found' ? warningsOf(solution.assessment, today) : [],
  );
  return [...new Map(found.map((warning) => [warningKind(warning), warning])).values()];
}
