import { describe, expect, it } from 'vitest';
import {
  fail,
  isLiqcalcError,
  LiqcalcError,
  naming,
  problem,
  problemOf,
  problemWords,
  type Problem,
  type ProblemCode,
} from '../../src/core/errors.js';

/** Every code with a problem of it, and its words about the field `entry`. */
const WORDS: Readonly<Record<ProblemCode, readonly (readonly [Problem, string])[]>> = {
  MALFORMED_NUMBER: [
    [malformed('abc'), '"abc" is not a plain decimal; write digits with at most one dot, like 30000 or 0.5'],
    [malformed('1,000'), '"1,000" is not a plain decimal; write 1000, or 1.000 if the comma is the decimal point'],
    [
      malformed('100,000'),
      '"100,000" is not a plain decimal; write 100000, or 100.000 if the comma is the decimal point',
    ],
    [malformed('1,000.25'), '"1,000.25" is not a plain decimal; write 1000.25'],
    [malformed('-1 000 000.5'), '"-1 000 000.5" is not a plain decimal; write -1000000.5'],
    [malformed("+1'000'000"), '"+1\'000\'000" is not a plain decimal; write +1000000'],
    [malformed('1_000'), '"1_000" is not a plain decimal; write 1000'],
    [malformed('10_00_0.25'), '"10_00_0.25" is not a plain decimal; write 10000.25'],
    [malformed('-12_5'), '"-12_5" is not a plain decimal; write -125'],
    [malformed('0,5'), '"0,5" is not a plain decimal; write 0.5'],
    [malformed('-,25'), '"-,25" is not a plain decimal; write -0.25'],
    [malformed('30000,50'), '"30000,50" is not a plain decimal; write 30000.50'],
    [malformed('1,000x'), '"1,000x" is not a plain decimal; write 1000, or 1.000 if the comma is the decimal point'],
    [malformed('1,5x'), '"1,5x" is not a plain decimal; write 1.5'],
    [malformed('1_0x'), '"1_0x" is not a plain decimal; write 10'],
    [malformed('1,'), '"1," is not a plain decimal; write 1'],
    [malformed('1,000.'), '"1,000." is not a plain decimal; write 1000'],
    [malformed('1_0.'), '"1_0." is not a plain decimal; write 10'],
    ...['1,00 000', '1,000 000', 'q1,000', 'q1,5', '_5', '1_', 'q1_0'].map(
      (value) =>
        [
          malformed(value),
          `"${value}" is not a plain decimal; write digits with at most one dot, like 30000 or 0.5`,
        ] as const,
    ),
    [malformed('1,0000'), '"1,0000" is not a plain decimal; write 1.0000'],
    [malformed('1234,000'), '"1234,000" is not a plain decimal; write 1234.000'],
    [
      malformed('x'.repeat(60)),
      `"${'x'.repeat(60)}" is not a plain decimal; write digits with at most one dot, like 30000 or 0.5`,
    ],
    [
      malformed('y'.repeat(61)),
      `"${'y'.repeat(57)}..." is not a plain decimal; write digits with at most one dot, like 30000 or 0.5`,
    ],
  ],
  TOO_MANY_DIGITS: [[of('TOO_MANY_DIGITS', { value: '1' }), '"1" has more than 40 significant digits; write fewer']],
  OUT_OF_RANGE: [
    [of('OUT_OF_RANGE', { value: '1e31' }), '"1e31" is outside 1e-30 to 1e30; write a number in this range'],
  ],
  NOT_POSITIVE: [[of('NOT_POSITIVE', { value: '0' }), '"0" must be greater than 0']],
  NEGATIVE: [[of('NEGATIVE', { value: '-1' }), '"-1" must not be negative; write it without a sign']],
  ABOVE_MAXIMUM: [[of('ABOVE_MAXIMUM', { value: '7', maximum: '5' }), '"7" must not be above 5']],
  NOT_A_CHOICE: [
    [of('NOT_A_CHOICE', { value: 'lnog', choices: ['long'] }), 'unknown value "lnog": write long'],
    [of('NOT_A_CHOICE', { value: 'x', choices: ['long', 'short'] }), 'unknown value "x": write long or short'],
    [
      of('NOT_A_CHOICE', { value: 'lnog', choices: ['a', 'long', 'short'], suggestion: 'long' }),
      'unknown value "lnog": write a, long or short; did you mean long?',
    ],
    [of('NOT_A_CHOICE', { value: 'x', choices: [] }), 'unknown value "x": write '],
  ],
  NOT_A_VALUE: [
    [of('NOT_A_VALUE', { value: '[]' }), '"[]" is invalid; write a number or a text'],
    [of('NOT_A_VALUE', { value: '[]', advice: 'write a day' }), '"[]" is invalid; write a day'],
  ],
  EMPTY: [[of('EMPTY', {}), 'the value is empty; give a value, or omit the input']],
  MISSING: [
    [of('MISSING', { what: 'entry price', give: ['entry'] }), 'entry price is missing; give <entry>'],
    [
      of('MISSING', { what: 'size', give: ['qty', 'notional'], because: 'with symbol' }),
      'size is missing (with symbol); give <qty> or <notional>',
    ],
  ],
  CONFLICT: [
    [
      of('CONFLICT', { with: 'qty', why: 'both size' }),
      'this input conflicts with <qty>: both size; give only one of them',
    ],
  ],
  MISSING_OPERAND: [
    [of('MISSING_OPERAND', { what: 'FILE', usage: 'liqcalc FILE' }), 'FILE is missing; write liqcalc FILE'],
    [
      of('MISSING_OPERAND', { what: 'FILE', usage: 'liqcalc FILE', explained: 'it takes two' }),
      'it takes two; write liqcalc FILE',
    ],
  ],
  NEEDS: [[of('NEEDS', { other: 'mmr', why: 'it belongs to it' }), 'this input needs <mmr>: it belongs to it']],
  UNKNOWN_KEY: [
    [of('UNKNOWN_KEY', {}), 'unknown name'],
    [of('UNKNOWN_KEY', { suggestion: 'lev' }), 'unknown name; did you mean <lev>?'],
  ],
  UNKNOWN_RESULT: [
    [
      of('UNKNOWN_RESULT', { value: 'x', known: ['entry', 'outcome'] }),
      '"x" is not a field (the fields are entry and outcome)',
    ],
    [
      of('UNKNOWN_RESULT', { value: 'entyr', suggestion: 'entry', known: [] }),
      '"entyr" is not a field; did you mean entry?',
    ],
  ],
  NO_VALUE_TAKEN: [[of('NO_VALUE_TAKEN', {}), 'this flag does not accept a value; remove = and the text after it']],
  UNEXPECTED: [[of('UNEXPECTED', { value: 'x' }), '"x" is an unexpected argument; remove it']],
  DUPLICATE_KEY: [
    [of('DUPLICATE_KEY', { other: '' }), 'this key is given twice; give it once'],
    [of('DUPLICATE_KEY', { other: 'price' }), 'this input is also given as price; give only one of them'],
  ],
  RATES_TOO_HIGH: [
    [
      of('RATES_TOO_HIGH', { total: '105' }),
      'maintenance rate and fee are 105 % together; their sum must be below 100 %',
    ],
  ],
  WALLET_NOT_POSITIVE: [
    [of('WALLET_NOT_POSITIVE', { wallet: '-5' }), 'the margin of the position would be -5; it must be greater than 0'],
  ],
  NOT_REMOVABLE: [
    [
      of('NOT_REMOVABLE', { value: '-5', most: '4' }),
      '"-5" removes too much margin; at most 4 can be removed, because the rest must cover the initial and the maintenance margin',
    ],
  ],
  VENUE_REFUSES: [
    [
      problem('VENUE_REFUSES', 'entry', { venue: 'kucoin-2024', why: 'its cross rule is unknown' }),
      '"kucoin-2024" cannot price this position: its cross rule is unknown',
    ],
  ],
  FORMULA_REFUSES: [[of('FORMULA_REFUSES', { formula: 'article', why: 'needs lev' }), 'the article formula needs lev']],
  CONTRADICTS_SYMBOL: [
    [
      of('CONTRADICTS_SYMBOL', { symbol: 'BTCUSDT', value: 'inverse', table: 'linear' }),
      '"inverse" contradicts BTCUSDT, which is linear; omit it',
    ],
  ],
  UNKNOWN_SYMBOL: [
    [
      of('UNKNOWN_SYMBOL', { symbol: 'X', known: ['a', 'b', 'c'], suggestion: 'a' }),
      'no bracket table for "X"; did you mean a? If not, give <mmr>',
    ],
    [
      of('UNKNOWN_SYMBOL', { symbol: 'X', known: [], tables: 'get X | import' }),
      'no bracket table for "X"; give <mmr>, or import its table: get X | import',
    ],
    [
      of('UNKNOWN_SYMBOL', { symbol: 'X', known: [], tables: 'import X', how: 'paste its rows into' }),
      'no bracket table for "X"; give <mmr>, or paste its rows into: import X',
    ],
    [
      of('UNKNOWN_SYMBOL', { symbol: 'X', known: [], market: { venue: 'v', name: 'X-Y' }, suggestion: 'X-Y' }),
      'no bracket table for "X"; v calls this market X-Y: write that name, or give <mmr>',
    ],
    [
      of('UNKNOWN_SYMBOL', { symbol: 'X', known: [], market: { venue: 'v', name: 'X-Y' }, tables: 'get X | import' }),
      'no bracket table for "X"; v calls this market X-Y: write that name; then give <mmr>, or import its table: get X | import',
    ],
    [
      of('UNKNOWN_SYMBOL', { symbol: 'X', known: [], market: { venue: 'v', name: 'Y' }, isTableOnly: true }),
      'no bracket table for "X"; v calls this market Y: write that name',
    ],
    [
      of('UNKNOWN_SYMBOL', { symbol: 'X', known: [], suggestion: 'XY', elsewhere: 'v' }),
      'no bracket table for "X"; did you mean XY or X of v (<venue> v)? If not, give <mmr>',
    ],
    [
      of('UNKNOWN_SYMBOL', { symbol: 'X', known: [], elsewhere: 'v', isWord: true, isTableOnly: true }),
      'no bracket table for "X"; did you mean X of v (venue=v)?',
    ],
    [
      of('UNKNOWN_SYMBOL', { symbol: 'X', known: [], isTableOnly: true }),
      'no bracket table for "X"; import one with liqcalc brackets import',
    ],
    [
      of('UNKNOWN_SYMBOL', { symbol: 'X', known: ['a'], give: 'contract' }),
      'no bracket table for "X"; give <contract>',
    ],
  ],
  LOW_RATE: [
    [
      of('LOW_RATE', { value: '0.005', percent: '0.5' }),
      '"0.005" is very low for a percentage; write 0.005% if it is a percentage, 0.5 if it is a fraction',
    ],
  ],
  LOOKS_COIN_MARGINED: [
    [
      of('LOOKS_COIN_MARGINED', { symbol: 'X', venue: 'v', multiplier: '10' }),
      '"X" looks coin-margined; give <contract> inverse <multiplier> 10, or <contract> linear',
    ],
    [
      of('LOOKS_COIN_MARGINED', { symbol: 'X', venue: 'v', multiplier: '10', isWord: true }),
      '"X" looks coin-margined; give contract=inverse,multiplier=10, or contract=linear',
    ],
    [
      of('LOOKS_COIN_MARGINED', { symbol: 'X', venue: 'v', multiplier: '10', isInverse: true }),
      'no bracket table says what one contract of "X" is worth; give <contract> inverse <multiplier> 10, the usual value at v',
    ],
    [
      of('LOOKS_COIN_MARGINED', { symbol: 'X', venue: 'v', isInverse: true, isWord: true }),
      'no bracket table says what one contract of "X" is worth; give contract=inverse,multiplier=USD, the value at v',
    ],
  ],
  NOTIONAL_OUTSIDE_BRACKETS: [
    [
      of('NOTIONAL_OUTSIDE_BRACKETS', { symbol: 'X', notional: '5', cap: '4' }),
      'the position is worth 5 at entry, above the last bracket of X (4); the exchange does not allow such a position',
    ],
  ],
  WRONG_SIDE: [[of('WRONG_SIDE', { value: '5', must: 'above 6' }), '"5" must be above 6']],
  TICK_TOO_COARSE: [
    [
      of('TICK_TOO_COARSE', { tick: '5', price: '3', reference: '4' }),
      'the tick 5 is too coarse for the liquidation price 3 at the present price 4; give a smaller tick',
    ],
  ],
  INVALID_BRACKETS: [
    [of('INVALID_BRACKETS', { table: 'X', fault: 'there are no brackets' }), 'brackets of X: there are no brackets'],
  ],
  REPEATED_POSITION: [
    [
      of('REPEATED_POSITION', { side: 'long', symbol: 'X', first: 'positions[0]' }),
      'long X occurs twice, first as positions[0]; merge the two into one position',
    ],
  ],
  MIXED_POOL: [
    [
      of('MIXED_POOL', { what: 'settlement asset', values: ['USDT', 'USDC'] }),
      'USDT and USDC cannot be in one account: its positions must have one settlement asset; make a separate account for each',
    ],
  ],
  HEDGE_DIFFERS: [
    [
      of('HEDGE_DIFFERS', { what: 'mark', symbol: 'X', value: '5', first: 'positions[0]', other: '6' }),
      '"5" differs from the mark of positions[0] (6): both legs of X must have the same mark',
    ],
  ],
  BETA_OF_INVERSE: [
    [
      of('BETA_OF_INVERSE', { value: '2' }),
      '"2" is not possible: all positions of an inverse account have a beta of 1; omit it',
    ],
  ],
  NOT_A_POSITION: [[of('NOT_A_POSITION', { value: '5' }), '"5" is not a position; write an object']],
  NOT_AN_ACCOUNT: [[of('NOT_AN_ACCOUNT', { value: '5', want: 'write one' }), '"5" is not an account; write one']],
  REFUSED: [[of('REFUSED', { why: 'it cannot be' }), 'it cannot be']],
  UNAVAILABLE: [[of('UNAVAILABLE', { why: 'the exchange is down', status: 503 }), 'the exchange is down']],
  NO_KEY: [[of('NO_KEY', { why: 'there is no key' }), 'there is no key']],
  BAD_CONFIG: [[of('BAD_CONFIG', { why: 'the file is open to others' }), 'the file is open to others']],
};

