import type { Assessment } from '../core/assessment.js';
import { pricedRows, sweep, type SweepRow } from '../core/plan/sweep.js';
import { Ratio } from '../core/ratio.js';
import { RESULTS } from '../formats/results.js';
import { sweepPicture } from '../report/plot/sweep.js';
import { sweepSheet } from '../report/page/sweep.js';
import { sweepChart, sweepVegaLite } from '../report/text/plan/sweep-chart.js';
import { refusalWords, sweepText, type Sweep } from '../report/text/plan/sweep-table.js';
import type { Figure } from '../schema/figure.js';
import { defineCommand } from './shared/command.js';
import { resultsOf } from './shared/results.js';
import { PLAN_FIELDS, tableOf } from './shared/trade.js';

const DEFAULT_LEVELS = [2n, 3n, 5n, 10n, 20n, 50n, 100n, 125n].map((lev) => Ratio.of(lev));
const one = 'a sweep varies one input at a time';

/** A row, and the axis that its value belongs to. */
type AxisRow = SweepRow & Pick<Sweep, 'axis'>;

const positionOf = (row: SweepRow): Assessment | undefined => (row.kind === 'priced' ? row.assessment : undefined);

/** The value of a row, under the key of what is swept. */
const onAxis = <const M extends string>(
  axis: Sweep['axis'],
  meaning: M,
): Figure<AxisRow> & { readonly meaning: M } => ({
  kind: 'exact',
  meaning,
  of: (row) => (row.axis === axis ? row.value : undefined),
});

/** `liqcalc sweep long|short`: one position over several leverages, entries or margins. */
export const command = defineCommand({
  help: {
    usual: ['entry', 'levs', 'entries', 'margins', 'qty', 'mmr', 'mark', 'both', 'chart', 'json'],
    examples: [
      'sweep long BTCUSDT --entry 60000 --qty 0.5',
      'sweep long --entry 30000 --mmr 0.5 --levs 5,10,20,50 --both',
      'sweep short --entry 30000 --mmr 0.5 --chart',
    ],
  },
  position: PLAN_FIELDS,
  inputs: {
    levs: {
      kind: 'decimal',
      range: 'positive',
      suffix: 'x',
      list: true,
      placeholder: 'X,X,...',
      meaning: 'leverages to sweep, default 2,3,5,10,20,50,100,125',
    },
    entries: {
      kind: 'decimal',
      range: 'positive',
      list: true,
      placeholder: 'P,P,...',
      meaning: 'entry prices to sweep instead',
    },
    margins: {
      kind: 'decimal',
      range: 'positive',
      list: true,
      placeholder: 'M,M,...',
      meaning: 'isolated margins to sweep instead',
    },
  },
  switches: { both: 'show long and short side by side', chart: 'draw a curve instead of the table' },
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
  requires: [['entries', ['lev', 'margin', 'wallet'], 'each entry needs its margin']],
  answer: ({ terms, levs, entries, margins, both }, context): Sweep => {
    const axis = entries ? 'entry' : margins ? 'margin' : 'lev';
    const values = entries ?? margins ?? levs ?? DEFAULT_LEVELS;
    const sides = both ? (['long', 'short'] as const) : [terms.side];
    return { axis, rows: sweep(terms, tableOf(terms, context), { axis, values, sides }) };
  },
  figures: {},
  list: {
    key: 'rows',
    rows: ({ axis, rows }): readonly AxisRow[] => rows.flat().map((row) => ({ ...row, axis })),
    figures: {
      side: { kind: ['long', 'short'], always: true, meaning: 'side of the row', of: ({ side }) => side },
      lev: onAxis('lev', 'leverage of the row'),
      entry: onAxis('entry', 'entry price of the row'),
      margin: onAxis('margin', 'isolated margin of the row'),
      outcome: {
        kind: [...RESULTS.outcome.kind, null],
        always: true,
        meaning: 'as for a position; null if a position cannot have this value',
        of: (row) => positionOf(row)?.outcome.kind,
      },
      liquidationPrice: {
        ...RESULTS.liquidationPrice,
        always: true,
        of: (row) => (row.kind === 'priced' ? RESULTS.liquidationPrice.of(row.assessment) : null),
      },
      reason: {
        kind: 'word',
        meaning: 'why there is no liquidation price, or why the position cannot have this value',
        of: (row) => (row.kind === 'priced' ? RESULTS.reason.of(row.assessment) : refusalWords(row)),
      },
      ...resultsOf('if it applies', positionOf, 'distance', 'distancePercent'),
      ...resultsOf('if it applies', positionOf, 'walletMargin', 'lossAtLiquidation', 'lossIfLiquidated'),
      maxLev: {
        kind: 'ratio',
        meaning: 'the highest leverage that the bracket at this notional allows',
        of: (row) => (row.kind === 'priced' ? row.maxLev : undefined),
      },
      ...resultsOf('if it applies', positionOf, 'bracket', 'warnings'),
    },
  },
  positions: ({ rows }) => pricedRows(rows).map(({ assessment }) => assessment),
  text: (swept, page, { chart }) => [(chart ? sweepChart(swept, page) : sweepText(swept, page)).trimEnd()],
  draws: {
    charts: (swept, { rounding }) => sweepVegaLite(swept, rounding.decimals),
    pictures: (swept, page) => sweepPicture(swept, page),
    pages: (swept, page) => sweepSheet(swept, page),
  },
});
