import { describe, expect, it } from 'vitest';
import { readFundingRates } from '../../src/formats/funding-rates.js';

// the answer that the exchange's documentation shows, with an older one without a mark
const ANSWER = `[
  {"symbol":"BTCUSDT","fundingRate":"0.00010000","fundingTime":1570636800000,"markPrice":"34287.54619963"},
  {"symbol":"BTCUSDT","fundingRate":"-0.03750000","fundingTime":1570608000000,"markPrice":""}
]`;

describe('funding rates', () => {
  it('are fractions, oldest first', () => {
    const stamps = readFundingRates(ANSWER, 'BTC/USDT:USDT');
    expect(stamps.map(({ rate, mark }) => [rate.toText(8), mark?.toText(8)])).toEqual([
      ['-0.0375', undefined],
      ['0.0001', '34287.54619963'],
    ]);
  });

  it.each([
    ['{}', undefined, /fundingRate, premiumIndex or income answer: a JSON array/],
    ['[null]', undefined, /"null" is invalid; rate 1: write an object with fundingRate/],
    ['[{"fundingRate":"x"}]', undefined, /"x" is invalid; fundingRate of rate 1/],
    ['[{"fundingRate":"1","markPrice":"0"}]', undefined, /"0" is invalid; markPrice of rate 1/],
    [
      '[{"symbol":"A","fundingRate":"1"},{"symbol":"B","fundingRate":"1"}]',
      undefined,
      /"A, B" is invalid; choose one with --symbol/,
    ],
    [ANSWER, 'ETHUSDT', /the file has no rates of ETHUSDT/],
  ])('%s is refused', (text, symbol, words) => {
    expect(() => readFundingRates(text, symbol)).toThrow(words);
  });
});
