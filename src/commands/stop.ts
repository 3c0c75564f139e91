import { assess, warningsOf, type Assessment } from '../core/assessment.js';
import { DEFAULT_VENUE } from '../core/brackets.js';
import { marketStop, stopRoom, stopWarnings, type MarketStop, type StopRoom } from '../core/plan/stop.js';
import type { Ratio } from '../core/ratio.js';
import { readCandles } from '../formats/candles.js';
import { amountText, cardDecimals, liquidationText, percentText, row } from '../report/text/card.js';
import { priceText } from '../report/figures.js';
import { defineCommand, type Page } from './shared/command.js';
import { SHARED } from '../schema/shared-inputs.js';
import { LIQUIDATION_MEANING, liquidationPrice } from './shared/results.js';
import { PLAN_FIELDS, tableOf } from './shared/trade.js';

/** A trailing stop, and its position if one is given. */
interface Stopped extends MarketStop {
  readonly assessment: Assessment | undefined;
  /** The stop compared with the position's liquidation, if there is a stop. */
  readonly standing: (StopRoom & { readonly assessment: Assessment }) | undefined;
  /** The number of decimals that prices were written with. */
  readonly decimals: number;
}

/** `liqcalc stop long|short`: a trailing stop from candles, and whether it comes before liquidation. */
export const command = defineCommand({
  help: {
    usual: ['candles', 'atr', 'multiple', 'entry', 'lev', 'qty', 'mmr', 'mark', 'only', 'json'],
    examples: [
      'stop long --candles candles.csv',
      'stop long BTCUSDT --candles candles.csv --entry 60000 --lev 20 --qty 0.5',
    ],
  },
  position: PLAN_FIELDS,
  inputs: {
    candles: { ...SHARED.candles, needed: 'candles' },
    atr: {
      kind: 'decimal',
      range: 'positive',
      maximum: '1000',
      whole: true,
      placeholder: 'N',
      meaning: 'number of candles for the average true range, default 14',
    },
    multiple: {
      kind: 'decimal',
      range: 'positive',
      suffix: 'x',
      placeholder: 'X',
      meaning: 'distance of the stop in average true ranges, default 1.5',
    },
    atrSeed: SHARED.atrSeed,
  },
  supplies: (keys) => (keys.has('entry') ? [] : ['entry', 'lev', 'mmr', 'qty']),
  answer: ({ terms, candles: file, atr: period, multiple, atrSeed: seed }, context): Stopped => {
    const { candles, decimals } = readCandles(context.readFile(file));
    const { side, mark, venue } = terms;
    const stop = marketStop(candles, { side, mark, period, multiple, seed, venue });
    const isPosition = 'entry' in terms;
    const assessment = isPosition ? assess(terms, tableOf(terms, context)) : undefined;
    const standing = assessment && stop.stopPrice && { ...stopRoom(stop.stopPrice, assessment), assessment };
    const written = isPosition ? Math.max(terms.entry.decimals, decimals) : decimals;
    return { ...stop, assessment, standing, decimals: written };
  },
  figures: {
    candleCount: { kind: 'number', always: true, meaning: 'number of candles', of: ({ candleCount }) => candleCount },
    reference: {
      kind: 'amount',
      always: true,
      meaning: 'the price that the stop starts from: the mark, else the last close',
      of: ({ reference }) => reference,
    },
    atrValue: { kind: 'amount', always: true, meaning: 'average true range, quote per base', of: ({ atr }) => atr },
    trailingDistance: {
      kind: 'amount',
      always: true,
      meaning: 'distance of the stop: the average true range times --multiple, quote per base',
      of: ({ distance }) => distance,
    },
    stopPrice: {
      kind: 'amount',
      always: true,
      meaning: 'the stop that trails from now; null if it is not positive',
      of: ({ stopPrice }) => stopPrice,
    },
    activationPrice: {
      kind: 'amount',
      always: true,
      meaning: 'activation price: the first stop is then at the reference; null if it is not positive',
      of: ({ activationPrice }) => activationPrice,
    },
    callbackRate: {
      kind: 'percent',
      always: true,
      meaning:
        'callback rate for the exchange in percent; limited to the range that Binance accepts; not limited at other venues',
      of: ({ callbackPercent }) => callbackPercent,
    },
    liquidationPrice: {
      kind: 'price',
      meaning: LIQUIDATION_MEANING,
      of: ({ standing }) => standing && liquidationPrice(standing.assessment),
    },
    stopBeforeLiquidation: {
      kind: 'flag',
      meaning: 'whether the stop comes first; only with a position',
      of: ({ standing }) => standing?.isBefore,
    },
    stopToLiquidation: {
      kind: 'amount',
      meaning: 'distance from the stop to liquidation, quote per base; negative: liquidation comes first',
      of: ({ standing }) => standing && (standing.room ?? null),
    },
    stopToLiquidationPercent: {
      kind: 'percent',
      meaning: 'distance from the stop to liquidation in percent of the stop price; negative: liquidation comes first',
      of: ({ standing, stopPrice }) => standing && ((stopPrice && standing.room?.over(stopPrice))?.percent() ?? null),
    },
  },
  warnings: ({ warnings, standing, stopPrice }, today) => [
    ...warnings,
    ...(standing && stopPrice
      ? [...stopWarnings(stopPrice, standing.assessment), ...warningsOf(standing.assessment, today)]
      : []),
  ],
  positions: ({ assessment }) => (assessment ? [assessment] : []),
  priceDecimals: ({ decimals }) => decimals,
  text: (stop, page, { terms }) => {
    const { reference, distance, origin } = stop;
    const price = (value: Ratio | undefined): string => (value ? priceText(value, page) : 'none');
    const amount = (value: Ratio): string => amountText(value, cardDecimals(page));
    const away = percentText(distance.over(reference));
    const [losing, winning] = terms.side === 'long' ? ['below', 'above'] : ['above', 'below'];
    return [
      page.title('trailing stop'),
      '',
      row('ATR', amount(stop.atr), `of ${stop.candleCount} candles`, page),
      row('Distance', amount(distance), `${away} % of the ${origin} ${reference.toText(8)}`, page),
      row('Stop', price(stop.stopPrice), `${losing} the ${origin}: trailing from now`, page, page.paint.strong),
      row(
        'Activation',
        price(stop.activationPrice),
        `${winning} the ${origin}: from there the first stop is at the ${origin}`,
        page,
      ),
      row('Callback', `${stop.callbackPercent.toText(1)} %`, callbackNote(terms.venue), page),
      ...(stop.standing && stop.stopPrice ? [standingRow(stop.standing, stop.stopPrice, page)] : []),
      ...page.warningBlock,
    ];
  },
});

const callbackNote = (venue: string = DEFAULT_VENUE): string =>
  venue === DEFAULT_VENUE
    ? 'callback rate for the exchange, 0.1 to 10 %'
    : `callback rate; the limits of ${venue} are unknown`;

function standingRow(
  { room, isBefore, assessment }: NonNullable<Stopped['standing']>,
  stop: Ratio,
  page: Page,
): string {
  const price = liquidationText(assessment, page);
  if (!room) return row('Liquidation', price, '', page);
  const away = `${amountText(room.abs(), cardDecimals(page))} (${percentText(room.abs().over(stop))} %)`;
  return isBefore
    ? row('Liquidation', price, `${away} beyond the stop`, page, page.paint.good)
    : row('Liquidation', price, `BEFORE the stop, by ${away}`, page, page.paint.bad);
}
