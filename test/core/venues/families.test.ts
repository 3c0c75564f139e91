import { describe, expect, it } from 'vitest';
import { assessAccount, type AccountPosition } from '../../../src/core/account.js';
import { bracketInForce } from '../../../src/core/assessment.js';
import { bracketsFrom, type BracketTable } from '../../../src/core/brackets.js';
import { Ratio } from '../../../src/core/ratio.js';

const r = (text: string): Ratio => Ratio.from(text);

/** 1 % up to 100 contracts of 0.1 base units, then 2 %, up to 500. */
const tableOf = (symbol: string): BracketTable => ({
  venue: 'okx',
  symbol,
  contract: 'linear',
  multiplier: r('0.1'),
  asOf: '2026-11-01',
  confidence: 'A',
  source: 'test',
  brackets: bracketsFrom(
    [
      { floor: '0', cap: '100', rate: '0.01', amount: undefined },
      { floor: '100', cap: '500', rate: '0.02', amount: undefined },
    ],
    'the test',
    'whole',
  ),
});

type Held = readonly [symbol: string, side: 'long' | 'short', qty: string, mode?: 'isolated'];

function pricesOf(...held: readonly Held[]): readonly (string | undefined)[] {
  const positions = held.map(([symbol, side, qty, given], index): AccountPosition => {
    const mode = given ?? 'cross';
    const backing = mode === 'cross' ? { wallet: r('300') } : { margin: r('100') };
    const terms = { side, symbol, venue: 'okx', entry: r('100'), mark: r('100'), qty: r(qty), taker: Ratio.ZERO };
    const place = { name: `positions[${index}]`, mode, formula: 'exact', beta: Ratio.ONE, venue: 'okx' } as const;
    return { ...place, terms: { ...terms, ...backing }, table: tableOf(symbol) };
  });
  return assessAccount({ wallet: r('300'), positions }).positions.map(
    (each) => `${each.price?.toText(4) ?? ''} no. ${bracketInForce(each)?.number ?? ''}`,
  );
}

describe('in cross margin OKX chooses the tier by all positions of a family', () => {
  it.each<[string, readonly Held[], readonly string[]]>([
    // 60 contracts are 6 base units: (600 - 300) / (6 x 0.99).
    ['one alone', [['BTCUSDT', 'long', '60']], ['50.5051 no. 1']],
    // 120 contracts: 2 %. The other one needs 12 at its mark: (600 - 288) / (6 x 0.98).
    [
      'a perpetual and a dated contract',
      [
        ['BTC-USDT-SWAP', 'long', '60'],
        ['BTC-USDT-261225', 'long', '60'],
      ],
      ['53.0612 no. 2', '53.0612 no. 2'],
    ],
    // The other pair needs 6: (600 - 294) / (6 x 0.99).
    [
      'another pair',
      [
        ['BTCUSDT', 'long', '60'],
        ['ETHUSDT', 'long', '60'],
      ],
      ['51.5152 no. 1', '51.5152 no. 1'],
    ],
    // Isolated positions have a tier of their own: (600 - 100) / (6 x 0.99).
    [
      'an isolated one',
      [
        ['BTCUSDT', 'long', '60'],
        ['BTCUSDT261225', 'long', '60', 'isolated'],
      ],
      ['50.5051 no. 1', '84.1751 no. 1'],
    ],
    // Both sides count. Flat, at 2 %: 300 = 2 x 6 x 0.02 p.
    [
      'a hedge',
      [
        ['BTCUSDT', 'long', '60'],
        ['BTCUSDT', 'short', '60'],
      ],
      ['1250 no. 2', '1250 no. 2'],
    ],
  ])('%s', (_, held, expected) => {
    expect(pricesOf(...held)).toEqual(expected);
  });

  it('refuses more contracts than the last tier allows', () => {
    const two: readonly Held[] = [
      ['BTCUSDT', 'long', '300'],
      ['BTCUSDT261225', 'short', '300'],
    ];
    expect(() => pricesOf(...two)).toThrow('500');
  });
});
