import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whatIf, type Account, type AccountChanges } from '../../src/index.js';
import { SEED } from '../seed.js';
import { run } from '../cli/run.js';
import { said } from '../library/said.js';
import { heldWithin, whole, type Held } from './held.js';
import { add, decimal, div, mul, order, sub, type Fraction } from './plan/exact.js';

type Moved = Held & { readonly move: number };

const held = heldWithin({ entry: [50, 200], mark: [60, 180] }, { move: fc.integer({ min: -90, max: 120 }) });

const book = fc.tuple(held('AUSDT'), held('BUSDT'), held('CUSDT'));

const account = (wallet: string, positions: readonly Moved[], more: object = {}): Account => ({
  wallet,
  positions: positions.map(({ symbol, side, qty, entry, mark }) => ({
    symbol,
    side,
    qty,
    entry,
    mark,
    mmr: '1',
    ...more,
  })),
});

const shockOf = (positions: readonly Moved[]): AccountChanges => ({
  shock: Object.fromEntries(positions.map(({ symbol, move }) => [symbol, move])),
});

/** Equity minus maintenance (1 % of each value) at a share of the moves, from the definitions. */
function surplusAt(wallet: Fraction, positions: readonly Moved[], share: Fraction): Fraction {
  let surplus = wallet;
  for (const { side, qty, entry, mark, move } of positions) {
    const moved = mul(whole(mark), add(whole(1), mul(share, div(whole(move), whole(100)))));
    const gain = mul(whole(qty), side === 'long' ? sub(moved, whole(entry)) : sub(whole(entry), moved));
    surplus = sub(add(surplus, gain), div(mul(whole(qty), moved), whole(100)));
  }
  return surplus;
}

