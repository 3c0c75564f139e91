import { assess, warningsOf } from '../../core/assessment.js';
import { tableFor } from '../../core/brackets.js';
import { fundingPayment, fundingSteps, intervalsToLiquidation } from '../../core/plan/funding.js';
import { referencePrice, type Position } from '../../core/position.js';
import { Ratio } from '../../core/ratio.js';
import { builtInTables } from '../../core/venues/index.js';
import { readFundingRates } from '../../formats/funding-rates.js';
import { decimalsFor } from '../../presenters/figures.js';
import { fundingAnswer, fundingText, type Funding } from '../../presenters/plan/funding.js';
import type { Invocation } from '../command.js';
import { readInputFile } from '../input-file.js';
import { PLAN_FIELDS } from '../plan-fields.js';
import { printAnswer } from '../print-answer.js';
import { questionUsage, readQuestion, type Question, type QuestionSpec } from '../read-question.js';

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
const MOST_STEPS = 1000;

export const usage = questionUsage(SPEC);

/** `liqcalc funding long|short`: what funding costs, and when it liquidates by itself. */
export async function run(invocation: Invocation): Promise<number> {
  const question = readQuestion(invocation, SPEC);
  const { terms, given, common, entryDecimals } = question;
  const assessment = assess(terms, tableFor(terms, builtInTables));
  const funding = fundingOf(invocation, question, assessment.position);
  const options = { entryDecimals, decimals: common.decimals, today: invocation.io.now() };
  const warnings = warningsOf(assessment, options.today);
  return printAnswer(invocation, {
    given,
    answer: fundingAnswer(funding),
    decimals: decimalsFor(entryDecimals, common.decimals, terms.tick),
    common,
    text: (style) => fundingText(funding, { terms, question: 'funding' }, warnings, { ...style, ...options }),
    warnings,
    assessments: [assessment],
  });
}

function fundingOf(invocation: Invocation, { terms, asked }: Question<Asks>, position: Position): Funding {
  const hours = asked.interval ?? Ratio.of(8n);
  const asks = asked.intervals && Number(asked.intervals.toText(0));
  if (asked.rate)
    return constantFunding(position, asked.rate, hours, asked.until ? undefined : (asks ?? DEFAULT_INTERVALS));
  const rates = readFundingRates(readInputFile(invocation.io, asked.rates ?? ''), terms.symbol);
  const steps = fundingSteps(position, asks === undefined ? rates : rates.slice(-asks));
  const isLiquidated = steps.at(-1)?.outcome.kind === 'already';
  const reason = `not within the ${steps.length} payments of the file`;
  const end = isLiquidated ? { intervals: Ratio.of(BigInt(steps.length)) } : { reason };
  return { steps, hours, leftOut: Ratio.ZERO, ...end };
}

function constantFunding(position: Position, rate: Ratio, hours: Ratio, asked: number | undefined): Funding {
  const intervals = intervalsToLiquidation(position, rate);
  const wanted = asked === undefined ? intervals : Ratio.of(BigInt(asked));
  const count = Number((wanted ?? Ratio.ZERO).min(Ratio.of(BigInt(asked ?? MOST_STEPS))).toText(0));
  const steps = fundingSteps(
    position,
    Array.from({ length: Math.max(1, count) }, () => ({ rate })),
  );
  const payment = fundingPayment(position, referencePrice(position), rate);
  const leftOut =
    asked === undefined && intervals ? intervals.minus(Ratio.of(BigInt(steps.length))).max(Ratio.ZERO) : Ratio.ZERO;
  const reason = intervals ? undefined : 'at this rate the position does not pay';
  return { steps, payment, intervals, hours, leftOut, reason };
}
