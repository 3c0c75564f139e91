import { describe, expect, it } from 'vitest';
import { warningWords } from '../../../src/core/assessment.js';
import { bracketsFrom, type BracketTable } from '../../../src/core/brackets.js';
import { removableMargin } from '../../../src/core/health.js';
import { compare } from '../../../src/core/plan/compare.js';
import { maxOpen, type MaxOpenQuestion } from '../../../src/core/plan/max-open.js';
import { size } from '../../../src/core/plan/size.js';
import { trailingStop } from '../../../src/core/plan/stop.js';
import { positionFrom, type Terms } from '../../../src/core/position.js';
import { Ratio } from '../../../src/core/ratio.js';
import { judge, type Finding } from '../../../src/core/risk/report.js';
import type { RiskInput } from '../../../src/core/risk/input.js';
import { accountOf, alone, n } from '../risk/input.js';

/** 1 % up to 100 contracts of 0.1 base units, then 2 %. */
const OKX_TABLE: BracketTable = {
  venue: 'okx',
  symbol: 'BTCUSDT',
  contract: 'linear',
  multiplier: n('0.1'),
  asOf: '2026-11-01',
  confidence: 'A',
  source: 'test',
  brackets: bracketsFrom(
    [
      { floor: '0', cap: '100', rate: '0.01', amount: undefined },
      { floor: '100', cap: undefined, rate: '0.02', amount: undefined },
    ],
    'the test',
    'whole',
  ),
};

describe('formulas beside the rule of a venue', () => {
  const prices = (qty: string): readonly string[] => {
    const terms: Terms = { side: 'long', venue: 'okx', symbol: 'BTCUSDT', entry: n('100'), lev: n('10'), qty: n(qty) };
    const { rivals } = compare({ ...terms, taker: Ratio.ZERO }, OKX_TABLE);
    return rivals.flatMap(({ name, price }) =>
      name === 'simple' || name === 'article' ? [`${name} ${price?.toText(4) ?? ''}`] : [],
    );
  };

  it('use the tier that the venue chooses by the number of contracts, not by their value', () => {
    // 50 contracts are worth 500. 100 - 10 + 1; (1000 - 1) / 9.
    expect(prices('50')).toEqual(['simple 91', 'article 111']);
    // 100 - 10 + 2; (1000 - 2) / 9.
    expect(prices('150')).toEqual(['simple 92', 'article 110.8889']);
  });
});

describe('the largest position at another venue than Binance', () => {
  const SHORT: Terms = { side: 'short', entry: n('1000'), lev: n('20'), mark: n('1010') };
  const opened = (terms: Partial<Terms>, question: MaxOpenQuestion): readonly string[] => {
    const most = maxOpen({ ...SHORT, ...terms }, undefined, question);
    return [most.qty, most.assumedPrice, most.margin, most.openLoss, most.closingFee].map((each) => each.toText(8));
  };

  it('counts the margin at the price of the order: the assumed price and the open loss are rules of Binance', () => {
    // 1000 / 20; at Binance 1010 x 1.0015 / 20, and 10 of open loss.
    expect(opened({ venue: 'okx' }, { balance: n('50') })).toEqual(['1', '1000', '50', '0', '0']);
    expect(opened({}, { balance: n('60.57575') })).toEqual(['1', '1011.515', '50.57575', '10', '0']);
    const warned = maxOpen({ ...SHORT, venue: 'okx' }, undefined, { balance: n('50') }).warnings;
    expect(warned.map(warningWords)).toEqual([
      'okx may require more for an order than the initial margin and the fees; this amount is unknown and not counted',
    ]);
    expect(maxOpen(SHORT, undefined, { balance: n('50') }).warnings).toEqual([]);
  });

  it.each([
    ['order', { order: 'market' }],
    ['last', { last: n('1000') }],
  ] as const)('refuses %s', (field, more) => {
    const ask = (): unknown => maxOpen({ ...SHORT, venue: 'gate' }, undefined, { balance: n('50'), ...more });
    expect(ask).toThrow(`${field}: the price that an exchange assumes for an order is known for binance only`);
  });

  it('counts the fee to close in the initial margin of Bybit: t n E (1 - s / lev)', () => {
    // Short: 50 + 1000 x 0.001 x 1.05 = 51.05; long: 50 + 1000 x 0.001 x 0.95 = 50.95, and 1 to open it.
    const taker = n('0.001');
    const [short, long] = [n('51.05').plus(n('1')), n('50.95').plus(n('1'))];
    expect(opened({ venue: 'bybit', taker }, { balance: short })).toEqual(['1', '1000', '50', '0', '1.05']);
    expect(opened({ venue: 'bybit', taker, side: 'long' }, { balance: long })).toEqual([
      '1',
      '1000',
      '50',
      '0',
      '0.95',
    ]);
    // The usual 0.055 % is assumed for it: 50 + 0.5775.
    expect(opened({ venue: 'bybit' }, { balance: n('50.5775') })).toEqual(['1', '1000', '50', '0', '0.5775']);
    const warned = maxOpen({ ...SHORT, venue: 'bybit' }, undefined, { balance: n('50') }).warnings;
    expect(warned.map(warningWords)).toEqual([
      'bybit may require more for an order than the initial margin and the fees; this amount is unknown and not counted; the fee to close is assumed to be 0.055 %: give --taker',
    ]);
  });
});

