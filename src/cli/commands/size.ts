import { size, type Sizing } from '../../core/plan/size.js';
import { decimalsFor } from '../../presenters/figures.js';
import { sizeAnswer, sizeText, sizeWarnings } from '../../presenters/plan/size.js';
import type { Invocation } from '../command.js';
import { printAnswer } from '../print-answer.js';
import { questionUsage, readQuestion, type Question, type QuestionSpec } from '../read-question.js';
import { tableOf } from '../tables.js';

type Asks = 'equity' | 'risk' | 'stop' | 'take' | 'buffer' | 'stopTrigger' | 'allocate' | 'step';

const SPEC: QuestionSpec<Asks> = {
  fields: ['side', 'symbol', 'entry', 'lev', 'contract', 'multiplier', 'mmr', 'mmFee', 'taker', 'tick'],
  asked: ['equity', 'risk', 'stop', 'take', 'buffer', 'stopTrigger', 'allocate', 'step'],
  supplies: ['lev', 'qty'],
  needs: [
    { what: 'equity of the account', give: ['equity'] },
    { what: 'what to risk or to allocate', give: ['risk', 'allocate'] },
  ],
  excludes: [['risk', 'allocate', 'both decide the size']],
  requires: [
    ['risk', ['stop'], 'the risk is what the stop loses'],
    ['allocate', ['lev'], 'the size is margin x leverage'],
    ['take', ['stop'], 'reward is measured against the loss at the stop'],
    ['buffer', ['stop'], 'it is measured from the stop'],
    ['stopTrigger', ['stop'], 'it is what triggers the stop'],
  ],
};

export const usage = questionUsage(SPEC);

/** `liqcalc size long|short`: the size of a trade from equity, risk and stop. */
export async function run(invocation: Invocation): Promise<number> {
  const question = readQuestion(invocation, SPEC);
  const { terms, asked, given, common, entryDecimals } = question;
  const equity = asked.equity;
  if (!equity) throw new Error('no equity');
  const answer = size(terms, await tableOf(invocation, terms), { ...asked, equity, sizing: sizingOf(question) });
  const decimals = decimalsFor(entryDecimals, common.decimals);
  const options = { entryDecimals, decimals: common.decimals, today: invocation.io.now() };
  return printAnswer(invocation, {
    given,
    answer: sizeAnswer(answer),
    decimals,
    common,
    text: (style) => sizeText(answer, { terms, question: `equity ${equity.toText(30)}` }, { ...style, ...options }),
    warnings: sizeWarnings(answer, options.today),
    isNo: answer.reason !== undefined,
    assessments: [answer.atLev ?? answer.atMaxLev ?? []].flat(),
  });
}

function sizingOf({ terms: { lev }, asked: { risk, allocate, stop } }: Question<Asks>): Sizing {
  if (risk && stop) return { kind: 'risk', risk, stop };
  if (allocate && lev) return { kind: 'allocate', allocate, lev, stop };
  throw new Error('neither risk nor allocation');
}
