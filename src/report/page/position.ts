import { warningsOf, warningWords, type Assessment, type Warning } from '../../core/assessment.js';
import { ladderPicture } from '../plot/ladder-picture.js';
import { drawnStyle, toneNamed, tonePaint, type ToneName } from '../style.js';
import { cardTitle, type CardOptions } from '../text/card.js';
import { cardRows } from '../text/position-card.js';
import { LEFT_OUT, noted, tableNotes, type Notes, type Sheet } from './sheet.js';

/** A position as a page: its figures with their meaning, its prices as a picture, and what is behind them. */
export function positionSheet(
  assessment: Assessment,
  options: CardOptions,
  warnings: readonly Warning[] = warningsOf(assessment, options.today),
): Sheet {
  const rows = cardRows(assessment, { ...options, ...drawnStyle });
  const tones = new Map(
    cardRows(assessment, { ...options, ...drawnStyle, paint: tonePaint }).map(({ label, tone }) => [
      label,
      tone ? toneNamed(tone) : 'plain',
    ]),
  );
  const toneOf = (label: string): ToneName => tones.get(label) ?? 'plain';
  const [liquidation] = rows;
  return {
    title: titleOf(assessment, options),
    lead: liquidation && `${liquidation.label} ${liquidation.value}: ${liquidation.note}.`,
    facts: rows
      .filter(({ label }) => FACTS.has(label))
      .map(({ label, value }) => ({ label, value, tone: toneOf(label) })),
    pictures: [ladderPicture(assessment, options, options.exits)],
    tables: [
      {
        heading: 'Figures',
        columns: [{ heading: 'FIGURE' }, { heading: 'VALUE', align: 'right' }, { heading: 'WHAT IT IS' }],
        rows: rows.map(({ label, value, note }) => ({ cells: [label, value, note], tone: toneOf(label) })),
      },
    ],
    notes: notesOf(assessment, options.isQuiet ? [] : warnings),
  };
}

/** The figures at the top; the others are only in the table. */
const FACTS: ReadonlySet<string> = new Set([
  'Liquidation',
  'Margin call',
  'Margin',
  'PnL',
  'Loss',
  'Gain',
  'Room',
  'Stop',
  'Take profit',
]);

/** The position in words, on one line. */
export const titleOf = (assessment: Assessment, options: CardOptions): string =>
  cardTitle(assessment, { ...options, ...drawnStyle }).replace(/\s*\n\s*|\s{2,}/g, ', ');

/** The warnings about a position, the tables that its rates come from, and what no figure contains. */
export function notesOf({ position }: Assessment, warnings: readonly Warning[]): readonly Notes[] {
  const { table, ratesFromTable } = position;
  return [
    ...noted('Warnings', [...new Set(warnings.map((each) => warningWords(each)))]),
    ...tableNotes(table && ratesFromTable ? [table] : []),
    LEFT_OUT,
  ];
}
