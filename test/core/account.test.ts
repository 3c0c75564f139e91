import { describe, expect, it } from 'vitest';
import {
  accountMarginRatio,
  assessAccount,
  walletChangeFor,
  type AccountAssessment,
  type AccountPosition,
} from '../../src/core/account.js';
import { bankruptcy, marginCall } from '../../src/core/health.js';
import { bracketsFrom, type BracketTable } from '../../src/core/brackets.js';
import type { Terms } from '../../src/core/position.js';
import { Ratio } from '../../src/core/ratio.js';

type Given = Partial<Record<'qty' | 'entry' | 'mark' | 'mmr' | 'cum' | 'multiplier' | 'margin', string>> & {
  readonly side: 'long' | 'short';
  readonly symbol?: string;
  readonly contract?: 'linear' | 'inverse';
  readonly mode?: 'cross' | 'isolated';
  readonly table?: BracketTable;
  readonly beta?: string;
};

/** A position from texts; `mmr` is in percent. */
function position({
  side,
  symbol = 'BTCUSDT',
  contract,
  mode = 'cross',
  table,
  beta = '1',
  ...texts
}: Given): AccountPosition {
  const terms: Record<string, unknown> = { side, symbol, ...(contract && { contract }) };
  for (const [key, text] of Object.entries(texts)) terms[key] = Ratio.from(text);
  if (texts.mmr !== undefined) terms['mmr'] = Ratio.from(texts.mmr).over(Ratio.HUNDRED);
  if (mode === 'cross') terms['wallet'] = Ratio.ZERO;
  return {
    name: symbol,
    terms: terms as unknown as Terms,
    mode,
    formula: 'exact',
    beta: Ratio.from(beta),
    ...(table && { table }),
  };
}

function account(wallet: string, ...given: Given[]): AccountAssessment {
  return assessAccount({ wallet: Ratio.from(wallet), positions: given.map(position) });
}

const prices = ({ positions }: AccountAssessment, decimals: number): (string | undefined)[] =>
  positions.map(({ price }) => price?.toFixed(decimals));

function table(
  symbol: string,
  rows: readonly (readonly [floor: string, cap: string | undefined, rate: string, amount: string])[],
): BracketTable {
  return {
    venue: 'binance',
    symbol,
    contract: 'linear',
    multiplier: Ratio.ONE,
    asOf: '2021-02',
    confidence: 'B',
    source: 'brackets of the time of the worked example',
    brackets: bracketsFrom(
      rows.map(([floor, cap, rate, amount]) => ({ floor, cap, rate, amount })),
      symbol,
    ),
  };
}

/** Binance's brackets of 2021-02. */
const BTC_2021 = table('BTCUSDT', [
  ['0', '50000', '0.004', '0'],
  ['50000', '250000', '0.005', '50'],
  ['250000', '1000000', '0.01', '1300'],
  ['1000000', '5000000', '0.025', '16300'],
  ['5000000', '20000000', '0.05', '141300'],
  ['20000000', '50000000', '0.1', '1141300'],
  ['50000000', '100000000', '0.125', '2391300'],
  ['100000000', '200000000', '0.15', '4891300'],
  ['200000000', '300000000', '0.25', '24891300'],
  ['300000000', '500000000', '0.5', '99891300'],
]);
const ETH_2021 = table('ETHUSDT', [
  ['0', '10000', '0.005', '0'],
  ['10000', '100000', '0.0065', '15'],
  ['100000', '500000', '0.01', '365'],
  ['500000', '1000000', '0.02', '5365'],
  ['1000000', '2000000', '0.05', '35365'],
  ['2000000', '5000000', '0.1', '135365'],
  ['5000000', '10000000', '0.125', '260365'],
  ['10000000', '20000000', '0.15', '510365'],
  ['20000000', undefined, '0.25', '2510365'],
]);

