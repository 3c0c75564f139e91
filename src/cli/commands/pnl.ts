import { pnl } from '../../core/plan/pnl.js';
import { decimalsFor } from '../../presenters/figures.js';
import { pnlAnswer, pnlText } from '../../presenters/plan/pnl.js';
import type { Invocation } from '../command.js';
import { legOfTrade, TRADE_FIELDS } from '../plan-fields.js';
import { printAnswer } from '../print-answer.js';
import { questionUsage, readQuestion, type QuestionSpec } from '../read-question.js';

const SPEC: QuestionSpec<'exit'> = {
  fields: TRADE_FIELDS,
  asked: ['exit'],
  supplies: ['lev', 'mmr'],
  needs: [
    { what: 'exit price', give: ['exit'] },
    { what: 'size', give: ['qty', 'notional'] },
  ],
};

export const usage = questionUsage(SPEC);

/** `liqcalc pnl long|short`: profit, return and fees between entry and exit. */
export async function run(invocation: Invocation): Promise<number> {
  const { terms, asked, given, common, entryDecimals } = readQuestion(invocation, SPEC);
  const { exit } = asked;
  if (!exit) throw new Error('no exit');
  const { leg, warnings } = await legOfTrade(invocation, terms);
  const answer = pnl(leg, exit, terms);
  const options = { entryDecimals, decimals: common.decimals, today: invocation.io.now() };
  const isInverse = leg.contract.marginAsset === 'base';
  return printAnswer(invocation, {
    given,
    answer: pnlAnswer(answer),
    decimals: decimalsFor(entryDecimals, common.decimals),
    common,
    text: (style) =>
      pnlText(answer, { terms, question: `exit ${exit.toText(30)}` }, warnings, { ...style, ...options, isInverse }),
    warnings,
  });
}
