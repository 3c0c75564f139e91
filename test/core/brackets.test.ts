import { describe, expect, it } from 'vitest';
import {
  bracketIndex,
  bracketOf,
  bracketsFrom,
  flatBrackets,
  lastCap,
  symbolKey,
  type BracketRow,
} from '../../src/core/brackets.js';
import { tableOfTrade } from '../../src/core/tables/table-for.js';
import { isLiqcalcError } from '../../src/core/errors.js';
import { Ratio } from '../../src/core/ratio.js';

const row = (
  floor: string,
  cap: string | undefined,
  rate: string,
  amount?: string,
  maxLeverage?: string,
): BracketRow => ({
  floor,
  cap,
  rate,
  amount,
  ...(maxLeverage !== undefined && { maxLeverage }),
});

const GOOD = [
  row('0', '50', '0.004', '0', '125'),
  row('50', '250', '0.005', '0.05', '100'),
  row('250', '1000', '0.01'),
];

function fault(...rows: readonly BracketRow[]): string {
  try {
    bracketsFrom(rows, 'TEST');
  } catch (error) {
    if (isLiqcalcError(error) && error.code === 'INVALID_BRACKETS') return error.message;
    throw error;
  }
  return 'none';
}

describe('a bracket table', () => {
  it('is read exactly, amounts rebuilt where they are missing', () => {
    const brackets = bracketsFrom(GOOD, 'TEST');
    expect(brackets.map(({ amount }) => amount.toText(9))).toEqual(['0', '0.05', '1.3']);
    expect(brackets.map(({ floor }) => floor.toText(9))).toEqual(['0', '50', '250']);
    expect(brackets.map(({ rate }) => rate.toText(9))).toEqual(['0.004', '0.005', '0.01']);
    expect(brackets.map(({ maxLeverage }) => maxLeverage?.toText(9))).toEqual(['125', '100', undefined]);
    expect(lastCap(brackets)?.toText(9)).toBe('1000');
  });

  it('has no cap if the table has no cap, or the largest whole number of a computer as cap', () => {
    for (const cap of [undefined, '9223372036854775807', '9223372036854775808', '1e30']) {
      expect(lastCap(bracketsFrom([row('0', '10', '0.01'), row('10', cap, '0.02')], 'TEST'))).toBeUndefined();
    }
    const [capped] = bracketsFrom([row('0', '9223372036854775806', '0.01')], 'TEST');
    expect(capped?.cap?.toText(0)).toBe('9223372036854775806');
  });

  it('may keep the rate, and may begin with a rate of 0', () => {
    expect(fault(row('0', '10', '0'), row('10', '20', '0', '0'), row('20', undefined, '0.5', '10'))).toBe('none');
  });

  it.each([
    ['none at all', [], 'there are no brackets'],
    ['a floor that is no decimal', [row('0x0', '10', '0.01')], 'no. 1: floor "0x0" is not a plain decimal'],
    ['a cap that is no decimal', [row('0', '10,000', '0.01')], 'no. 1: cap "10,000" is not a plain decimal'],
    ['a rate in percent', [row('0', '10', '0.4%')], 'no. 1: rate "0.4%" is not a plain decimal'],
    ['an amount that is no decimal', [row('0', '10', '0.01', 'x')], 'no. 1: amount "x" is not a plain decimal'],
    [
      'a leverage that is none',
      [row('0', '10', '0.01', '0', '5x')],
      'no. 1: maximum leverage "5x" is not a plain decimal',
    ],
    ['a negative floor', [row('-1', '10', '0.01')], 'no. 1: floor -1 is negative'],
    ['a negative rate', [row('0', '10', '-0.01')], 'no. 1: rate -0.01 is negative'],
    ['a negative amount', [row('0', '10', '0.01', '-5')], 'no. 1: amount -5 is negative'],
    ['a rate of 1', [row('0', '10', '1')], 'no. 1: rate 1 is not below 1; rates are fractions, 0.004 is 0.4 %'],
    ['a rate above 1', [row('0', '10', '1.5')], 'no. 1: rate 1.5 is not below 1; rates are fractions, 0.004 is 0.4 %'],
    ['a cap at its floor', [row('0', '0', '0.01')], 'no. 1: cap 0 is not above floor 0'],
    ['a cap below its floor', [row('0', '9', '0.1'), row('9', '5', '0.2')], 'no. 2: cap 5 is not above floor 9'],
    ['a first floor above 0', [row('5', '10', '0.01')], 'no. 1: the first floor is 5, not 0'],
    [
      'brackets after the last',
      [row('0', undefined, '0.1'), row('9', '19', '0.2')],
      'no. 2: it follows a bracket without a cap',
    ],
    [
      'a gap',
      [row('0', '9', '0.1'), row('10', '19', '0.2')],
      'no. 2: floor 10 is not the cap of the bracket before it',
    ],
    [
      'an overlap',
      [row('0', '9', '0.1'), row('8', '19', '0.2')],
      'no. 2: floor 8 is not the cap of the bracket before it',
    ],
    [
      'falling rates',
      [row('0', '9', '0.2'), row('9', '19', '0.1')],
      'no. 2: rate 0.1 is lower than the rate before it',
    ],
    [
      'a jump upwards',
      [row('0', '100', '0.1'), row('100', '190', '0.2', '9')],
      'no. 2: amount 9 makes maintenance jump; 10 makes it continuous',
    ],
    [
      'a jump downwards',
      [row('0', '100', '0.1'), row('100', '190', '0.2', '11')],
      'no. 2: amount 11 makes maintenance jump; 10 makes it continuous',
    ],
    [
      'a jump in a table of small coins, telling the whole amount',
      [row('0', '0.00000012345', '0.01'), row('0.00000012345', '1', '0.02', '0')],
      'no. 2: amount 0 makes maintenance jump; 0.0000000012345 makes it continuous',
    ],
    [
      'one rate on the whole position',
      [row('0', '100', '0.1', '0'), row('100', '190', '0.2', '0')],
      'no. 2: amount 0 makes maintenance jump; 10 makes it continuous',
    ],
    [
      'a first amount that is not 0',
      [row('0', '100', '0.1', '1')],
      'no. 1: amount 1 makes maintenance jump; 0 makes it continuous',
    ],
  ])('is refused for %s', (_name, rows, words) => {
    expect(fault(...rows)).toBe(`brackets of TEST: ${words}`);
  });
});