describe('the worked example of the exchange', () => {
  // https://www.binance.com/en/support/faq/b3c689c1f50a44cabb3a84e663b81d93 prints 1,153.26 and 26,316.89.
  const eth = { side: 'long', symbol: 'ETHUSDT', qty: '3683.979', entry: '1456.84', mark: '1335.18' } as const;
  const btc = { side: 'long', symbol: 'BTCUSDT', qty: '109.488', entry: '32481.98', mark: '31967.27' } as const;

  it('gives its prices from quantities, marks and the rates it prints', () => {
    const answer = account('1535443.01', { ...eth, mmr: '10', cum: '135365' }, { ...btc, mmr: '2.5', cum: '16300' });
    expect(prices(answer, 2)).toEqual(['1153.26', '26316.89']);
    expect(answer.maintenance.toFixed(2)).toBe('427713.32');
    expect(accountMarginRatio(answer)?.times(Ratio.HUNDRED).toFixed(2)).toBe('41.49');
    expect(answer.move.down?.times(Ratio.HUNDRED).toFixed(2)).toBe('-7.69');
    expect(answer.move.up).toBeUndefined();
  });

  it('gives them from the bracket tables of that time', () => {
    const answer = account('1535443.01', { ...eth, table: ETH_2021 }, { ...btc, table: BTC_2021 });
    expect(prices(answer, 2)).toEqual(['1153.26', '26316.89']);
  });

  it('gives each from the maintenance and profit that it prints for the other', () => {
    const single = (given: Given, othersPnl: string, othersMm: string): string | undefined =>
      account(
        Ratio.from('1535443.01').plus(Ratio.from(othersPnl)).minus(Ratio.from(othersMm)).toText(9),
        given,
      ).positions[0]?.price?.toFixed(2);
    expect(single({ ...eth, mmr: '10', cum: '135365' }, '-56354.57', '71200.81144')).toBe('1153.26');
    expect(single({ ...btc, mmr: '2.5', cum: '16300' }, '-448192.89', '356512.508')).toBe('26316.89');
  });
});

describe('hedge mode', () => {
  const hedge = (longQty: string, rates: Pick<Given, 'mmr' | 'table'>): AccountAssessment =>
    account(
      '50',
      { side: 'long', symbol: 'X', qty: longQty, entry: '100', mark: '100', ...rates },
      { side: 'short', symbol: 'X', qty: '1', entry: '110', mark: '100', ...rates },
    );

  it('a flat hedge has an upper price only', () => {
    const answer = hedge('1', { mmr: '1' });
    expect(prices(answer, 8)).toEqual(['3000.00000000', '3000.00000000']);
    expect(answer.positions.map(({ outcome }) => outcome.kind === 'at' && outcome.bound.danger)).toEqual([
      'above',
      'above',
    ]);
  });

  it('a net long hedge has a lower price, the same on both legs', () => {
    const answer = hedge('2', { mmr: '1' });
    expect(answer.positions.map(({ price }) => price?.compare(Ratio.of(4000n, 97n)))).toEqual([0, 0]);
    expect(prices(answer, 2)).toEqual(['41.24', '41.24']);
  });

  it('brackets can give it both: 4000/97 and 1880', () => {
    const steep = table('X', [
      ['0', '1000', '0.01', '0'],
      ['1000', undefined, '0.5', '490'],
    ]);
    for (const { range, price } of hedge('2', { table: steep }).positions) {
      expect(range.kind === 'between' && range.below?.compare(Ratio.of(4000n, 97n))).toBe(0);
      expect(range.kind === 'between' && range.above?.compare(Ratio.of(1880n))).toBe(0);
      // From the mark of 100 the lower one is nearer: 58.76 away.
      expect(price?.compare(Ratio.of(4000n, 97n))).toBe(0);
    }
  });

  it('is already lost without any safe price: equity -5 everywhere', () => {
    const answer = account(
      '5',
      { side: 'long', symbol: 'X', qty: '1', entry: '110', mark: '100', mmr: '1' },
      { side: 'short', symbol: 'X', qty: '1', entry: '100', mark: '100', mmr: '1' },
    );
    expect(answer.equity.toFixed(2)).toBe('-5.00');
    expect(answer.outcome).toBe('already');
    expect(answer.positions.map(({ outcome }) => outcome)).toEqual([{ kind: 'already' }, { kind: 'already' }]);
    expect(accountMarginRatio(answer)).toBeUndefined();
    expect(answer.move).toEqual({});
  });

  it('counts the partner in margin call and bankruptcy', () => {
    // 50 + 2 (p - 100) + (110 - p) = 0 at 40; (at 80 %) 0.8 (p - 40) = 0.03 p at 3200/77.
    const [long] = hedge('2', { mmr: '1' }).positions;
    if (!long) throw new Error('no position');
    const [ruin, call] = [bankruptcy(long.position), marginCall(long.position)];
    expect(ruin.kind === 'at' && ruin.bound.price.compare(Ratio.of(40n))).toBe(0);
    expect(call.kind === 'at' && call.bound.price.compare(Ratio.of(3200n, 77n))).toBe(0);
  });
});

