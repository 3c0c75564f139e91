import { describe, expect, it } from 'vitest';
import type { AccountPosition } from '../../src/core/account.js';
import { bracketsFrom, type BracketTable } from '../../src/core/brackets.js';
import { isLiqcalcError } from '../../src/core/errors.js';
import type { Terms } from '../../src/core/position.js';
import { Ratio } from '../../src/core/ratio.js';
import { changed, type Changes } from '../../src/core/what-if.js';

const r = (text: string): Ratio => Ratio.from(text);

type Texts = Partial<
  Record<'qty' | 'notional' | 'entry' | 'mark' | 'margin' | 'addMargin' | 'lev' | 'multiplier' | 'mmr', string>
>;
type Given = Pick<Terms, 'side' | 'symbol' | 'contract'> & { readonly table?: BracketTable } & Texts;

let count = 0;

/** A position with a margin, a leverage or nothing of both: isolated with them, else cross. */
function held({ side, symbol = 'BTCUSDT', contract, table, ...texts }: Given, name = `p${count++}`): AccountPosition {
  const numbers = Object.entries({ entry: '100', mmr: '0.01', ...texts }).map(([key, text]) => [key, r(text)]);
  const mode = texts.margin === undefined && texts.lev === undefined ? 'cross' : 'isolated';
  const backing = mode === 'cross' ? { wallet: r('1000') } : {};
  const terms = { side, symbol, ...(contract && { contract }), ...backing, ...Object.fromEntries(numbers) } as Terms;
  return { name, terms, mode, formula: 'exact', beta: Ratio.ONE, ...(table && { table }) };
}

/** The wallet of 1000 after changes, and each position as `symbol side qty@entry` with its margin, and its origin. */
function after(positions: readonly AccountPosition[], changes: Partial<Changes>): readonly string[] {
  const { account, origins } = changed({ wallet: r('1000'), positions }, { close: [], add: [], ...changes });
  const lines = account.positions.map(({ terms }, index) => {
    const margin = terms.margin ? ` margin ${terms.margin.toText(6)}` : '';
    const size = terms.qty ? terms.qty.toText(6) : `worth ${terms.notional?.toText(6) ?? 'nothing'}`;
    const origin = origins[index];
    const from = `${origin?.kind ?? ''} ${origin?.index ?? ''}`;
    return `${terms.symbol ?? ''} ${terms.side} ${size}@${terms.entry.toText(6)}${margin}, ${from}`;
  });
  return [account.wallet.toText(6), ...lines];
}

function refusals(positions: readonly AccountPosition[], changes: Partial<Changes>): readonly string[] {
  try {
    after(positions, changes);
  } catch (error) {
    if (isLiqcalcError(error)) {
      return error.problems.map(
        ({ code, field, details }) => `${code} ${field}${'why' in details ? `: ${details.why}` : ''}`,
      );
    }
    throw error;
  }
  return [];
}

const LONG = held({ side: 'long', qty: '2', mark: '110' }, 'positions[0]');
const SHORT = held({ side: 'short', qty: '1', entry: '120', mark: '110' }, 'positions[1]');
const ETH = held({ side: 'long', symbol: 'ETHUSDT', qty: '3', mark: '100' }, 'positions[2]');
const OWN = held({ side: 'long', qty: '2', mark: '110', margin: '30' }, 'positions[3]');

describe('a wallet that was left out', () => {
  const bare = { wallet: r('0'), isWalletGiven: false, positions: [OWN] };
  const changes = { close: [], add: [] };

  it('is unknown after any changes, too', () => {
    const closing = { ...changes, close: [{ symbol: 'BTCUSDT', quantity: r('1') }] };
    expect(changed(bare, closing).account).toMatchObject({ isWalletGiven: false });
    expect(changed({ ...bare, isWalletGiven: true }, closing).account).toMatchObject({ isWalletGiven: true });
  });

  it('is needed for a cross position that is added', () => {
    const codes = (isWalletGiven: boolean, added: AccountPosition): readonly unknown[] => {
      try {
        changed({ ...bare, isWalletGiven }, { ...changes, add: [added] });
        return [];
      } catch (error) {
        return isLiqcalcError(error) ? error.problems.map(({ code, details }) => [code, details]) : [error];
      }
    };
    const own = held({ side: 'long', symbol: 'ETHUSDT', qty: '1', mark: '110', margin: '30' });
    expect(codes(false, ETH)).toEqual([['MISSING', { what: 'cross wallet', give: ['wallet'] }]]);
    expect(codes(false, own)).toEqual([]);
    expect(codes(true, ETH)).toEqual([]);
  });
});

