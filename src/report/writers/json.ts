import { jsonObject, jsonValue } from '../json.js';
import { headOf, recordsOf, type Data, type Member } from '../report.js';
import type { Failure, Sink, Writer } from '../writer.js';

/** The layout of JSON objects: one per line, or the elements of an array. */
export type Layout = 'lines' | 'array';

/** Writes each report as one JSON object: inputs, figures, and the rows under their key. */
export function jsonWriter(sink: Sink, layout: Layout = 'lines'): Writer<Data> {
  return objectWriter(sink, layout, (report) => [reportJson(report)]);
}

/** Writes the rows of one report as the elements of an array on one line. */
export function jsonRowsWriter(sink: Sink): Writer<Data> {
  return objectWriter(sink, 'one line', objectsOfRows);
}

/** Writes one JSON object per line. A report with rows becomes one object for each row, with the inputs. */
export function ndjsonWriter(sink: Sink): Writer<Data> {
  return objectWriter(sink, 'lines', objectsOfRows);
}

const objectsOfRows = (report: Data): readonly string[] =>
  recordsOf(report).map((record) => jsonObject(membersJson(record)));

function objectWriter(
  sink: Sink,
  layout: Layout | 'one line',
  objectsOf: (report: Data) => readonly string[],
): Writer<Data> {
  const between = layout === 'array' ? '\n' : '';
  let isFirst = true;
  const put = (object: string): void => {
    if (layout === 'lines') sink(`${object}\n`);
    else sink(`${isFirst ? '[' : ','}${between}${object}`);
    isFirst = false;
  };
  return {
    begin: () => undefined,
    record: (report) => {
      for (const object of objectsOf(report)) put(object);
    },
    failed: (inputs, failure) => put(jsonObject([...membersJson(inputs), ['error', failureJson(failure)]])),
    end: () => {
      if (layout !== 'lines') sink(isFirst ? '[]\n' : `${between}]\n`);
    },
  };
}

function reportJson(report: Data): string {
  const members = membersJson(headOf(report));
  const { list } = report;
  if (!list) return jsonObject(members);
  const rows = list.rows.map((row) => jsonObject(membersJson(row)));
  return jsonObject([...members, [list.key, `[${rows.join(',')}]`]]);
}

const membersJson = (members: readonly Member[]): [string, string][] =>
  members.map(([key, value]) => [key, jsonValue(value)]);

const failureJson = ({ code, message, field }: Failure): string =>
  JSON.stringify({ code, message, ...(field !== undefined && { field }) });
