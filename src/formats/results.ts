import { bracketInForce, reasonWithoutPrice, warningsOf, type Assessment } from '../core/assessment.js';
import { DEFAULT_VENUE } from '../core/brackets.js';
import {
  bankruptcy,
  effectiveLeverageAt,
  lossIfLiquidatedAt,
  liquidationFeeAt,
  marginCall,
  marginRatioAt,
  removableMargin,
  positionRoiAt,
  roiAt,
} from '../core/health.js';
import { roomTo, shownPrice, tickedPrice } from '../core/liquidation.js';
import { initialMargin, maintenanceAt, profitAt } from '../core/leg.js';
import { walletMargin } from '../core/position.js';
import type { Ratio } from '../core/ratio.js';
import type { Figure } from '../schema/figure.js';
import { RESULT_KEYS, type ResultKey } from './result-keys.js';

/** One result of a position. */
export type Result = Figure<Assessment>;

const atPrice =
  (quantity: (assessment: Assessment, price: Ratio) => Ratio | undefined) =>
  (assessment: Assessment): Ratio | null =>
    assessment.price ? (quantity(assessment, assessment.price) ?? null) : null;

const withMark =
  (quantity: (assessment: Assessment, mark: Ratio) => Ratio | undefined) =>
  (assessment: Assessment): Ratio | null | undefined =>
    assessment.position.mark ? (quantity(assessment, assessment.position.mark) ?? null) : undefined;

/** The margin-call price, on the tick if there is one; null if no tick lies between it and the reference. */
export function marginCallPrice({ position, reference, terms: { tick } }: Assessment): Ratio | null {
  const call = marginCall(position);
  return (tick ? tickedPrice(call, reference, tick) : call.bound?.price) ?? null;
}

function distance({ outcome, reference }: Assessment): Ratio | null {
  const { bound } = outcome;
  return bound ? roomTo(bound, reference) : null;
}

