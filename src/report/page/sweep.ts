import { pricedRows } from '../../core/plan/sweep.js';
import { warningWords } from '../../core/assessment.js';
import { sweepPicture } from '../plot/sweep.js';
import { toneNamed, tonePaint } from '../style.js';
import { roomTone } from '../figures.js';
import type { CardOptions } from '../text/card.js';
import {
  AXIS_HEADINGS,
  lossText,
  marginText,
  priceText,
  refusalWords,
  roomOf,
  roomText,
  sweepWarnings,
  valueText,
  type Sweep,
} from '../text/plan/sweep-table.js';
import { barOf, LEFT_OUT, noted, ROOM, tableNotes, type Sheet } from './sheet.js';

/** A sweep as a page: its chart and its rows. */
export function sweepSheet(sweep: Sweep, options: CardOptions): Sheet {
  const { axis, rows } = sweep;
  const picture = sweepPicture(sweep, options);
  const priced = pricedRows(rows);
  const flat = rows.flat();
  const isBoth = (rows[0]?.length ?? 1) > 1;
  const refused = flat.flatMap((row) =>
    row.kind === 'refused' ? [`${row.side} ${valueText(row, axis)}: ${refusalWords(row)}`] : [],
  );
  const warnings = options.isQuiet ? [] : sweepWarnings(priced, options.today).map((each) => warningWords(each));
  return {
    title: picture.title,
    facts: [],
    pictures: [picture],
    tables: [
      {
        heading: 'Rows',
        columns: [
          ...(isBoth ? [{ heading: 'SIDE' }] : []),
          ...[AXIS_HEADINGS[axis], 'LIQUIDATION', ROOM, 'MARGIN', 'LOSS'].map((heading) => ({
            heading,
            align: 'right' as const,
          })),
        ],
        rows: flat.map((row) => {
          const room = roomOf(row);
          const isPast = row.kind === 'priced' && row.assessment.outcome.kind === 'already';
          return {
            cells: [
              ...(isBoth ? [row.side] : []),
              ...[
                valueText(row, axis),
                priceText(row, options),
                roomText(row),
                marginText(row, options),
                lossText(row, options),
              ],
            ],
            tone: isPast
              ? ('bad' as const)
              : room
                ? toneNamed(roomTone(room, tonePaint, tonePaint.strong))
                : ('plain' as const),
            bar: room && !isPast ? barOf(Number(room.toFixed(6))) : undefined,
          };
        }),
      },
    ],
    notes: [
      ...noted('Refused', refused),
      ...noted('Warnings', warnings),
      ...tableNotes(
        priced.flatMap(({ assessment: { position } }) =>
          position.ratesFromTable && position.table ? [position.table] : [],
        ),
      ),
      LEFT_OUT,
    ],
  };
}
