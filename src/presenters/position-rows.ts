import type { Assessment } from '../core/assessment.js';
import { RESULT_LIST } from '../formats/results.js';
import { csvLine } from './csv.js';
import { writtenResult, type Rendering, type Written } from './figures.js';
import { jsonObject, jsonValue } from './json.js';
import { markdownTable } from './markdown.js';

/** Inputs as they were given, by key. */
export type GivenInputs = readonly (readonly [key: string, text: string])[];

/** The inputs of a position as given, then all its results in order; what does not apply is left out. */
export function positionRows(
  given: GivenInputs,
  assessment: Assessment,
  rendering: Rendering,
): readonly (readonly [key: string, value: Exclude<Written, undefined>])[] {
  const rows: [string, Exclude<Written, undefined>][] = given.map(([key, text]) => [key, text]);
  for (const [key] of RESULT_LIST) {
    const value = writtenResult(key, assessment, rendering);
    if (value !== undefined) rows.push([key, value]);
  }
  return rows;
}

type Rows = ReturnType<typeof positionRows>;

/** A written value as text without quotes: nothing for `null`, codes with blanks between. */
export function bareText(value: Written): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? value.join(' ') : String(value);
}

/** Rows of one position as text in a format for programs, with the last newline. */
export const ROW_FORMATS = {
  json: (rows: Rows): string => `${jsonObject(rows.map(([key, value]) => [key, jsonValue(value)]))}\n`,
  ndjson: (rows: Rows): string => ROW_FORMATS.json(rows),
  csv: (rows: Rows): string => csvLine(rows.map(([key]) => key)) + csvLine(rows.map(([, value]) => bareText(value))),
  markdown: (rows: Rows): string =>
    markdownTable(
      ['field', 'value'],
      rows.map(([key, value]) => [key, bareText(value)]),
    ),
} as const;
