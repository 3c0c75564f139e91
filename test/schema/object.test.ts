import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { problemWords, type Problem } from '../../src/core/errors.js';
import { Ratio } from '../../src/core/ratio.js';
import { isJson, jsonValue } from '../../src/formats/json.js';
import { readJson } from '../../src/schema/issues.js';
import { candle } from '../../src/schema/candles.js';
import { jsonSchemaOf } from '../../src/schema/json-schema.js';
import { decimal, word, yesOrNo } from '../../src/schema/leaves.js';
import { listOf, namedOf, needed, objectOf, optional } from '../../src/schema/object.js';

const rate = z.union([decimal({ suffix: '%' }), objectOf({ rate: needed(decimal({ suffix: '%' })) })], 'write a rate');
const order = objectOf(
  {
    type: needed(word(['LIMIT', 'STOP']), { also: ['orderType'] }),
    side: needed(word(['BUY', 'SELL']), { what: 'the side of the order' }),
    trigger: optional(decimal({ range: 'positive' }), { also: ['stopPrice', 'triggerPrice'], meaning: 'its price' }),
    stop: optional(z.nullable(decimal()), { takesNull: true }),
    reduceOnly: optional(yesOrNo()),
    rates: optional(listOf(rate, 'write an array of rates')),
    feeds: optional(namedOf(decimal({ range: 'positive' }))),
  },
  { advice: 'write an order', unknown: 'slipsRefused', isPassed: (key) => key === 'sides' },
);

/** What a text is read as, or the words of its problems. */
function read(schema: z.ZodMiniType, text: string, name = 'orders[0]'): unknown {
  if (!isJson(text)) throw new Error(`not JSON: ${text}`);
  const problems: Problem[] = [];
  const value = readJson(schema, jsonValue(text), name, problems);
  return problems.length > 0 ? problems.map((each) => problemWords(each)) : value;
}

describe('an object', () => {
  it('is read under its own keys, with exact numbers', () => {
    const text = `{"orderType":" stop ","side":"Sell","triggerPrice":0.10000000000000000001,"stop":null,
      "reduceOnly":"TRUE","rates":["0.01%",{"rate":0.0001}],"feeds":{"index":"5","last":null},"note":[1]}`;
    expect(read(order, text)).toEqual({
      type: 'STOP',
      side: 'SELL',
      trigger: Ratio.from('0.10000000000000000001'),
      stop: null,
      reduceOnly: true,
      rates: [Ratio.from('0.0001'), { rate: Ratio.from('0.000001') }],
      feeds: { index: Ratio.from('5'), last: null },
    });
  });

  it.each([
    ['5', ['orders[0]: "5" is invalid; write an order']],
    ['[{"type":"STOP"}]', ['orders[0]: "[{\\"type\\":\\"STOP\\"}]" is invalid; write an order']],
    ['null', ['orders[0]: "null" is invalid; write an order']],
    ['{}', ['orders[0]: type is missing; give type', 'orders[0]: the side of the order is missing; give side']],
    ['{"type":null,"side":"BUY"}', ['orders[0]: type is missing; give type']],
    // What a slip explains is not missing, too; what looks like no slip passes.
    ['{"typ":"STOP","side":"BUY","sides":1}', ['orders[0].typ: unknown name; did you mean type?']],
    ['{"type":"STOP","side":"BUY","side":"SELL"}', ['orders[0].side: this key is given twice; give it once']],
    [
      '{"type":"STOP","side":"BUY","stopPrice":1,"trigger":null,"triggerPrice":2}',
      ['orders[0].triggerPrice: this input is also given as stopPrice; give only one of them'],
    ],
  ])('reports the keys of %s', (text, words) => {
    expect(read(order, text)).toEqual(words);
  });

  it('reports all problems at once, each in its place and as it was written', () => {
    const text = `{"type":"STOPP","side":7,"stopPrice":"1,5","reduceOnly":[ 1 ],"rates":[{"rate":"x"},[],{}],"feeds":{"a b":-1}}`;
    expect(read(order, text)).toEqual([
      'orders[0].type: unknown value "STOPP": write LIMIT or STOP; did you mean STOP?',
      'orders[0].side: unknown value "7": write BUY or SELL',
      expect.stringContaining('orders[0].stopPrice: "1,5" is not a plain decimal'),
      'orders[0].reduceOnly: "[ 1 ]" is invalid; write true or false',
      expect.stringContaining('orders[0].rates[0].rate: "x" is not a plain decimal'),
      'orders[0].rates[1]: "[]" is invalid; write a rate',
      'orders[0].rates[2]: rate is missing; give rate',
      'orders[0].feeds.a b: "-1" must be greater than 0',
    ]);
  });

  it('reports problems of the whole without a name', () => {
    expect(read(order, '{"side":{}}', '')).toEqual([
      'type is missing; give type',
      'side: "{}" is invalid; write one of BUY, SELL',
    ]);
  });

  it('refuses unknown keys if that is declared', () => {
    const strict = objectOf({ rules: optional(yesOrNo()) }, { unknown: 'refused' });
    expect(read(strict, '{"rulez":true,"x":1}', '')).toEqual([
      'rulez: unknown name; did you mean rules?',
      'x: unknown name',
    ]);
  });

  it('is not opened by keys of the language itself', () => {
    expect(read(order, '{"type":"STOP","side":"BUY","__proto__":{"trigger":"5"},"constructor":1}')).toEqual({
      type: 'STOP',
      side: 'BUY',
    });
    expect(read(order, '{"__proto__":{"type":"STOP","side":"BUY"}}')).toEqual([
      'orders[0]: type is missing; give type',
      'orders[0]: the side of the order is missing; give side',
    ]);
  });
});

