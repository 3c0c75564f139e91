import { shownSymbol } from '../../printable.js';
import type { Assessment, Warning } from '../../../core/assessment.js';
import { roomTo } from '../../../core/liquidation.js';
import type { Terms } from '../../../core/position.js';
import { packed } from '../lines.js';
import { warningLine, liquidationText, percentText, type CardOptions } from '../card.js';

/** The parts of the first line of an answer: the given part of the position, and the question. */
export interface TitleParts {
  readonly terms: Partial<Terms> & Pick<Terms, 'side'>;
  readonly question: string;
  /** Whether no size is given, so that amounts are for a size of 1. */
  readonly isPerUnit?: boolean;
}

/** The size before an entry in a title: `0.5 @ `, or empty without a size. */
export function sizeText({ qty, notional }: Pick<Terms, 'qty' | 'notional'>): string {
  if (qty) return `${qty.toText(30)} @ `;
  return notional ? `${notional.toText(30)} of value @ ` : '';
}

/** The first line of an answer. */
export function answerTitle({ terms, question, isPerUnit }: TitleParts, { paint, width }: CardOptions): string {
  const name = terms.symbol === undefined ? '' : ` ${shownSymbol(terms.symbol)}`;
  const entry = terms.entry ? `${sizeText(terms)}${terms.entry.toText(30)}` : '';
  const lev = terms.lev ? `${terms.lev.toText(30)}x` : '';
  const mark = terms.mark ? `mark ${terms.mark.toText(30)}` : '';
  const contract = terms.contract === 'inverse' ? 'inverse: amounts in base coin' : '';
  const per = isPerUnit === true ? 'amounts per unit' : '';
  const parts = [paint.strong(`${terms.side.toUpperCase()}${name}`), entry, lev, mark, contract, per, question];
  return packed(
    parts.filter((part) => part !== ''),
    width,
  ).join('\n');
}

/** Where a position is liquidated, in words after a value: `liquidated at 26800.67, 10.66 % below the entry`. */
export function outcomeNote(assessment: Assessment, options: CardOptions): string {
  const { outcome, reference, position } = assessment;
  const { kind, bound } = outcome;
  if (!bound) return kind === 'never' ? 'never liquidated at a positive price' : 'liquidated at once';
  const away = `${percentText(roomTo(bound, reference).over(reference))} % ${bound.danger}`;
  return `liquidated at ${liquidationText(assessment, options)}, ${away} the ${position.mark ? 'mark' : 'entry'}`;
}

export function warningLines(warnings: readonly Warning[], options: Pick<CardOptions, 'width' | 'paint'>): string[] {
  return warnings.map((warning) => warningLine(warning, options));
}
