import { describe, expect, it } from 'vitest';
import { assessAccount, type AccountAssessment, type AccountPosition } from '../../src/core/account.js';
import type { Terms } from '../../src/core/position.js';
import { Ratio } from '../../src/core/ratio.js';
import { discrepancies, usualTick, type ReportedPosition } from '../../src/core/reconcile.js';
import { roundFee } from '../../src/core/reconcile-reasons.js';

const r = (text: string): Ratio => Ratio.from(text);

it.each([
  ['26316.89', 2, '0.1'],
  ['26316.89', 8, '0.1'],
  ['10', 8, '0.0001'],
  ['9.99', 8, '0.00001'],
  ['9.99', 2, '0.01'],
  ['1', 30, '0.00001'],
  ['0.1', 30, '0.000001'],
  ['0.05', 30, '0.0000001'],
  ['100000', 0, '1'],
  ['99999', 0, '1'],
  ['1000000', 0, '10'],
])('a price of %s written with %i decimals has a tick of %s', (price, decimals, tick) => {
  expect(usualTick(r(price), decimals).toText(30)).toBe(tick);
});

it.each([
  // Within half a percent of 0.06 %.
  ['0.0006029', '0.0006'],
  ['0.0005972', '0.0006'],
  ['0.0006', '0.0006'],
  ['0.0006031', '0.0006031'],
  ['0.0005969', '0.0005969'],
  ['0.00002', '0.00002'],
])('a fee of %s that was worked out is %s', (fee, round) => {
  expect(roundFee(r(fee)).toText(30)).toBe(round);
});

type Given = Partial<Record<'qty' | 'mmr' | 'tick' | 'margin', string>> & { readonly side?: 'long' | 'short' };

/** A long of one entered at its mark. */
function position(symbol: string, entry: string, { side = 'long', ...given }: Given = {}): AccountPosition {
  const texts = { entry, mark: entry, qty: '1', mmr: '0', ...given };
  const numbers = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, r(text)]));
  const backing = given.margin === undefined ? { wallet: Ratio.ZERO } : {};
  const terms = { side, symbol, ...backing, ...numbers } as unknown as Terms;
  const mode = given.margin === undefined ? 'cross' : 'isolated';
  return { name: symbol, terms, mode, formula: 'exact', beta: Ratio.ONE };
}

const account = (wallet: string, ...positions: AccountPosition[]): AccountAssessment =>
  assessAccount({ wallet: r(wallet), positions });

/** What the exchange says in texts: the decimals are those that are written. */
function saying(figures: Readonly<Record<string, string>>): ReportedPosition {
  const said = Object.entries(figures).map(([key, text]) => {
    const parsed = Ratio.parse(text);
    return [key, parsed.kind === 'decimal' ? { value: parsed.value, decimals: parsed.decimals } : 'none'];
  });
  return Object.fromEntries(said) as ReportedPosition;
}

/**
 * Each discrepancy in a line: our price and the exchange's, the tick, the first reason. A reported price of `-` means
 * that no price liquidates; `undefined`, that the exchange reports nothing.
 */
function found(
  of: AccountAssessment,
  said: readonly (string | ReportedPosition | undefined)[],
  tick?: string,
): readonly string[] {
  const positions = said.map((each) => {
    if (typeof each !== 'string') return each;
    return each === '-' ? ({ price: 'none' } as const) : { price: { value: r(each), decimals: 2 } };
  });
  return discrepancies(of, { positions }, tick === undefined ? undefined : r(tick)).map((each) => {
    const { index = -1, reasons, tick: step } = each;
    const details = Object.entries(reasons[0]).map(([key, value]) =>
      typeof value === 'string' ? value : `${key} ${(value as Ratio).toText(6)}`,
    );
    const price = positions[index]?.price;
    const reported = price === 'none' || !price ? '-' : price.value.toText(6);
    const prices = [of.positions[index]?.price?.toText(6) ?? '-', reported, step?.toText(6) ?? ''];
    return `${index}: ${prices.join(' ')} ${details.join(' ')}`;
  });
}