describe('the size of a trade', () => {
  const ask = (terms: Partial<Terms>): ReturnType<typeof size> =>
    size({ side: 'long', entry: n('100'), mmr: n('0.01'), ...terms }, undefined, {
      equity: n('1000'),
      sizing: { kind: 'risk', risk: n('0.01'), stop: n('90') },
    });

  it.each([
    // One base unit at 100 and 90 is worth 190.
    [undefined, '0.05', '0.095'],
    ['okx', '0.05', '0.095'],
    ['bybit', '0.055', '0.1045'],
    ['gate', '0.075', '0.1425'],
    ['bitget', '0.06', '0.114'],
    ['kucoin', '0.06', '0.114'],
  ])('at %s names the usual fee of the venue: %s %%', (venue, percent, amount) => {
    const { warnings, qty } = ask(venue === undefined ? {} : { venue });
    expect(qty.toText(8)).toBe('1');
    expect(warnings).toContainEqual({ code: 'FEES_NOT_COUNTED', details: { percent, amount } });
  });

  it('at KuCoin keeps liquidation with the given liquidation fee beyond the stop', () => {
    // Liquidated at 90 x 0.992 = 89.28: maintenance (1 % + f) 89.28 and a loss of 10.72; 100 over both, rounded down.
    // f = 0.06 %: 11.666..., 8.57; f = 3 %: 14.2912, 6.997.
    expect(ask({ venue: 'kucoin' }).maxLev?.toText(0)).toBe('8');
    expect(ask({ venue: 'kucoin', liqFee: n('0.03') }).maxLev?.toText(0)).toBe('6');
  });

  it('at Bybit is reduced to what opens with the fee to close in the initial margin', () => {
    const terms: Terms = { side: 'long', venue: 'bybit', entry: n('100'), mmr: n('0.01'), lev: n('10') };
    const opened = (equity: string): string =>
      size({ ...terms, taker: n('0.01') }, undefined, {
        equity: n(equity),
        sizing: { kind: 'risk', risk: n('1'), stop: n('99') },
        step: n('1'),
      }).qty.toText(8);
    // The risk allows 39. A unit needs 10 of margin, 1 to open it and 0.01 x 100 x 0.9 to close it: 119 / 11.9 is 10.
    expect([opened('119'), opened('118.9')]).toEqual(['10', '9']);
  });
});

it('the margin that can be taken out is known for Binance only', () => {
  const terms: Terms = { side: 'long', entry: n('100'), qty: n('1'), margin: n('20'), lev: n('10'), mark: n('100') };
  const removable = (venue: object): string | undefined =>
    removableMargin(positionFrom({ ...terms, mmr: n('0.01'), ...venue }))?.toText(8);
  expect([removable({}), removable({ venue: 'gate' })]).toEqual(['10', undefined]);
});

