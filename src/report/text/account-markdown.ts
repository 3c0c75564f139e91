import type { PositionAnswer } from '../../core/account.js';
import { bareText } from '../bare.js';
import { ERROR_KEY, failureOf } from '../failure.js';
import {
  accountRows,
  eachPosition,
  positionResults,
  sizeWords,
  type AccountAnswer,
  type AccountRendering,
  type State,
} from './account-rows.js';
import { shockMoves } from './account-words.js';
import { markdownTable } from './markdown.js';

/**
 * An account as two markdown tables: its figures, and its positions.
 *
 * @param state - if it is shown before and after changes.
 */
export function accountMarkdown(answer: AccountAnswer, rendering: AccountRendering, state?: State): string {
  const figures = accountRows(answer, rendering).map(([key, value]) => [key, bareText(value)]);
  const wanted = ['outcome', 'liquidationPrice', 'distancePercent', 'maintenanceMargin'];
  const headings = ['symbol', 'side', 'size', 'entry', 'mark', ...wanted];
  const ownOf = ({ terms }: PositionAnswer): readonly string[] => {
    const { symbol = '', side, entry, mark } = terms;
    return [symbol, side, sizeWords(terms, 30), entry.toText(30), mark?.toText(30) ?? ''];
  };
  const rows = eachPosition(
    answer,
    (each) => {
      const results = new Map(positionResults(each, rendering));
      return [...ownOf(each.position), ...wanted.map((key) => bareText(results.get(key)))];
    },
    ({ position }) => [...ownOf(position), ...wanted.map(() => ''), failureOf(position.failure).message],
  );
  const isAnyFailed = rows.some(({ length }) => length > headings.length);
  const columns = isAnyFailed ? [...headings, ERROR_KEY] : headings;
  const filled = rows.map((row) => columns.map((_, index) => row[index] ?? ''));
  const changes = [
    ...(answer.fills ? ['After the open orders filled'] : []),
    ...(answer.shock ? [`After the shock: ${shockMoves(answer.shock.shock)}`] : []),
  ];
  const lines = changes.length > 0 || state === undefined ? changes : [{ before: 'Before', after: 'After' }[state]];
  return `${lines.map((line) => `${line}\n\n`).join('')}${markdownTable(['account', 'value'], figures)}\n${markdownTable(columns, filled)}`;
}
