import { assess, warningsOf, type Assessment } from '../core/assessment.js';
import { fail } from '../core/errors.js';
import type { RoomInAtrs } from '../core/plan/room-in-atrs.js';
import type { FormulaName } from '../core/formulas/index.js';
import type { Terms } from '../core/position.js';
import { FIELD_LIST } from '../formats/fields.js';
import type { positionSheet } from '../report/page/position.js';
import type { ladderPicture } from '../report/plot/ladder-picture.js';
import { cardDecimals, type CardOptions } from '../report/text/card.js';
import { card } from '../report/text/position-card.js';
import { defineCommand } from './shared/command.js';
import { SHARED } from '../schema/shared-inputs.js';
import type { Inputs } from '../schema/input.js';
import type * as Atrs from './shared/atr-room.js';
import type * as Exits from './shared/exits.js';
import type { Filled, positionOfFills } from './shared/fills.js';
import { FILL_RULES, FILLS } from './shared/fill-inputs.js';
import { POSITION_RESULTS, resultsOf } from './shared/results.js';
import { tableOf } from './shared/trade.js';

/** The minimum decimals of the steps of an explanation. */
const LEAST_DECIMALS = 4;
/** The minimum decimals of the entry that fills give. */
const LEAST_ENTRY_DECIMALS = 8;

/**
 * Code that only some questions need: of fills, of explanations, and of pictures. Who asks loads it, so that a bundle of the library
 * has no part that is loaded later.
 */
export interface PositionCode {
  readonly atrs?: typeof Atrs | undefined;
  readonly exits?: typeof Exits | undefined;
  readonly positionOfFills?: typeof positionOfFills | undefined;
  readonly explain?: Answer['explain'];
  readonly ladder?: Answer['ladder'];
  readonly sheet?: Answer['sheet'];
}

/** One position, and the details of its answer. */
interface Answer {
  readonly assessment: Assessment;
  /** The number of decimals that prices were written with. */
  readonly priceDecimals: number;
  /** Whether fills gave entry and size. */
  readonly isFilled: boolean;
  /** The room in average true ranges, if candles are given, and how to show it. */
  readonly atrs: { readonly room: RoomInAtrs | undefined; readonly row: typeof Atrs.atrRow } | undefined;
  /** The figures of stop and take, if one is given, and how to show them. */
  readonly exits: { readonly figures: Exits.ExitFigures; readonly rows: typeof Exits.exitRows } | undefined;
  /** Every step in words, if requested. */
  readonly explain: ((assessment: Assessment, decimals: number, width?: number) => string) | undefined;
  /** Its prices as a picture, if requested. */
  readonly ladder: typeof ladderPicture | undefined;
  /** Its page, if requested. */
  readonly sheet: typeof positionSheet | undefined;
}

/** The exits of the trade. */
const EXITS = {
  stop: {
    ...SHARED.stop,
    heading: 'Market and fees',
    meaning: 'stop price; the answer then has the loss there, and whether the stop comes before liquidation',
  },
  take: {
    ...SHARED.take,
    heading: 'Market and fees',
    meaning: 'take-profit price; the answer then has the gain there, and with a stop the gain divided by the loss',
  },
} as const satisfies Inputs;

/** The market that the distance is compared with. */
const MARKET = {
  candles: {
    ...SHARED.candles,
    heading: 'Market and fees',
    meaning: 'candles of the symbol: adds the distance in average true ranges',
  },
} as const satisfies Inputs;

/** A position as flags give it; `formula` is not one of its terms. */
type PositionInput = Terms & { readonly formula?: FormulaName };

const hasFills = (keys: ReadonlySet<string>): boolean => Object.keys(FILLS).some((key) => keys.has(key));

