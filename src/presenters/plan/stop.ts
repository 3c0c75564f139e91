import type { Assessment, Warning } from '../../core/assessment.js';
import type { MarketStop, StopRoom } from '../../core/plan/stop.js';
import { Ratio } from '../../core/ratio.js';
import { priceFigure, type Answer } from '../answer.js';
import { amountText, cardDecimals, liquidationText, percentText, row, type CardOptions } from '../card.js';
import { priceText } from '../figures.js';
import { answerTitle, warningLines, type TitleParts } from './words.js';

/** A trailing stop, and its position where one is given. */
export interface Stopped extends MarketStop {
  readonly position?: { readonly assessment: Assessment; readonly stands: StopRoom };
}

/** The figures of a trailing stop. */
export function stopAnswer({ position, ...stop }: Stopped): Answer {
  const room = position?.stands.room;
  const rate = room && stop.stopPrice && room.over(stop.stopPrice).times(Ratio.HUNDRED);
  return {
    figures: [
      ['candleCount', 'number', stop.candleCount],
      ['reference', 'amount', stop.reference],
      ['atrValue', 'amount', stop.atr],
      ['trailingDistance', 'amount', stop.distance],
      ['stopPrice', 'amount', stop.stopPrice ?? null],
      ['activationPrice', 'amount', stop.activationPrice ?? null],
      ['callbackRate', 'percent', stop.callbackPercent],
      ['liquidationPrice', 'amount', position ? priceFigure(position.assessment) : undefined],
      ['stopBeforeLiquidation', 'word', position?.stands.isBefore],
      ['stopToLiquidation', 'amount', position ? (room ?? null) : undefined],
      ['stopToLiquidationPercent', 'percent', position ? (rate ?? null) : undefined],
    ],
  };
}

/** A trailing stop for reading. */
export function stopText(stop: Stopped, title: TitleParts, warnings: readonly Warning[], options: CardOptions): string {
  const { position, reference, distance } = stop;
  const price = (value: Ratio | undefined): string => (value ? priceText(value, options) : 'none');
  const away = percentText(distance.over(reference));
  const [losing, winning] = title.terms.side === 'long' ? ['below', 'above'] : ['above', 'below'];
  const lines = [
    row('ATR', amountText(stop.atr, cardDecimals(options)), `of ${stop.candleCount} candles`),
    row(
      'Distance',
      amountText(distance, cardDecimals(options)),
      `${away} % of the ${stop.origin} ${reference.toText(8)}`,
    ),
    row('Stop', price(stop.stopPrice), `${losing} the ${stop.origin}: trailing from now`, options.paint.strong),
    row(
      'Activation',
      price(stop.activationPrice),
      `${winning} the ${stop.origin}: from there the first stop is at the ${stop.origin}`,
    ),
    row('Callback', `${stop.callbackPercent.toText(1)} %`, 'callback rate for the exchange, 0.1 to 10 %'),
    ...(position ? [standing(position, stop.stopPrice, options)] : []),
  ];
  const warned = warningLines(warnings);
  return [answerTitle(title, options), '', ...lines, ...(warned.length > 0 ? ['', ...warned] : []), ''].join('\n');
}

function standing(
  { assessment, stands }: NonNullable<Stopped['position']>,
  stop: Ratio | undefined,
  options: CardOptions,
): string {
  const price = liquidationText(assessment, options);
  if (!stands.room || !stop) return row('Liquidation', price, '');
  const away = `${amountText(stands.room.abs(), cardDecimals(options))} (${percentText(stands.room.abs().over(stop))} %)`;
  return stands.isBefore
    ? row('Liquidation', price, `${away} beyond the stop`, options.paint.good)
    : row('Liquidation', price, `BEFORE the stop, by ${away}`, options.paint.bad);
}
