import { describe, expect, it } from 'vitest';
import { asciiGlyphs, noPaint } from '../../src/report/style.js';
import { bareWriter } from '../../src/report/bare-writer.js';
import { gridReport } from '../../src/report/grid.js';
import type { Report } from '../../src/report/report.js';
import { csv } from '../../src/report/writers/csv.js';
import { canWrite, codeOf, formatsFor, isForPrograms } from '../../src/report/writers/index.js';
import { json, ndjson } from '../../src/report/writers/json.js';
import { markdown } from '../../src/report/writers/markdown.js';
import { text } from '../../src/report/writers/text.js';
import { vegaLite } from '../../src/report/writers/vega-lite.js';
import type { Sink, Writer } from '../../src/report/writer.js';

const report = (parts: Partial<Report>): Report => ({
  inputs: [],
  figures: [],
  notes: [],
  warnings: [],
  slips: [],
  isNo: false,
  positions: [],
  text: () => '',
  drawn: {},
  ...parts,
});

const ONE = report({
  inputs: [
    ['note', 'a, "b"'],
    ['reason', 'typed'],
  ],
  figures: [
    ['price', '1.50'],
    ['bracket', 3],
    ['isFirst', false],
    ['reason', null],
    ['warnings', ['A', 'B']],
  ],
  text: () => 'one\n',
});

const MANY = report({
  inputs: [['side', 'long']],
  figures: [
    ['sum', '7'],
    ['warnings', ['OF_ALL']],
  ],
  list: {
    key: 'rows',
    rows: [
      [
        ['step', 1],
        ['warnings', ['OF_ROW']],
      ],
      [
        ['step', 2],
        ['time', 'x|y'],
      ],
    ],
  },
  text: () => 'many\n',
});

const STYLE = { style: { paint: noPaint, glyphs: asciiGlyphs, width: 80 }, cells: 'as they are' } as const;

/** What a writer writes. */
function writtenBy(make: (sink: Sink) => Writer, use: (writer: Writer) => void): string {
  let written = '';
  use(make((more) => (written += more)));
  return written;
}

const both = (writer: Writer): void => {
  writer.record(ONE);
  writer.record(MANY);
  writer.end();
};