describe('the JSON Schema of a declared object', () => {
  const holds = new Ajv2020({ strict: false }).compile(jsonSchemaOf(order));

  it.each([
    '{}',
    '5',
    '[]',
    '{"type":"STOP","side":"buy"}',
    '{"type":"STOP","orderType":"STOP","side":"buy"}',
    '{"type":null,"orderType":"STOP","side":"buy"}',
    '{"orderType":"STOP","side":null}',
    '{"type":"STOP","side":"buy","trigger":"0"}',
    '{"type":"STOP","side":"buy","trigger":null,"stopPrice":5}',
    '{"type":"STOP","side":"buy","trigger":4,"stopPrice":5}',
    '{"type":"STOP","side":"buy","stop":null,"reduceOnly":"False","rates":[1,{"rate":"2%"}],"feeds":{"a":null}}',
    '{"type":"STOP","side":"buy","rates":[{}]}',
    '{"type":"STOP","side":"buy","rates":{}}',
    '{"type":"STOP","side":"buy","feeds":{"a":0}}',
    '{"type":"STOP","side":"buy","reduceOnly":1}',
  ])('accepts and refuses as the reading does: %s', (text) => {
    const isRead = !Array.isArray(read(order, text));
    expect([text, holds(JSON.parse(text))]).toEqual([text, isRead]);
  });

  it('says what a member means, and closes an object that refuses unknown keys', () => {
    expect(jsonSchemaOf(order).properties).toMatchObject({ triggerPrice: { description: 'its price' } });
    expect(jsonSchemaOf(objectOf({}, { unknown: 'refused' }))).toMatchObject({ additionalProperties: false });
  });
});

describe('an array whose places have meanings', () => {
  const holds = new Ajv2020({ strict: false }).compile(jsonSchemaOf(listOf(candle())));

  it.each([
    ['[[1,"2","3","1","2"]]', true],
    ['[[1,2,3,1,2,"more"],{"high":3,"low":1,"close":2}]', true],
    ['[[1,2,3,1]]', false],
    ['[[1,2,3,1,"x"]]', false],
    ['[{"high":3,"low":1}]', false],
    ['[5]', false],
    ['[]', true],
  ])('is read as its JSON Schema has it: %s', (text, isGood) => {
    expect([holds(JSON.parse(text)), typeof read(listOf(candle()), text) === 'object']).toEqual([isGood, true]);
    expect((read(listOf(candle()), text) as readonly unknown[]).some((each) => typeof each === 'string')).toBe(!isGood);
  });

  it('names its places in problems', () => {
    expect(read(listOf(candle()), '[[1,2,3,1,2],[1,2,-3,1]]', 'candles')).toEqual([
      'candles[1]: close is missing; give close',
      'candles[1].high: "-3" must be greater than 0',
    ]);
  });
});