/** `liqcalc long` and `liqcalc short`: one position from flags. */
export const command = defineCommand({
  help: {
    usual: ['entry', 'lev', 'qty', 'mmr', 'margin', 'wallet', 'mark', 'stop', 'only', 'alert'],
    examples: [
      'long --entry 30000 --lev 10 --mmr 0.5',
      'short BTCUSDT --entry 60000 --lev 20 --qty 0.5 --mark 61000 --explain',
      'long BTCUSDT --entry 60000 --qty 0.5 --wallet 5000 --only liquidationPrice',
      'long BTCUSDT --entry 60000 --lev 20 --qty 0.5 --mark 59000 --alert 5',
    ],
  },
  heading: FILL_RULES.heading,
  position: FIELD_LIST.map(([key]) => key),
  inputs: { ...FILLS, ...EXITS, ...MARKET },
  switches: { explain: 'show every step with its numbers, and check that equity equals maintenance at the price' },
  supplies: (keys) => (hasFills(keys) ? ['entry', 'qty'] : []),
  excludes: [['fill', 'fills', FILL_RULES.choice.why], ...FILL_RULES.excludes],
  requires: FILL_RULES.requires,
  answer: (
    { terms: ownTerms, stop, take, candles, ...input },
    context,
    { positionOfFills, atrs, exits, explain, ladder, sheet }: PositionCode,
  ): Answer => {
    const { terms, priceDecimals } = positionOfFills
      ? filled(ownTerms, positionOfFills(ownTerms, input, context))
      : { terms: ownTerms, priceDecimals: ownTerms.entry.decimals };
    const { formula, ...whole } = terms as PositionInput;
    const assessment = assess(whole, tableOf(whole, context), formula);
    const isFilled = positionOfFills !== undefined;
    const found = exits && { figures: exits.exitFigures(assessment, { stop, take }), rows: exits.exitRows };
    const measured =
      atrs && candles !== undefined
        ? { room: atrs.atrRoom(assessment, context.readFile(candles)), row: atrs.atrRow }
        : undefined;
    return {
      assessment,
      priceDecimals,
      isFilled,
      atrs: measured,
      exits: found,
      explain,
      ladder,
      sheet,
    };
  },
  figures: {
    ...resultsOf('if it applies', ({ assessment }: Answer) => assessment, ...POSITION_RESULTS),
    distanceAtrs: {
      kind: 'ratio',
      meaning: 'distance in average true ranges of 14 candles; only with candles',
      of: ({ atrs }) => atrs && (atrs.room?.atrs ?? null),
    },
    atrValue: {
      kind: 'amount',
      meaning: 'average true range, quote per base; only with candles',
      of: ({ atrs }) => atrs && (atrs.room?.atr ?? null),
    },
    candlesBeyond: {
      kind: 'exact',
      meaning: 'candles that moved as far against the position, from the close before; only with candles',
      of: ({ atrs }) => atrs && (atrs.room?.reached ?? null),
    },
    candlesCounted: {
      kind: 'exact',
      meaning: 'candles of the last 90 days; all if their times are unknown; only with candles',
      of: ({ atrs }) => atrs && (atrs.room?.counted ?? null),
    },
    riskAmount: {
      kind: 'amount',
      meaning: 'loss at the stop after the fees of taker, margin asset; negative: a gain; only with stop',
      of: ({ exits }) => exits?.figures.loss,
    },
    stopBeforeLiquidation: {
      kind: 'flag',
      meaning: 'whether the stop is reached before liquidation; only with stop',
      of: ({ exits }) => exits?.figures.room?.isBefore,
    },
    rewardAmount: {
      kind: 'amount',
      meaning: 'gain at the take-profit price after the fees of taker, margin asset; only with take',
      of: ({ exits }) => exits?.figures.gain,
    },
    rewardRisk: {
      kind: 'ratio',
      meaning: 'gain at the take-profit price divided by loss at the stop, after the fees of taker; only with both',
      of: ({ exits }) => exits?.figures.rewardRisk,
    },
    breakEvenPrice: {
      kind: 'amount',
      meaning: 'exit price without gain or loss after the fees of taker; only with stop or take',
      of: ({ exits }) => exits && (exits.figures.breakEven ?? null),
    },
  },
  found: ({ assessment: { terms }, isFilled, priceDecimals }) =>
    isFilled
      ? [
          ['entry', terms.entry.toText(Math.max(LEAST_ENTRY_DECIMALS, priceDecimals))],
          ['qty', terms.qty?.toText(30) ?? null],
        ]
      : [],
  notes: ({ assessment: { position } }, { decimals }) => {
    const { table, ratesFromTable } = position;
    const origin =
      table && ratesFromTable ? `${table.symbol} dated ${table.asOf}, ${table.venue}: ${table.source}` : 'as given';
    return [`rates ${origin}`, `prices and amounts rounded half-even to ${decimals} decimals`];
  },
  warnings: ({ assessment, exits }, today) => [...warningsOf(assessment, today), ...(exits?.figures.warnings ?? [])],
  positions: ({ assessment }) => [assessment],
  priceDecimals: ({ priceDecimals }) => priceDecimals,
  draws: {
    pictures: ({ assessment, exits, ladder }, page) => ladder?.(assessment, page, exits?.figures),
    pages: ({ assessment, atrs, exits, sheet }, page) =>
      sheet?.(assessment, withMore({ atrs, exits }, assessment, page), [
        ...warningsOf(assessment, page.today),
        ...(exits?.figures.warnings ?? []),
      ]),
  },
  text: ({ assessment, atrs, exits, explain }, page) => [
    card(assessment, withMore({ atrs, exits }, assessment, page)).trimEnd(),
    ...(explain ? ['', explain(assessment, Math.max(LEAST_DECIMALS, cardDecimals(page)), page.width).trimEnd()] : []),
  ],
});

/** The settings of a card with the rows about candles, stop and take. */
function withMore(
  { atrs, exits }: Pick<Answer, 'atrs' | 'exits'>,
  assessment: Assessment,
  page: CardOptions,
): CardOptions {
  return {
    ...page,
    more: [
      ...(atrs?.room ? [atrs.row(atrs.room, page)] : []),
      ...(exits ? exits.rows(exits.figures, assessment, page) : []),
    ],
    ...(exits && { exits: exits.figures }),
  };
}

/** The position whose entry and size come from fills. The fills must leave a position on the given side. */
function filled(
  terms: Terms,
  { holding, priceDecimals }: Filled,
): { readonly terms: Terms; readonly priceDecimals: number } {
  const { side } = terms;
  if (holding.kind === 'open' && holding.side === side) {
    return { terms: { ...terms, entry: holding.entry, qty: holding.qty }, priceDecimals };
  }
  const value = holding.kind === 'flat' ? '0' : `${holding.side === 'long' ? '' : '-'}${holding.qty.toText(30)}`;
  const must = `${side === 'long' ? 'more' : 'less'} than 0`;
  return fail('WRONG_SIDE', 'fill', { value, must, sumOf: `the fills of a ${side}` });
}
