import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'liqcalc-fills-'));
const file = (name: string, trades: readonly object[]): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(trades));
  return path;
};

// A real round trip: ccxt, binance.js, comment on userTrades, 2024-02.
const OPENED = {
  symbol: 'BTCUSDT',
  id: 1,
  side: 'BUY',
  price: '44525.0',
  qty: '0.010',
  realizedPnl: '0',
  time: 1707371879042,
  positionSide: 'LONG',
};
const CLOSED = {
  ...OPENED,
  id: 4575108247,
  side: 'SELL',
  price: '47263.40',
  realizedPnl: '27.38400000',
  time: 1707530039409,
};
const COIN = {
  symbol: 'BTCUSD_PERP',
  side: 'SELL',
  price: '50000',
  qty: '2',
  realizedPnl: '0.001',
  time: 2,
  id: 2,
  positionSide: 'BOTH',
};

const HALF = file('half.json', [CLOSED]);
const WHOLE = file('whole.json', [CLOSED, OPENED]);
const SHORT_LEG = file('short-leg.json', [{ ...OPENED, positionSide: 'SHORT' }]);
const ONE_WAY = file('one-way.json', [{ ...CLOSED, positionSide: 'BOTH' }]);
const UNREPORTED = file('unreported.json', [{ ...CLOSED, realizedPnl: undefined, positionSide: 'BOTH' }]);
const COINS = file('coins.json', [COIN]);
const UNREADABLE = file('unreadable.json', [{ ...OPENED, realizedPnl: 'much' }]);

const START = 'give all trades since the position was opened, or the position before them with --open QTY@PRICE';

describe('fills that begin inside a position', () => {
  it.each([
    [
      `average --fills ${HALF}`,
      `--fills: trade 4575108247 would make the LONG position short (-0.01), which is impossible; ${START}`,
    ],
    [`short --fills ${HALF} --lev 10 --mmr 0.5`, '--fills: trade 4575108247 would make the LONG position short'],
    [
      `average --fills ${SHORT_LEG}`,
      `--fills: trade 1 would make the SHORT position long (0.01), which is impossible; ${START}`,
    ],
    [
      `average --fills ${ONE_WAY}`,
      `--fills: trade 4575108247 closed a size (realizedPnl 27.384) that the trades before it did not open; ${START}`,
    ],
    [
      `average --fills ${ONE_WAY} --open 0.01@44000`,
      '--fills: trade 4575108247 has a realizedPnl of 27.384, but the trades before it give 32.634; give all trades',
    ],
    [
      `average --fills ${HALF} --open -0.01@44525`,
      '--open: the file has the LONG position, which cannot be short; change the sign',
    ],
    [
      `average --fills ${HALF} --open 0.005@44525`,
      '--fills: trade 4575108247 would make the LONG position short (-0.005)',
    ],
    [`average --fills ${UNREADABLE}`, '--fills: "much" is invalid; trade 1 needs realizedPnl: a decimal'],
    ['average --fill 1@2 --open 3', '--open: "3" is invalid; write QTY@PRICE like 0.5@30000, a short with a minus'],
    ['average --open 1@2', '--open: this input needs --fill'],
    [`average --fills ${COINS}`, 'looks coin-margined'],
  ])('%s is refused', async (line, words) => {
    const { stdout, stderr, code } = await run(line.split(' '));
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toContain(words);
  });

  it.each([
    [`average --fills ${WHOLE} --only side,qty,realizedPnl,fillCount`, '\t0\t27.384\t2'],
    [`average --fills ${HALF} --open 0.01@44525 --only side,qty,realizedPnl,fillCount`, '\t0\t27.384\t1'],
    [`average --fills ${HALF} --open 0.03@44525.0 --only side,qty,entry,realizedPnl`, 'long\t0.02\t44525\t27.384'],
    [`average --fills ${UNREPORTED} --only side,qty,realizedPnl`, 'short\t0.01\t0'],
    [
      'average --open 1@100 --fill 1@200 --fill -1@180 --only side,qty,entry,realizedPnl,fillCount',
      'long\t1\t150\t30\t2',
    ],
    ['average --open -2@100 --fill 1@90 --only side,qty,entry,realizedPnl', 'short\t1\t100\t10'],
    // 2 contracts over 1/100 + 1/200; closing one at 200 earns 0.0075 - 0.005
    [
      'average --open 1@100 --fill 1@200 --fill -1@200 --contract inverse --only qty,entry,realizedPnl',
      '1\t133.33333333\t0.0025',
    ],
    // 2 x 100 USD from 1/40000 to 1/50000
    [`average --fills ${COINS} --open 2@40000 --contract inverse --multiplier 100 --only qty,realizedPnl`, '0\t0.001'],
    [
      `average --symbol BTCUSD_PERP --fills ${COINS} --open 3@40000 --only side,qty,entry,realizedPnl -q`,
      'long\t1\t40000\t0.001',
    ],
    ['long --open 1@30000 --fill 2@29400 --lev 10 --mmr 0.5 --only entry,qty', '29600\t3'],
  ])('%s', async (line, expected) => {
    const { stdout, stderr, code } = await run(line.split(' '));
    expect({ stdout, stderr, code }).toEqual({ stdout: `${expected}\n`, stderr: '', code: 0 });
  });
});
