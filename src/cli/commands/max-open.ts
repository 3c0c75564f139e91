import { assess } from '../../core/assessment.js';
import { maxOpen } from '../../core/plan/max-open.js';
import { decimalsFor } from '../../presenters/figures.js';
import { maxOpenAnswer, maxOpenText } from '../../presenters/plan/max-open.js';
import { warningsOf } from '../../core/assessment.js';
import type { Invocation } from '../command.js';
import { noBrackets, tableOfTrade } from '../plan-fields.js';
import { printAnswer } from '../print-answer.js';
import { questionUsage, readQuestion, type QuestionSpec } from '../read-question.js';

const SPEC: QuestionSpec<'balance' | 'step' | 'order' | 'last'> = {
  fields: ['side', 'symbol', 'entry', 'lev', 'contract', 'multiplier', 'mmr', 'cum', 'mmFee', 'mark', 'taker', 'tick'],
  asked: ['balance', 'step', 'order', 'last'],
  supplies: ['mmr', 'qty', 'lev'],
  needs: [
    { what: 'leverage', give: ['lev'] },
    { what: 'balance', give: ['balance'] },
  ],
};

export const usage = questionUsage(SPEC);

/** `liqcalc max-open long|short`: the largest size that a balance opens. */
export async function run(invocation: Invocation): Promise<number> {
  const { terms, asked, given, common, entryDecimals } = readQuestion(invocation, SPEC);
  const { balance, step, order, last } = asked;
  if (!balance) throw new Error('no balance');
  const table = await tableOfTrade(invocation, terms);
  const most = maxOpen(terms, table, { balance, step, order, last });
  const isPriced = most.qty.sign() > 0 && (table !== undefined || terms.mmr !== undefined);
  const opened = { most, ...(isPriced && { assessment: assess({ ...terms, qty: most.qty }, table) }) };
  const options = { entryDecimals, decimals: common.decimals, today: invocation.io.now() };
  const assessments = opened.assessment ? [opened.assessment] : [];
  const isUncapped = terms.symbol !== undefined && !table;
  const warnings = [
    ...(isUncapped ? noBrackets(terms, 'the exchange may allow less at this leverage') : []),
    ...assessments.flatMap((each) => warningsOf(each, options.today)),
  ];
  return printAnswer(invocation, {
    given,
    answer: maxOpenAnswer(opened),
    decimals: decimalsFor(entryDecimals, common.decimals),
    common,
    text: (style) =>
      maxOpenText(opened, { terms, question: `balance ${balance.toText(30)}` }, warnings, { ...style, ...options }),
    warnings,
    assessments,
    isNo: most.reason !== undefined,
  });
}
