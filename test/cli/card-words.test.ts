import { describe, expect, it } from 'vitest';
import { run } from './run.js';

const cardOf = async (line: string): Promise<string> => (await run(line.split(' '))).stdout.replace(/[^\S\n]+/g, ' ');

describe('the rate of a card', () => {
  it.each([
    ['long --entry 60000 --lev 10 --mmr 0.4 --venue kucoin', 'Rate 0.4 % as given + fee 0.06 % assumed'],
    ['long --entry 60000 --lev 10 --mmr 0.4 --venue kucoin --liq-fee 0.06', 'Rate 0.4 % + fee 0.06 % as given'],
    ['long --entry 60000 --lev 10 --mmr 0.4 --mm-fee 0.1', 'Rate 0.4 % + fee 0.1 % as given'],
    ['long --entry 60000 --lev 10 --mmr 0.4', 'Rate 0.4 % as given'],
  ])('%s', async (line, row) => {
    expect((await cardOf(line)).split('\n')).toContain(row);
  });
});

describe('the distance of a card', () => {
  it.each([
    ['short --entry 60000 --lev 1 --mmr 0.5 --tick 1000', 'Liquidation 119000 98.33 % above the entry (59000)'],
    ['long --entry 30000 --lev 10 --mmr 0.5 --tick 100', 'Liquidation 27200 9.33 % below the entry (2800)'],
    ['long --entry 30000 --lev 10 --mmr 0.5', 'Liquidation 27135.68 9.55 % below the entry (2864.32)'],
  ])('is to the printed price: %s', async (line, row) => {
    expect((await cardOf(line)).split('\n')).toContain(row);
  });

  it('of JSON is exact', async () => {
    const { stdout } = await run('short --entry 60000 --lev 1 --mmr 0.5 --tick 1000 --json'.split(' '));
    expect(JSON.parse(stdout)).toMatchObject({ liquidationPrice: '119000', distancePercent: '99.005' });
  });

  it('at a price that is passed says if it is not on the tick', async () => {
    expect(await cardOf('long --entry 100 --lev 100 --mmr 1')).toContain('already: the entry is at this price');
    expect(await cardOf('long --entry 100 --lev 50 --mmr 3')).toContain('already: the entry is 1.03 % (1.031) past');
    const ticked = await cardOf('long --entry 100 --lev 50 --mmr 3 --tick 0.5');
    expect(ticked.replace(/\s+/g, ' ')).toContain('1.03 % (1.031) past this price before rounding to the tick');
  });
});

it('a warning on a card has its colour on its label alone', async () => {
  const line = 'long BTCUSDT --entry 60000 --lev 200 --qty 0.5 --color always';
  const { stdout } = await run(line.split(' '), { now: () => Date.UTC(2026, 4, 2) });
  expect(stdout).toContain('\u001b[33mWarning\u001b[39m       leverage');
});

it('compare and check show prices on the tick, to the safe side', async () => {
  const position = 'long BTCUSDT --entry 60000 --lev 20 --qty 0.5 --mark 59000 --tick 0.5 -q';
  const { stdout } = await run(`compare ${position} --only price`.split(' '));
  // The exact price is 57228.91566265; the bankruptcy price is not a liquidation price and stays.
  expect(stdout.split('\n').slice(0, 2)).toEqual(['57229', '57229']);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('57000');
  expect((await run(`check ${position}`.split(' '))).stdout).toContain('liquidation 57229.00');
});
