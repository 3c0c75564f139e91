import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvSplitter } from '../../src/stream/split-csv.js';
import { JsonSplitter } from '../../src/stream/split-json.js';
import { LineSplitter } from '../../src/stream/split-lines.js';
import { MAX_RECORD_BYTES, TOO_LONG, type Splitter } from '../../src/stream/splitter.js';
import { piecesOf } from './pieces.js';

const texts = (splitter: Splitter, input: string | Buffer): string[] =>
  piecesOf(splitter, Buffer.from(input)).map(({ text }) => text);

const SPLITTERS = {
  lines: () => new LineSplitter(),
  'short lines': () => new LineSplitter(20),
  array: () => new JsonSplitter('array'),
  objects: () => new JsonSplitter('objects'),
  mixed: () => new JsonSplitter('mixed', 20),
  commas: () => new CsvSplitter(','),
  tabs: () => new CsvSplitter('\t'),
} as const;

/** Pieces of text that matter to some splitter. */
const FRAGMENTS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  ',',
  ':',
  '\n',
  '\r\n',
  ' ',
  '\t',
  '1',
  'null',
  '"a":',
  '""',
  'é',
  '\0',
  ';',
];

describe.each(Object.entries(SPLITTERS))('%s', (_, create) => {
  it('finds the same with any chunks', () => {
    const input = fc.oneof(
      fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 60 }).map((parts) => Buffer.from(parts.join(''))),
      fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(input, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }), (bytes, sizes) => {
        const whole = piecesOf(create(), bytes);
        expect(piecesOf(create(), bytes, sizes)).toEqual(whole);
        expect(piecesOf(create(), bytes, [1])).toEqual(whole);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a record that is longer than allowed', () => {
  it.for([
    ['JSON', () => new JsonSplitter('mixed', 20), '{null"a":{{null{null{{', '{null"a":{{null{null'],
    ['JSON, cut within a character', () => new JsonSplitter('mixed', 4), '"abé"', '"ab'],
    ['JSON that ends within the bytes that are shown', () => new JsonSplitter('array', 4), '["abc","d"]', '"abc'],
    ['a line', () => new LineSplitter(4), '{"a":1}', '{"a"'],
  ] as const)('%s shows the same of itself with any chunks', ([, create, input, shown]) => {
    for (const sizes of [[1], [2], [3], [21, 1], [100]]) {
      expect(piecesOf(create(), Buffer.from(input), sizes)[0]).toEqual({ text: shown, line: 1, fault: TOO_LONG });
    }
  });
});

describe('arrays among other values', () => {
  const placed = (input: string, most?: number): string[] => {
    const splitter = new JsonSplitter('mixed', most);
    const found: string[] = [];
    for (const pieces of [splitter.push(Buffer.from(input)), splitter.end()]) {
      for (const { bytes, start, end, line, fault } of pieces) {
        const { value, element } = splitter.last;
        const place =
          fault === undefined || fault === TOO_LONG ? `${value}[${element ?? ''}]` : `line ${line}: ${fault}`;
        found.push(`${place} ${bytes.toString('utf8', start, Math.min(end, start + 9))}`);
      }
    }
    return found;
  };

  it('are replaced by their elements, each with its place', () => {
    expect(placed('[{"a":1},\n[2] ]\n{"b":3}[][4,"]"] 5 ')).toEqual([
      '1[0] {"a":1}',
      '1[1] [2]',
      '2[] {"b":3}',
      '4[0] 4',
      '4[1] "]"',
      '5[] 5',
    ]);
  });

  it('end where they break off', () => {
    expect(placed('[1]\n[2,\n}3]')).toEqual([
      '1[0] 1',
      '2[0] 2',
      'line 3: not valid JSON: an element should be here }3]',
    ]);
    expect(placed('[1]\n]')).toEqual(['1[0] 1', 'line 2: not valid JSON: an object should begin here ]']);
    expect(placed('[1')).toEqual(['1[0] 1', 'line 1: not valid JSON: the input ends before the ] of its array ']);
    expect(placed('[{"a":')).toEqual(['line 1: the input ends within a record {"a":']);
  });

  it('have elements as long as is said', () => {
    expect(placed('["1234567","12345678",9]', 9)).toEqual(['1[0] "1234567"', '1[1] "12345678', '1[2] 9']);
  });
});

describe('lines', () => {
  it('are records; blank ones are not', () => {
    const pieces = piecesOf(new LineSplitter(), Buffer.from('\n{"a":1}\r\n \t\r\n  x \n\nlast'));
    expect(pieces).toEqual([
      { text: '{"a":1}', line: 2 },
      { text: 'x', line: 4 },
      { text: 'last', line: 6 },
    ]);
  });

  it('may be 1 MiB and not a byte more', () => {
    const most = 'x'.repeat(MAX_RECORD_BYTES);
    expect(texts(new LineSplitter(), `${most}\ny`)).toEqual([most, 'y']);
    for (const sizes of [[3 << 20], [1 << 16], [999_983]]) {
      const pieces = piecesOf(new LineSplitter(), Buffer.from(`a\n${most}xyz\nb`), sizes);
      expect(pieces).toEqual([
        { text: 'a', line: 1 },
        { text: 'x'.repeat(200), line: 2, fault: TOO_LONG },
        { text: 'b', line: 3 },
      ]);
    }
  });
});

describe('JSON arrays', () => {
  it('give their elements, of any kind', () => {
    const input = '\n[ {"a":[1,{"b":"]}"}]},\n null ,-1e5,"x\\"]",[2] ] \n';
    expect(piecesOf(new JsonSplitter('array'), Buffer.from(input))).toEqual([
      { text: '{"a":[1,{"b":"]}"}]}', line: 2 },
      { text: 'null', line: 3 },
      { text: '-1e5', line: 3 },
      { text: '"x\\"]"', line: 3 },
      { text: '[2]', line: 3 },
    ]);
  });

  it('may be empty or follow one another', () => {
    expect(texts(new JsonSplitter('array'), '[]')).toEqual([]);
    expect(texts(new JsonSplitter('array'), '[1][] [2]')).toEqual(['1', '2']);
  });

  it.for([
    ['[1 2]', ['1'], 'a comma or ]'],
    ['[1,]', ['1'], 'an element should'],
    ['[,1]', [], 'an element or ]'],
    ['[1],2', ['1'], 'nothing should follow'],
    ['[1', ['1'], 'before the ]'],
    ['[', [], 'before the ]'],
    ['[{"a":1', [], 'within a record'],
    ['[1]]', ['1'], 'nothing should follow'],
  ] as const)('%s breaks off', ([input, whole, fault]) => {
    const pieces = piecesOf(new JsonSplitter('array'), Buffer.from(input));
    expect(pieces.slice(0, -1).map(({ text }) => text)).toEqual(whole);
    expect(pieces.at(-1)?.fault).toContain(fault);
    expect(pieces.filter((piece) => piece.fault !== undefined)).toHaveLength(1);
  });
});

describe('JSON objects one after another', () => {
  it('are found with and without white space between', () => {
    expect(texts(new JsonSplitter('objects'), '{\n "a": 1\n}\n{"b":2}{"c":"}"}  7 "x"')).toEqual([
      '{\n "a": 1\n}',
      '{"b":2}',
      '{"c":"}"}',
      '7',
      '"x"',
    ]);
  });

  it('break off at what begins no value', () => {
    const pieces = piecesOf(new JsonSplitter('objects'), Buffer.from('{"a":1},{"b":2}'));
    expect(pieces.map(({ text }) => text)).toEqual(['{"a":1}', ',{"b":2}']);
    expect(pieces[1]?.fault).toContain('an object should begin here');
  });

  it('may be 1 MiB and not more; the next one is found', () => {
    const long = `{"a":"${'x'.repeat(MAX_RECORD_BYTES)}"}`;
    for (const sizes of [[3 << 20], [1 << 16], [999_983]]) {
      const pieces = piecesOf(new JsonSplitter('objects'), Buffer.from(`{}${long}{"b":1}`), sizes);
      expect(pieces).toEqual([
        { text: '{}', line: 1 },
        { text: long.slice(0, 200), line: 1, fault: TOO_LONG },
        { text: '{"b":1}', line: 1 },
      ]);
    }
  });
});

describe('CSV rows', () => {
  it('may have line ends and quotes within quotes', () => {
    const input = 'a,b\r\n1,"x\ny""z"\r\n\r\n 2 , "q" \n5" pipe,3';
    expect(piecesOf(new CsvSplitter(','), Buffer.from(input))).toEqual([
      { text: 'a,b', line: 1 },
      { text: '1,"x\ny""z"', line: 2 },
      { text: ' 2 , "q" ', line: 5 },
      { text: '5" pipe,3', line: 6 },
    ]);
  });

  it('go on after a doubled quote, though a line end follows', () => {
    expect(texts(new CsvSplitter(','), '1,"a""\n,b"\n2')).toEqual(['1,"a""\n,b"', '2']);
  });

  it('lose one line to a quote that is never closed, no more', () => {
    expect(piecesOf(new CsvSplitter(','), Buffer.from('a\n"b\nc,d\ne'))).toEqual([
      { text: 'a', line: 1 },
      { text: '"b', line: 2, fault: 'a cell opens a quote and never closes it' },
      { text: 'c,d', line: 3 },
      { text: 'e', line: 4 },
    ]);
  });

  it('lose one line to a quote that is not closed within 1 MiB', () => {
    const filler = 'x,y\n'.repeat(300_000);
    for (const sizes of [[3 << 20], [1 << 16], [999_983]]) {
      const pieces = piecesOf(new CsvSplitter(','), Buffer.from(`a\n"b\n${filler}"c"`), sizes);
      expect(pieces.length).toBe(300_003);
      expect(pieces[1]).toMatchObject({ text: '"b', line: 2 });
      expect(pieces.at(-1)).toEqual({ text: '"c"', line: 300_003 });
    }
  });

  it('are refused above 1 MiB', () => {
    const most = 'x'.repeat(MAX_RECORD_BYTES);
    for (const sizes of [[3 << 20], [1 << 16], [999_983]]) {
      expect(piecesOf(new CsvSplitter(','), Buffer.from(`${most}\n${most}y,"\nb`), sizes)).toEqual([
        { text: most, line: 1 },
        { text: 'x'.repeat(200), line: 2, fault: TOO_LONG },
        { text: 'b', line: 3 },
      ]);
    }
  });
});
