import { warningsOf } from '../../core/assessment.js';
import { compare } from '../../core/plan/compare.js';
import { decimalsFor } from '../../presenters/figures.js';
import { compareAnswer, compareText } from '../../presenters/plan/compare.js';
import type { Invocation } from '../command.js';
import { PLAN_FIELDS } from '../plan-fields.js';
import { printAnswer } from '../print-answer.js';
import { questionUsage, readQuestion, type QuestionSpec } from '../read-question.js';
import { tableOf } from '../tables.js';

const SPEC: QuestionSpec<never> = { fields: PLAN_FIELDS, asked: [], supplies: [], needs: [] };

export const usage = questionUsage(SPEC);

/** `liqcalc compare long|short`: the exact price beside what other formulas say. */
export async function run(invocation: Invocation): Promise<number> {
  const { terms, given, common, entryDecimals } = readQuestion(invocation, SPEC);
  const { exact, rivals } = compare(terms, await tableOf(invocation, terms));
  const options = { entryDecimals, decimals: common.decimals, today: invocation.io.now() };
  const warnings = warningsOf(exact, options.today);
  return printAnswer(invocation, {
    given,
    answer: compareAnswer(rivals),
    decimals: decimalsFor(entryDecimals, common.decimals),
    common,
    text: (style) => compareText(rivals, { terms, question: '' }, warnings, { ...style, ...options }),
    warnings,
    assessments: [exact],
  });
}
