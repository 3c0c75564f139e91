import { pnl } from '../../core/plan/pnl.js';
import { exitPrice, type Goal } from '../../core/plan/target.js';
import type { Terms } from '../../core/position.js';
import { Ratio } from '../../core/ratio.js';
import { decimalsFor } from '../../presenters/figures.js';
import { exitAnswer, exitText } from '../../presenters/plan/target.js';
import type { Invocation } from '../command.js';
import { legOfTrade, TRADE_FIELDS } from '../plan-fields.js';
import { printAnswer } from '../print-answer.js';
import { questionUsage, readQuestion, type QuestionSpec } from '../read-question.js';

const SPEC: QuestionSpec<'roi' | 'pnl'> = {
  fields: TRADE_FIELDS,
  asked: ['roi', 'pnl'],
  supplies: ['lev', 'mmr', 'qty'],
  needs: [{ what: 'the return or profit wanted', give: ['roi', 'pnl'] }],
  excludes: [['roi', 'pnl', 'both say what is wanted']],
  requires: [
    ['roi', ['lev'], 'a return is on the initial margin'],
    ['pnl', ['qty', 'notional'], 'a profit depends on the size'],
  ],
};

export const usage = questionUsage(SPEC);

/** `liqcalc target long|short`: the exit price for a return or a profit. */
export async function run(invocation: Invocation): Promise<number> {
  const { terms, asked, given, common, entryDecimals } = readQuestion(invocation, SPEC);
  const { leg, warnings } = await legOfTrade(invocation, terms);
  const price = exitPrice(leg, goalOf(terms, asked), terms.taker);
  const isSized = terms.qty !== undefined || terms.notional !== undefined;
  const exit = {
    price,
    move: price?.minus(terms.entry).over(terms.entry),
    brings: price && isSized ? pnl(leg, price, terms) : undefined,
  };
  const question = asked.roi
    ? `ROI ${asked.roi.times(Ratio.HUNDRED).toText(30)} %`
    : `PnL ${asked.pnl?.toText(30) ?? ''}`;
  const options = { entryDecimals, decimals: common.decimals, today: invocation.io.now() };
  return printAnswer(invocation, {
    given,
    answer: exitAnswer(exit),
    decimals: decimalsFor(entryDecimals, common.decimals),
    common,
    text: (style) => exitText(exit, { terms, question }, warnings, { ...style, ...options }),
    warnings,
    isNo: !price,
  });
}

function goalOf({ lev }: Terms, { roi, pnl: wanted }: { readonly roi?: Ratio; readonly pnl?: Ratio }): Goal {
  if (roi && lev) return { kind: 'roi', roi, lev };
  if (wanted) return { kind: 'pnl', pnl: wanted };
  throw new Error('no goal');
}