it('the limits of a callback rate are those of Binance', () => {
  const of = { side: 'long', atr: n('15'), multiple: n('1'), reference: n('100') } as const;
  const [own, other] = [trailingStop(of), trailingStop({ ...of, venue: 'okx' })];
  expect([own.callbackPercent.toText(2), own.warnings.length]).toEqual(['10', 1]);
  expect([other.callbackPercent.toText(2), other.warnings.length]).toEqual(['15', 0]);
});

describe('rules of check at another venue', () => {
  const found = (of: RiskInput, rule: string): Finding | undefined =>
    judge(of).findings.find((each) => each.rule === rule);
  const SHORT = { side: 'short', venue: 'bybit', qty: '1', margin: '3', mark: '100', mmr: '1' } as const;

  const POOLED = { side: 'short', venue: 'bybit', qty: '1', mark: '100', mmr: '1', taker: '0' } as const;

  it('ask for the margin that counts: at Bybit a short that adds margin gets it over 1 + t', () => {
    // At 105 a loss of 5 and 1.05 of maintenance: 3.05 are missing, and 3.05 x 1.1 must be added at a fee of 10 %.
    const advice = (taker: string): string | undefined => found(alone({ ...SHORT, taker }), 'distance')?.advice;
    expect(advice('0')).toBe('add 3.051 margin to reach 5 %');
    expect(advice('0.1')).toBe('add 3.356 margin to reach 5 %');
    // The wallet is margin of its own there.
    const cross = found(alone({ ...POOLED, wallet: '3', lev: '10' }), 'distance');
    expect(cross?.advice).toContain('to the wallet');
  });

  it('ask for it before a stop, for the margin ratio and for the leverage', () => {
    const of = alone({ ...SHORT, margin: '1.2', lev: '20', taker: '0.1', data: { stop: n('104') } });
    // At 104.52: 4.52 + 1.0452 - 1.2 = 4.3652, times 1.1.
    expect(found(of, 'stop-before-liquidation')?.advice).toContain('add 4.802 margin');
    // 1 / 0.8 - 1.2 = 0.05, times 1.1.
    expect(found(of, 'margin-ratio')?.advice).toBe('add 0.05501 margin to get below 80 %');
    // 100 / 30 - 1.2 = 2.1333, times 1.1.
    expect(found(of, 'effective-leverage')?.advice).toContain('add 2.347 margin to reach 30x');
  });

  it('read a funding rate without times as one of the usual interval of the venue', () => {
    const rated = (venue: string): Finding | undefined =>
      found(alone({ venue, lev: '5', mark: '100', data: { funding: [{ rate: n('0.0002') }] } }), 'funding-size');
    // 0.02 % an hour is 0.16 % per 8 hours.
    expect(rated('hyperliquid')?.message).toContain('0.16 % per 8 hours (interval unknown: one hour assumed)');
    expect(rated('dydx')?.value?.toText(4)).toBe('0.16');
    expect(rated('okx')).toBeUndefined();
  });

  it('rank by the score of auto-deleveraging at Binance only', () => {
    const account = (venue?: string): RiskInput =>
      accountOf('1000', [{ ...(venue !== undefined && { venue }), qty: '1', lev: '10', mark: '110' }]);
    expect(found(account(), 'adl')).toBeDefined();
    expect(found(account('gate'), 'adl')).toBeUndefined();
  });

  it('compare legs of a trade with what the venue asks of them isolated', () => {
    const leg = { venue: 'bitget', lev: '10', mark: '100', mmr: '1', qty: '1', taker: '0' } as const;
    const of = accountOf('15', [
      { ...leg, symbol: 'A', data: { group: 'g' } },
      { ...leg, symbol: 'B', data: { group: 'g' } },
    ]);
    // Isolated, maintenance is at the price: 90 / 0.99. Fixed at the mark, as in cross, it would be 91.
    expect(found(of, 'multi-leg-isolated')?.message).toContain('would be liquidated first, at 90.909');
  });
});
