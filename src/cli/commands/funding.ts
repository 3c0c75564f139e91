import { assess, warningsOf } from '../../core/assessment.js';
import { pastFunding, steadyFunding, type Funding } from '../../core/plan/funding.js';
import type { Position } from '../../core/position.js';
import { Ratio } from '../../core/ratio.js';
import { readFundingRates } from '../../formats/funding-rates.js';
import { decimalsFor } from '../../presenters/figures.js';
import { fundingAnswer, fundingText } from '../../presenters/plan/funding.js';
import type { Invocation } from '../command.js';
import { fileText } from '../files.js';
import { PLAN_FIELDS } from '../plan-fields.js';
import { printAnswer } from '../print-answer.js';
import { questionUsage, readQuestion, type Question, type QuestionSpec } from '../read-question.js';
import { tableOf } from '../tables.js';

type Asks = 'rate' | 'rates' | 'interval' | 'intervals' | 'until';

const SPEC: QuestionSpec<Asks> = {
  fields: PLAN_FIELDS,
  asked: ['rate', 'rates', 'interval', 'intervals', 'until'],
  supplies: [],
  needs: [{ what: 'funding rate', give: ['rate', 'rates'] }],
  excludes: [
    ['rate', 'rates', 'both give the rates'],
    ['intervals', 'until', 'both say when to end'],
  ],
};
const DEFAULT_INTERVALS = 3;
const DEFAULT_HOURS = Ratio.of(8n);

export const usage = questionUsage(SPEC);

/** `liqcalc funding long|short`: what funding costs, and when it liquidates by itself. */
export async function run(invocation: Invocation): Promise<number> {
  const question = readQuestion(invocation, SPEC);
  const { terms, given, common, entryDecimals } = question;
  const assessment = assess(terms, await tableOf(invocation, terms));
  const hours = question.asked.interval ?? DEFAULT_HOURS;
  const funding = { ...fundingOf(invocation, question, assessment.position), hours, tick: assessment.terms.tick };
  const options = { entryDecimals, decimals: common.decimals, today: invocation.io.now() };
  const warnings = warningsOf(assessment, options.today);
  return printAnswer(invocation, {
    given,
    answer: fundingAnswer(funding),
    decimals: decimalsFor(entryDecimals, common.decimals),
    common,
    text: (style) => fundingText(funding, { terms, question: 'funding' }, warnings, { ...style, ...options }),
    warnings,
    assessments: [assessment],
  });
}

function fundingOf({ io }: Invocation, { terms, asked }: Question<Asks>, position: Position): Funding {
  const intervals = asked.intervals && Number(asked.intervals.toText(0));
  if (asked.rate)
    return steadyFunding(position, asked.rate, asked.until ? undefined : (intervals ?? DEFAULT_INTERVALS));
  const rates = readFundingRates(fileText(io, asked.rates ?? ''), terms.symbol);
  return pastFunding(position, intervals === undefined ? rates : rates.slice(-intervals));
}
