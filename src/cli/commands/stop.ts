import { assess, warningsOf, type Warning } from '../../core/assessment.js';
import { tableFor } from '../../core/brackets.js';
import { fail } from '../../core/errors.js';
import { averageTrueRange, candlesNeeded } from '../../core/plan/atr.js';
import { stopRoom, trailingStop } from '../../core/plan/stop.js';
import { Ratio } from '../../core/ratio.js';
import { builtInTables } from '../../core/venues/index.js';
import { readCandles } from '../../formats/candles.js';
import { decimalsFor } from '../../presenters/figures.js';
import { stopAnswer, stopText, type Stopped } from '../../presenters/plan/stop.js';
import type { Invocation } from '../command.js';
import { readInputFile } from '../input-file.js';
import { PLAN_FIELDS } from '../plan-fields.js';
import { printAnswer } from '../print-answer.js';
import { questionUsage, readQuestion, type Question, type QuestionSpec } from '../read-question.js';

type Asks = 'candles' | 'atr' | 'multiple' | 'atrSeed';

const SPEC: QuestionSpec<Asks> = {
  fields: PLAN_FIELDS,
  asked: ['candles', 'atr', 'multiple', 'atrSeed'],
  supplies: (given) => (given.has('entry') ? [] : ['entry', 'lev', 'mmr', 'qty']),
  needs: [{ what: 'candles', give: ['candles'] }],
};

export const usage = questionUsage(SPEC);

/** `liqcalc stop long|short`: a trailing stop from candles, and whether it comes before liquidation. */
export async function run(invocation: Invocation): Promise<number> {
  const question = readQuestion(invocation, SPEC);
  const { terms, given, common, entryDecimals } = question;
  const { decimals: priceDecimals, ...stopped } = stopOf(invocation, question);
  const written = Math.max(entryDecimals, priceDecimals);
  const options = { entryDecimals: written, decimals: common.decimals, today: invocation.io.now() };
  const assessment = stopped.position?.assessment;
  const warnings = [
    ...stopped.warnings,
    ...beyond(stopped),
    ...(assessment ? warningsOf(assessment, options.today) : []),
  ];
  return printAnswer(invocation, {
    given,
    answer: stopAnswer(stopped),
    decimals: decimalsFor(written, common.decimals, terms.tick),
    common,
    text: (style) => stopText(stopped, { terms, question: 'trailing stop' }, warnings, { ...style, ...options }),
    warnings,
    assessments: assessment ? [assessment] : [],
  });
}

function stopOf({ io }: Invocation, { terms, asked, given }: Question<Asks>): Stopped & { readonly decimals: number } {
  const { candles, decimals } = readCandles(readInputFile(io, asked.candles ?? ''));
  const period = Number(asked.atr?.toText(0) ?? 14);
  const seed = asked.atrSeed ?? 'first-bar';
  const atr = averageTrueRange(candles, period, seed);
  const needed = `an ATR of ${period} by ${seed} needs ${candlesNeeded(period, seed)} candles`;
  const last = candles.at(-1);
  if (!atr || !last) return fail('NOT_A_VALUE', 'candles', { value: `${candles.length} candles`, advice: needed });
  const reference = terms.mark ?? last.close;
  const stop = trailingStop({ side: terms.side, atr, multiple: asked.multiple ?? Ratio.from('1.5'), reference });
  const isPosition = given.some(([key]) => key === 'entry');
  const assessment = isPosition ? assess(terms, tableFor(terms, builtInTables)) : undefined;
  const position = assessment && stop.stopPrice && { assessment, stands: stopRoom(stop.stopPrice, assessment) };
  const origin = terms.mark ? 'mark' : 'last close';
  return { ...stop, atr, reference, origin, candleCount: candles.length, decimals, ...(position && { position }) };
}

function beyond({ position, stopPrice }: Stopped): Warning[] {
  const liquidation = position?.assessment.price;
  if (!position || position.stands.isBefore || !stopPrice || !liquidation) return [];
  return [
    { code: 'STOP_BEYOND_LIQUIDATION', details: { stop: stopPrice.toText(8), liquidation: liquidation.toText(8) } },
  ];
}