describe('closing', () => {
  it('puts the profit at the mark into the wallet', () => {
    expect(after([LONG, ETH], { close: [{ symbol: 'BTCUSDT' }] })).toEqual(['1020', 'ETHUSDT long 3@100, kept 1']);
    expect(after([SHORT], { close: [{ symbol: 'btc/usdt:usdt', side: 'short' }] })).toEqual(['1010']);
  });

  it('closes part of it: 0.5 of 2 at a profit of 20', () => {
    const close = [{ symbol: 'BTCUSDT', quantity: r('0.5') }];
    expect(after([LONG], { close })).toEqual(['1005', 'BTCUSDT long 1.5@100, kept 0']);
    expect(after([LONG], { close: [...close, ...close] })).toEqual(['1010', 'BTCUSDT long 1@100, kept 0']);
    expect(after([LONG], { close: [{ symbol: 'BTCUSDT', quantity: r('2') }] })).toEqual(['1020']);
  });

  it('refuses to close a position twice', () => {
    const close = [{ symbol: 'BTCUSDT' }, { symbol: 'BTC/USDT' }];
    expect(() => after([LONG], { close })).toThrow(
      '--close: the position on "BTC/USDT" is already closed by the first --close of it',
    );
  });

  it('closes both legs of a hedge, or the one that is named', () => {
    const legs = [LONG, ETH, SHORT];
    expect(after(legs, { close: [{ symbol: 'BTCUSDT' }] })).toEqual(['1030', 'ETHUSDT long 3@100, kept 1']);
    expect(after(legs, { close: [{ symbol: 'BTCUSDT', side: 'long' }] })).toEqual([
      '1020',
      'ETHUSDT long 3@100, kept 1',
      'BTCUSDT short 1@120, kept 2',
    ]);
    const part = { symbol: 'BTCUSDT', side: 'short', quantity: r('0.25') } as const;
    expect(after([LONG, SHORT], { close: [part] })).toEqual([
      '1002.5',
      'BTCUSDT long 2@100, kept 0',
      'BTCUSDT short 0.75@120, kept 1',
    ]);
  });

  it('gives an isolated margin back by the share that is closed', () => {
    expect(after([OWN], { close: [{ symbol: 'BTCUSDT' }] })).toEqual(['1050']);
    const half = { close: [{ symbol: 'BTCUSDT', quantity: r('0.5') }] };
    expect(after([OWN], half)).toEqual(['1012.5', 'BTCUSDT long 1.5@100 margin 22.5, kept 0']);
    // 30 + 10 added are 40: 30 stay, and nothing is added once more.
    const more = held({ side: 'long', qty: '2', mark: '110', margin: '30', addMargin: '10' });
    expect(after([more], half)).toEqual(['1015', 'BTCUSDT long 1.5@100 margin 30, kept 0']);
    expect(
      changed({ wallet: r('0'), positions: [more] }, { add: [], ...half }).account.positions[0]?.terms,
    ).not.toHaveProperty('addMargin');
    // A leverage of 10 is a margin of 20.
    const levered = held({ side: 'long', qty: '2', mark: '110', lev: '10' });
    expect(after([levered], half)).toEqual(['1010', 'BTCUSDT long 1.5@100 margin 15, kept 0']);
  });

  it('counts as quantities are counted, for a size from any field', () => {
    const half = { close: [{ symbol: 'BTCUSDT', quantity: r('0.5') }] };
    const worth = held({ side: 'long', notional: '200', mark: '110' });
    expect(after([worth], half)).toEqual(['1005', 'BTCUSDT long 1.5@100, kept 0']);
    expect(
      changed({ wallet: r('0'), positions: [worth] }, { add: [], ...half }).account.positions[0]?.terms,
    ).not.toHaveProperty('notional');
    // 20 contracts of 10: 200 (1/100 - 1/125) = 0.4, of which a quarter is taken.
    const coin = { side: 'long', symbol: 'BTCUSD', contract: 'inverse', mark: '125' } as const;
    const contracts = held({ ...coin, multiplier: '10', notional: '200' });
    const quarter = { close: [{ symbol: 'BTCUSD', quantity: r('5') }] };
    expect(after([contracts], quarter)).toEqual(['1000.1', 'BTCUSD long 15@100, kept 0']);
    expect(after([held({ ...coin, multiplier: '10', qty: '20' })], quarter)).toEqual([
      '1000.1',
      'BTCUSD long 15@100, kept 0',
    ]);
    // 20 contracts of 1: 20 (1/100 - 1/125) = 0.04.
    expect(after([held({ ...coin, multiplier: '1', qty: '20' })], quarter)).toEqual([
      '1000.01',
      'BTCUSD long 15@100, kept 0',
    ]);
    // No size is a size of one.
    expect(after([held({ side: 'long', mark: '110', lev: '10' })], half)).toEqual([
      '1010',
      'BTCUSDT long 0.5@100 margin 5, kept 0',
    ]);
  });

  it('takes the multiplier from the table', () => {
    const table: BracketTable = {
      venue: 'test',
      symbol: 'BTCUSD',
      contract: 'inverse',
      multiplier: r('100'),
      asOf: '2026-11-22',
      confidence: 'A',
      source: 'test',
      brackets: bracketsFrom([{ floor: '0', cap: undefined, rate: '0.01', amount: '0' }], 'BTCUSD'),
    };
    const position = held({ side: 'long', symbol: 'BTCUSD', notional: '2000', mark: '125', table });
    // 20 contracts; 2000 (1/100 - 1/125) = 4, of which a quarter is taken.
    expect(after([position], { close: [{ symbol: 'BTCUSD', quantity: r('5') }] })).toEqual([
      '1001',
      'BTCUSD long 15@100, kept 0',
    ]);
  });

  it('refuses a position that the account does not hold', () => {
    const close = (closing: Changes['close'][number]) => refusals([LONG, SHORT, ETH], { close: [closing] });
    expect(close({ symbol: 'XRPUSDT' })).toEqual([
      'REFUSED --close: there is no position on "XRPUSDT" to close; its symbols are BTCUSDT and ETHUSDT',
    ]);
    expect(close({ symbol: 'ETHUSDT', side: 'short' })).toEqual([
      'REFUSED --close: there is no short position on "ETHUSDT" to close',
    ]);
    expect(close({ symbol: 'BTCUSDT', quantity: r('1') })).toEqual([
      'REFUSED --close: BTCUSDT has two legs; write long:BTCUSDT or short:BTCUSDT before the quantity',
    ]);
    expect(close({ symbol: 'ETHUSDT', quantity: r('3.5') })).toEqual([
      'REFUSED --close: 3.5 is more than 3, the size of ETHUSDT',
    ]);
  });
});