function of<C extends ProblemCode>(code: C, details: Extract<Problem, { code: C }>['details']): Problem {
  return { code, field: 'entry', details } as Problem;
}

function malformed(value: string): Problem {
  return of('MALFORMED_NUMBER', { value });
}

describe.each(Object.entries(WORDS))('%s', (_code, rows) => {
  it.each(rows.map(([each, words]) => [words, each] as const))('reads: %s', (words, each) => {
    expect(problemWords(each, (field) => `<${field}>`)).toBe(`<entry>: ${words}`);
  });
});

describe('a problem', () => {
  it('names fields as record keys, and no field where it is about none', () => {
    expect(problemWords(problem('NEEDS', 'cum', { other: 'mmr', why: 'it belongs to it' }))).toBe(
      'cum: this input needs mmr: it belongs to it',
    );
    expect(problemWords(problem('NOT_A_POSITION', '', { value: '5' }))).toBe('"5" is not a position; write an object');
  });

  it('of a part is about the part, or a field of it', () => {
    const empty = (field: string): Problem => problem('EMPTY', field, {});
    expect(problemOf('positions[1]', empty('entry'))).toEqual(empty('positions[1].entry'));
    expect(problemOf('positions[1]', empty(''))).toEqual(empty('positions[1]'));
  });
});

