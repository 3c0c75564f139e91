import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { account, whatIf, type Account } from '../../src/index.js';
import { SEED } from '../seed.js';
import { run } from '../cli/run.js';
import { heldWithin, whole, type Held } from './held.js';
import { add, decimal, div, fraction, mul, order, sub, type Fraction } from './plan/exact.js';

type Rated = Held & { readonly mmr: string; readonly taker: string };

const held = heldWithin(
  { entry: [80, 120], mark: [80, 120] },
  { mmr: fc.constantFrom('1', '2.5'), taker: fc.constantFrom('0', '0.05') },
);

/** Maintenance in percent of equity after a size of one position is closed at its mark with a fee, from the definitions. */
function ratioAfter(
  wallet: number,
  positions: readonly Rated[],
  closed: { symbol: string; qty: Fraction },
): Fraction | undefined {
  let [equity, maintenance] = [whole(wallet), fraction(0n)];
  for (const { symbol, side, qty, entry, mark, mmr, taker } of positions) {
    const gone = symbol === closed.symbol ? closed.qty : fraction(0n);
    const gain = mul(whole(qty), whole(side === 'long' ? mark - entry : entry - mark));
    const fee = div(mul(mul(gone, whole(mark)), decimal(taker)), whole(100));
    equity = sub(add(equity, gain), fee);
    maintenance = add(maintenance, div(mul(mul(sub(whole(qty), gone), whole(mark)), decimal(mmr)), whole(100)));
  }
  return order(equity, whole(0)) > 0 ? div(mul(maintenance, whole(100)), equity) : undefined;
}

describe('the ways out after a margin call', () => {
  it('reach the ratio with the size that they name, and not with a step less', () => {
    fc.assert(
      fc.property(
        fc.tuple(held('AUSDT'), held('BUSDT')),
        fc.integer({ min: 50, max: 400 }),
        fc.integer({ min: 5, max: 60 }),
        (positions, wallet, percent) => {
          const given: Account = { wallet: String(wallet), positions };
          const { ways = [], need } = account(given, { need: { marginRatio: percent } });
          const isNeeded = need?.walletChange?.isPositive() === true && !need.walletChange.isZero();
          const reaches = (symbol: string, qty: Fraction): boolean => {
            const ratio = ratioAfter(wallet, positions, { symbol, qty });
            return ratio !== undefined && order(ratio, whole(percent)) <= 0;
          };
          for (const { symbol, qty } of isNeeded ? positions : []) {
            const way = ways.find((each) => each.symbol === symbol);
            expect(way !== undefined).toBe(reaches(symbol, whole(qty)));
            if (!way) continue;
            expect(reaches(symbol, decimal(way.close.toFixed()))).toBe(true);
            expect(reaches(symbol, decimal(way.close.minus('0.00000001').toFixed()))).toBe(false);
            const fee = way.fee ?? way.value.times(0);
            const { after } = whatIf(
              given,
              { close: [{ symbol, qty: way.close.toFixed() }], walletChange: fee.negated().toFixed() },
              { decimals: 20 },
            );
            expect(Number(after.marginRatio?.toFixed() ?? '0')).toBeLessThanOrEqual(percent + 0.0001);
          }
          if (!isNeeded) expect(ways).toEqual([]);
          const fees = ways.map(({ fee }) => Number(fee?.toFixed() ?? '0'));
          expect(fees).toEqual([...fees].sort((one, other) => one - other));
        },
      ),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('count the tier of what is left, and close contracts whole', () => {
    // 10 BTC at 100000: 1 % and 2500 apply from 800000 in the built-in table; what is left counts with its own tier.
    const btc = { symbol: 'BTCUSDT', side: 'long', qty: '10', entry: '100000', mark: '100000' } as const;
    const { ways = [], maintenanceMargin } = account(
      { wallet: '10000', positions: [btc] },
      { need: { marginRatio: '30' } },
    );
    const [way] = ways;
    const left = account({
      wallet: '10000',
      positions: [{ ...btc, qty: way ? way.close.minus(10).negated().toFixed() : '' }],
    });
    expect(maintenanceMargin?.toFixed()).not.toBe(left.maintenanceMargin?.toFixed());
    expect(left.maintenanceMargin?.lessThanOrEqualTo(3000)).toBe(true);
    expect(left.maintenanceMargin?.greaterThan('2999.99')).toBe(true);
    const coin = {
      symbol: 'BTCUSD_PERP',
      side: 'long',
      qty: '50',
      entry: '20000',
      mark: '20000',
      contract: 'inverse',
      multiplier: '100',
      mmr: '1',
    } as const;
    // 0.25 BTC of value: 0.0025 of 0.005; 40 % needs 0.002: 10 contracts
    expect(
      account({ wallet: '0.005', positions: [coin] }, { need: { marginRatio: '40' } }).ways?.[0]?.close.toFixed(),
    ).toBe('10');
  });

  it('are lines of the text, after the money to add', async () => {
    const stdin = JSON.stringify({
      wallet: '50',
      positions: [{ symbol: 'AUSDT', side: 'long', qty: '10', entry: '100', mark: '100', mmr: '1', taker: '0.05' }],
    });
    const { stdout } = await run(['account', '--need', 'margin-ratio=10', '--format', 'text'], { stdin });
    // 10 x - 0.1 x = 100 - 50: 0.1 (50 - 0.05 q) >= 10 - q, q = 5 / 0.995
    expect(stdout).toContain(
      'Add 50 to the wallet for a margin ratio of 10 %\nor close 5.02512563 of AUSDT long (value 502.51, fee 0.2513)\n',
    );
  });

  it('are only those of cross positions, and none if a maintenance margin is unknown', async () => {
    const cross = { side: 'long', qty: '10', entry: '100', mark: '100', mmr: '1' } as const;
    const isolated = { ...cross, symbol: 'BUSDT', mode: 'isolated', lev: '2' } as const;
    const { ways } = account(
      { wallet: '50', positions: [isolated, { ...cross, symbol: 'AUSDT' }] },
      { need: { marginRatio: '10' } },
    );
    // What is left needs 10 - q: 10 % of 50 at q = 5. The isolated one has its own margin.
    expect(ways?.map(({ symbol, close }) => [symbol, close.toFixed()])).toEqual([['AUSDT', '5']]);
    const stdin = JSON.stringify({
      wallet: '50',
      positions: [
        { ...cross, symbol: 'AUSDT' },
        { symbol: 'FOOUSDT', side: 'long', qty: '1', entry: '5', mark: '5' },
      ],
    });
    const { stdout, code } = await run(['account', '--need', 'margin-ratio=10', '--json'], { stdin });
    expect([(JSON.parse(stdout) as { ways?: unknown[] }).ways ?? [], code]).toEqual([[], 65]);
  });
});
