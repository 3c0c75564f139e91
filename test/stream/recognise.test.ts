import { describe, expect, it } from 'vitest';
import { recognise, type InputFormat } from '../../src/stream/recognise.js';

const layout = (text: string, asked?: InputFormat): unknown => recognise(Buffer.from(text), 'end', asked)?.layout;
const csv = (delimiter: string): object => ({ kind: 'csv', delimiter });

describe('the first bytes tell', () => {
  it.for([
    ['[{"a":1}]', { kind: 'array' }],
    ['\n \r\n\t[', { kind: 'array' }],
    ['\ufeff[', { kind: 'array' }],
    ['{"a":1}\n{"a":2}', { kind: 'lines' }],
    ['{"a":1}', { kind: 'lines' }],
    ['\ufeff \n{"a":1}\r\n', { kind: 'lines' }],
    ['{\n"a":1}', { kind: 'objects' }],
    ['{"a":1}{"a":2}\n', { kind: 'objects' }],
    ['{"a":1} {"a":\n2}\n', { kind: 'objects' }],
    ['{"a":[1,\n2]}', { kind: 'objects' }],
    ['{"a":tru}\n{"a":1}', { kind: 'lines' }],
    ['{"a":1} x\n{"a":1}', { kind: 'lines' }],
    ['{"a":"unclosed\n{"a":1}', { kind: 'lines' }],
    ['side,entry\n', csv(',')],
    ['side;entry,x;y\n', csv(';')],
    ['side\tentry\n', csv('\t')],
    ['"a;b;c",d\n', csv(',')],
    ['side\n', csv(',')],
    ['null\n', csv(',')],
    ['"side",x', csv(',')],
  ] as const)('%j', ([text, expected]) => {
    expect(layout(text)).toEqual(expected);
  });

  it.for(['', '\n', '\ufeff', ' \t\r\n'])('%j holds nothing', (text) => {
    expect(layout(text)).toBeUndefined();
  });
});

it('--input overrides', () => {
  expect(layout('null\n{}', 'ndjson')).toEqual({ kind: 'lines' });
  expect(layout('[1]\n[2]', 'ndjson')).toEqual({ kind: 'lines' });
  expect(layout('{"a":1}\n{"a":2}', 'json')).toEqual({ kind: 'objects' });
  expect(layout('[1]', 'json')).toEqual({ kind: 'array' });
  expect(layout('{a};b\n', 'csv')).toEqual(csv(';'));
  expect(layout('[a],b\n', 'csv')).toEqual(csv(','));
});

it('waits for enough bytes, and does not wait longer', () => {
  const more = (text: string): unknown => recognise(Buffer.from(text), 'more')?.layout;
  expect(more('{')).toBeUndefined();
  expect(more('{"a":1}')).toBeUndefined();
  expect(more('{"a":1}\n')).toEqual({ kind: 'lines' });
  expect(more('[  ')).toEqual({ kind: 'array' });
  expect(more('[\n')).toEqual({ kind: 'array' });
  expect(recognise(Buffer.from('x'), 'more', 'ndjson')?.layout).toEqual({ kind: 'lines' });
  expect(recognise(Buffer.from([0xef, 0xbb]), 'more', 'ndjson')).toBeUndefined();
  expect(recognise(Buffer.from([0xef, 0xbb, 0xbf, 0x7b]), 'more', 'ndjson')?.skip).toBe(3);
  expect(more('side,entry')).toBeUndefined();
  expect(more(`{"a":"${'x'.repeat(1 << 20)}`)).toEqual({ kind: 'lines' });
});
