import { assess, warningsOf } from '../../core/assessment.js';
import { decimalsFor } from '../../presenters/figures.js';
import { averageAnswer, averageText } from '../../presenters/plan/average.js';
import type { Invocation } from '../command.js';
import { PLAN_FIELDS } from '../plan-fields.js';
import { printAnswer } from '../print-answer.js';
import { FILL_ASKS, type FillAsks } from '../fill-flags.js';
import { averageOf, FILL_RULES } from '../read-fills.js';
import { questionUsage, readQuestion, type QuestionSpec } from '../read-question.js';
import { tableOf } from '../tables.js';

const BACKED = ['lev', 'margin', 'wallet'];
const MORE = 'more than the average is asked then';
const GIVEN_BY_FILLS: readonly string[] = ['side', 'entry', 'qty', 'notional'];

const SPEC: QuestionSpec<FillAsks> = {
  fields: PLAN_FIELDS.filter((key) => !GIVEN_BY_FILLS.includes(key)),
  asked: FILL_ASKS,
  supplies: ['side', 'entry', 'qty', 'lev', 'mmr'],
  ...FILL_RULES,
  requires: [
    ...FILL_RULES.requires,
    ...BACKED.map((key) => [key, ['mmr', 'symbol'], MORE] as const),
    ['mmr', BACKED, MORE],
  ],
  hasSide: false,
};

export const usage = questionUsage(SPEC);

/** `liqcalc average`: what fills leave, and every result of that position. */
export async function run(invocation: Invocation): Promise<number> {
  const question = readQuestion(invocation, SPEC);
  const { terms, given, common } = question;
  const averaged = await averageOf(invocation, question);
  const { holding, priceDecimals } = averaged;
  const isBacked = given.some(([key]) => BACKED.includes(key));
  const today = invocation.io.now();
  const whole =
    holding.kind === 'open' && isBacked
      ? { ...terms, side: holding.side, entry: holding.entry, qty: holding.qty }
      : undefined;
  const assessment = whole && assess(whole, await tableOf(invocation, whole));
  const position = { ...averaged, ...(assessment && { assessment }) };
  const decimals = decimalsFor(priceDecimals, common.decimals);
  const options = { entryDecimals: priceDecimals, decimals: common.decimals, today };
  return printAnswer(invocation, {
    given,
    answer: averageAnswer(position, { decimals, today }),
    decimals,
    common,
    text: (style) => averageText(position, { ...style, ...options }),
    warnings: common.only && assessment ? warningsOf(assessment, today) : [],
    assessments: assessment ? [assessment] : [],
  });
}