describe('the bracket of a value', () => {
  const brackets = bracketsFrom(GOOD, 'TEST');

  it.each([
    ['0', 0],
    ['0.0001', 0],
    ['50', 0],
    ['50.0000000001', 1],
    ['250', 1],
    ['251', 2],
    ['1000', 2],
    ['1000.1', 2],
    ['1e20', 2],
  ])('%s is in no. %i from 0: above its floor, up to its cap', (value, index) => {
    expect(bracketIndex(brackets, Ratio.from(value))).toBe(index);
    expect(bracketOf(brackets, Ratio.from(value))).toBe(brackets[index]);
  });

  it('is the one of a rate of its own, without a cap', () => {
    const flat = flatBrackets(Ratio.from('0.01'), Ratio.from('3'));
    expect(flat).toEqual([{ floor: Ratio.ZERO, rate: Ratio.from('0.01'), amount: Ratio.from('3') }]);
    expect(lastCap(flat)).toBeUndefined();
    expect(bracketIndex(flat, Ratio.from('1e30'))).toBe(0);
  });
});

describe('symbols', () => {
  it.each([
    ['btcusdt', 'BTCUSDT'],
    [' BTCUSDT ', 'BTCUSDT'],
    ['BTC/USDT:USDT', 'BTCUSDT'],
    ['btc/usdt', 'BTCUSDT'],
    ['BTC/USD:BTC', 'BTCUSD_PERP'],
    ['btcusd_perp', 'BTCUSD_PERP'],
    ['BTC/USD:USD', 'BTCUSD'],
    ['BTCUSDT:X', 'BTCUSDT:X'],
  ])('%j is %s', (symbol, key) => {
    expect(symbolKey(symbol)).toBe(key);
  });

  it('a trade without one has no table', () => {
    expect(tableOfTrade({}, { find: () => undefined, symbols: ['BTCUSDT'] })).toBeUndefined();
  });
});
