import { jsonObject, jsonValue } from '../json.js';
import { ARRAY, LINES, type FormatWriters, type Frame } from '../format.js';
import { headOf, recordsOf, type Data, type Member } from '../report.js';
import type { Failure, Sink, Writer } from '../writer.js';

const objectsOfRows = (report: Data): readonly string[] =>
  recordsOf(report).map((record) => jsonObject(membersJson(record)));

/** The rows of a table as the elements of an array on one line. */
const ONE_LINE: Frame = { beforeFirst: '[', beforeOthers: ',', after: '', end: ']\n', empty: '[]\n' };

const objectWriter =
  (frame: Frame, objectsOf: (report: Data) => readonly string[]) =>
  (sink: Sink): Writer<Data> => {
    let isFirst = true;
    const put = (object: string): void => {
      sink(`${isFirst ? frame.beforeFirst : frame.beforeOthers}${object}${frame.after}`);
      isFirst = false;
    };
    return {
      begin: () => undefined,
      record: (report) => {
        for (const object of objectsOf(report)) put(object);
      },
      failed: (inputs, failure) => put(jsonObject([...membersJson(inputs), ['error', failureJson(failure)]])),
      end: () => {
        const rest = isFirst ? frame.empty : frame.end;
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

const failureJson = ({ code, message, field }: Failure): string =>
  JSON.stringify({ code, message, ...(field !== undefined && { field }) });

/** JSON: each report is one object, with its rows under their key; tables and records are arrays. */
export const json = {
  reports: objectWriter(LINES, (report) => [reportJson(report)]),
  tables: objectWriter(ONE_LINE, objectsOfRows),
  records: { kind: 'objects', frame: ARRAY },
} satisfies Partial<FormatWriters>;

const lineWriter = objectWriter(LINES, objectsOfRows);

/** JSON objects, one per line. A report with rows becomes one object for each row, with the inputs. */
export const ndjson = {
  reports: lineWriter,
  tables: lineWriter,
  records: { kind: 'objects', frame: LINES },
} satisfies Partial<FormatWriters>;