describe('writers', () => {
  it('json: one object a report, rows under their key; an input gives way to a figure of its name', () => {
    expect(writtenBy((sink) => json.reports(sink), both)).toBe(
      `{"note":"a, \\"b\\"","price":"1.50","bracket":3,"isFirst":false,"reason":null,"warnings":["A","B"]}\n` +
        `{"side":"long","sum":"7","warnings":["OF_ALL"],"rows":[{"step":1,"warnings":["OF_ROW"]},{"step":2,"time":"x|y"}]}\n`,
    );
  });

  it('rows under columns of their own: an array on one line, a header also without rows', () => {
    const grid = (rows: readonly (string | number | null)[][]): Report =>
      report(
        gridReport({
          columns: [
            { key: 'symbol', heading: 'SYMBOL' },
            { key: 'count', heading: 'COUNT' },
          ],
          rows,
        }),
      );
    const rows = grid([
      ['X', 2],
      ['Y', null],
    ]);
    const whole = (each: Report) => (writer: Writer) => {
      writer.record(each);
      writer.end();
    };
    expect(writtenBy(json.tables, whole(rows))).toBe('[{"symbol":"X","count":2},{"symbol":"Y","count":null}]\n');
    expect(writtenBy(json.tables, whole(grid([])))).toBe('[]\n');
    expect(writtenBy((sink) => csv.tables(sink, STYLE), whole(rows))).toBe('symbol,count\nX,2\nY,\n');
    expect(writtenBy((sink) => csv.tables(sink, STYLE), whole(grid([])))).toBe('symbol,count\n');
    expect(writtenBy((sink) => markdown.tables(sink), whole(grid([])))).toBe(
      '| symbol | count |\n| ------ | ----- |\n',
    );
    expect(writtenBy((sink) => ndjson.tables(sink), whole(grid([])))).toBe('');
  });

  it('ndjson: one object a row, whole in itself; what a row says itself wins', () => {
    expect(
      writtenBy(
        (sink) => ndjson.reports(sink),
        (writer) => writer.record(MANY),
      ),
    ).toBe(
      '{"side":"long","sum":"7","step":1,"warnings":["OF_ROW"]}\n' +
        '{"side":"long","sum":"7","warnings":["OF_ALL"],"step":2,"time":"x|y"}\n',
    );
  });

  it('csv: one header, a line a row; columns are those of the first report', () => {
    const written = (use: (writer: Writer) => void): string => writtenBy((sink) => csv.reports(sink, STYLE), use);
    expect(written((writer) => writer.record(MANY))).toBe(
      'side,sum,step,warnings,time\nlong,7,1,OF_ROW,\nlong,7,2,OF_ALL,x|y\n',
    );
    expect(written(both)).toBe(
      'note,price,bracket,isFirst,reason,warnings\n"a, ""b""",1.50,3,false,,A B\n,,,,,OF_ROW\n,,,,,OF_ALL\n',
    );
  });

  it('csv: no cell is a formula if that is requested', () => {
    const safe = writtenBy(
      (sink) => csv.reports(sink, { ...STYLE, cells: 'safe' }),
      (writer) => writer.record(report({ inputs: [['note', '=1+1']], figures: [['pnl', '-5']] })),
    );
    expect(safe).toBe("note,pnl\n'=1+1,-5\n");
  });

  it('markdown: fields and rows of each report, a blank line between reports', () => {
    const written = (use: (writer: Writer) => void): string => writtenBy((sink) => markdown.reports(sink), use);
    expect(written((writer) => writer.record(MANY))).toBe(
      [
        '| field    | value  |',
        '| -------- | ------ |',
        '| side     | long   |',
        '| sum      | 7      |',
        '| warnings | OF_ALL |',
        '',
        '| step | warnings | time |',
        '| ---- | -------- | ---- |',
        '| 1    | OF_ROW   |      |',
        '| 2    |          | x\\|y |',
        '',
      ].join('\n'),
    );
    expect(
      written((writer) => {
        writer.record(report({ figures: [['a', '1']] }));
        writer.record(report({ figures: [['a', '2']] }));
      }),
    ).toBe(
      '| field | value |\n| ----- | ----- |\n| a     | 1     |\n\n| field | value |\n| ----- | ----- |\n| a     | 2     |\n',
    );
  });

  it('bare: requested values with any text, one record a line', () => {
    const bare = writtenBy(
      (sink) => bareWriter(sink, ['note', 'step']),
      (writer) => {
        writer.record(report({ inputs: [['note', 'a\tb\r\nc\\']] }));
        writer.record(MANY);
        writer.end();
      },
    );
    expect(bare).toBe('a\\tb\\r\\nc\\\t\n\t1\n\t2\n');
  });

  it('text: a blank line between reports; vega-lite: one line for each chart', () => {
    expect(writtenBy((sink) => text.reports(sink, STYLE), both)).toBe('one\n\nmany\n');
    const lines: string[] = [];
    const writer = vegaLite.charts((line) => lines.push(line));
    for (const chart of ['{"mark":"line"}', '{}']) writer.record(chart);
    writer.end();
    expect(lines).toEqual(['{"mark":"line"}\n', '{}\n']);
  });
});

describe('the registry of formats', () => {
  it('has the code of everything that a format says it writes', async () => {
    expect(formatsFor('reports')).toEqual(['text', 'json', 'ndjson', 'csv', 'markdown']);
    expect(formatsFor('tables')).toEqual(formatsFor('reports'));
    expect(formatsFor('records')).toEqual(['text', 'json', 'ndjson', 'csv', 'markdown']);
    expect(formatsFor('charts')).toEqual(['vega-lite']);
    expect(formatsFor('pictures')).toEqual(['svg']);
    expect(formatsFor('nested')).toEqual(formatsFor('reports'));
    for (const name of formatsFor('reports')) expect(await codeOf(name, 'reports')).toBeTypeOf('function');
    for (const name of formatsFor('tables')) expect(await codeOf(name, 'tables')).toBeTypeOf('function');
    for (const name of formatsFor('pictures')) expect(await codeOf(name, 'pictures')).toBeTypeOf('function');
    for (const name of formatsFor('nested')) expect(await codeOf(name, 'nested')).toMatch(/^(values|rows|blocks)$/);
    for (const name of formatsFor('records')) expect(await codeOf(name, 'records')).toHaveProperty('kind');
    expect([canWrite('text', 'charts'), canWrite('csv', 'records')]).toEqual([false, true]);
  });

  it('says which formats programs read', () => {
    const names = ['text', 'json', 'ndjson', 'csv', 'markdown', 'vega-lite', 'toString', ''];
    expect(names.filter(isForPrograms)).toEqual(['json', 'ndjson', 'csv', 'vega-lite']);
  });
});
