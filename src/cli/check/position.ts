import type { AssessedPosition } from '../../core/account.js';
import { assess } from '../../core/assessment.js';
import { problem, type Problem } from '../../core/errors.js';
import { poolOf, safeRange } from '../../core/liquidation.js';
import { Ratio } from '../../core/ratio.js';
import type { PositionData, RiskInput } from '../../core/risk/input.js';
import { readCandles } from '../../formats/candles.js';
import { readFundingRates } from '../../formats/funding-rates.js';
import { isJson, jsonItems, jsonKind, jsonValue } from '../../formats/json.js';
import { RISK_DATA } from '../../formats/risk-data/index.js';
import { pickOrders } from '../../formats/risk-data/orders.js';
import type { Place } from '../../formats/risk-datum.js';
import { CHECK_POSITION, type CHECK_INPUTS } from './position-flags.js';
import { gathering, refuseAll, textsOf } from './options.js';
import type { Invocation } from '../command.js';
import { fileText } from '../files.js';
import { readCommonOptions, type CommonOptions } from '../options.js';
import { readQuestion, type ReadQuestion } from '../read-question.js';
import { tableOf } from '../tables.js';

type Asked = ReadQuestion<typeof CHECK_INPUTS>;

/** One position that flags give, ready to be judged. */
export interface CheckedPosition {
  readonly input: RiskInput;
  readonly assessed: AssessedPosition;
  readonly common: CommonOptions;
}

/**
 * The position of `liqcalc check long|short` with what flags say of it.
 *
 * @param problems - what is wrong already: everything is told at once.
 */
export async function checkedPosition(invocation: Invocation, problems: Problem[]): Promise<CheckedPosition> {
  const found: Problem[] = [];
  const common = readCommonOptions(invocation.options, found);
  const question = gathering(problems, () => readQuestion(invocation, CHECK_POSITION, found));
  const flagged = flaggedData(invocation, question, problems);
  if (question) problems.push(...modeProblems(question));
  refuseAll(problems);
  const data = { ...flagged, ...filedData(invocation, question, problems) };
  refuseAll(problems);
  if (!question) throw new Error('a question that is refused without a reason');
  const { terms, values } = question;
  const assessment = assess(terms, await tableOf(invocation, terms));
  const assessed: AssessedPosition = {
    ...assessment,
    mode: terms.wallet ? 'cross' : 'isolated',
    range: safeRange(poolOf(assessment.position)),
  };
  const { equity, usualLev, atrSeed } = values;
  const event = yesOrNo(invocation.options['event']);
  return { input: { positions: [{ assessed, data }], equity, usualLev, event, atrSeed }, assessed, common };
}

function modeProblems({ terms, values: asked }: Asked): Problem[] {
  if (asked.mode === 'cross' && !terms.wallet) {
    return [problem('NEEDS', 'mode', { other: 'wallet', why: 'it is what backs a cross position' })];
  }
  const isCross = asked.mode === 'isolated' && terms.wallet;
  return isCross ? [problem('CONFLICT', 'mode', { with: 'wallet', why: 'a wallet backs cross positions' })] : [];
}

const yesOrNo = (option: unknown): boolean | undefined => (typeof option === 'boolean' ? option : undefined);

/** What flags say of a position, read as the same would be in a record. */
function flaggedData(invocation: Invocation, question: Asked | undefined, problems: Problem[]): PositionData {
  const { options } = invocation;
  const place = (flag: string): Place => ({ name: `--${flag}`, owner: {}, problems });
  const { funding, openInterest } = options;
  const feeds = textsOf(options['feed']);
  return {
    ...(typeof funding === 'string' && {
      funding: RISK_DATA.funding.read(jsonValue(fundingJson(funding, problems)), place('funding')),
    }),
    ...(typeof openInterest === 'string' && {
      openInterest: RISK_DATA.openInterest.read(
        jsonValue(JSON.stringify(listed(openInterest))),
        place('open-interest'),
      ),
    }),
    ...(feeds.length > 0 && { feeds: RISK_DATA.feeds.read(jsonValue(feedsJson(feeds, problems)), place('feed')) }),
    autoMargin: yesOrNo(options['autoMargin']),
    illiquid: yesOrNo(options['illiquid']),
    stop: options['stop'] === false ? 'none' : question?.values.stop,
    stopOn: question?.values.stopOn,
    fundingInterval: question?.values.fundingInterval,
    ...(options['orders'] === false && { orders: [] }),
  };
}

/** What is in files of their own: opened when the flags are right. */
function filedData({ io, options }: Invocation, question: Asked | undefined, problems: Problem[]): PositionData {
  const { candles, rates, orders } = options;
  const { symbol, side } = question?.terms ?? {};
  const read = typeof candles === 'string' && gathering(problems, () => readCandles(fileText(io, candles)).candles);
  const funding = typeof rates === 'string' && gathering(problems, () => readFundingRates(fileText(io, rates), symbol));
  const files = textsOf(orders).map((path) => jsonOf(fileText(io, path)));
  const standing =
    files.length > 0 && pickOrders(jsonValue(joined(files)), { name: '--orders', owner: { symbol, side }, problems });
  return {
    ...(read && { candles: read }),
    ...(funding && { funding }),
    ...standing,
  };
}

const listed = (text: string): readonly string[] => text.split(',').map((part) => part.trim());

/** A file as JSON; other text becomes a JSON string, which the schema of a list refuses. */
const jsonOf = (text: string): string => (isJson(text) ? text : JSON.stringify(text.trim().slice(0, 40)));

/** Several arrays as one; anything that is not an array is passed on, for the schema to refuse. */
function joined([first = '', ...others]: readonly string[]): string {
  const texts = [first, ...others];
  if (others.length === 0) return first;
  return texts.find((text) => jsonKind(text) !== 'array') ?? `[${texts.flatMap(jsonItems).join(',')}]`;
}

/** Funding rates of a command line are percentages, and say so: without the sign they were fractions before. */
function fundingJson(text: string, problems: Problem[]): string {
  const rates = listed(text);
  for (const rate of rates) {
    const bare = Ratio.parse(rate);
    if (bare.kind !== 'decimal') continue;
    const percent = bare.value.percent().toText(30);
    const why = `${JSON.stringify(rate)} has no unit: write ${rate}% for that percentage, or ${percent}% if it is a fraction`;
    problems.push(problem('REFUSED', '--funding', { why }));
  }
  return JSON.stringify(rates);
}

function feedsJson(feeds: readonly string[], problems: Problem[]): string {
  const members = feeds.flatMap((text) => {
    const equals = text.indexOf('=');
    if (equals > 0)
      return [`${JSON.stringify(text.slice(0, equals).trim())}:${JSON.stringify(text.slice(equals + 1))}`];
    const why = `${JSON.stringify(text)} is not NAME=PRICE; write index=59010`;
    problems.push(problem('REFUSED', '--feed', { why }));
    return [];
  });
  return `{${members.join(',')}}`;
}
