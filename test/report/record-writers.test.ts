import { describe, expect, it } from 'vitest';
import { ARRAY, LINES } from '../../src/report/frame.js';
import { blockRecords, csvRecords, jsonRecords, lineRecords, type Pieces } from '../../src/report/record-writers.js';
import type { RecordWriter, Sink } from '../../src/report/writer.js';

const FAILURE = { code: 'INVALID_INPUT', message: 'no "entry"', field: 'entry' };

/** A step of a run: an answer, or the text of a record that failed. */
type Step = { readonly answer: string } | { readonly failed: string };

const answer = (text: string): Step => ({ answer: text });
const failed = (text: string): Step => ({ failed: text });

/** The pieces that a writer writes. */
async function piecesOf(make: (sink: Sink) => RecordWriter<string>, ...steps: readonly Step[]): Promise<string[]> {
  const pieces: string[] = [];
  const writer = make((text) => pieces.push(text));
  for (const step of steps) {
    if ('answer' in step) await writer.record(step.answer);
    else writer.failed(FAILURE, step.failed);
  }
  writer.end();
  return pieces;
}

const written = async (...args: Parameters<typeof piecesOf>): Promise<string> => (await piecesOf(...args)).join('');

const array = (sink: Sink): RecordWriter<string> => jsonRecords(sink, ARRAY, (text) => [text]);
const lines = (sink: Sink): RecordWriter<string> => jsonRecords(sink, LINES, (text) => [text]);
const ERROR = '"error":{"code":"INVALID_INPUT","message":"no \\"entry\\"","field":"entry"}';

describe('records as JSON', () => {
  it('are the elements of an array, one a line, or lines', async () => {
    expect(await written(array)).toBe('[]\n');
    expect(await written(array, answer('{"a":1}'))).toBe('[\n{"a":1}\n]\n');
    expect(await written(array, answer('{"a":1}'), failed('{}'), answer('2'))).toBe(`[\n{"a":1},\n{${ERROR}},\n2\n]\n`);
    expect(await written(lines)).toBe('');
    expect(await written(lines, answer('{"a":1}'), failed('{}'))).toBe(`{"a":1}\n{${ERROR}}\n`);
  });

  it.each([
    [' {"id":"x",\n  "b": [1]}\n', `{"id":"x", "b": [1],${ERROR}}\n`],
    ['[1]', `{"input":"[1]",${ERROR}}\n`],
    ['{"id":', `{"input":"{\\"id\\":",${ERROR}}\n`],
    ['', `{"input":"",${ERROR}}\n`],
  ])('keep a record that failed: %j', async (text, expected) => {
    expect(await written(lines, failed(text))).toBe(expected);
  });
});

describe('records as CSV', () => {
  const csv = (sink: Sink): RecordWriter<string> =>
    csvRecords(sink, {
      columnsOf: (first) => ['account', first ?? 'none', 'error'],
      linesOf: (text, number) => {
        if (text === '') throw new RangeError('no answer');
        return [`${number},${text},\n`];
      },
    });

  it('have one header, which the first record decides, and their number', async () => {
    expect(await written(csv)).toBe('');
    expect(await written(csv, answer('a'), failed('{}'), answer('b'))).toBe(
      'account,a,error\n1,a,\n2,,"no ""entry"""\n3,b,\n',
    );
    expect(await written(csv, failed('{}'), answer('b'))).toBe('account,none,error\n1,,"no ""entry"""\n2,b,\n');
  });

  it('count a record once whose answer cannot be written', async () => {
    const pieces: string[] = [];
    const writer = csv((text) => pieces.push(text));
    await expect(writer.record('')).rejects.toThrow('no answer');
    writer.failed(FAILURE, '{}');
    await writer.record('b');
    expect(pieces.join('')).toBe('account,,error\n1,,"no ""entry"""\n2,b,\n');
  });
});

describe('records as text', () => {
  it('are blocks with a blank line between them, or lines; one that failed is not there, or is an empty line', async () => {
    const blocks = (sink: Sink): RecordWriter<string> => blockRecords(sink, (text) => [text]);
    expect(await written(blocks, failed(''), answer('a\n'), failed(''), answer('b\n'))).toBe('a\n\nb\n');
    const bare = (sink: Sink): RecordWriter<string> => lineRecords(sink, (text) => [text]);
    expect(await written(bare, answer('a\n'), failed(''), answer('b\nc\n'))).toBe('a\n\nb\nc\n');
  });
});

it('a long record is written as it is made', async () => {
  const part = 'x'.repeat(600_000);
  let made = 0;
  function* parts(): Generator<string> {
    for (; made < 4; made++) yield part;
  }
  const madeAt: number[] = [];
  const long = (sink: Sink): RecordWriter<string> =>
    jsonRecords(
      (text) => {
        if (text.length > 1000) madeAt.push(made);
        sink(text);
      },
      ARRAY,
      (): Pieces => parts(),
    );
  expect(await written(long, answer(''))).toBe(`[\n${part.repeat(4)}\n]\n`);
  expect(madeAt).toEqual([1, 3]);
});
