import { UNKNOWNS } from '../core/plan/unknowns.js';
import { FIELD_LIST } from './fields.js';
import { always, DIALECT, figuresSchema, maybe, resultShapes, type FigureShape } from './figure-schemas.js';
import { QUESTION_LIST } from './questions.js';
import { RESULT_LIST } from './results.js';

type Figures = Readonly<Record<string, FigureShape>>;

/** What a planning command answers with: figures, and rows of figures where there are several answers. */
interface AnswerShape {
  readonly figures: Figures;
  readonly list?: { readonly key: string; readonly rows: Figures };
}

const SIDES = ['long', 'short'] as const;
const REASON = maybe('word', 'why there is no answer');
const WARNINGS = maybe('codes', 'codes of what to know before trusting the answer; left out when empty');
const LIQUIDATION = maybe('amount', 'liquidation price of the position, quote per base; null where there is none');

const SOLUTION: Figures = {
  for: always(UNKNOWNS, 'what is solved for'),
  value: always('amount', 'what it has to be; null where nothing reaches the target'),
  liquidationPrice: always('amount', 'liquidation price with it, quote per base'),
  ...resultShapes('maybe', 'outcome', 'distance', 'distancePercent', 'walletMargin'),
  reason: maybe('word', 'why nothing reaches the target'),
  warnings: WARNINGS,
};
const TARGET: Figures = {
  targetPrice: always('amount', 'where liquidation is wanted, quote per base'),
  liquidationPriceToday: maybe('amount', 'liquidation price of the position as it is; only of a whole position'),
};

const PROFIT: Figures = {
  fees: always('amount', 'trading fees of entry and exit, margin asset'),
  netPnl: always('amount', 'profit after fees, margin asset'),
  netRoi: always('percent', 'the same in percent of the initial margin; null without lev'),
  initialMargin: always('amount', 'value at entry over lev, margin asset; null without lev'),
};