describe('other positions', () => {
  it('a short among them has the other sign: 54437.75100402', () => {
    const answer = account(
      '10000',
      { side: 'long', symbol: 'BTCUSDT', qty: '1', entry: '60000', mark: '60000', mmr: '0.4' },
      { side: 'short', symbol: 'ETHUSDT', qty: '20', entry: '2000', mark: '2200', mmr: '0.5' },
    );
    expect(answer.positions[0]?.price?.toFixed(8)).toBe('54437.75100402');
  });

  it('isolated ones count in no account figure, and have their own price', () => {
    // 30000 long at 10x and 0.5 %: (30000 - 3000) / 0.995.
    const isolated = {
      side: 'long',
      symbol: 'ETHUSDT',
      mode: 'isolated',
      qty: '1',
      entry: '30000',
      margin: '3000',
      mmr: '0.5',
    } as const;
    const btc = { side: 'long', qty: '1', entry: '60000', mark: '60000', mmr: '0.4' } as const;
    const [alone, beside] = [account('10000', btc), account('10000', isolated, btc)];
    expect(beside.positions[0]?.price?.toFixed(8)).toBe('27135.67839196');
    expect(beside.positions[1]?.price).toEqual(alone.positions[0]?.price);
    expect([beside.equity, beside.maintenance, beside.value].map((each) => each.toFixed(2))).toEqual(
      [alone.equity, alone.maintenance, alone.value].map((each) => each.toFixed(2)),
    );
  });

  it('an isolated leg of a hedge is not a partner: 900 / 0.99 with it or without', () => {
    const leg = { qty: '1', entry: '1000', mark: '1000', mmr: '1' } as const;
    const long = { ...leg, side: 'long' } as const;
    const isolated = { ...leg, side: 'short', mode: 'isolated', margin: '100' } as const;
    expect(prices(account('100', long), 6)).toEqual(['909.090909']);
    // 1100 / 1.01.
    expect(account('100', isolated, long).positions.map(({ mode }) => mode)).toEqual(['isolated', 'cross']);
    expect(prices(account('100', isolated, long), 6)).toEqual(['1089.108911', '909.090909']);
    expect(prices(account('100', long, isolated), 6)).toEqual(['909.090909', '1089.108911']);
  });

  it('an account without cross positions has no outcome', () => {
    expect(account('0').outcome).toBeUndefined();
    expect(account('0').move).toEqual({});
  });
});

describe('the market move', () => {
  const long = { side: 'long', qty: '1', entry: '100', mark: '100', mmr: '0' } as const;

  it('is the wallet over the value for one long without maintenance', () => {
    expect(account('20', long).move.down?.toFixed(4)).toBe('-0.2000');
    expect(account('20', long).move.up).toBeUndefined();
    expect(account('20', long).outcome).toBe('at');
    expect(account('20', { ...long, side: 'short' }).outcome).toBe('at');
  });

  it('scales a symbol by its beta', () => {
    // 30 + 100 m + 100 x 2 m = 0 at m = -0.1.
    const answer = account('30', long, { ...long, symbol: 'ETHUSDT', beta: '2' });
    expect(answer.move.down?.toFixed(4)).toBe('-0.1000');
  });

  it('a negative beta turns the sides: a long against the market is lost upwards', () => {
    const answer = account('20', { ...long, beta: '-0.5' });
    // 20 - 50 m = 0 at m = 0.4; its price is then 80.
    expect(answer.move).toEqual({ up: expect.anything() as unknown });
    expect(answer.move.up?.toFixed(4)).toBe('0.4000');
  });

  it('leaves out moves at which some price is not positive', () => {
    // 90 + 100 m - 50 (2 m) never, but the beta of 2 ends the moves at -0.5: 60 + 100 m would be zero at -0.6 only.
    const stable = {
      side: 'long',
      symbol: 'ETHUSDT',
      qty: '0.000001',
      entry: '1',
      mark: '1',
      mmr: '0',
      beta: '2',
    } as const;
    expect(account('60', long).move.down?.toFixed(4)).toBe('-0.6000');
    expect(account('60', long, stable).move.down).toBeUndefined();
    expect(account('60', long, stable).outcome).toBe('never');
  });

  it('is undefined if all betas are zero', () => {
    expect(account('60', { ...long, beta: '0' }).move).toEqual({});
  });

  it('goes along one over the move for inverse accounts', () => {
    // 1000 USD long at 100: 10 coins x (1 - 1 / (1 + m)) + 5 = 0 at 1 / (1 + m) = 1.5.
    const answer = account('5', {
      side: 'long',
      symbol: 'BTCUSD_PERP',
      contract: 'inverse',
      multiplier: '1',
      qty: '1000',
      entry: '100',
      mark: '100',
      mmr: '0',
    });
    expect(answer.move.down?.compare(Ratio.of(-1n, 3n))).toBe(0);
    expect(answer.move.up).toBeUndefined();
  });
});

describe('what a margin ratio needs', () => {
  it('is maintenance over the ratio, less equity', () => {
    const answer = account('100', { side: 'long', qty: '1', entry: '100', mark: '100', mmr: '60' });
    expect(walletChangeFor(answer, Ratio.from('0.3'))?.toFixed(2)).toBe('100.00');
    expect(walletChangeFor(answer, Ratio.from('0.8'))?.toFixed(2)).toBe('-25.00');
  });
});