/** A position's results by key, each declared here and nowhere else. */
export const RESULTS = {
  outcome: {
    kind: ['at', 'never', 'already'],
    meaning:
      'at: liquidated at liquidationPrice; never: no positive price liquidates it; already: at the mark (else the entry) equity is at or below maintenance',
    of: ({ outcome }) => outcome.kind,
  },
  liquidationPrice: {
    kind: 'price',
    meaning:
      'price at which the position is liquidated, quote per base; null without such a price, and reason then says why',
    of: ({ outcome, reference, terms }) => shownPrice(outcome, reference, terms.tick) ?? null,
  },
  reason: {
    kind: 'word',
    meaning: 'why there is no liquidation price',
    of: reasonWithoutPrice,
  },
  distance: {
    kind: 'amount',
    meaning:
      'how far the reference (mark, else entry) can move against the position before liquidation, quote; negative: the reference is already past it',
    of: distance,
  },
  distancePercent: {
    kind: 'percent',
    meaning: 'distance to liquidation in percent of the reference (mark, else entry)',
    of: (assessment) => distance(assessment)?.over(assessment.reference).percent() ?? null,
  },
  bankruptcyPrice: {
    kind: 'amount',
    meaning: 'price where equity is zero; null if there is no such positive price',
    of: ({ position }) => bankruptcy(position).bound?.price ?? null,
  },
  marginCallPrice: {
    kind: 'price',
    meaning: 'price where the margin ratio reaches callRatio',
    of: marginCallPrice,
  },
  entryNotional: {
    kind: 'amount',
    meaning: 'value at entry in quote',
    of: ({ position }) => position.contract.notional(position.size, position.entry),
  },
  initialMargin: {
    kind: 'amount',
    meaning: 'value at entry divided by lev, margin asset; null without lev',
    of: ({ position }) => (position.lev ? initialMargin(position, position.lev) : null),
  },
  walletMargin: {
    kind: 'amount',
    meaning: 'collateral of the position: isolated wallet, or wallet + othersPnl - othersMm',
    of: ({ position }) => walletMargin(position),
  },
  maintenanceMargin: {
    kind: 'amount',
    meaning: 'maintenance margin at the reference (mark, else entry)',
    of: ({ position, reference }) => maintenanceAt(position, reference),
  },
  maintenanceAtLiquidation: {
    kind: 'amount',
    meaning: 'maintenance margin at the liquidation price',
    of: atPrice(({ position }, price) => maintenanceAt(position, price)),
  },
  maintenanceRate: {
    kind: 'percent',
    meaning: 'maintenance rate in force at the liquidation price, percent',
    of: (assessment) => bracketInForce(assessment)?.bracket.rate.percent() ?? null,
  },
  maintenanceAmount: {
    kind: 'amount',
    meaning: 'maintenance amount in force at the liquidation price, margin asset',
    of: (assessment) => bracketInForce(assessment)?.bracket.amount ?? null,
  },
  bracket: {
    kind: 'number',
    meaning: 'number of the bracket in force at the liquidation price; null without a table',
    of: (assessment) => bracketInForce(assessment)?.number ?? null,
  },
  bracketVenue: {
    kind: 'word',
    meaning: 'venue of the bracket table; only with a table',
    of: ({ position }) => (position.ratesFromTable ? position.table?.venue : undefined),
  },
  bracketAsOf: {
    kind: 'word',
    meaning: 'date of the bracket table; only with a table',
    of: ({ position }) => (position.ratesFromTable ? position.table?.asOf : undefined),
  },
  bracketConfidence: {
    kind: 'word',
    meaning: 'A: official text, B: copies that agree, C: unverified; only with a table',
    of: ({ position }) => (position.ratesFromTable ? position.table?.confidence : undefined),
  },
  rule: {
    kind: 'word',
    meaning: 'rule of the venue, by name; only with a venue other than binance',
    of: ({ position: { venue } }) => (venue.name === DEFAULT_VENUE ? undefined : venue.name),
  },
  ruleSince: {
    kind: 'word',
    meaning: 'first day of the venue rule',
    of: ({ position: { venue } }) => (venue.name === DEFAULT_VENUE ? undefined : venue.since),
  },
  confidence: {
    kind: 'word',
    meaning:
      'how reliable the venue rule is: A: the venue’s own texts or API responses, B: copies that agree, C: derived',
    of: ({ position: { venue, rule } }) => (venue.name === DEFAULT_VENUE ? undefined : rule.confidence),
  },
  lossAtLiquidation: {
    kind: 'amount',
    meaning: 'PnL lost at the liquidation price, margin asset',
    of: atPrice(({ position }, price) => profitAt(position, price).negated()),
  },
  liquidationFee: {
    kind: 'amount',
    meaning: 'liquidation fee at the liquidation price; null without liqFee',
    of: atPrice(({ position }, price) => liquidationFeeAt(position, price)),
  },
  lossIfLiquidated: {
    kind: 'amount',
    meaning: 'loss and fee, at most the collateral (isolated margin, or wallet + othersPnl); null without liqFee',
    of: atPrice(({ position }, price) => lossIfLiquidatedAt(position, price)),
  },
  unrealizedPnl: {
    kind: 'amount',
    meaning: 'profit at the mark, margin asset; only with a mark',
    of: withMark(({ position }, mark) => profitAt(position, mark)),
  },
  roi: {
    kind: 'percent',
    meaning:
      'profit in percent of the initial margin (without lev: of the wallet), as the calculator of Binance shows it; only with a mark',
    of: withMark(({ position }, mark) => roiAt(position, mark)?.percent()),
  },
  positionRoi: {
    kind: 'percent',
    meaning:
      'profit in percent of the value at the mark divided by lev, as the position tab of Binance shows it; only with a mark',
    of: withMark(({ position }, mark) => positionRoiAt(position, mark)?.percent()),
  },
  marginRatio: {
    kind: 'percent',
    meaning: 'maintenance in percent of equity, 100 is liquidation; null when equity <= 0; only with a mark',
    of: withMark(({ position }, mark) => marginRatioAt(position, mark)?.percent()),
  },
  effectiveLeverage: {
    kind: 'ratio',
    meaning: 'value divided by equity; null when equity <= 0; only with a mark',
    of: withMark(({ position }, mark) => effectiveLeverageAt(position, mark)),
  },
  removableMargin: {
    kind: 'amount',
    meaning:
      'margin that the rule of Binance lets you remove, from isolated positions with lev and a mark; null at other venues',
    of: withMark(({ position }) => removableMargin(position)),
  },
  warnings: {
    kind: 'codes',
    meaning: 'codes of warnings about the result; left out if empty',
    of: (assessment, today) => {
      const codes = [...new Set(warningsOf(assessment, today).map(({ code }) => code))];
      return codes.length > 0 ? codes : undefined;
    },
  },
} as const satisfies Readonly<Record<ResultKey, Result>>;

/** Every result with its key, in order. */
export const RESULT_LIST: readonly (readonly [ResultKey, Result])[] = RESULT_KEYS.map((key) => [key, RESULTS[key]]);
