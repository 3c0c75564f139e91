import { expect, it } from 'vitest';
import { plainSpelling } from '../../src/core/number-spelling.js';

it.each([
  ['$60000', '60000'],
  ['€ 60000', '60000'],
  ['₿0.5', '0.5'],
  ['~60000', '60000'],
  ['@60000', '60000'],
  ['60000 USDT', '60000'],
  ['60000USDT', '60000'],
  ['$60,000.50', '60000.50'],
  ['60 000 USDT', '60000'],
  ['0.5 BTC', '0.5'],
  ['-0.5BTC', '-0.5'],
  ['20×', '20'],
  ['20 x', '20'],
  ['x20', '20'],
  ['20倍', '20'],
  ['0.5 %', '0.5'],
  ['0.5％', '0.5'],
  ['60k', '60000'],
  ['$60K', '60000'],
  ['1.5M', '1500000'],
  ['0.05k', '50'],
  ['1.2345k', '1234.5'],
  ['2B', '2000000000'],
  ['-60k', '-60000'],
])('%s: write %s', (pasted, plain) => {
  expect(plainSpelling(pasted)).toBe(`write ${plain}`);
});

it.each([
  '',
  '$',
  'k',
  'USDT',
  '60kk',
  '6O000',
  '0x10',
  '1e',
  '50bps of',
  '1:20',
  'Cross 20x',
  'NaN',
  'Infinity',
  '5‰',
])('%s has no reading', (text) => {
  expect(plainSpelling(text)).toBe('write digits with at most one dot, like 30000 or 0.5');
});