describe('prices that differ from those of the exchange', () => {
  // At a wallet of 100 they are liquidated at 900, 400 and 200.
  const three = account('100', position('A', '1000'), position('B', '500'), position('C', '300'));

  it('are those that are off by more than a tick', () => {
    expect(found(three, ['900', '400', '200'])).toEqual([]);
    expect(found(three, ['900.01', '399.99', undefined])).toEqual([]);
    expect(found(three, ['900.05', '400', '200'], '0.05')).toEqual([]);
    expect(found(three, ['899.94', '400', '200'], '0.05')).toEqual(['0: 900 899.94 0.05 leg wallet 100']);
    const own = account('100', position('A', '1000', { tick: '0.5' }));
    expect(found(own, ['900.5'])).toEqual([]);
    expect(found(own, ['900.6'])).toEqual(['0: 900 900.6 0.5 wallet wallet 99.4']);
    expect(found(own, ['900.6'], '1')).toEqual([]);
    // Without a tick of its own: five digits below the first of 900, or what it is written with.
    const plain = account('100', position('A', '1000'));
    expect(found(plain, [{ price: { value: r('900.0011'), decimals: 30 } }])).toEqual([
      '0: 900 900.0011 0.001 wallet wallet 99.9989',
    ]);
    expect(found(plain, [{ price: { value: r('900.001'), decimals: 30 } }])).toEqual([]);
  });

  it('of all symbols alike fit another wallet', () => {
    expect(found(three, ['880', '380', '180'])).toEqual([
      '0: 900 880 0.01 wallet wallet 120',
      '1: 400 380 0.01 wallet wallet 120',
      '2: 200 180 0.01 wallet wallet 120',
    ]);
    expect(found(three, ['920', '420', undefined])).toEqual([
      '0: 900 920 0.01 wallet wallet 80',
      '1: 400 420 0.01 wallet wallet 80',
    ]);
    // Within a thousandth of the difference they are alike.
    expect(found(three, ['880', '380.02', undefined])[1]).toBe('1: 400 380.02 0.01 wallet wallet 120');
    expect(found(three, ['920', '419.98', undefined])[1]).toBe('1: 400 419.98 0.01 wallet wallet 80');
    expect(found(three, ['880', '380.03', undefined])[1]).toBe('1: 400 380.03 0.01 brackets');
  });

  it('of one symbol that stands apart lack a leg', () => {
    expect(found(three, ['850', '380', '180'])).toEqual([
      '0: 900 850 0.01 leg wallet 120',
      '1: 400 380 0.01 wallet wallet 120',
      '2: 200 180 0.01 wallet wallet 120',
    ]);
    expect(found(three, ['880', '380', '150'])[2]).toBe('2: 200 150 0.01 leg wallet 120');
  });

  it('of symbols that do not agree point to other brackets, those of one alone to the wallet', () => {
    expect(found(three, ['880', '350', undefined])).toEqual(['0: 900 880 0.01 brackets', '1: 400 350 0.01 brackets']);
    expect(found(three, ['880', undefined, undefined])).toEqual(['0: 900 880 0.01 wallet wallet 120']);
    // Both legs of a hedge are one symbol: 2 (p - 1000) - (p - 1000) = -100 at 900.
    const hedge = account(
      '100',
      position('a/usdt', '1000', { qty: '2' }),
      position('AUSDT', '1000', { side: 'short' }),
    );
    expect(found(hedge, ['880', '880'])).toEqual([
      '0: 900 880 0.01 wallet wallet 120',
      '1: 900 880 0.01 wallet wallet 120',
    ]);
  });

  it('of an isolated position do not point to the wallet', () => {
    const isolated = account('100', position('A', '1000', { margin: '50' }), position('B', '500'));
    expect(found(isolated, ['930', '380'])).toEqual(['0: 950 930 0.01 brackets', '1: 400 380 0.01 wallet wallet 120']);
  });

  it('come from other brackets where the maintenance at the mark differs by more than a thousandth', () => {
    // 100 + (p - 1000) = 0.01 p at 900 / 0.99; 10 of maintenance at the mark.
    const rated = account('100', position('A', '1000', { mmr: '0.01' }));
    const said = (maintenance: string): readonly string[] => found(rated, [saying({ price: '900.00', maintenance })]);
    expect(said('10.01')).toEqual(['0: 909.090909 900 0.01 wallet wallet 109']);
    expect(said('10.011')).toEqual(['0: 909.090909 900 0.01 brackets maintenance 10.011 ours 10']);
    expect(said('9.98')).toEqual(['0: 909.090909 900 0.01 brackets maintenance 9.98 ours 10']);
    // Of 10.01 and 9.98 in one decimal.
    expect(said('10.1')).toEqual(['0: 909.090909 900 0.01 wallet wallet 109']);
    expect(said('10.2')).toEqual(['0: 909.090909 900 0.01 brackets maintenance 10.2 ours 10']);
  });

  it('of a hedge whose maintenance is fixed at the mark are those of both legs together', () => {
    // 100 + 2 (p - 1000) - (p - 1000) is 0.03 p at 900 / 0.97, and the 30 of the mark at 930.
    const legs = [
      position('A', '1000', { qty: '2', mmr: '0.01' }),
      position('A', '1000', { side: 'short', mmr: '0.01' }),
    ];
    const hedge = account('100', ...legs);
    expect(found(hedge, ['930', '930'])).toEqual([
      '0: 927.835052 930 0.01 heldAtMark maintenance 20',
      '1: 927.835052 930 0.01 heldAtMark maintenance 10',
    ]);
  });

  it("of an isolated position whose maintenance is the exchange's point to its wallet", () => {
    // 50 + (p - 1000) is 0.01 p at 950 / 0.99; with 30 at 970 / 0.99.
    const isolated = account('100', position('A', '1000', { margin: '50', mmr: '0.01' }));
    const said = saying({ price: '979.80', maintenance: '10' });
    expect(found(isolated, [said])).toEqual(['0: 959.59596 979.8 0.01 wallet wallet 29.998']);
    expect(found(isolated, [saying({ marginRatio: '0.2', maintenance: '10' })])).toEqual([]);
    expect(found(isolated, [saying({ marginRatio: '0.4', maintenance: '10' })])).toHaveLength(1);
  });

  it('are not a fee if maintenance and price show two', () => {
    // 0.05 % of 1000 are 0.5; with 0.1 % at every price 900 / 0.989.
    const rated = account('100', position('A', '1000', { mmr: '0.01' }));
    const kinds = (maintenance: string, price: string): readonly string[] => {
      const [each] = discrepancies(rated, { positions: [saying({ maintenance, price })] });
      return each?.reasons.map(({ kind }) => kind) ?? [];
    };
    expect(kinds('10.50', '910.0101')).toEqual(['brackets', 'wallet']);
    expect(kinds('11.00', '910.0101')).toEqual(['brackets', 'fee', 'wallet']);
  });

  it('maintenance of the entry is compared by a formula that values it there', () => {
    const one = { ...position('A', '1000', { margin: '500', mmr: '0.01' }), formula: 'simple' } as const;
    const away = { ...one, terms: { ...one.terms, mark: r('900') } };
    expect(found(account('0', away), [saying({ maintenance: '10.00' })])).toEqual([]);
    expect(found(account('0', { ...away, formula: 'exact' }), [saying({ maintenance: '10.00' })])).toHaveLength(1);
  });

  it('may exist on one side only', () => {
    const safe = account('2000', position('A', '1000'));
    expect(found(three, ['-', '400', '200'])).toEqual(['0: 900 - 0.001 existence']);
    expect(found(safe, ['5'])).toEqual(['0: - 5 0.01 wallet wallet 995']);
    expect(found(safe, ['-'])).toEqual([]);
    expect(found(safe, [undefined])).toEqual([]);
    expect(found(safe, [])).toEqual([]);
  });
});
