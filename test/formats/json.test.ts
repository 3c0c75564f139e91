import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJson, jsonItems, jsonKind, jsonMembers, jsonScalar } from '../../src/formats/json.js';

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Texts near JSON: pieces of it put together. */
const pieces = fc
  .array(
    fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"a"', '"', '\\', '\\u00', '\\u0041', '\\n', '\\x', '0', '-', '01', '1.', '.5'],
      ...[
        '1e5',
        '1E+',
        '-0.0',
        'true',
        'false',
        'null',
        'nul',
        ' ',
        '\n',
        '\t',
        '\u00a0',
        '\ufeff',
        '\u0001',
        'é',
        '\ud800',
      ],
    ),
    { maxLength: 9 },
  )
  .map((each) => each.join(''));

/** JSON with one character taken out, put in or changed. */
const damaged = fc
  .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', '1', '\\', ' ', '\u0000', '-'), fc.boolean())
  .map(([text, at, put, isReplaced]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + (isReplaced ? 1 : 0));
  });

describe('what is JSON', () => {
  it('accepts what JSON.parse accepts, and nothing else', () => {
    let accepted = 0;
    const agrees = (text: string): void => {
      const expected = parses(text);
      if (expected) accepted++;
      expect([text, isJson(text)]).toEqual([text, expected]);
    };
    fc.assert(fc.property(fc.oneof(fc.json(), damaged, pieces, fc.string()), agrees), { numRuns: 20_000 });
    expect(accepted).toBeGreaterThan(4_000);
  });

  it.each([
    ['', false],
    [' ', false],
    ['{}', true],
    ['[]', true],
    [' [ { } , [ ] ] ', true],
    ['[1,]', false],
    ['{"a":1,}', false],
    ['{"a"}', false],
    ['{a:1}', false],
    ['[}', false],
    ['{"a":[1}]', false],
    ['1 2', false],
    ['-', false],
    ['-1', true],
    ['00', false],
    ['1e', false],
    ['"\t"', false],
    ['"\\u12g4"', false],
    ['"\u2028"', true],
    ['\ufeff{}', false],
    ['truefalse', false],
  ])('%j: %j', (text, expected) => {
    expect(isJson(text)).toBe(expected);
    expect(parses(text)).toBe(expected);
  });

  it('takes a nesting that no stack would hold', () => {
    const deep = 100_000;
    expect(isJson('['.repeat(deep) + ']'.repeat(deep))).toBe(true);
    expect(isJson('['.repeat(deep) + ']'.repeat(deep - 1))).toBe(false);
  });
});

describe('JSON taken apart', () => {
  it('into the values that JSON.parse sees', () => {
    const keyed = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(keyed, fc.array(fc.jsonValue()), fc.constantFrom(0, 1), (object, array, indent) => {
        const members = jsonMembers(JSON.stringify(object, null, indent));
        const entries = members.map(({ key, json }): [string, unknown] => [key, JSON.parse(json)]);
        expect(entries).toEqual(Object.entries(JSON.parse(JSON.stringify(object)) as object));
        const items = jsonItems(JSON.stringify(array, null, indent));
        expect(items.map((item): unknown => JSON.parse(item))).toEqual(JSON.parse(JSON.stringify(array)));
      }),
    );
  });

  it('keeps digits as they were written', () => {
    const [member] = jsonMembers('{"a" : 12345678.123456789012 }');
    expect(member?.json).toBe('12345678.123456789012');
    expect([jsonScalar('"1e5"'), jsonScalar(' 1e5 '), jsonScalar('null')]).toEqual(['1e5', '1e5', undefined]);
    expect(['true', 'null', ' [', '{', '"', '-1'].map(jsonKind)).toEqual([
      'boolean',
      'null',
      'array',
      'object',
      'string',
      'number',
    ]);
  });
});
