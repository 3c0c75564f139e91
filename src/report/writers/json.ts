import { jsonObject, jsonValue } from '../json.js';
import type { FormatWriters } from '../format.js';
import { ARRAY, framing, LINES, ONE_LINE, type Frame } from '../frame.js';
import { headOf, recordsOf, type Data, type Member } from '../report.js';
import type { Sink, Writer } from '../writer.js';

const objectsOfRows = (report: Data): readonly string[] =>
  recordsOf(report).map((record) => jsonObject(membersJson(record)));

const objectWriter =
  (frame: Frame, objectsOf: (report: Data) => readonly string[]) =>
  (sink: Sink): Writer<Data> => {
    const { before, after, end } = framing(frame);
    return {
      record: (report) => {
        for (const object of objectsOf(report)) sink(before() + object + after);
      },
      end: () => {
        const rest = end();
        if (rest !== '') sink(rest);
      },
    };
  };

function reportJson(report: Data): string {
  const members = membersJson(headOf(report));
  const { list } = report;
  if (!list) return jsonObject(members);
  const rows = list.rows.map((row) => jsonObject(membersJson(row)));
  return jsonObject([...members, [list.key, `[${rows.join(',')}]`]]);
}

const membersJson = (members: readonly Member[]): [string, string][] =>
  members.map(([key, value]) => [key, jsonValue(value)]);

/** JSON: each report is one object, with its rows under their key; tables and records are arrays. */
export const json = {
  reports: objectWriter(LINES, (report) => [reportJson(report)]),
  tables: objectWriter(ONE_LINE, objectsOfRows),
  records: { kind: 'objects', frame: ARRAY },
  nested: 'values',
} satisfies Partial<FormatWriters>;

const lineWriter = objectWriter(LINES, objectsOfRows);

/** JSON objects, one per line. A report with rows becomes one object for each row, with the inputs. */
export const ndjson = {
  reports: lineWriter,
  tables: lineWriter,
  records: { kind: 'objects', frame: LINES },
  nested: 'values',
} satisfies Partial<FormatWriters>;
