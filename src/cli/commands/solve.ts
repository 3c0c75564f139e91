import { assess } from '../../core/assessment.js';
import { LiqcalcError } from '../../core/errors.js';
import { solve, solveAll, solveProblems, type Target } from '../../core/plan/solve.js';
import { requirementProblems } from '../../core/position.js';
import { decimalsFor } from '../../presenters/figures.js';
import { solveAnswer, solveText, solveWarnings } from '../../presenters/plan/solve.js';
import type { Invocation } from '../command.js';
import { PLAN_FIELDS } from '../plan-fields.js';
import { printAnswer } from '../print-answer.js';
import { questionUsage, readQuestion, type Question, type QuestionSpec } from '../read-question.js';
import { tableOf } from '../tables.js';

type Asks = 'target' | 'targetDistance' | 'for' | 'step';

const SPEC: QuestionSpec<Asks> = {
  fields: PLAN_FIELDS,
  asked: ['target', 'targetDistance', 'for', 'step'],
  supplies: ['lev', 'qty'],
  needs: [{ what: 'where liquidation is wanted', give: ['target', 'targetDistance'] }],
  excludes: [['target', 'targetDistance', 'both say where liquidation is wanted']],
  requires: [['step', ['for'], 'each answer has its own step']],
};

export const usage = questionUsage(SPEC);

/** `liqcalc solve long|short`: what puts liquidation at a price. */
export async function run(invocation: Invocation): Promise<number> {
  const question = readQuestion(invocation, SPEC);
  const { terms, asked, given, common, entryDecimals } = question;
  const table = await tableOf(invocation, terms);
  const target = targetOf(question);
  const missing = asked.for ? solveProblems(terms, asked.for) : [];
  if (missing.length > 0) throw new LiqcalcError(missing);
  const solutions = asked.for
    ? [solve(terms, table, { ...asked, for: asked.for, target })]
    : solveAll(terms, table, target);
  const isWhole = requirementProblems(new Set(Object.keys(terms))).length === 0;
  const solved = { solutions, isSingle: asked.for !== undefined, ...(isWhole && { today: assess(terms, table) }) };
  const decimals = decimalsFor(entryDecimals, common.decimals);
  const today = invocation.io.now();
  const options = { entryDecimals, decimals: common.decimals, today };
  return printAnswer(invocation, {
    given,
    answer: solveAnswer(solved, { decimals, today }),
    decimals,
    common,
    text: (style) => solveText(solved, { terms, question: 'what puts liquidation there' }, { ...style, ...options }),
    warnings: solved.isSingle ? [] : solveWarnings(solutions, today),
    isNo: solutions.every(({ kind }) => kind === 'unreachable'),
    assessments: solutions.flatMap((each) => (each.kind === 'found' ? [each.assessment] : [])),
  });
}

function targetOf({ asked }: Question<Asks>): Target {
  if (asked.target) return { kind: 'price', price: asked.target };
  if (asked.targetDistance) return { kind: 'distance', distance: asked.targetDistance };
  throw new Error('no target');
}