describe('adding', () => {
  it('on the same side makes one position of both at the averaged entry', () => {
    const more = held({ side: 'long', symbol: 'btc/usdt', qty: '1', entry: '130' });
    expect(after([ETH, LONG], { add: [more] })).toEqual([
      '1000',
      'ETHUSDT long 3@100, kept 0',
      'BTCUSDT long 3@110, kept 1',
    ]);
  });

  it('averages inverse entries by their coins: 200 / (1 + 0.5)', () => {
    const coin = { side: 'long', symbol: 'BTCUSD', contract: 'inverse', multiplier: '10' } as const;
    const add = [held({ ...coin, qty: '10', entry: '200' })];
    expect(after([held({ ...coin, notional: '100' })], { add })).toEqual(['1000', 'BTCUSD long 20@133.333333, kept 0']);
  });

  it('adds isolated margins up', () => {
    const more = held({ side: 'long', qty: '2', entry: '200', margin: '12', addMargin: '3' });
    expect(after([OWN], { add: [more] })).toEqual(['1000', 'BTCUSDT long 4@150 margin 45, kept 0']);
  });

  it('on another symbol or side stands beside what is there', () => {
    const both = [held({ side: 'short', qty: '1', mark: '110' }), held({ side: 'long', symbol: 'X', qty: '4' })];
    expect(after([LONG], { add: both })).toEqual([
      '1000',
      'BTCUSDT long 2@100, kept 0',
      'BTCUSDT short 1@100, added 0',
      'X long 4@100, added 1',
    ]);
  });

  it('comes after closing, and the wallet changes last', () => {
    const close = [{ symbol: 'BTCUSDT' }];
    const add = [held({ side: 'long', qty: '1', entry: '130' })];
    expect(after([LONG], { close, add, walletChange: r('-50') })).toEqual(['970', 'BTCUSDT long 1@130, added 0']);
    expect(after([LONG], { walletChange: r('0.5') })[0]).toBe('1000.5');
  });

  it('refuses what does not go together', () => {
    expect(refusals([LONG], { add: [held({ side: 'long', qty: '1', margin: '9' }, 'add[0]')] })).toEqual([
      'REFUSED add[0]: positions[0] is cross, but the added position is isolated',
    ]);
    expect(refusals([LONG], { add: [held({ side: 'short', qty: '1', mark: '111' }, 'add[0]')] })).toEqual([
      'HEDGE_DIFFERS add[0].mark',
    ]);
    expect(refusals([LONG], { add: [held({ side: 'long', qty: '1', mmr: '1' }, 'add[0]')] })).toEqual([
      'RATES_TOO_HIGH add[0].mmr',
    ]);
  });
});