describe('a shock', () => {
  it('liquidates the pool exactly if its equity is then at or below maintenance, and the share is the first such one', () => {
    fc.assert(
      fc.property(book, fc.integer({ min: 100, max: 3000 }), (positions, wallet) => {
        const { after } = whatIf(account(String(wallet), positions), shockOf(positions), { decimals: 20 });
        const end = surplusAt(whole(wallet), positions, whole(1));
        const start = surplusAt(whole(wallet), positions, whole(0));
        const isLost = order(end, whole(0)) <= 0;
        expect(after.shock?.liquidated).toEqual(isLost ? ['cross'] : []);
        const share = after.shock?.percent;
        if (order(start, whole(0)) <= 0) expect(share?.toFixed()).toBe(isLost ? '0' : undefined);
        else if (share) {
          // Four decimals of a percentage: on both sides of it the sign differs.
          const at = (text: string): Fraction => div(decimal(text), whole(100));
          const before = surplusAt(whole(wallet), positions, at(share.minus('0.0001').toFixed(4)));
          const past = surplusAt(whole(wallet), positions, at(share.plus('0.0001').toFixed(4)));
          expect([order(before, whole(0)), order(past, whole(0))]).toEqual([1, -1]);
        } else expect(isLost).toBe(false);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('is survived with the amount that it names, and not with a step less', () => {
    fc.assert(
      fc.property(book, fc.integer({ min: 1, max: 1500 }), (positions, wallet) => {
        const { shock } = whatIf(account(String(wallet), positions), shockOf(positions)).after;
        const needed = shock?.walletNeeded?.toFixed() ?? '';
        if (needed === '0') {
          expect(shock?.liquidated).toEqual([]);
          return;
        }
        const struck = (more: string): readonly string[] | undefined =>
          whatIf(account(String(wallet), positions), { ...shockOf(positions), walletChange: more }).after.shock
            ?.liquidated;
        expect(struck(needed)).toEqual([]);
        expect(struck(shock?.walletNeeded?.minus('0.00000001').toFixed() ?? '')).toEqual(['cross']);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('is survived by isolated positions one by one', () => {
    fc.assert(
      fc.property(book, fc.integer({ min: 2, max: 40 }), (positions, lev) => {
        const given = account('0', positions, { mode: 'isolated', lev });
        const { shock } = whatIf(given, shockOf(positions)).after;
        const lost = positions.filter(({ side, qty, entry, mark, move }) => {
          const moved = mul(whole(mark), div(whole(100 + move), whole(100)));
          const margin = div(mul(whole(qty), whole(entry)), whole(lev));
          const gain = mul(whole(qty), side === 'long' ? sub(moved, whole(entry)) : sub(whole(entry), moved));
          return order(sub(add(margin, gain), div(mul(whole(qty), moved), whole(100))), whole(0)) <= 0;
        });
        expect(shock?.liquidated).toEqual(lost.map(({ symbol, side }) => `${symbol} ${side}`));
        expect(shock?.walletNeeded?.toFixed()).toBe('0');
        expect(shock?.marginNeeded.isZero()).toBe(lost.length === 0);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('crosses brackets on its way', async () => {
    const position = { symbol: 'BTCUSDT', side: 'short', qty: '3', entry: '90000', mark: '90000' };
    const stdin = JSON.stringify({ wallet: '40000', positions: [position] });
    const { stdout } = await run(['account', '--shock', 'all=+20', '--only', 'shock.percent,shock.liquidated'], {
      stdin,
    });
    // The value passes 300000, where 0.5 % - 300 begins: 40000 - 54000 t = 1350 + 270 t - 300, t = 38950 / 54270
    expect(stdout).toBe('71.7708\tcross\n');
  });

  it('is refused for symbols that are not there, and for prices that would not be positive', async () => {
    const given = account('100', [{ symbol: 'AUSDT', side: 'long', qty: 1, entry: 100, mark: 100, move: 0 }]);
    expect(said(() => whatIf(given, { shock: { BUSDT: '-5' } }))).toContain(
      'the account has no position on BUSDT; did you mean AUSDT? Its symbols are AUSDT',
    );
    expect(said(() => whatIf(given, { shock: { AUSDT: '-100' } }))).toContain('above -100 %');
    expect(said(() => whatIf({ wallet: '1', positions: [] }, { shock: { AUSDT: '-5' } }))).toContain(
      'it has no positions',
    );
    const { stderr, code, stdout } = await run(['account', '--shock', 'B=-5'], { stdin: JSON.stringify(given) });
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toContain('--shock: the account has no position on B; its symbols are AUSDT');
    const two = await run(['account', '--shock', 'B=-5'], {
      stdin: `${JSON.stringify(given)}\n${JSON.stringify(given)}\n`,
    });
    expect(two.code).toBe(65);
    expect(two.stderr).toContain('--shock B: no account has a position on it');
  });

  it('gives no all-clear for a pool whose maintenance margin is unknown', async () => {
    const stdin = JSON.stringify({
      wallet: '5000',
      positions: [
        { symbol: 'A', side: 'long', qty: 8, entry: 1000, mark: 1000, mmr: 1 },
        { symbol: 'FOOUSDT', side: 'short', qty: 10, entry: 100, mark: 110 },
        { symbol: 'C', side: 'long', qty: 1, entry: 100, mark: 100, mmr: 1, mode: 'isolated', lev: 2 },
      ],
    });
    const { stdout, code } = await run(['account', '--shock', 'all=-10', '--format', 'text'], { stdin });
    expect(code).toBe(65);
    expect(stdout).toContain('Unknown       the cross positions: no maintenance margin of FOOUSDT\n');
    expect(stdout).not.toContain('nobody is liquidated');
    const json = await run(['account', '--shock', 'all=-60', '--json'], { stdin });
    expect((JSON.parse(json.stdout) as { after: { shock: unknown } }).after.shock).toEqual({
      percent: null,
      liquidated: ['C long'],
      walletNeeded: null,
      marginNeeded: '10.40000001',
    });
  });

  it('names the account that goes first', async () => {
    const lines = [3000, 200, 100].map((wallet, index) =>
      JSON.stringify({
        id: `desk ${index}`,
        ...account(String(wallet), [{ symbol: 'A', side: 'long', qty: 10, entry: 100, mark: 100, move: 0 }]),
      }),
    );
    const { stderr, stdout } = await run(
      ['account', '--shock', 'a=-20%', '--only', 'shock.percent,shock.walletNeeded'],
      { stdin: lines.join('\n') },
    );
    // 200 - 200 t = 10 - 2 t, and 100 - 200 t = 10 - 2 t
    expect(stdout).toBe('\t0\n95.9596\t8.00000001\n45.4545\t108.00000001\n');
    expect(stderr.split('\n').filter((line) => line.includes('shock:'))).toEqual([
      'liqcalc: shock: 2 of 3 accounts have liquidations',
      'liqcalc: shock: first desk 2 at 45.45 % of the shock',
      'liqcalc: shock: then desk 1 at 95.96 % of the shock',
    ]);
  });

  it('moves coin-margined accounts together', () => {
    const given: Account = {
      wallet: '0.1',
      positions: [
        {
          symbol: 'BTCUSD_PERP',
          side: 'long',
          qty: '50',
          entry: '20000',
          mark: '20000',
          contract: 'inverse',
          multiplier: '100',
          mmr: '1',
        },
      ],
    };
    const { shock } = whatIf(given, { shock: { all: -40 } }).after;
    // 5000 (1.01/p - 1/20000) = 0.1: p = 5050 / 0.35; (1 - p / 20000) / 0.4
    expect(shock?.percent?.toFixed()).toBe('69.6429');
    expect(shock?.liquidated).toEqual(['cross']);
  });

  it('on coin-margined shorts comes from above, and from no share that is known if the marks move apart', () => {
    const short = {
      symbol: 'BTCUSD_PERP',
      side: 'short',
      qty: '50',
      entry: '20000',
      mark: '20000',
      contract: 'inverse',
      multiplier: '100',
      mmr: '1',
    } as const;
    const { shock } = whatIf({ wallet: '0.1', positions: [short] }, { shock: { all: 100 } }).after;
    // 0.1 + 5000 / p - 0.25 = 50 / p: p = 4950 / 0.15 = 33000
    expect(shock?.percent?.toFixed()).toBe('65');
    expect(shock?.liquidated).toEqual(['cross']);
    const other = { ...short, symbol: 'BTCUSD_270326', qty: '1' };
    const apart = whatIf(
      { wallet: '0.1', positions: [short, other] },
      { shock: { BTCUSD_PERP: 100, BTCUSD_270326: 50 } },
    ).after.shock;
    expect([apart?.percent, apart?.liquidated]).toEqual([null, ['cross']]);
  });

  it('takes an isolated position that is lost already at once, and never one that no price liquidates', () => {
    const lost = {
      symbol: 'A',
      side: 'long',
      qty: 1,
      entry: 100,
      mark: 80,
      lev: 10,
      mmr: 1,
      mode: 'isolated',
    } as const;
    const safe = {
      symbol: 'B',
      side: 'long',
      qty: 1,
      entry: 100,
      mark: 100,
      margin: 200,
      mmr: 0,
      mode: 'isolated',
    } as const;
    const { shock } = whatIf({ wallet: '0', positions: [lost, safe] }, { shock: { all: '-50' } }).after;
    expect([shock?.percent?.toFixed(), shock?.liquidated]).toEqual(['0', ['A long']]);
  });

  it('leaves out an isolated position whose maintenance margin is unknown', async () => {
    const positions = [
      { symbol: 'FOOUSDT', side: 'long', qty: 1, entry: 100, lev: 2, mode: 'isolated' },
      { symbol: 'A', side: 'long', qty: 1, entry: 100, mark: 100, lev: 2, mmr: 1, mode: 'isolated' },
    ];
    const { stdout, code } = await run(['account', '--shock', 'all=-60', '--json'], {
      stdin: JSON.stringify({ wallet: '0', positions }),
    });
    const { after } = JSON.parse(stdout) as { after: { shock: { liquidated: string[] } } };
    expect([after.shock.liquidated, code]).toEqual([['A long'], 65]);
  });
});