/** What planning commands answer with, by command; a position's inputs come before it. */
const ANSWERS: Readonly<Record<string, readonly AnswerShape[]>> = {
  sweep: [
    {
      figures: { warnings: WARNINGS },
      list: {
        key: 'rows',
        rows: {
          side: always(SIDES, 'side of the row'),
          lev: maybe('amount', 'leverage of the row'),
          entry: maybe('amount', 'entry price of the row'),
          margin: maybe('amount', 'isolated margin of the row'),
          outcome: always(['at', 'never', 'already', null], 'as of a position; null where it cannot have this value'),
          liquidationPrice: always('amount', 'quote per base; null where there is none, then reason says why'),
          reason: maybe('word', 'why there is no liquidation price, or why the position cannot have this value'),
          ...resultShapes('maybe', 'distance', 'distancePercent'),
          ...resultShapes('maybe', 'walletMargin', 'lossAtLiquidation', 'lossIfLiquidated'),
          maxLev: maybe('ratio', 'the most that the bracket at this notional allows'),
          ...resultShapes('maybe', 'bracket', 'warnings'),
        },
      },
    },
  ],
  solve: [
    { figures: { ...SOLUTION, ...TARGET } },
    { figures: { ...TARGET, warnings: WARNINGS }, list: { key: 'answers', rows: SOLUTION } },
  ],
  size: [
    {
      figures: {
        qty: always('amount', 'size: base units, inverse contracts; null where there is none'),
        limitedBy: maybe(['equity'], 'what cut the size that was asked for'),
        notional: always('amount', 'its value at entry in quote'),
        riskAmount: always('amount', 'what the stop loses, with the fees of --taker; null without --stop'),
        feesLeftOut: maybe('amount', 'what fees of 0.05 % on both ends would add to that loss; only without taker'),
        maxLev: always('amount', 'the highest leverage that keeps liquidation beyond the stop; null where none does'),
        liquidationPriceAtMaxLev: always('amount', 'liquidation price at that leverage'),
        margin: always('amount', 'initial margin at the leverage given, else at the highest one'),
        allocationPercent: always('percent', 'that margin in percent of equity'),
        liquidationPrice: LIQUIDATION,
        rewardRisk: maybe(
          'ratio',
          'gain where profit is taken over loss at the stop, after the fees of --taker; only with --take',
        ),
        reason: REASON,
        warnings: WARNINGS,
      },
    },
  ],
  pnl: [
    {
      figures: {
        pnl: always('amount', 'profit before fees, margin asset'),
        roi: always('percent', 'the same in percent of the initial margin; null without lev'),
        ...PROFIT,
        warnings: WARNINGS,
      },
    },
  ],
  target: [
    {
      figures: {
        exitPrice: always('amount', 'quote per base; null where no positive price brings it'),
        movePercent: always('percent', 'from the entry, in percent of it'),
        reason: REASON,
        grossPnl: maybe('amount', 'profit there before fees, margin asset; only with a size'),
        grossRoi: maybe('percent', 'the same in percent of the initial margin'),
        ...Object.fromEntries(Object.entries(PROFIT).map(([key, shape]) => [key, { ...shape, isAlways: false }])),
        warnings: WARNINGS,
      },
    },
  ],
  'max-open': [
    {
      figures: {
        qty: always('amount', 'the largest size: base units, inverse contracts; null where there is none'),
        notional: always('amount', 'its value at entry in quote'),
        margin: always('amount', 'its initial margin at the assumed price, margin asset'),
        assumedPrice: always('amount', 'the price that the exchange counts the initial margin at, quote per base'),
        openLoss: always('amount', 'what the order would have lost at the mark, margin asset'),
        cost: always('amount', 'initial margin and open loss: what the exchange asks to open it, margin asset'),
        fee: always('amount', 'the fee to open it, margin asset'),
        limitedBy: always(['balance', 'bracket'], 'what limits it'),
        bracketCap: maybe('amount', 'the most that the brackets allow at this leverage, in their unit'),
        liquidationPrice: LIQUIDATION,
        reason: REASON,
        warnings: WARNINGS,
      },
    },
  ],
  average: [
    {
      figures: {
        side: always([...SIDES, null], 'side of what is left; null where the fills close it'),
        entry: always('amount', 'average entry price of what is left, quote per base'),
        qty: always('amount', 'size that is left'),
        realizedPnl: always('amount', 'profit of what was closed, fees not counted, margin asset'),
        fillCount: always('number', 'how many fills'),
        ...resultShapes('maybe', ...RESULT_LIST.map(([key]) => key)),
      },
    },
  ],
  funding: [
    {
      figures: {
        payment: maybe('amount', 'of every interval, margin asset; negative: received; only of one rate'),
        intervalsToLiquidation: always('amount', 'payments until funding alone liquidates; null where it does not'),
        hoursToLiquidation: always('amount', 'the same in hours'),
        reason: REASON,
        stepsLeftOut: maybe('amount', 'payments that are not listed'),
        warnings: WARNINGS,
      },
      list: {
        key: 'schedule',
        rows: {
          step: always('number', 'number of the payment'),
          time: maybe('word', 'milliseconds since 1970; only of a file'),
          mark: always('amount', 'mark price of the payment, quote per base'),
          ratePercent: always('amount', 'funding rate in percent; above 0 longs pay'),
          payment: always('amount', 'this payment, margin asset; negative: received'),
          fundingPaid: always('amount', 'all payments so far'),
          walletMargin: always('amount', 'collateral after it'),
          ...resultShapes('always', 'outcome', 'liquidationPrice', 'distancePercent'),
        },
      },
    },
  ],
  stop: [
    {
      figures: {
        candleCount: always('number', 'candles read'),
        reference: always('amount', 'the price that the stop starts from: the mark, else the last close'),
        atrValue: always('amount', 'average true range, quote per base'),
        trailingDistance: always('amount', 'multiple of it, quote per base'),
        stopPrice: always('amount', 'the stop, trailing from now; null where it is not positive'),
        activationPrice: always('amount', 'from there the first stop is at the reference; null where not positive'),
        callbackRate: always('percent', 'callback rate for the exchange in percent'),
        liquidationPrice: LIQUIDATION,
        stopBeforeLiquidation: maybe('flag', 'whether the stop comes first; only with a position'),
        stopToLiquidation: maybe('amount', 'how far liquidation is beyond the stop; negative: before it'),
        stopToLiquidationPercent: maybe('percent', 'the same in percent of the stop price'),
        warnings: WARNINGS,
      },
    },
  ],
  compare: [
    {
      figures: { warnings: WARNINGS },
      list: {
        key: 'formulas',
        rows: {
          formula: always(['exact', 'entry-bracket', 'simple', 'article', 'bankruptcy'], 'who answers'),
          price: always('amount', 'its liquidation price, quote per base; null where it gives none'),
          error: always('amount', 'its price less the exact one; null where either is missing'),
          errorPercent: always('percent', 'the error in percent of the exact price'),
          judgement: always(['right', 'too optimistic', 'too cautious', 'past already', null], 'what the error means'),
          reason: maybe('word', 'why it gives no price'),
        },
      },
    },
  ],
};

/** Inputs go out as they were typed. */
const GIVEN: Readonly<Record<string, object>> = Object.fromEntries(
  [...FIELD_LIST, ...QUESTION_LIST].map(([key, { meaning }]) => [key, { type: 'string', description: meaning }]),
);

function answerSchemas({ figures, list }: AnswerShape): readonly object[] {
  const record = (described: string, ...shapes: readonly Figures[]): object => {
    const { properties, required } = figuresSchema(Object.assign({}, ...shapes) as Figures);
    return { description: described, type: 'object', properties: { ...GIVEN, ...properties }, required };
  };
  if (!list) return [record('inputs and answer', figures)];
  const { properties, required } = figuresSchema(figures);
  const rows = { type: 'array', items: { type: 'object', ...figuresSchema(list.rows) } };
  return [
    {
      description: 'inputs, answer and its rows (json)',
      type: 'object',
      properties: { ...GIVEN, ...properties, [list.key]: rows },
      required: [...required, list.key],
    },
    record('inputs, answer and one row (ndjson)', figures, list.rows),
  ];
}

/** The JSON Schema of what planning commands print: for each command one in `$defs`. */
export function planSchema(): object {
  const definitions = Object.entries(ANSWERS).map(([command, shapes]) => {
    const schemas = shapes.flatMap(answerSchemas);
    return [command, { title: `liqcalc ${command}`, anyOf: schemas }] as const;
  });
  return {
    $schema: DIALECT,
    anyOf: definitions.map(([command]) => ({ $ref: `#/$defs/${command}` })),
    $defs: Object.fromEntries(definitions) as object,
  };
}
