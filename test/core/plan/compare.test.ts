import { describe, expect, it } from 'vitest';
import { compare } from '../../../src/core/plan/compare.js';
import type { Terms } from '../../../src/core/position.js';
import { Ratio } from '../../../src/core/ratio.js';
import { builtInTables } from '../../../src/core/tables/index.js';

const rows = (terms: Terms, symbol?: string): readonly (readonly (string | undefined)[])[] =>
  compare(terms, symbol === undefined ? undefined : builtInTables.find(symbol)).rivals.map((each) => [
    each.name,
    each.price?.toText(2),
    each.error?.toText(2),
    each.errorRate?.times(Ratio.HUNDRED).toText(2),
    each.judgement ?? each.reason,
  ]);

describe('compare', () => {
  // math.md 1 and 6: 27135.678..., 27150, 33316.67; bankruptcy 30000 - 3000
  it('puts the other formulas beside the exact one', () => {
    expect(rows({ side: 'long', entry: Ratio.of(30000n), lev: Ratio.of(10n), mmr: Ratio.from('0.005') })).toEqual([
      ['exact', '27135.68', '0', '0', 'right'],
      ['entry-bracket', '27135.68', '0', '0', 'right'],
      ['simple', '27150', '14.32', '0.05', 'too cautious'],
      ['article', '33316.67', '6180.99', '22.78', 'past already'],
      ['bankruptcy', '27000', '-135.68', '-0.5', 'too optimistic'],
    ]);
    expect(rows({ side: 'short', entry: Ratio.of(30000n), lev: Ratio.of(10n), mmr: Ratio.from('0.005') })).toEqual([
      ['exact', '32835.82', '0', '0', 'right'],
      ['entry-bracket', '32835.82', '0', '0', 'right'],
      ['simple', '32850', '14.18', '0.04', 'too optimistic'],
      ['article', '27286.36', '-5549.46', '-16.9', 'past already'],
      ['bankruptcy', '33000', '164.18', '0.5', 'too optimistic'],
    ]);
  });

  // math.md 7, trap 1: 70,321.61 against 70,307.00 by the entry bracket; its brackets are those of BTCUSDT
  it('shows what the entry bracket alone would say', () => {
    const terms: Terms = {
      side: 'long',
      symbol: 'BTCUSDT',
      entry: Ratio.of(100000n),
      qty: Ratio.of(10n),
      margin: Ratio.of(300000n),
    };
    expect(rows(terms, 'BTCUSDT').slice(0, 2)).toEqual([
      ['exact', '70321.61', '0', '0', 'right'],
      ['entry-bracket', '70307', '-14.61', '-0.02', 'too optimistic'],
    ]);
    expect(rows(terms, 'BTCUSDT')[3]).toEqual([
      'article',
      undefined,
      undefined,
      undefined,
      'lev: the article formula needs lev',
    ]);
  });

  it('has no errors where there is no exact price', () => {
    const [exact, , , article] = rows({
      side: 'long',
      entry: Ratio.of(30000n),
      lev: Ratio.ONE,
      mmr: Ratio.from('0.005'),
    });
    expect(exact).toEqual(['exact', undefined, undefined, undefined, 'the formula gives no positive price']);
    expect(article?.[4]).toBe('the formula gives no positive price');
  });
});

it('of another venue: formulas without its rule, with the rate and the wallet of the position', () => {
  const r = (text: string): Ratio => Ratio.from(text);
  const terms = { side: 'long', entry: r('100'), lev: r('10'), qty: r('1'), mmr: r('0.01') } as const;
  const prices = (more: Partial<Terms>): unknown[] =>
    compare({ ...terms, ...more }, undefined).rivals.flatMap(({ name, price }) =>
      name === 'simple' || name === 'article' ? [`${name} ${price?.toText(8) ?? ''}`] : [],
    );
  // 100 - 12 + 1, not the 91 of the leverage; (1000 - 1) / 9.
  expect(prices({ venue: 'okx', wallet: r('12') })).toEqual(['simple 89', 'article 111']);
  // 100 - 10 + 1; the rate of a rule of the entry is not zero.
  expect(prices({ venue: 'bybit-2024' })).toEqual(['simple 91', 'article 111']);
});
