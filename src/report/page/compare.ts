import { warningsOf, type Assessment } from '../../core/assessment.js';
import type { Rival } from '../../core/plan/compare.js';
import { ladderPicture } from '../plot/ladder-picture.js';
import { drawnStyle, type ToneName } from '../style.js';
import { liquidationWords, type CardOptions } from '../text/card.js';
import type { Column } from '../text/text-table.js';
import { notesOf, titleOf } from './position.js';
import type { Sheet } from './sheet.js';

const TONES: Readonly<Partial<Record<NonNullable<Rival['judgement']>, ToneName>>> = {
  'too optimistic': 'bad',
  'past already': 'bad',
  'too cautious': 'warn',
};

/** The prices of several formulas as a page, with what each is and how wrong it is. */
export function compareSheet(
  { exact, rivals }: { readonly exact: Assessment; readonly rivals: readonly Rival[] },
  columns: readonly Column<Rival>[],
  options: CardOptions,
): Sheet {
  const { value, note } = liquidationWords(exact, { ...options, ...drawnStyle });
  const words = ({ meaning, reason }: Rival): string =>
    reason === undefined ? meaning : `${meaning}; here: ${reason}`;
  return {
    title: `Formulas for ${titleOf(exact, options)}`,
    lead: `The exchange’s rule: liquidation ${value}, ${note}.`,
    facts: [],
    pictures: [ladderPicture(exact, options)],
    tables: [
      {
        heading: 'Prices by formula',
        columns: [...columns, { heading: 'THE FORMULA' }],
        rows: rivals.map((rival) => ({
          cells: [...columns.map(({ cell }) => cell(rival)), words(rival)],
          tone: (rival.judgement && TONES[rival.judgement]) ?? 'plain',
        })),
      },
    ],
    notes: notesOf(exact, options.isQuiet ? [] : warningsOf(exact, options.today)),
  };
}
