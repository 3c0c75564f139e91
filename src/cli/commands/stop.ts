import { assess, warningsOf, type Warning } from '../../core/assessment.js';
import { marketStop, stopRoom, stopWarnings } from '../../core/plan/stop.js';
import { readCandles } from '../../formats/candles.js';
import { decimalsFor } from '../../presenters/figures.js';
import { stopAnswer, stopText, type Stopped } from '../../presenters/plan/stop.js';
import type { Invocation } from '../command.js';
import { fileText } from '../files.js';
import { PLAN_FIELDS } from '../plan-fields.js';
import { printAnswer } from '../print-answer.js';
import { questionUsage, readQuestion, type QuestionSpec } from '../read-question.js';
import { tableOf } from '../tables.js';

const SPEC: QuestionSpec<'candles' | 'atr' | 'multiple' | 'atrSeed'> = {
  fields: PLAN_FIELDS,
  asked: ['candles', 'atr', 'multiple', 'atrSeed'],
  supplies: (given) => (given.has('entry') ? [] : ['entry', 'lev', 'mmr', 'qty']),
  needs: [{ what: 'candles', give: ['candles'] }],
};

export const usage = questionUsage(SPEC);

/** `liqcalc stop long|short`: a trailing stop from candles, and whether it comes before liquidation. */
export async function run(invocation: Invocation): Promise<number> {
  const { terms, asked, given, common, entryDecimals } = readQuestion(invocation, SPEC);
  const { candles, decimals } = readCandles(fileText(invocation.io, asked.candles ?? ''));
  const { side, mark } = terms;
  const stop = marketStop(candles, { side, mark, period: asked.atr, multiple: asked.multiple, seed: asked.atrSeed });
  const isPosition = given.some(([key]) => key === 'entry');
  const assessment = isPosition ? assess(terms, await tableOf(invocation, terms)) : undefined;
  const position = assessment && stop.stopPrice && { assessment, stands: stopRoom(stop.stopPrice, assessment) };
  const stopped: Stopped = { ...stop, ...(position && { position }) };
  const written = Math.max(entryDecimals, decimals);
  const options = { entryDecimals: written, decimals: common.decimals, today: invocation.io.now() };
  const warnings = allWarnings(stopped, options.today);
  return printAnswer(invocation, {
    given,
    answer: stopAnswer(stopped),
    decimals: decimalsFor(written, common.decimals),
    common,
    text: (style) => stopText(stopped, { terms, question: 'trailing stop' }, warnings, { ...style, ...options }),
    warnings,
    assessments: assessment ? [assessment] : [],
  });
}

function allWarnings({ warnings, position, stopPrice }: Stopped, today: number): Warning[] {
  if (!position || !stopPrice) return [...warnings];
  const { assessment } = position;
  return [...warnings, ...stopWarnings(stopPrice, assessment), ...warningsOf(assessment, today)];
}
