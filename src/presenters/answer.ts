import type { Assessment } from '../core/assessment.js';
import { shownPrice } from '../core/liquidation.js';
import { MAX_MAGNITUDE, type Ratio } from '../core/ratio.js';
import type { Result, ResultKey, ResultValue } from '../formats/results.js';
import { csvLine } from './csv.js';
import { written, writtenResult, type Rendering, type Written } from './figures.js';
import { jsonObject, jsonValue } from './json.js';
import { markdownTable } from './markdown.js';
import { bareText, type GivenInputs } from './position-rows.js';

/** One figure of an answer: its key, how it is rounded, its value. What is `undefined` does not apply. */
export type Figure = readonly [key: string, kind: Result['kind'], value: ResultValue];

/** What a question is answered with, for programs: figures, and rows of figures where there are several answers. */
export interface Answer {
  readonly figures: readonly Figure[];
  /** Rows, and the key that they stand under in JSON. */
  readonly list?: { readonly key: string; readonly rows: readonly (readonly Figure[])[] };
}

/** A key and its value as it is written; what does not apply is left out. */
type WrittenFigure = readonly [key: string, value: Exclude<Written, undefined>];

/**
 * A quantity that was rounded to its step already, as a figure: written whole, whatever decimals are asked for, because
 * rounding it again could lead to the unsafe side.
 */
export function steppedFigure(key: string, value: Ratio | undefined): Figure {
  return [key, 'word', value ? value.toText(MAX_MAGNITUDE) : null];
}

/** The liquidation price of an assessment as a figure, on its tick; null where there is none. */
export function priceFigure({
  outcome,
  reference,
  terms,
}: Pick<Assessment, 'outcome' | 'reference' | 'terms'>): Ratio | null {
  return shownPrice(outcome, reference, terms.tick) ?? null;
}

/** Some results of an assessment as figures. */
export function resultFigures(
  assessment: Assessment,
  keys: readonly ResultKey[],
  rendering: Rendering,
): readonly Figure[] {
  return keys.map((key) => [key, 'word', writtenResult(key, assessment, rendering)] as const);
}

function writtenFigures(figures: readonly Figure[], decimals: number): WrittenFigure[] {
  return figures.flatMap(([key, kind, value]): WrittenFigure[] => {
    const text = written(kind, value, decimals);
    return text === undefined ? [] : [[key, text]];
  });
}

/** The records of an answer, each whole in itself: inputs as given, figures, and one row each where there are rows. */
export function answerRecords(
  given: GivenInputs,
  answer: Answer,
  decimals: number,
): readonly (readonly WrittenFigure[])[] {
  const rows = answer.list ? answer.list.rows : [[]];
  return rows.map((row) => {
    const ofRow = writtenFigures(row, decimals);
    // What a row says itself, like its warnings, it says instead of the whole.
    const inRow = new Set(ofRow.map(([key]) => key));
    const own = [...writtenFigures(answer.figures, decimals).filter(([key]) => !inRow.has(key)), ...ofRow];
    const taken = new Set(own.map(([key]) => key));
    return [...given.filter(([key]) => !taken.has(key)), ...own];
  });
}

function jsonMembersOf(figures: readonly WrittenFigure[]): [string, string][] {
  return figures.map(([key, value]) => [key, jsonValue(value)]);
}

function columnsOf(records: readonly (readonly WrittenFigure[])[]): string[] {
  return [...new Set(records.flatMap((record) => record.map(([key]) => key)))];
}

function cellsOf(record: readonly WrittenFigure[], columns: readonly string[]): string[] {
  const values = new Map(record);
  return columns.map((column) => bareText(values.get(column)));
}

function json(given: GivenInputs, answer: Answer, decimals: number): string {
  const own = writtenFigures(answer.figures, decimals);
  const taken = new Set(own.map(([key]) => key));
  const members = jsonMembersOf([...given.filter(([key]) => !taken.has(key)), ...own]);
  if (answer.list) {
    const rows = answer.list.rows.map((row) => jsonObject(jsonMembersOf(writtenFigures(row, decimals))));
    members.push([answer.list.key, `[${rows.join(',')}]`]);
  }
  return `${jsonObject(members)}\n`;
}

function markdown(given: GivenInputs, answer: Answer, decimals: number): string {
  if (!answer.list) {
    const [record = []] = answerRecords(given, answer, decimals);
    return markdownTable(
      ['field', 'value'],
      record.map(([key, value]) => [key, bareText(value)]),
    );
  }
  const shared = [...given, ...writtenFigures(answer.figures, decimals)];
  const rows = answer.list.rows.map((row) => writtenFigures(row, decimals));
  const columns = columnsOf(rows);
  const head = markdownTable(
    ['field', 'value'],
    shared.map(([key, value]) => [key, bareText(value)]),
  );
  const table = markdownTable(
    columns,
    rows.map((row) => cellsOf(row, columns)),
  );
  return `${head}\n${table}`;
}

/**
 * An answer as text in a format for programs, with the last newline. JSON is one line with the inputs, the figures and
 * the rows; NDJSON and CSV are one record a row, each with the inputs.
 */
export const ANSWER_FORMATS = {
  json,
  ndjson: (given: GivenInputs, answer: Answer, decimals: number): string =>
    answerRecords(given, answer, decimals)
      .map((record) => `${jsonObject(jsonMembersOf(record))}\n`)
      .join(''),
  csv: (given: GivenInputs, answer: Answer, decimals: number): string => {
    const records = answerRecords(given, answer, decimals);
    const columns = columnsOf(records);
    return csvLine(columns) + records.map((record) => csvLine(cellsOf(record, columns))).join('');
  },
  markdown,
} as const;
