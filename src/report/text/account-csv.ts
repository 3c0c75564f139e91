import { exchangePriceOf, type AccountInput, type PositionFacts } from '../../formats/raw-account.js';
import {
  ACCOUNT_FIGURES,
  ASKED,
  columnsOf,
  COMPARED_FIGURES,
  type Asked,
  type FigureRow,
} from '../../formats/account-figures.js';
import { jsonScalar } from '../../formats/json.js';
import { RESULT_LIST } from '../../formats/results.js';
import { bareText } from '../bare.js';
import { csvLine } from '../csv.js';
import { ERROR_KEY, failureOf, ownName } from '../failure.js';
import { ACCOUNT_COLUMN } from '../record-writers.js';
import {
  accountRows,
  comparedRows,
  eachPosition,
  positionResults,
  type AccountAnswer,
  type AccountRendering,
  type State,
} from './account-rows.js';

/** The column that says whether a row is of the account before or after changes. */
const STATE_COLUMN = 'state';

/** The columns of figures. */
interface CsvColumns {
  readonly account: readonly string[];
  readonly results: readonly string[];
}

/** The columns of this program: a field of the input with the name of one of them gets another column. */
function ownColumnsOf(asked: readonly Asked[]): CsvColumns {
  const [compared, account] = [COMPARED_FIGURES, ACCOUNT_FIGURES].map((figures) =>
    columnsOf(figures, asked).map(([column]) => column),
  ) as [string[], string[]];
  return { account, results: [...RESULT_LIST.map(([key]) => key), ...compared] };
}

const OURS = ownColumnsOf(ASKED);
const RESERVED: ReadonlySet<string> = new Set([
  ACCOUNT_COLUMN,
  STATE_COLUMN,
  ...OURS.results,
  ...OURS.account,
  ERROR_KEY,
]);

/** The column of a position's own field. */
const columnOfField = (key: string): string => (RESERVED.has(key) ? `position.${key}` : key);

/** The columns of fields if no position shows which ones the input has. */
const USUAL_FIELDS = ['symbol', 'side', 'qty', 'entry', 'mark'];

/**
 * The columns of CSV: the account, its state if it is shown before and after changes, the positions' own fields, their
 * results, the account's figures.
 *
 * @param asked - the questions whose figures are columns.
 */
export function accountColumns(
  ownKeys: readonly string[] = USUAL_FIELDS,
  asked: readonly Asked[],
  isCompared: boolean,
): readonly string[] {
  const { results, account } = ownColumnsOf(asked);
  const first = isCompared ? [ACCOUNT_COLUMN, STATE_COLUMN] : [ACCOUNT_COLUMN];
  return [...first, ...ownKeys.map(columnOfField), ...results, ...account, ERROR_KEY];
}

/** The keys of the positions' own fields, in order of appearance. */
export function ownKeysOf(inputs: readonly AccountInput[]): readonly string[] {
  const keys = new Set<string>();
  for (const { own } of inputs.flatMap(({ facts }) => facts)) for (const [key] of own()) keys.add(key);
  return [...keys];
}

/** Where the lines of an account are. */
interface CsvPlace {
  /** The number of the account in the input, from 1. */
  readonly number: number;
  readonly columns: readonly string[];
  readonly state?: State;
}

/** An account as CSV lines, one per position. */
export function accountCsv(
  answer: AccountAnswer,
  { number, columns, state }: CsvPlace,
  rendering: AccountRendering,
): string {
  const ofAccount: Cells = [
    [ACCOUNT_COLUMN, ownName(answer.input.own) ?? String(number)],
    [STATE_COLUMN, state ?? ''],
    ...cellsOf(columnsOf(ACCOUNT_FIGURES, ASKED), accountRows(answer, rendering)),
  ];
  const lineOf = (...rows: Cells): string => {
    const cells = new Map([...rows, ...ofAccount]);
    return csvLine(columns.map((column) => cells.get(column) ?? ''));
  };
  const rows = eachPosition(
    answer,
    (each) =>
      lineOf(
        ...ownCells(each.facts),
        ...positionResults(each, rendering).map(([key, value]): [string, string] => [key, bareText(value)]),
        ...cellsOf(columnsOf(COMPARED_FIGURES, ASKED), comparedRows(each, rendering)),
      ),
    (each) => {
      const reported = exchangePriceOf(each.facts)?.toText(30) ?? '';
      return lineOf(
        ...ownCells(each.facts),
        ['reported', reported],
        [ERROR_KEY, failureOf(each.position.failure).message],
      );
    },
  );
  if (rows.length > 0 || answer.assessment.account.positions.length > 0) return rows.join('');
  return lineOf();
}

type Cells = readonly (readonly [column: string, text: string])[];

const ownCells = ({ own }: PositionFacts): Cells =>
  own().map(([key, json]) => [columnOfField(key), jsonScalar(json) ?? json]);

function cellsOf(columns: readonly (readonly [column: string, key: string])[], rows: readonly FigureRow[]): Cells {
  const values = new Map(rows);
  return columns.map(([column, key]) => [column, bareText(values.get(key))]);
}