describe('an error', () => {
  const empty = problem('EMPTY', 'entry', {});
  const brackets = problem('INVALID_BRACKETS', '', { table: 'X', fault: 'there are no brackets' });

  it('says all of its problems', () => {
    const error = new LiqcalcError([empty, brackets]);
    expect(error.message).toBe(
      'entry: the value is empty; give a value, or omit the input; brackets of X: there are no brackets',
    );
    expect(error.problems).toEqual([empty, brackets]);
    expect(error.name).toBe('LiqcalcError');
  });

  it.each([
    [[empty], 'INVALID_INPUT'],
    [[brackets], 'INVALID_BRACKETS'],
    [[brackets, empty], 'INVALID_INPUT'],
    [[problem('UNKNOWN_SYMBOL', 'symbol', { symbol: 'X', known: [] })], 'UNKNOWN_SYMBOL'],
    [
      [problem('NOTIONAL_OUTSIDE_BRACKETS', 'qty', { symbol: 'X', notional: '5', cap: '4' })],
      'NOTIONAL_OUTSIDE_BRACKETS',
    ],
    [[], 'INVALID_INPUT'],
  ] as const)('of %j has the code %s', (problems, code) => {
    expect(new LiqcalcError(problems).code).toBe(code);
  });

  it('is thrown by fail', () => {
    expect(() => fail('EMPTY', 'entry', {})).toThrow(new LiqcalcError([empty]));
  });

  it('is known by its name and problems, from any copy of the library', () => {
    const copy = Object.assign(new Error('x'), { name: 'LiqcalcError', problems: [] });
    expect(isLiqcalcError(new LiqcalcError([empty]))).toBe(true);
    expect(isLiqcalcError(copy)).toBe(true);
    expect(isLiqcalcError(Object.assign(new Error('x'), { problems: [] }))).toBe(false);
    expect(isLiqcalcError(Object.assign(new Error('x'), { name: 'LiqcalcError' }))).toBe(false);
    expect(isLiqcalcError({ name: 'LiqcalcError', problems: [] })).toBe(false);
    expect(isLiqcalcError(undefined)).toBe(false);
  });

  it('names the part that it comes from; other errors pass', () => {
    const work = (): never => {
      throw new LiqcalcError([empty, brackets]);
    };
    expect(() => naming('positions[1]', work)).toThrow(
      'positions[1].entry: the value is empty; give a value, or omit the input; positions[1]: brackets of X: there are no brackets',
    );
    const other = new RangeError('x');
    expect(() =>
      naming('positions[1]', () => {
        throw other;
      }),
    ).toThrow(other);
    expect(naming('positions[1]', () => 5)).toBe(5);
  });
});
