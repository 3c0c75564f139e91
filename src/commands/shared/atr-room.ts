import type { Assessment } from '../../core/assessment.js';
import { ATR_PERIOD, DAYS, roomInAtrs, type RoomInAtrs } from '../../core/plan/room-in-atrs.js';
import { readCandles } from '../../formats/candles.js';
import { amountText, cardDecimals, type CardOptions, type CardRow } from '../../report/text/card.js';

/** The room of a position in average true ranges, from the text of a file of candles. */
export function atrRoom(assessment: Assessment, text: string): RoomInAtrs | undefined {
  return roomInAtrs(assessment, readCandles(text).candles);
}

/** The row of a card about it. */
export function atrRow(room: RoomInAtrs, options: CardOptions): CardRow {
  const { atr, atrs } = room;
  const average = `ATR ${amountText(atr, cardDecimals(options))} of ${ATR_PERIOD} candles`;
  return { label: 'Room', value: `${atrs.toFixed(2)} ATRs`, note: `${average}; ${movesWords(room)}` };
}

/** How often the market moved so far, in words. */
function movesWords({ reached, counted, isOfDays }: RoomInAtrs): string {
  const days = isOfDays ? ` of the last ${DAYS} days` : '';
  return `${reached.toText(0)} of the ${counted.toText(0)} candles${days} moved as far`;
}
