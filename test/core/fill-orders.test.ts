import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { SEED } from '../seed.js';
import { run, type Run } from '../cli/run.js';
import { add, decimal, div, fraction, mul, order as sign, sub, type Fraction } from './plan/exact.js';

type Order = Readonly<Record<string, unknown>>;

interface Fill {
  readonly symbol: string;
  readonly side: string;
  readonly price: string;
  readonly quantity: string;
  readonly effect: string;
  readonly realizedPnl: string;
  readonly position: { readonly side: string; readonly qty: string; readonly entry: string } | null;
  readonly liquidationPrice: string | null;
  readonly liquidatedBefore: boolean | null;
}

interface Answered {
  readonly wallet: string;
  readonly equity: string;
  readonly positions: readonly Readonly<Record<string, unknown>>[];
  readonly fills: readonly Fill[];
  readonly ordersLeftOut: readonly { readonly type: string; readonly reason: string }[];
  readonly liquidatedByFills: boolean;
}

const folder = mkdtempSync(join(tmpdir(), 'liqcalc-orders-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A position on X from 100, which is also the mark. */
const held = (side: string, qty: string, more: object = {}): object => ({
  symbol: 'X',
  side,
  qty,
  entry: '100',
  mark: '100',
  mmr: '1',
  ...more,
});

const limit = (side: string, quantity: string, price: string, more: Order = {}): Order => ({
  type: 'LIMIT',
  side,
  quantity,
  price,
  ...more,
});

function running(positions: readonly object[], orders: readonly Order[], ...flags: readonly string[]): Promise<Run> {
  const [first, ...others] = positions;
  const account = { wallet: '1000', positions: [{ ...first, orders }, ...others] };
  return run(['account', '--fill-orders', ...flags], { stdin: JSON.stringify(account) });
}

async function answer(positions: readonly object[], orders: readonly Order[]): Promise<Answered> {
  const { stdout, stderr } = await running(positions, orders, '--json', '--dp', '20');
  expect(stderr).toBe('');
  return (JSON.parse(stdout) as { readonly after: Answered }).after;
}

/** What became of orders: `adds 1 @ 90`, and the position that each left. */
async function story(positions: readonly object[], orders: readonly Order[]): Promise<readonly string[]> {
  const { wallet, fills, ordersLeftOut } = await answer(positions, orders);
  const filled = fills.map(({ effect, quantity, price, position, realizedPnl }) => {
    const left = position ? `${position.side} ${position.qty} @ ${position.entry}` : 'none';
    return `${effect} ${quantity} @ ${price}: ${left}, profit ${realizedPnl}`;
  });
  return [...filled, ...ordersLeftOut.map(({ type, reason }) => `${type}: ${reason}`), `wallet ${wallet}`];
}

const whole = (value: number): Fraction => fraction(BigInt(value));

describe('orders that fill', () => {
  const near = fc.record({
    isBuy: fc.boolean(),
    qty: fc.integer({ min: 1, max: 12 }),
    away: fc.integer({ min: 1, max: 60 }),
  });
  const orders = fc.uniqueArray(near, { minLength: 1, maxLength: 6, selector: ({ away }) => away });

  it('leave the equity and the liquidation that the trades have, and liquidate exactly where equity falls to maintenance', async () => {
    await fc.assert(
      fc.asyncProperty(
        orders,
        fc.integer({ min: -12, max: 12 }),
        fc.integer({ min: 100, max: 3000 }),
        async (given, size, wallet) => {
          fc.pre(size !== 0);
          const listed = given.map(({ isBuy, qty, away }) =>
            limit(isBuy ? 'BUY' : 'SELL', String(qty), String(isBuy ? 100 - away : 100 + away), { symbol: 'X' }),
          );
          const path = join(folder, 'orders.json');
          writeFileSync(path, JSON.stringify(listed));
          const account = {
            wallet: String(wallet),
            positions: [held(size > 0 ? 'long' : 'short', String(Math.abs(size)))],
          };
          const { stdout, stderr } = await run(['account', '--fill-orders', '--orders', path, '--json', '--dp', '20'], {
            stdin: JSON.stringify(account),
          });
          expect(stderr).toBe('');
          const { after } = JSON.parse(stdout) as { readonly after: Answered };

          // The same trades by hand: cash, size, and at each order whether equity is above 1 % of the value.
          let [cash, qty] = [sub(whole(wallet), whole(size * 100)), size];
          const equityAt = (price: number): Fraction => add(cash, whole(qty * price));
          const isSafeAt = (price: number): boolean =>
            sign(equityAt(price), div(whole(Math.abs(qty) * price), whole(100))) > 0;
          const sorted = [...given].sort((one, other) => one.away - other.away);
          expect(after.fills).toHaveLength(sorted.length);
          for (const [index, { isBuy, qty: traded, away }] of sorted.entries()) {
            const price = isBuy ? 100 - away : 100 + away;
            expect(after.fills[index]?.price).toBe(String(price));
            expect(after.fills[index]?.liquidatedBefore).toBe(qty !== 0 && !isSafeAt(price));
            cash = sub(cash, whole((isBuy ? traded : -traded) * price));
            qty += isBuy ? traded : -traded;
            const left = after.fills[index]?.position;
            expect(left ? (left.side === 'long' ? 1 : -1) * Number(left.qty) : 0).toBe(qty);
          }
          const last = sorted.at(-1) as (typeof sorted)[number];
          const isBoth = new Set(sorted.map(({ isBuy }) => isBuy)).size === 2;
          const mark = isBoth ? 100 : last.isBuy ? 100 - last.away : 100 + last.away;
          // A closed position has no mark, and all of its profit is in the wallet.
          expect(sign(decimal(after.equity), qty === 0 ? cash : equityAt(mark))).toBe(0);
          const liquidation = after.positions[0]?.['liquidationPrice'];
          if (typeof liquidation !== 'string') return;
          const at = decimal(liquidation);
          const surplus = sub(add(cash, mul(whole(qty), at)), mul(div(whole(Math.abs(qty)), whole(100)), at));
          expect(Math.abs(Number(surplus.n) / Number(surplus.d))).toBeLessThan(1e-15);
        },
      ),
      { seed: SEED, numRuns: 150 },
    );
  }, 60_000);

  it('average, reduce, close, turn and open again', async () => {
    expect(await story([held('long', '2')], [limit('BUY', '2', '90')])).toEqual([
      'adds 2 @ 90: long 4 @ 95, profit 0',
      'wallet 1000',
    ]);
    const sells = [limit('SELL', '1', '110'), limit('SELL', '1', '120'), limit('SELL', '3', '130')];
    expect(await story([held('long', '2')], sells)).toEqual([
      'reduces 1 @ 110: long 1 @ 100, profit 10',
      'closes 1 @ 120: none, profit 20',
      'opens 3 @ 130: short 3 @ 130, profit 0',
      'wallet 1030',
    ]);
    expect(await story([held('long', '2')], [limit('SELL', '5', '110')])).toEqual([
      'flips 5 @ 110: short 3 @ 110, profit 20',
      'wallet 1020',
    ]);
  });

  it('take an order that the mark has passed first, then the nearest', async () => {
    const orders = [
      limit('BUY', '1', '80'),
      limit('BUY', '1', '99'),
      limit('SELL', '1', '90'),
      limit('BUY', '1', '101'),
    ];
    const { fills } = await answer([held('long', '2')], orders);
    expect(fills.map(({ side, price }) => `${side} ${price}`)).toEqual(['BUY 101', 'SELL 90', 'BUY 99', 'BUY 80']);
  });

  it('fill at the best price first if they are equally near, and before those that sell', async () => {
    const orders = [
      limit('SELL', '1', '110'),
      limit('BUY', '1', '101'),
      limit('BUY', '1', '102'),
      limit('BUY', '1', '90'),
    ];
    const { fills } = await answer([held('long', '2')], orders);
    expect(fills.map(({ side, price }) => `${side} ${price}`)).toEqual(['BUY 102', 'BUY 101', 'BUY 90', 'SELL 110']);
  });

  it('leave a position without a mark without one, if they are on both sides of its entry', async () => {
    const own = { ...held('long', '2', { mode: 'isolated', lev: '2' }), mark: undefined };
    const { positions } = await answer([own], [limit('BUY', '1', '90'), limit('SELL', '1', '110')]);
    expect(positions.map(({ qty, mark }) => [qty, mark])).toEqual([['2', undefined]]);
  });

  it('refuse an order whose symbol settles in another asset than the account', async () => {
    const path = join(folder, 'mixed.json');
    writeFileSync(path, JSON.stringify([limit('BUY', '1', '90', { symbol: 'ABCUSDC' })]));
    const { code, stderr } = await run(['account', '--fill-orders', '--orders', path, '--mmr', 'ABCUSDC=1'], {
      stdin: JSON.stringify({ wallet: '1000', positions: [held('long', '2', { symbol: 'ABCUSDT' })] }),
    });
    expect(code).toBe(65);
    expect(stderr).toContain('USDT and USDC cannot be in one account');
  });

  it('are closed in the list if they close the position', async () => {
    const { stdout } = await running([held('long', '2')], [limit('SELL', '2', '110')], '-q');
    expect(stdout).toMatch(/^X SELL 2 @ 110 +closed$/m);
  });

  it('only reduce what is there, if they only reduce', async () => {
    const only = { reduceOnly: true };
    expect(
      await story(
        [held('long', '2')],
        [limit('SELL', '5', '110', only), limit('SELL', '1', '120', only), limit('BUY', '1', '90', only)],
      ),
    ).toEqual([
      'closes 2 @ 110: none, profit 20',
      'LIMIT: it only reduces, and there is no position to reduce',
      'LIMIT: it only reduces, and there is no position to reduce',
      'wallet 1020',
    ]);
  });

  it('change the leg that they name in hedge mode', async () => {
    const legs = [held('long', '2'), held('short', '1')];
    const orders = [
      limit('SELL', '5', '110', { positionSide: 'LONG' }),
      limit('SELL', '1', '120', { positionSide: 'LONG' }),
    ];
    expect(await story(legs, orders)).toEqual([
      'closes 2 @ 110: none, profit 20',
      'LIMIT: it only reduces, and there is no position to reduce',
      'wallet 1020',
    ]);
    const path = join(folder, 'hedge.json');
    writeFileSync(path, JSON.stringify([limit('SELL', '1', '110', { symbol: 'X', positionSide: 'SHORT' })]));
    const { stdout } = await run(['account', '--fill-orders', '--orders', path, '--json'], {
      stdin: JSON.stringify({ wallet: '1000', positions: [held('long', '2')] }),
    });
    const { after } = JSON.parse(stdout) as { readonly after: Answered };
    expect(after.positions.map(({ side, qty, mark }) => `${String(side)} ${String(qty)} ${String(mark)}`)).toEqual([
      'long 2 110',
      'short 1 110',
    ]);
    const { stderr, code } = await running(legs, [limit('SELL', '5', '110')]);
    expect(code).toBe(65);
    expect(stderr).toContain(
      'the order X SELL at 110: X has two legs, and the order does not name one: give positionSide',
    );
  });

  it('take the initial margin of isolated positions from the wallet, and give it back', async () => {
    const isolated = held('long', '2', { mode: 'isolated', lev: '10' });
    // 1 at 90 with 10x needs 9; the margin of 20 becomes 29.
    expect(await story([isolated], [limit('BUY', '1', '90')])).toEqual([
      'adds 1 @ 90: long 3 @ 96.66666666666666666667, profit 0',
      'wallet 991',
    ]);
    const { positions } = await answer([isolated], [limit('BUY', '1', '90')]);
    expect(positions[0]?.['walletMargin']).toBe('29');
    expect(await story([isolated], [limit('SELL', '2', '110')])).toEqual([
      'closes 2 @ 110: none, profit 20',
      'wallet 1040',
    ]);
    const { code, stderr } = await running(
      [held('long', '2', { mode: 'isolated', margin: '20' })],
      [limit('BUY', '1', '90')],
    );
    expect(code).toBe(65);
    expect(stderr).toContain('the margin of the order depends on its leverage: give its lev');
  });

  it('liquidate an isolated position before they fill', async () => {
    const { fills } = await answer([held('long', '2', { mode: 'isolated', lev: '10' })], [limit('BUY', '1', '80')]);
    expect(fills[0]?.liquidatedBefore).toBe(true);
  });

  it('leave an account without a wallet without one', async () => {
    const { stdout } = await run(['account', '--fill-orders', '--only', 'wallet,walletMargin'], {
      stdin: JSON.stringify({
        positions: [{ ...held('long', '2', { mode: 'isolated', lev: '10' }), orders: [limit('BUY', '1', '90')] }],
      }),
    });
    expect(stdout).toBe('0\t29\n');
  });

  it('wait for a trigger, for a price or for a quantity', async () => {
    const orders = [
      { type: 'STOP_MARKET', side: 'SELL', trigger: '80', closePosition: true },
      { type: 'TRAILING_STOP_MARKET', side: 'SELL', activation: '120', quantity: '1' },
      { type: 'MARKET', side: 'SELL', quantity: '1' },
      { type: 'LIMIT', side: 'SELL', price: '120' },
      limit('SELL', '0', '130', { quantity: undefined, origQty: '2', executedQty: '2' }),
    ];
    expect(await story([held('long', '2')], orders)).toEqual([
      'STOP_MARKET: it waits for a trigger',
      'TRAILING_STOP_MARKET: it waits for a trigger',
      'MARKET: it has no price of its own',
      'LIMIT: it has no quantity that is left to fill',
      'LIMIT: it has no quantity that is left to fill',
      'wallet 1000',
    ]);
    const { stdout } = await running([held('long', '2')], orders.slice(2, 4), '-q');
    expect(stdout).toContain('Filled        no order fills\n');
    expect(stdout).toContain('Left out      X MARKET SELL: it has no price of its own\n');
    expect(stdout).toContain('Left out      X LIMIT SELL at 120: it has no quantity that is left to fill\n');
  });

  it('leave liquidation open while a maintenance margin is unknown', async () => {
    const { stdout, code } = await running(
      [held('long', '2'), { ...held('long', '1'), symbol: 'YY', mmr: undefined }],
      [limit('BUY', '1', '90')],
      '--json',
    );
    expect(code).toBe(65);
    const { after } = JSON.parse(stdout) as { readonly after: Answered };
    expect(after.fills[0]?.liquidatedBefore).toBe(null);
    const text = await running(
      [{ ...held('long', '1'), mmr: undefined }, held('long', '2', { symbol: 'Y' })],
      [limit('BUY', '1', '90')],
    );
    expect(text.stdout).toMatch(/X BUY 1 @ 90 +long 2 @ 95\.000 +unknown\n/);
  });
});

describe('--fill-orders', () => {
  const SPEC = ['--wallet', '1000', '--pos', 'long:X:10@100,mark=100,mmr=1'];
  const filed = (name: string, orders: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof orders === 'string' ? orders : JSON.stringify(orders));
    return path;
  };

  it('opens positions on other symbols, with the mark of the order', async () => {
    const path = filed('open.json', [
      limit('SELL', '3', '50', { symbol: 'YUSDT' }),
      limit('SELL', '1', '52', { symbol: 'YUSDT' }),
    ]);
    const { stdout } = await run([
      'account',
      ...SPEC,
      '--fill-orders',
      '--orders',
      path,
      '--mmr',
      'YUSDT=1',
      '--only',
      'symbol,side,qty,entry,mark,wallet',
    ]);
    expect(stdout).toBe('X\tlong\t10\t100\t100\t1000\nYUSDT\tshort\t4\t50.5\t52\t1000\n');
    const unknown = await run(['account', ...SPEC, '--fill-orders', '--orders', path]);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('the order YUSDT SELL at 50');
    expect(unknown.stderr).toContain('--mmr YUSDT=R');
  });

  it('reads files, of which one may hold orders without their symbol if the account has one', async () => {
    const [one, two] = [filed('one.json', [limit('BUY', '1', '90')]), filed('two.json', [limit('BUY', '1', '80')])];
    const both = ['--orders', one, '--orders', two];
    const { stdout } = await run(['account', ...SPEC, '--fill-orders', ...both, '--only', 'qty,entry']);
    expect(stdout).toBe('12\t97.5\n');
    const more = await run([
      'account',
      ...SPEC,
      '--pos',
      'long:Y:1@10,mark=10,mmr=1',
      '--fill-orders',
      '--orders',
      one,
    ]);
    expect(more.code).toBe(2);
    expect(more.stderr).toContain('--orders[0].symbol: symbol is missing');
  });

  it.each<[string, readonly string[], string]>([
    [
      'no orders',
      ['--fill-orders'],
      'the list of open orders is missing; give --orders FILE or the orders of each position',
    ],
    ['orders for nothing', ['--orders', 'x.json'], '--orders: this input needs --fill-orders: only then do they count'],
    ['a file that is missing', ['--fill-orders', '--orders', join(folder, 'none')], 'none'],
    ['a file of something else', ['--fill-orders', '--orders', 'examples/book.csv'], '--orders'],
  ])('refuses %s', async (_, flags, words) => {
    const { code, stderr } = await run(['account', ...SPEC, ...flags]);
    expect(code === 0).toBe(false);
    expect(stderr).toContain(words);
  });

  it('refuses orders of two sources, and one file for several accounts', async () => {
    const path = filed('twice.json', [limit('BUY', '1', '90')]);
    const twice = await running([held('long', '2')], [limit('BUY', '1', '90')], '--orders', path);
    expect(twice.code).toBe(65);
    expect(twice.stderr).toContain('the positions have their own orders');
    const account = JSON.stringify({ wallet: '1000', positions: [held('long', '2')] });
    const several = await run(['account', '--fill-orders', '--orders', path], { stdin: `${account}\n${account}\n` });
    expect(several.code).toBe(2);
    expect(several.stderr).toContain('put the orders of each into its positions');
  });

  it('alarms of a liquidation on the way, although the account after all fills is far from one', async () => {
    const orders = [limit('BUY', '1', '20'), limit('SELL', '3', '500')];
    const calm = await running([held('long', '20')], orders.slice(1), '--alert', '5', '--only', 'liquidatedByFills');
    expect([calm.stdout, calm.code]).toEqual(['false\n', 0]);
    const { stdout, stderr, code } = await running(
      [held('long', '20')],
      orders,
      '--alert',
      '5',
      '--only',
      'liquidatedByFills',
    );
    expect([stdout, code]).toEqual(['true\n', 1]);
    expect(stderr).toContain('liqcalc: alert: account: liquidated before its orders fill (<stdin>)');
  });

  it('comes after the changes and before the shock', async () => {
    const { stdout } = await running(
      [held('long', '2')],
      [limit('BUY', '2', '90')],
      '--close',
      'X:1',
      '--shock',
      'X=-50',
      '--json',
    );
    const { before, after } = JSON.parse(stdout) as { readonly before: Answered; readonly after: Answered };
    expect(before.positions[0]?.['qty']).toBe('2');
    expect(after.positions.map(({ qty, mark }) => `${String(qty)} ${String(mark)}`)).toEqual(['3 45']);
    expect(after.fills).toHaveLength(1);
  });

  it('is in every format', async () => {
    const [positions, orders] = [[held('long', '20')], [limit('BUY', '1', '90'), limit('BUY', '1', '20')]];
    const csv = await running(positions, orders, '--format', 'csv');
    expect(csv.stdout.split('\n')[0]).toContain(',liquidatedByFills,');
    const text = await running(positions, orders, '-q');
    expect(text.stdout).toContain('Liquidated    before X BUY 1 @ 20 fills: neither this order nor those after it\n');
    expect(text.stdout).toContain(' 50.964  154.82% past\n');
    expect(text.stdout).toMatch(/X BUY 1 @ 90 +long 21 @ 99\.524 +52\.429 +41\.75%\n/);
    const markdown = await running(positions, orders, '--format', 'markdown');
    expect(markdown.stdout).toMatch(/\n\nAfter the open orders filled\n\n\| account/);
    const svg = await running(positions, [limit('BUY', '1', '90')], '--format', 'svg');
    expect(svg.stdout).toContain('after its open orders filled');
    const html = await running(positions, orders, '--format', 'html');
    expect(html.stdout).toContain('Open orders in the order in which they fill');
    expect(html.stdout).toContain('Liquidated: before X BUY 1 @ 20 fills');
  });
});
