import type { Rival } from '../../core/plan/compare.js';
import { Ratio } from '../../core/ratio.js';
import type { Answer } from '../answer.js';
import { CARD_WIDTH, percentText, type CardOptions } from '../card.js';
import { columns, type Column } from '../columns.js';
import { priceDecimals, priceText } from '../figures.js';
import { wrap } from '../style.js';
import { answerTitle, warningLines, type TitleParts } from './words.js';
import type { Warning } from '../../core/assessment.js';

/** The figures of a comparison: one row a formula. */
export function compareAnswer(rivals: readonly Rival[]): Answer {
  const rows = rivals.map(
    ({ name, price, error, errorRate, judgement, reason }) =>
      [
        ['formula', 'word', name],
        ['price', 'amount', price ?? null],
        ['error', 'amount', error ?? null],
        ['errorPercent', 'percent', errorRate?.times(Ratio.HUNDRED) ?? null],
        ['judgement', 'word', judgement ?? null],
        ['reason', 'word', reason],
      ] as const,
  );
  return { figures: [], list: { key: 'formulas', rows } };
}

const HEADINGS: readonly Column[] = [
  { heading: 'FORMULA', align: 'left' },
  { heading: 'PRICE', align: 'right' },
  { heading: 'ERROR', align: 'right' },
  { heading: 'PERCENT', align: 'right' },
  { heading: '', align: 'left' },
];

/** A comparison for reading: the table, then what each formula is. */
export function compareText(
  rivals: readonly Rival[],
  title: TitleParts,
  warnings: readonly Warning[],
  options: CardOptions,
): string {
  const plus = (value: Ratio, text: string): string => (value.sign() > 0 ? `+${text}` : text);
  const cells = rivals.map(({ name, price, error, errorRate, judgement }) => [
    name,
    price ? priceText(price, options) : 'none',
    error && price ? plus(error, error.toFixed(priceDecimals(options, price))) : '',
    errorRate ? plus(errorRate, `${percentText(errorRate)}%`) : '',
    name === 'exact' ? 'the exchange’s rule' : (judgement ?? ''),
  ]);
  const width = Math.max(...rivals.map(({ name }) => name.length)) + 2;
  const meanings = rivals.map(({ name, meaning, reason }) => {
    const words = reason === undefined ? meaning : `${meaning}; here: ${reason}`;
    return name.padEnd(width) + wrap(words, CARD_WIDTH - width).join(`\n${' '.repeat(width)}`);
  });
  const warned = warningLines(warnings);
  return [
    answerTitle(title, options),
    '',
    ...columns(HEADINGS, cells),
    '',
    ...meanings,
    ...(warned.length > 0 ? ['', ...warned] : []),
    '',
  ].join('\n');
}
