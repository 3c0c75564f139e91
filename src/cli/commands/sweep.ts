import { pricedRows, sweep } from '../../core/plan/sweep.js';
import { Ratio } from '../../core/ratio.js';
import { decimalsFor } from '../../presenters/figures.js';
import { sweepAnswer, sweepText } from '../../presenters/plan/sweep.js';
import type { Invocation } from '../command.js';
import { printAnswer } from '../print-answer.js';
import { questionUsage, readQuestion, type QuestionSpec } from '../read-question.js';
import { PLAN_FIELDS } from '../plan-fields.js';
import { tableOf } from '../tables.js';

const DEFAULT_LEVELS = [2n, 3n, 5n, 10n, 20n, 50n, 100n, 125n].map((lev) => Ratio.of(lev));
const one = 'a sweep goes over one thing at a time';
const SPEC: QuestionSpec<'levs' | 'entries' | 'margins'> = {
  fields: PLAN_FIELDS,
  asked: ['levs', 'entries', 'margins'],
  switches: [
    { name: 'both', meaning: 'long and short beside each other', heading: 'Question' },
    { name: 'chart', meaning: 'a curve instead of the table', heading: 'Question' },
  ],
  supplies: ['lev', 'entry'],
  needs: [{ what: 'entry price', give: ['entry', 'entries'] }],
  excludes: [
    ['levs', 'lev', 'the leverages are the axis'],
    ['levs', 'entries', one],
    ['levs', 'margins', one],
    ['entries', 'margins', one],
    ['entries', 'entry', 'the entries are the axis'],
    ['margins', 'margin', 'the margins are the axis'],
    ['margins', 'wallet', 'margin is isolated, wallet is cross'],
  ],
  requires: [['entries', ['lev', 'margin', 'wallet'], 'each entry needs what backs it']],
  formats: ['vega-lite'],
};

export const usage = questionUsage(SPEC);

/** `liqcalc sweep long|short`: one position over several leverages, entries or margins. */
export async function run(invocation: Invocation): Promise<number> {
  const { terms, asked, given, common, entryDecimals } = readQuestion(invocation, SPEC);
  const table = await tableOf(invocation, terms);
  const axis = asked.entries ? 'entry' : asked.margins ? 'margin' : 'lev';
  const values = asked.entries ?? asked.margins ?? asked.levs ?? DEFAULT_LEVELS;
  const sides = invocation.options['both'] === true ? (['long', 'short'] as const) : [terms.side];
  const result = { axis, rows: sweep(terms, table, { axis, values, sides }) } as const;
  const rendering = { decimals: decimalsFor(entryDecimals, common.decimals), today: invocation.io.now() };
  return printAnswer(invocation, {
    given,
    answer: sweepAnswer(result, rendering),
    decimals: rendering.decimals,
    common,
    text: async (style) => {
      const options = { ...style, entryDecimals, decimals: common.decimals, today: rendering.today };
      if (invocation.options['chart'] !== true) return sweepText(result, options);
      return (await import('../../presenters/plan/sweep-chart.js')).sweepChart(result, options);
    },
    chart: async () => (await import('../../presenters/plan/sweep-chart.js')).sweepVegaLite(result, rendering.decimals),
    assessments: pricedRows(result.rows).map(({ assessment }) => assessment),
  });
}
