import { Ratio } from '../../../src/core/ratio.js';
import type { RuleId } from '../../../src/core/risk/rules/index.js';
import type { Datum, Severity } from '../../../src/core/risk/rule.js';
import type {
  Book,
  FundingRate,
  Level,
  MarginChange,
  Order,
  PositionData,
  RiskInput,
} from '../../../src/core/risk/input.js';
import { accountOf, alone, n, PLAIN_TABLE, TABLE, type Beside, type Given } from './input.js';

/** What a rule must say of an input: a severity, that it is well, or that there is nothing to judge. */
export interface Row {
  readonly of: RiskInput;
  readonly says: Severity | 'ok' | 'idle';
  /** The figure at 12 decimals; `none` where there must not be one. */
  readonly value?: string;
  readonly limit?: string;
}

/** An input whose figure is just below, at and just above a limit. */
export interface Edge {
  readonly below: Row;
  readonly at: Row;
  readonly above: Row;
}

/** Every rule at each of its settings, where data is missing, and where it is there but empty. */
export interface Cases {
  readonly edges: Readonly<Record<string, Edge>>;
  readonly missing: readonly { readonly of: RiskInput; readonly lacks: readonly Datum[] }[];
  readonly empty?: readonly Row[];
  /** Anything else: of rules without limits at least one that fires and one that is well. */
  readonly others?: readonly Row[];
}

/** Liquidated at `100 - margin`: a long of 1 at 100 without maintenance. */
const bare = (margin: string, more: Given = {}, beside: Beside = {}): RiskInput =>
  alone({ qty: '1', mmr: '0', margin, mark: '100', ...more }, beside);
/** An ordinary isolated long of 1 at 100, 10x. */
const plain = (data: PositionData, more: Given = {}): RiskInput => alone({ lev: '10', mark: '100', ...more, data });
/** Its margin is ten times the size, of an equity of 10000. */
const sized = (qty: string): RiskInput => alone({ lev: '10', qty }, { equity: '10000' });
/** A long of 1 at 100, 10x, in cross, alone in its account. */
const cross = (data: PositionData, more: Given = {}): RiskInput =>
  accountOf('1000', [{ qty: '1', lev: '10', mark: '100', ...more, data }]);

/** Positions that were given alone, as one input. */
const beside = (...inputs: readonly RiskInput[]): RiskInput => ({
  positions: inputs.flatMap(({ positions }) => positions),
});

const order = (type: string, side: 'BUY' | 'SELL', more: Partial<Order> = {}): Order => ({ type, side, ...more });
const SAFE_ORDER = order('STOP_MARKET', 'SELL', { trigger: n('95'), workingType: 'MARK_PRICE', reduceOnly: true });
const trails = (side: 'BUY' | 'SELL', activation: string): Order =>
  order('TRAILING_STOP_MARKET', side, { activation: n(activation) });
const placed = (side: 'BUY' | 'SELL', trigger: string): Order =>
  order('STOP_MARKET', side, { trigger: n(trigger), workingType: 'MARK_PRICE' });

const rates = (...texts: readonly string[]): PositionData => ({ funding: texts.map((text) => ({ rate: n(text) })) });
const HOUR = 3_600_000n;
const paid = (rate: string, hour: bigint, extra = 0n): FundingRate => ({ rate: n(rate), time: hour * HOUR + extra });

/** Fourteen candles whose true range is 2, from 99 to 101. */
const CANDLES = Array.from({ length: 14 }, () => ({ high: n('101'), low: n('99'), close: n('100') }));
const trailing = (activation: string, more: Given = {}, side: 'BUY' | 'SELL' = 'SELL'): RiskInput =>
  plain({ orders: [order('TRAILING_STOP_MARKET', side, { activation: n(activation) })], candles: CANDLES }, more);

const level = (price: string, quantity: string): Level => ({ price: n(price), quantity: n(quantity) });
const BOOK: Book = { bids: [level('100', '4'), level('99', '6')], asks: [] };
/** A long whose size is one percent of the volume of a day at 100. */
const traded = (qty: string): RiskInput => plain({ dailyVolume: n('10000') }, { qty });
/** A long whose size is a fifth of the bids at 20. */
const resting = (qty: string): RiskInput => plain({ book: { bids: [level('100', '100')], asks: [] } }, { qty });

const moveOf = (symbol: string, time: bigint): MarginChange => ({ symbol, time });
const leverageOf = (symbol: string, time: bigint, leverage: string): MarginChange => ({
  symbol,
  time,
  leverage: n(leverage),
});
/** An account with a log of changes. */
const logged = (...marginLog: readonly MarginChange[]): RiskInput => ({
  ...accountOf('1000', [long('A', '1')]),
  marginLog,
});

/** Open interest from 1000 on by these changes. */
const interest = (...changes: readonly string[]): PositionData => {
  const history = [n('1000')];
  for (const change of changes) history.push((history.at(-1) ?? Ratio.ZERO).plus(n(change)));
  return { openInterest: history };
};
/** Nine changes of mean 0 and sample deviation 1. */
const STEADY = ['1', '-1', '1', '-1', '1', '-1', '1', '-1', '0'];

const long = (symbol: string, qty: string, more: Given = {}): Given => ({
  symbol,
  qty,
  lev: '10',
  mark: '100',
  ...more,
});
const feeds = (mark: string, ...prices: readonly string[]): RiskInput =>
  plain({ feeds: new Map(prices.map((price, index) => [`feed${index}`, n(price)])) }, { mark });

/** A cross long of `qty` at 100 with a stop at 99: it risks as much as it has units, of an equity of 1000. */
const risked = (qty: string): RiskInput => cross({ stop: n('99') }, { qty });
const closing = (trigger: string, quantity: string, side: 'BUY' | 'SELL' = 'SELL'): Order =>
  order('STOP_MARKET', side, { trigger: n(trigger), quantity: n(quantity), workingType: 'MARK_PRICE' });
const covered = (quantity: string): RiskInput => cross({ orders: [closing('95', quantity)] });
/** A leg of a hedge at 60000, 10x, of which 0.4 % is maintained. */
const hedged = (qty: string, side: 'long' | 'short' = 'long'): Given => ({
  symbol: 'A',
  side,
  qty,
  entry: '60000',
  mark: '60000',
  lev: '10',
  mmr: '0.4',
});
const grouped = (symbol: string, more: Given = {}): Given => long(symbol, '1', { ...more, data: { group: 'x' } });
/** A cross account of one long of 1 at 100 without maintenance: it goes when the market falls by its wallet. */
const moved = (wallet: string): RiskInput => accountOf(wallet, [long('A', '1', { mmr: '0' })]);

const ROOM = { mark: '101' } as const;
const stop = (margin: string, at: string, orders?: readonly Order[]): RiskInput =>
  bare(margin, { ...ROOM, data: { stop: n(at), ...(orders && { orders }) } });
const onLast = [order('STOP_MARKET', 'SELL', { trigger: n('100'), workingType: 'CONTRACT_PRICE' })];

export const CASES = {
  distance: {
    edges: {
      info: {
        below: { of: bare('14.999999999'), says: 'info', value: '14.999999999', limit: '15' },
        at: { of: bare('15'), says: 'info', value: '15', limit: '15' },
        above: { of: bare('15.000000001'), says: 'ok', value: '15.000000001' },
      },
      warn: {
        below: { of: bare('9.999999999'), says: 'warn', value: '9.999999999', limit: '10' },
        at: { of: bare('10'), says: 'warn', value: '10', limit: '10' },
        above: { of: bare('10.000000001'), says: 'info', value: '10.000000001', limit: '15' },
      },
      error: {
        below: { of: bare('4.999999999'), says: 'error', value: '4.999999999', limit: '5' },
        at: { of: bare('5'), says: 'error', value: '5', limit: '5' },
        above: { of: bare('5.000000001'), says: 'warn', value: '5.000000001', limit: '10' },
      },
    },
    missing: [{ of: alone({ lev: '10' }), lacks: ['mark'] }],
    others: [
      { of: bare('100'), says: 'ok', value: 'none' },
      { of: bare('20', { side: 'short' }), says: 'ok', value: '20' },
      { of: bare('4', { side: 'short' }), says: 'error', value: '4' },
      { of: bare('5', { mark: '94' }), says: 'error', value: '-1.063829787234' },
      {
        of: accountOf('5', [
          { qty: '1', entry: '110', mark: '100' },
          { qty: '1', entry: '100', mark: '100', side: 'short' },
        ]),
        says: 'error',
        value: 'none',
      },
    ],
  },
  'trade-risk': {
    edges: {
      warn: {
        below: { of: risked('9.999999999'), says: 'ok', value: '0.9999999999' },
        at: { of: risked('10'), says: 'ok', value: '1' },
        above: { of: risked('10.000000001'), says: 'warn', value: '1.0000000001', limit: '1' },
      },
      error: {
        below: { of: risked('29.999999999'), says: 'warn', value: '2.9999999999', limit: '1' },
        at: { of: risked('30'), says: 'warn', value: '3', limit: '1' },
        above: { of: risked('30.000000001'), says: 'error', value: '3.0000000001', limit: '3' },
      },
    },
    missing: [
      { of: plain({ stop: n('95') }), lacks: ['equity'] },
      { of: cross({}), lacks: ['stop'] },
      { of: cross({ stop: 'none' }), lacks: ['stop'] },
      { of: cross({ orders: [] }), lacks: ['stop'] },
      { of: cross({ orders: [SAFE_ORDER] }), lacks: ['quantity'] },
      { of: cross({ orders: [closing('95', '0.9')] }), lacks: ['stop'] },
    ],
    others: [
      // (100 - 95) x 1 of 1000; with a fee of 0.1 % at both ends 0.195 more.
      { of: cross({ stop: n('95') }), says: 'ok', value: '0.5' },
      { of: cross({ stop: n('95') }, { taker: '0.001' }), says: 'ok', value: '0.5195' },
      { of: cross({ orders: [closing('95', '1')] }), says: 'ok', value: '0.5' },
      {
        of: cross({ orders: [order('STOP_MARKET', 'SELL', { trigger: n('95'), closePosition: true })] }),
        says: 'ok',
        value: '0.5',
      },
      // 0.4 at 98 and the rest at 90: 0.8 + 6.
      { of: cross({ orders: [closing('90', '5'), closing('98', '0.4')] }), says: 'ok', value: '0.68' },
      { of: cross({ stop: n('105') }, { mark: '110' }), says: 'ok', value: '-0.49504950495' },
      { of: cross({ stop: n('40') }), says: 'error', value: '6', limit: '3' },
      // Short at 100, stop at 105.
      { of: cross({ stop: n('105') }, { side: 'short' }), says: 'ok', value: '0.5' },
      // An isolated position never loses more than its margin of 10.
      {
        of: alone({ lev: '10', qty: '1', mark: '100', data: { stop: 'none' } }, { equity: '1000' }),
        says: 'ok',
        value: '1',
      },
      {
        of: alone({ lev: '10', qty: '1', mark: '100', data: { stop: n('50') } }, { equity: '500' }),
        says: 'warn',
        value: '2',
      },
      {
        of: alone({ lev: '10', qty: '1', mark: '100', data: { orders: [closing('95', '0.5')] } }, { equity: '500' }),
        says: 'warn',
        value: '2',
      },
      { of: alone({ lev: '10', qty: '1', mark: '100' }, { equity: '0' }), says: 'error', value: 'none', limit: '3' },
      // 100 contracts of 1 at 100 are 1 coin; at 80 they lose 100/80 - 1 = 0.25.
      {
        of: alone(
          { contract: 'inverse', lev: '1', qty: '100', mark: '100', data: { stop: n('80') } },
          { equity: '10' },
        ),
        says: 'warn',
        value: '2.5',
      },
      // 9 at a stop that comes before liquidation, and 1 % of 191 in fees: more than the margin of 10.
      {
        of: alone({ lev: '10', qty: '1', mark: '100', taker: '0.01', data: { stop: n('91') } }, { equity: '500' }),
        says: 'warn',
        value: '2',
      },
    ],
  },
  allocation: {
    edges: {
      info: {
        below: { of: sized('9.999999999'), says: 'ok', value: '0.9999999999' },
        at: { of: sized('10'), says: 'ok', value: '1' },
        above: { of: sized('10.000000001'), says: 'info', value: '1.0000000001', limit: '1' },
      },
      warn: {
        below: { of: sized('29.999999999'), says: 'info', value: '2.9999999999', limit: '1' },
        at: { of: sized('30'), says: 'info', value: '3', limit: '1' },
        above: { of: sized('30.000000001'), says: 'warn', value: '3.0000000001', limit: '3' },
      },
    },
    missing: [
      { of: alone({ lev: '10' }), lacks: ['equity'] },
      { of: accountOf('1000', [{ qty: '1', mark: '100' }]), lacks: ['lev'] },
      { of: accountOf('0', [{ qty: '1', lev: '10', mode: 'isolated' }]), lacks: ['equity'] },
      { of: accountOf('0', [{ qty: '1', lev: '10', mode: 'isolated' }], { isWalletGiven: false }), lacks: ['equity'] },
    ],
    others: [
      { of: alone({ lev: '10', qty: '1', wallet: '1000', mark: '100' }), says: 'ok', value: '1' },
      { of: accountOf('1000', [long('A', '1', { mark: '90' })]), says: 'info', value: '1.010101010101' },
      { of: accountOf('990', [long('A', '1', { mode: 'isolated' })]), says: 'ok', value: '1' },
      { of: accountOf('10', [long('A', '1', { mark: '90' })]), says: 'warn', value: 'none', limit: '3' },
      // Profit and loss of isolated positions count as their margin does: 990 + 10 + 10, 990 + 10 - 5.
      {
        of: accountOf('990', [long('A', '1', { mode: 'isolated', mark: '110' })]),
        says: 'ok',
        value: '0.990099009901',
      },
      {
        of: accountOf('990', [long('A', '1', { mode: 'isolated', mark: '95' })]),
        says: 'info',
        value: '1.005025125628',
      },
      // No wallet is left, but 10 of profit.
      { of: accountOf('0', [long('A', '1', { mark: '110' })]), says: 'warn', value: '100' },
      { of: accountOf('10', [long('A', '1')], { equity: '10000' }), says: 'ok', value: '0.1' },
      {
        of: accountOf('0', [long('A', '1', { mode: 'isolated' }), long('B', '3', { mode: 'isolated' })], {
          isWalletGiven: true,
        }),
        says: 'warn',
        value: '25',
      },
    ],
  },
  'max-leverage': {
    edges: {
      warn: {
        below: {
          of: alone({ symbol: 'A', qty: '10', lev: '49.999999999', table: TABLE }),
          says: 'ok',
          value: '49.999999999',
        },
        at: { of: alone({ symbol: 'A', qty: '10', lev: '50', table: TABLE }), says: 'warn', value: '50', limit: '50' },
        above: { of: alone({ symbol: 'A', qty: '10', lev: '50.000000001', table: TABLE }), says: 'error', limit: '50' },
      },
      error: {
        below: { of: alone({ symbol: 'A', qty: '10.1', lev: '19.999999999', table: TABLE }), says: 'ok' },
        at: {
          of: alone({ symbol: 'A', qty: '10.1', lev: '20', table: TABLE }),
          says: 'warn',
          value: '20',
          limit: '20',
        },
        above: {
          of: alone({ symbol: 'A', qty: '10.1', lev: '20.000000001', table: TABLE }),
          says: 'error',
          limit: '20',
        },
      },
    },
    missing: [
      { of: alone({ lev: '10', qty: '1' }), lacks: ['symbol'] },
      { of: alone({ lev: '10', symbol: 'A', qty: '1' }), lacks: ['brackets'] },
      { of: alone({ lev: '10', symbol: 'A', qty: '1', table: PLAIN_TABLE }), lacks: ['brackets'] },
      { of: alone({ lev: '10', symbol: 'A', table: TABLE }), lacks: ['qty'] },
      { of: alone({ margin: '10', symbol: 'A', qty: '1', table: TABLE }), lacks: ['lev'] },
    ],
  },
  'effective-leverage': {
    edges: {
      warn: {
        below: {
          of: bare('10.000000001', { entry: '150', mark: '150', lev: '10' }),
          says: 'ok',
          value: '14.9999999985',
        },
        at: { of: bare('10', { entry: '150', mark: '150', lev: '10' }), says: 'ok', value: '15' },
        above: {
          of: bare('9.999999999', { entry: '150', mark: '150', lev: '10' }),
          says: 'warn',
          value: '15.0000000015',
          limit: '15',
        },
      },
    },
    missing: [
      { of: alone({ lev: '10' }), lacks: ['mark'] },
      { of: alone({ margin: '10', qty: '1', mark: '100' }), lacks: ['lev'] },
    ],
    others: [
      { of: bare('10', { mark: '90', lev: '10' }), says: 'warn', value: 'none', limit: '15' },
      { of: alone({ entry: '30000', lev: '50', mmr: '0.4', mark: '29700' }), says: 'warn', value: '99', limit: '75' },
      { of: accountOf('20', [long('A', '1'), long('B', '2')]), says: 'ok', value: '15' },
      { of: accountOf('19', [long('A', '1'), long('B', '2')]), says: 'warn', value: '15.789473684211', limit: '15' },
    ],
  },
  'event-leverage': {
    edges: {
      error: {
        below: { of: alone({ lev: '4.999999999' }, { event: true, usualLev: '10' }), says: 'ok', value: '49.99999999' },
        at: { of: alone({ lev: '5' }, { event: true, usualLev: '10' }), says: 'ok', value: '50' },
        above: {
          of: alone({ lev: '5.000000001' }, { event: true, usualLev: '10' }),
          says: 'error',
          value: '50.00000001',
          limit: '50',
        },
      },
    },
    missing: [
      { of: alone({ lev: '5' }, { usualLev: '10' }), lacks: ['event'] },
      { of: alone({ lev: '5' }, { event: true }), lacks: ['usualLev'] },
      { of: alone({ margin: '5', qty: '1' }, { event: true, usualLev: '10' }), lacks: ['lev'] },
    ],
    others: [
      { of: alone({ lev: '50' }, { event: false, usualLev: '10' }), says: 'idle' },
      // In cross by the value over the equity, for any set leverage: 300 over 60, and over 59.
      {
        of: accountOf('60', [long('A', '1'), long('B', '2')], { event: true, usualLev: '10' }),
        says: 'ok',
        value: '50',
      },
      {
        of: accountOf('59', [long('A', '1', { lev: '1' }), long('B', '2', { lev: '1' })], {
          event: true,
          usualLev: '10',
        }),
        says: 'error',
        value: '50.847457627119',
      },
      {
        of: accountOf('0', [long('A', '1')], { event: true, usualLev: '10' }),
        says: 'error',
        value: 'none',
        limit: '50',
      },
      { of: alone({ qty: '1', lev: '100', wallet: '20' }, { event: true, usualLev: '10' }), says: 'ok', value: '50' },
      { of: alone({ qty: '1', lev: '1', wallet: '10' }, { event: true, usualLev: '10' }), says: 'error', value: '100' },
    ],
  },
  'stop-missing': {
    edges: {},
    missing: [{ of: plain({}), lacks: ['stop'] }],
    empty: [
      { of: plain({ stop: 'none' }), says: 'warn', value: 'none' },
      { of: plain({ orders: [] }), says: 'warn' },
      { of: cross({ stop: 'none' }), says: 'error' },
      { of: cross({ orders: [] }), says: 'error' },
    ],
    others: [
      { of: plain({ stop: n('95') }), says: 'ok' },
      { of: plain({ orders: [SAFE_ORDER] }), says: 'ok' },
      { of: plain({ stop: 'none', orders: [SAFE_ORDER] }), says: 'ok' },
      { of: plain({ orders: [order('STOP', 'SELL', { trigger: n('95') })] }), says: 'ok' },
      { of: plain({ orders: [order('STOP_MARKET', 'BUY', { trigger: n('105') })] }), says: 'warn' },
      { of: plain({ orders: [order('STOP_MARKET', 'BUY', { trigger: n('105') })] }, { side: 'short' }), says: 'ok' },
      { of: plain({ orders: [order('STOP_MARKET', 'SELL')] }), says: 'ok' },
      { of: plain({ orders: [placed('SELL', '120'), order('STOP_MARKET', 'SELL')] }), says: 'ok' },
      { of: plain({ orders: [order('TAKE_PROFIT_MARKET', 'SELL', { trigger: n('120') })] }), says: 'warn' },
      { of: plain({ orders: [order('TRAILING_STOP_MARKET', 'SELL')] }), says: 'ok' },
      { of: plain({ orders: [order('TRAILING_STOP_MARKET', 'SELL', { activation: n('110') })] }), says: 'warn' },
      { of: plain({ orders: [trails('SELL', '100')] }), says: 'warn' },
      { of: plain({ orders: [trails('SELL', '99.999999999')] }), says: 'ok' },
      { of: plain({ orders: [trails('BUY', '99.999999999')] }), says: 'warn' },
      { of: plain({ orders: [trails('BUY', '99.999999999')] }, { side: 'short' }), says: 'warn' },
      { of: plain({ orders: [trails('BUY', '100')] }, { side: 'short' }), says: 'warn' },
      { of: plain({ orders: [trails('BUY', '100.000000001')] }, { side: 'short' }), says: 'ok' },
      { of: alone({ lev: '10', data: { orders: [trails('SELL', '1')] } }), says: 'warn' },
      { of: plain({ orders: [placed('SELL', '99.999999999')] }), says: 'ok' },
      { of: plain({ orders: [placed('SELL', '100')] }), says: 'warn' },
      { of: plain({ orders: [placed('SELL', '120')] }), says: 'warn' },
      { of: plain({ orders: [placed('SELL', '120'), placed('SELL', '95')] }), says: 'ok' },
      { of: plain({ orders: [placed('SELL', '120'), trails('SELL', '90')] }), says: 'ok' },
      { of: plain({ orders: [placed('BUY', '100.000000001')] }, { side: 'short' }), says: 'ok' },
      { of: plain({ orders: [placed('BUY', '100')] }, { side: 'short' }), says: 'warn' },
      { of: plain({ stop: n('120') }), says: 'idle' },
      { of: plain({ stop: n('80') }, { side: 'short' }), says: 'idle' },
      { of: cross({ orders: [placed('SELL', '120')] }), says: 'error' },
    ],
  },
  'stop-coverage': {
    edges: {
      least: {
        below: { of: covered('0.999999999'), says: 'error', value: '99.9999999', limit: '100' },
        at: { of: covered('1'), says: 'ok', value: '100' },
        above: { of: covered('1.000000001'), says: 'ok', value: '100' },
      },
    },
    missing: [
      { of: plain({}), lacks: ['orders'] },
      { of: plain({ stop: n('95') }), lacks: ['orders'] },
      { of: plain({ orders: [SAFE_ORDER] }), lacks: ['quantity'] },
      { of: cross({ orders: [closing('95', '0.5'), SAFE_ORDER] }), lacks: ['quantity'] },
      { of: cross({ orders: [order('STOP_MARKET', 'SELL', { quantity: n('1') })] }), lacks: ['stop'] },
      { of: cross({ orders: [closing('95', '0.5'), order('TRAILING_STOP_MARKET', 'SELL')] }), lacks: ['stop'] },
    ],
    empty: [
      { of: cross({ orders: [] }), says: 'error', value: '0', limit: '100' },
      { of: plain({ orders: [] }), says: 'warn', value: '0', limit: '100' },
      { of: plain({ orders: [], stop: n('95') }), says: 'ok', value: '100' },
    ],
    others: [
      { of: cross({ orders: [closing('95', '0.01')] }), says: 'error', value: '1', limit: '100' },
      { of: plain({ orders: [closing('95', '0.01')] }), says: 'warn', value: '1', limit: '100' },
      { of: plain({ stop: n('95'), orders: [closing('95', '0.01')] }), says: 'warn', value: '1' },
      { of: cross({ orders: [closing('95', '0.6'), closing('94', '0.4')] }), says: 'ok', value: '100' },
      { of: cross({ orders: [{ ...SAFE_ORDER, closePosition: true }] }), says: 'ok', value: '100' },
      { of: cross({ orders: [SAFE_ORDER, { ...SAFE_ORDER, closePosition: true }] }), says: 'ok', value: '100' },
      // A profit that is taken, an order of the other side, one on the wrong side of the mark: none of them is a stop.
      {
        of: cross({ orders: [order('TAKE_PROFIT_MARKET', 'SELL', { trigger: n('120'), quantity: n('1') })] }),
        says: 'error',
        value: '0',
      },
      {
        of: cross({ orders: [order('STOP_MARKET', 'BUY', { trigger: n('105'), quantity: n('1') })] }),
        says: 'error',
        value: '0',
      },
      { of: cross({ orders: [closing('105', '1')] }), says: 'error', value: '0' },
      // Liquidated at 95: exactly there a stop is not reached.
      { of: bare('5', { data: { orders: [closing('95', '1')] } }), says: 'warn', value: '0' },
      { of: bare('5', { data: { orders: [closing('95.000000001', '1')] } }), says: 'ok', value: '100' },
      { of: bare('5', { data: { orders: [closing('98', '0.7'), closing('94', '1')] } }), says: 'warn', value: '70' },
      { of: bare('5', { side: 'short', data: { orders: [closing('105', '1', 'BUY')] } }), says: 'warn', value: '0' },
      { of: bare('5', { side: 'short', data: { orders: [closing('104', '1', 'BUY')] } }), says: 'ok', value: '100' },
      { of: bare('100', { data: { orders: [closing('1', '1')] } }), says: 'ok', value: '100' },
      {
        of: accountOf('5', [
          { qty: '1', entry: '110', mark: '100', data: { orders: [closing('98', '1')] } },
          { qty: '1', entry: '100', mark: '100', side: 'short' },
        ]),
        says: 'error',
        value: '0',
      },
      { of: cross({ orders: [{ ...closing('95', '1'), priceProtect: true }] }), says: 'info', value: '100' },
      { of: cross({ orders: [{ ...closing('95', '1'), priceProtect: false }] }), says: 'ok', value: '100' },
    ],
  },
  'multi-leg-isolated': {
    edges: {},
    missing: [{ of: alone({ qty: '1', lev: '10', wallet: '1000', mark: '100' }), lacks: ['account'] }],
    others: [
      { of: plain({}), says: 'idle' },
      { of: cross({}), says: 'ok' },
      { of: accountOf('1000', [long('A', '1'), long('A', '1', { side: 'short' })]), says: 'info', value: 'none' },
      { of: accountOf('1000', [long('AAAUSDT', '1'), long('aaa/usdt:usdt', '1', { side: 'short' })]), says: 'info' },
      { of: accountOf('1000', [long('A', '1'), long('B', '1')]), says: 'ok' },
      {
        of: accountOf('1000', [long('A', '1', { data: { group: 'x' } }), long('B', '1', { data: { group: 'x' } })]),
        says: 'info',
      },
      {
        of: accountOf('1000', [long('A', '1', { data: { group: 'x' } }), long('B', '1', { data: { group: 'y' } })]),
        says: 'ok',
      },
      { of: accountOf('1000', [long('A', '1'), long('A', '1', { side: 'short', mode: 'isolated' })]), says: 'ok' },
      {
        of: accountOf('1000', [
          long('A', '1', { mode: 'isolated', data: { group: 'x' } }),
          long('B', '1', { mode: 'isolated', data: { group: 'x' } }),
        ]),
        says: 'idle',
      },
      // 1 against 1 at 60000 in cross on 12000: the pool goes at 12000 / 0.008, isolated the short goes at 65737.05.
      {
        of: accountOf('12000', [hedged('1'), hedged('1', 'short')]),
        says: 'info',
      },
      // The heavier leg on either side; on 3000 the pool of 1 against 0.5 goes within 10 %, nearer than both legs.
      { of: accountOf('12000', [hedged('1'), hedged('0.5', 'short')]), says: 'info' },
      { of: accountOf('12000', [hedged('0.5'), hedged('1', 'short')]), says: 'info' },
      { of: accountOf('1500', [hedged('1'), hedged('0.5', 'short')]), says: 'info' },
      { of: accountOf('1500', [hedged('0.5'), hedged('1', 'short')]), says: 'info' },
      // 2 legs of one group, 10x: isolated each goes at 90 / 0.99, the pool with 5 at 95: nearer than every leg.
      { of: accountOf('6', [grouped('A'), grouped('B')]), says: 'warn' },
      // 100 margin: the pool goes farther away than either leg.
      { of: accountOf('100', [grouped('A'), grouped('B')]), says: 'info' },
      // Nearer than the first leg isolated at 10x, not nearer than the second at 100x.
      { of: accountOf('6', [grouped('A'), grouped('B', { lev: '100' })]), says: 'info' },
      // Without a leverage no isolated price is known.
      {
        of: accountOf('6', [grouped('A'), { symbol: 'B', qty: '1', mark: '100', data: { group: 'x' } }]),
        says: 'info',
      },
      // At 1x no price liquidates a leg that is isolated: the pool, which has one, goes first.
      { of: accountOf('6', [grouped('A', { lev: '1' }), grouped('B', { lev: '1' })]), says: 'warn' },
    ],
  },
  'stop-before-liquidation': {
    edges: {
      buffer: {
        below: { of: stop('0.499999999', '100'), says: 'warn', value: '0.499999999', limit: '0.5' },
        at: { of: stop('0.5', '100'), says: 'ok', value: '0.5' },
        above: { of: stop('0.500000001', '100'), says: 'ok', value: '0.500000001' },
      },
      lastPriceBuffer: {
        below: { of: stop('0.799999999', '100', onLast), says: 'warn', value: '0.799999999', limit: '0.8' },
        at: { of: stop('0.8', '100', onLast), says: 'ok', value: '0.8' },
        above: { of: stop('0.800000001', '100', onLast), says: 'ok', value: '0.800000001' },
      },
      beyond: {
        below: { of: stop('5', '94.999999999'), says: 'error', value: '-0.000000001053', limit: '0' },
        at: { of: stop('5', '95'), says: 'error', value: '0', limit: '0' },
        above: { of: stop('5', '95.000000001'), says: 'warn', value: '0.000000001053', limit: '0.5' },
      },
    },
    missing: [
      { of: plain({}), lacks: ['stop'] },
      { of: plain({ orders: [order('TRAILING_STOP_MARKET', 'SELL')] }), lacks: ['stop'] },
    ],
    empty: [
      { of: plain({ stop: 'none' }), says: 'idle' },
      { of: plain({ orders: [] }), says: 'idle' },
    ],
    others: [
      { of: stop('0.7', '100', [order('STOP_MARKET', 'SELL', { trigger: n('100') })]), says: 'warn', limit: '0.8' },
      {
        of: stop('0.7', '100', [order('STOP_MARKET', 'SELL', { trigger: n('100'), workingType: 'MARK_PRICE' })]),
        says: 'ok',
        value: '0.7',
      },
      { of: stop('0.7', '100', [order('STOP_MARKET', 'SELL', { trigger: n('99.9') })]), says: 'ok', value: '0.7' },
      { of: bare('5', { data: { orders: [SAFE_ORDER] } }), says: 'error', value: '0', limit: '0' },
      { of: bare('5', { side: 'short', data: { stop: n('105') } }), says: 'error', value: '0', limit: '0' },
      // What a given stop goes by is said by stopOn, else by the orders at its price, else it is the mark.
      {
        of: bare('0.7', { ...ROOM, data: { stop: n('100'), stopOn: 'last' } }),
        says: 'warn',
        value: '0.7',
        limit: '0.8',
      },
      { of: bare('0.8', { ...ROOM, data: { stop: n('100'), stopOn: 'last' } }), says: 'ok', value: '0.8' },
      {
        of: bare('0.7', { ...ROOM, data: { stop: n('100'), stopOn: 'mark', orders: onLast } }),
        says: 'ok',
        value: '0.7',
      },
      // Of stops over parts of the size each that is needed is judged: 98 for 0.7, then 95 at liquidation.
      { of: bare('5', { data: { orders: [closing('98', '0.7'), closing('95', '1')] } }), says: 'error', value: '0' },
      {
        of: bare('5', { data: { orders: [closing('98', '1'), closing('95', '1')] } }),
        says: 'ok',
        value: '3.061224489796',
      },
      {
        of: bare('5', { data: { orders: [closing('98', '0.7'), closing('95.1', '1'), closing('90', '1')] } }),
        says: 'warn',
        value: '0.105152471083',
        limit: '0.5',
      },
      {
        of: bare('5', { data: { orders: [SAFE_ORDER, { ...SAFE_ORDER, trigger: n('98') }] } }),
        says: 'ok',
        value: '3.061224489796',
      },
      { of: bare('5', { side: 'short', data: { stop: n('105.5') } }), says: 'error', value: '-0.473933649289' },
      { of: bare('5', { side: 'short', data: { stop: n('104') } }), says: 'ok', value: '0.961538461538' },
      {
        of: bare('5', {
          side: 'short',
          data: { orders: ['104', '103'].map((at) => order('STOP_MARKET', 'BUY', { trigger: n(at) })) },
        }),
        says: 'ok',
        value: '1.941747572816',
      },
      { of: bare('100', { data: { stop: n('1') } }), says: 'ok', value: 'none' },
      { of: plain({ stop: n('99.999999999') }), says: 'ok' },
      { of: plain({ stop: n('100') }), says: 'error', value: 'none' },
      { of: plain({ stop: n('120') }), says: 'error', value: 'none' },
      { of: plain({ stop: n('100.000000001') }, { side: 'short' }), says: 'ok' },
      { of: plain({ stop: n('100') }, { side: 'short' }), says: 'error', value: 'none' },
      { of: plain({ stop: n('80') }, { side: 'short' }), says: 'error', value: 'none' },
      { of: alone({ lev: '10', data: { stop: n('120') } }), says: 'ok' },
      { of: plain({ stop: n('120'), orders: [placed('SELL', '95')] }), says: 'error', value: 'none' },
      { of: plain({ orders: [placed('SELL', '100')] }), says: 'error', value: 'none' },
      { of: plain({ stop: 'none', orders: [placed('SELL', '120')] }), says: 'error', value: 'none' },
      { of: plain({ orders: [placed('SELL', '120'), placed('SELL', '95')] }), says: 'ok' },
      // 90 / 0.99 = 90.9090... is 4.3062... % below 95.
      {
        of: plain({ orders: [order('STOP_MARKET', 'SELL'), placed('SELL', '95')] }),
        says: 'ok',
        value: '4.306220095694',
      },
      { of: plain({ orders: [placed('BUY', '100')] }, { side: 'short' }), says: 'error', value: 'none' },
      {
        of: accountOf('5', [
          { qty: '1', entry: '110', mark: '100', data: { stop: n('98') } },
          { qty: '1', entry: '100', mark: '100', side: 'short' },
        ]),
        says: 'error',
        value: 'none',
      },
      {
        of: accountOf('5', [
          { qty: '1', entry: '110', mark: '100', data: { stop: n('120') } },
          { qty: '1', entry: '100', mark: '100', side: 'short' },
        ]),
        says: 'error',
        value: 'none',
      },
    ],
  },
  'stop-market': {
    edges: {},
    missing: [{ of: plain({}), lacks: ['orders'] }],
    empty: [{ of: plain({ orders: [] }), says: 'ok' }],
    others: [
      { of: plain({ orders: [order('STOP', 'SELL', { trigger: n('95') })] }), says: 'warn', value: 'none' },
      { of: plain({ orders: [SAFE_ORDER] }), says: 'ok' },
      { of: plain({ orders: [order('STOP', 'BUY', { trigger: n('105') })] }), says: 'ok' },
      { of: plain({ orders: [order('TAKE_PROFIT', 'SELL', { trigger: n('105') })] }), says: 'ok' },
      { of: plain({ orders: [order('STOP', 'BUY', { trigger: n('105') })] }, { side: 'short' }), says: 'warn' },
    ],
  },
  'trailing-activation': {
    edges: {
      error: {
        below: { of: trailing('102.999999999'), says: 'error', value: '1.4999999995', limit: '1.5' },
        at: { of: trailing('103'), says: 'ok', value: '1.5' },
        above: { of: trailing('103.000000001'), says: 'ok', value: '1.5000000005' },
      },
    },
    missing: [
      { of: plain({ candles: CANDLES }), lacks: ['orders'] },
      { of: plain({}), lacks: ['orders', 'candles'] },
      {
        of: plain({ orders: [order('TRAILING_STOP_MARKET', 'SELL', { activation: n('101') })] }),
        lacks: ['candles'],
      },
      {
        of: plain({
          orders: [order('TRAILING_STOP_MARKET', 'SELL', { activation: n('101') })],
          candles: CANDLES.slice(1),
        }),
        lacks: ['candles'],
      },
      {
        of: alone({
          lev: '10',
          data: { orders: [order('TRAILING_STOP_MARKET', 'SELL', { activation: n('101') })], candles: CANDLES },
        }),
        lacks: ['mark'],
      },
    ],
    empty: [
      { of: plain({ orders: [] }), says: 'ok', value: 'none' },
      { of: alone({ lev: '10', data: { orders: [] } }), says: 'ok', value: 'none' },
    ],
    others: [
      { of: trailing('100'), says: 'error', value: '0' },
      { of: trailing('99.9'), says: 'ok', value: 'none' },
      { of: trailing('97', { side: 'short' }, 'BUY'), says: 'ok', value: '1.5' },
      { of: trailing('97.1', { side: 'short' }, 'BUY'), says: 'error', value: '1.45' },
      { of: trailing('101', {}, 'BUY'), says: 'ok', value: 'none' },
      { of: plain({ orders: [trails('SELL', '99.9')] }), says: 'ok', value: 'none' },
      { of: plain({ orders: [trails('SELL', '99.9'), trails('SELL', '101')], candles: CANDLES }), says: 'error' },
      // Of those that wait, the nearest one counts.
      ...[
        ['101', '110', '104'],
        ['110', '104', '101'],
      ].map((activations) => ({
        of: plain({ orders: activations.map((at) => trails('SELL', at)), candles: CANDLES }),
        says: 'error' as const,
        value: '0.5',
      })),
      { of: plain({ orders: [order('LIMIT', 'SELL', { activation: n('101') })], candles: CANDLES }), says: 'ok' },
      { of: trailing('100.1', { side: 'short' }, 'BUY'), says: 'ok', value: 'none' },
    ],
  },
  'post-only-illiquid': {
    edges: {},
    missing: [
      { of: plain({ illiquid: true }), lacks: ['orders'] },
      { of: plain({ orders: [order('LIMIT', 'SELL', { timeInForce: 'GTX' })] }), lacks: ['illiquid'] },
    ],
    empty: [{ of: plain({ orders: [], illiquid: true }), says: 'ok' }],
    others: [
      {
        of: plain({ orders: [order('LIMIT', 'SELL', { timeInForce: 'GTX' })], illiquid: true }),
        says: 'warn',
        value: 'none',
      },
      { of: plain({ orders: [order('LIMIT', 'SELL', { timeInForce: 'GTC' })], illiquid: true }), says: 'ok' },
      { of: plain({ orders: [order('LIMIT', 'SELL', { timeInForce: 'GTX' })], illiquid: false }), says: 'idle' },
    ],
  },
  'illiquid-size': {
    edges: {
      day: {
        below: { of: traded('99.999999999'), says: 'ok', value: '0.99999999999' },
        at: { of: traded('100'), says: 'ok', value: '1' },
        above: { of: traded('100.000000001'), says: 'warn', value: '1.00000000001', limit: '1' },
      },
      book: {
        below: { of: resting('19.999999999'), says: 'ok', value: '19.999999999' },
        at: { of: resting('20'), says: 'ok', value: '20' },
        above: { of: resting('20.000000001'), says: 'warn', value: '20.000000001', limit: '20' },
      },
    },
    missing: [
      { of: plain({}), lacks: ['dailyVolume', 'book'] },
      { of: plain({ dailyVolume: n('5') }), lacks: ['qty'] },
    ],
    empty: [
      { of: plain({ dailyVolume: n('0') }, { qty: '1' }), says: 'warn', value: 'none' },
      { of: plain({ book: { bids: [], asks: [level('101', '5')] } }, { qty: '1' }), says: 'warn', value: 'none' },
    ],
    others: [
      {
        of: plain({ book: { bids: [], asks: [level('101', '5')] } }, { qty: '1', side: 'short' }),
        says: 'ok',
        value: '20',
      },
      // Of a day and a book the one that allows less counts: 1 % of 50 is 0.5, 20 % of 10 is 2.
      { of: plain({ dailyVolume: n('50'), book: BOOK }, { qty: '1' }), says: 'warn', value: '2', limit: '1' },
      { of: plain({ dailyVolume: n('500'), book: BOOK }, { qty: '3' }), says: 'warn', value: '30', limit: '20' },
      { of: plain({ dailyVolume: n('500'), book: BOOK }, { qty: '11' }), says: 'warn', value: '110', limit: '20' },
    ],
  },
  'trigger-price': {
    edges: {},
    missing: [{ of: plain({}), lacks: ['orders'] }],
    empty: [{ of: plain({ orders: [] }), says: 'ok' }],
    others: [
      { of: plain({ orders: [order('STOP_MARKET', 'SELL', { trigger: n('95') })] }), says: 'warn', value: 'none' },
      { of: plain({ orders: [order('TAKE_PROFIT', 'BUY', { workingType: 'CONTRACT_PRICE' })] }), says: 'warn' },
      { of: plain({ orders: [order('TRAILING_STOP_MARKET', 'SELL')] }), says: 'warn' },
      { of: plain({ orders: [SAFE_ORDER] }), says: 'ok' },
      { of: plain({ orders: [order('LIMIT', 'SELL')] }), says: 'ok' },
      { of: plain({ orders: [order('LIMIT', 'SELL', { trigger: n('95') })] }), says: 'warn' },
      { of: plain({ orders: [order('LIMIT', 'SELL', { activation: n('95') })] }), says: 'warn' },
    ],
  },
  'reduce-only': {
    edges: {},
    missing: [{ of: plain({}), lacks: ['orders'] }],
    empty: [{ of: plain({ orders: [] }), says: 'ok' }],
    others: [
      { of: plain({ orders: [order('LIMIT', 'SELL')] }), says: 'error', value: 'none' },
      { of: plain({ orders: [order('LIMIT', 'SELL', { reduceOnly: false })] }), says: 'error' },
      { of: plain({ orders: [order('LIMIT', 'SELL', { reduceOnly: true })] }), says: 'ok' },
      { of: plain({ orders: [order('STOP_MARKET', 'SELL', { closePosition: true })] }), says: 'ok' },
      { of: plain({ orders: [order('LIMIT', 'BUY')] }), says: 'ok' },
      { of: plain({ orders: [order('LIMIT', 'BUY')] }, { side: 'short' }), says: 'error' },
      { of: plain({ orders: [order('LIMIT', 'SELL')], hedgeMode: true }), says: 'idle' },
      {
        of: accountOf('1000', [
          long('A', '1', { data: { orders: [order('LIMIT', 'SELL')] } }),
          long('A', '1', { side: 'short' }),
        ]),
        says: 'idle',
      },
      {
        of: accountOf('1000', [long('A', '1', { data: { orders: [order('LIMIT', 'SELL')] } }), long('B', '1')]),
        says: 'error',
      },
      // Without symbols nothing says that they are legs of one hedge.
      { of: beside(plain({ orders: [order('LIMIT', 'SELL')] }), plain({}, { side: 'short' })), says: 'error' },
    ],
  },
  'auto-margin': {
    edges: {},
    missing: [{ of: plain({}), lacks: ['autoMargin'] }],
    others: [
      { of: plain({ autoMargin: true }), says: 'warn', value: 'none' },
      { of: plain({ autoMargin: false }), says: 'ok' },
    ],
  },
  'funding-size': {
    edges: {
      warn: {
        below: { of: plain(rates('1', '0.000999999')), says: 'ok', value: '0.0999999' },
        at: { of: plain(rates('0.001')), says: 'ok', value: '0.1' },
        above: { of: plain(rates('0', '0.001000001')), says: 'warn', value: '0.1000001', limit: '0.1' },
      },
    },
    missing: [{ of: plain({}), lacks: ['funding'] }],
    empty: [],
    others: [
      { of: plain(rates('-0.001000001')), says: 'warn', value: '0.1000001' },
      // Paid every 4 hours 0.06 % are 0.12 % in 8; every hour 0.0125 % are 0.1 %.
      { of: plain({ ...rates('0.0006'), fundingInterval: n('4') }), says: 'warn', value: '0.12', limit: '0.1' },
      { of: plain({ ...rates('0.000125'), fundingInterval: n('1') }), says: 'ok', value: '0.1' },
      { of: plain({ funding: [paid('0', 0n), paid('0.0006', 4n)] }), says: 'warn', value: '0.12' },
      {
        of: plain({ funding: [paid('0', 0n), paid('0.0006', 4n)], fundingInterval: n('8') }),
        says: 'ok',
        value: '0.06',
      },
      { of: plain({ funding: [paid('0', 0n), paid('0.0006', 8n)] }), says: 'ok', value: '0.06' },
      { of: plain({ funding: [paid('0.0006', 4n)] }), says: 'ok', value: '0.06' },
      // Times are some milliseconds late; a payment is missing between the last two.
      { of: plain({ funding: [paid('0', 0n, 3n), paid('0.0006', 4n, 1n)] }), says: 'warn', value: '0.12' },
      { of: plain({ funding: [paid('0', 0n), paid('0', 4n), paid('0.0006', 16n)] }), says: 'warn', value: '0.12' },
      { of: plain({ funding: [paid('0', 0n), paid('0.0024', 24n)] }), says: 'ok', value: '0.08' },
      { of: plain({ funding: [paid('0', 0n), paid('0.0006', 0n)] }), says: 'ok', value: '0.06' },
      { of: plain(rates('-0.001')), says: 'ok', value: '0.1' },
    ],
  },
  // A long of 1 at 100, 10x: 10 of margin, and 0.3 a day for each 0.1 % per 8 hours.
  'funding-cost': {
    edges: {
      warn: {
        below: { of: plain(rates('0.000333333333333')), says: 'ok', value: '0.999999999999' },
        at: { of: plain(rates('0.001'), { margin: '30' }), says: 'ok', value: '1' },
        above: { of: plain(rates('0.001000000001'), { margin: '30' }), says: 'warn', value: '1.000000001', limit: '1' },
      },
    },
    missing: [
      { of: plain({}), lacks: ['funding'] },
      { of: accountOf('1000', [{ qty: '1', mark: '100', data: rates('0.001') }]), lacks: ['lev'] },
    ],
    others: [
      { of: plain(rates('0.001', '0')), says: 'ok', value: '0' },
      { of: plain(rates('0.001')), says: 'warn', value: '3' },
      { of: plain(rates('0.001'), { side: 'short' }), says: 'ok', value: '-3' },
      { of: plain(rates('-0.001'), { side: 'short' }), says: 'warn', value: '3' },
      { of: plain({ ...rates('0.001'), fundingInterval: n('1') }), says: 'warn', value: '24' },
      { of: cross(rates('0.001')), says: 'warn', value: '3' },
      { of: plain(rates('0.001'), { mark: '200' }), says: 'warn', value: '6' },
    ],
  },
  'funding-long': {
    edges: {
      warn: {
        below: { of: plain(rates('0.0006', '0.000499999', '0.0006')), says: 'ok', value: '0.0499999' },
        at: { of: plain(rates('0.0006', '0.0006', '0.0005')), says: 'ok', value: '0.05' },
        above: {
          of: plain(rates('0', '0.000500001', '0.0006', '0.0006')),
          says: 'warn',
          value: '0.0500001',
          limit: '0.05',
        },
      },
    },
    missing: [
      { of: plain({}), lacks: ['funding'] },
      { of: plain(rates('0.01', '0.01')), lacks: ['funding'] },
      { of: plain({ funding: [] }), lacks: ['funding'] },
    ],
    others: [
      { of: plain(rates('1', '1', '1'), { side: 'short' }), says: 'idle' },
      { of: plain({ ...rates('0.0003', '0.0003', '0.0003'), fundingInterval: n('4') }), says: 'warn', value: '0.06' },
      // The interval changed from 8 to 4 hours: 0.06, 0.06 and twice 0.03 %.
      {
        of: plain({ funding: [paid('0', 0n), paid('0.0006', 8n), paid('0.0006', 16n), paid('0.0003', 20n)] }),
        says: 'warn',
        value: '0.06',
      },
      // The first rate has the interval of the second.
      {
        of: plain({ funding: [paid('0.0003', 0n), paid('0.0003', 4n), paid('0.0003', 8n)] }),
        says: 'warn',
        value: '0.06',
      },
      { of: plain({ ...rates('0.0006', '0.0006', '0.0006'), fundingInterval: n('12') }), says: 'ok', value: '0.04' },
    ],
  },
  'funding-short': {
    edges: {
      warn: {
        below: {
          of: plain(rates('-0.000700001', '-0.001', '-0.001'), { side: 'short' }),
          says: 'warn',
          value: '-0.0700001',
          limit: '-0.07',
        },
        at: { of: plain(rates('-0.001', '-0.0007', '-0.001'), { side: 'short' }), says: 'ok', value: '-0.07' },
        above: {
          of: plain(rates('-0.001', '-0.001', '-0.000699999'), { side: 'short' }),
          says: 'ok',
          value: '-0.0699999',
        },
      },
    },
    missing: [
      { of: plain({}, { side: 'short' }), lacks: ['funding'] },
      { of: plain(rates('-0.01', '-0.01'), { side: 'short' }), lacks: ['funding'] },
    ],
    others: [
      { of: plain(rates('-1', '-1', '-1')), says: 'idle' },
      {
        of: plain({ ...rates('-0.0004', '-0.0004', '-0.0005'), fundingInterval: n('4') }, { side: 'short' }),
        says: 'warn',
        value: '-0.08',
        limit: '-0.07',
      },
    ],
  },
  'funding-accrual': {
    edges: {
      info: {
        below: { of: plain(rates('0.001', '-0.001000001')), says: 'ok', value: '-0.000001' },
        at: { of: plain(rates('0.001', '-0.001')), says: 'ok', value: '0' },
        above: { of: plain(rates('0.001', '-0.000999999')), says: 'info', value: '0.000001', limit: '0' },
      },
      warn: {
        below: { of: plain(rates('0.004', '0.005999999')), says: 'info', value: '9.999999', limit: '0' },
        at: { of: plain(rates('0.004', '0.006')), says: 'info', value: '10', limit: '0' },
        above: { of: plain(rates('0.004', '0.006000001')), says: 'warn', value: '10.000001', limit: '10' },
      },
    },
    missing: [
      { of: plain({}), lacks: ['funding'] },
      { of: accountOf('1000', [{ qty: '1', mark: '100', data: rates('0.01') }]), lacks: ['lev'] },
    ],
    empty: [{ of: plain({ funding: [] }), says: 'ok', value: '0' }],
    others: [
      { of: plain(rates('0.02'), { side: 'short' }), says: 'ok', value: '-20' },
      { of: plain(rates('-0.02'), { side: 'short' }), says: 'warn', value: '20' },
      { of: plain(rates('0.01'), { mark: '110' }), says: 'warn', value: '11' },
    ],
  },
  'funding-reversal': {
    edges: {
      warn: {
        below: {
          of: plain({ funding: [paid('1', 0n), paid('-1', 8n, 1n), paid('-1', 32n)] }),
          says: 'warn',
          value: '23.999999722222',
          limit: '24',
        },
        at: {
          of: plain({ funding: [paid('1', 0n), paid('-1', 8n), paid('-1', 16n), paid('-1', 32n)] }),
          says: 'warn',
          value: '24',
          limit: '24',
        },
        above: {
          of: plain({ funding: [paid('1', 0n), paid('-1', 8n, -1n), paid('-1', 32n)] }),
          says: 'ok',
          value: '24.000000277778',
        },
      },
    },
    missing: [
      { of: plain({}), lacks: ['funding'] },
      { of: plain({ funding: [paid('1', 0n)] }), lacks: ['funding'] },
      { of: plain(rates('1', '-1')), lacks: ['fundingTimes'] },
      { of: plain({ funding: [paid('1', 0n), { rate: n('-1') }] }), lacks: ['fundingTimes'] },
    ],
    others: [
      { of: plain({ funding: [paid('1', 0n), paid('1', 8n)] }), says: 'ok', value: 'none' },
      { of: plain({ funding: [paid('-1', 0n), paid('1', 8n)] }), says: 'warn', value: '0' },
      { of: plain({ funding: [paid('1', 0n), paid('0', 8n), paid('1', 16n)] }), says: 'ok', value: 'none' },
      {
        of: plain({ funding: [paid('1', 0n), paid('0', 8n), paid('-1', 16n), paid('0', 24n)] }),
        says: 'warn',
        value: '8',
      },
    ],
  },
  'mark-deviation': {
    edges: {
      info: {
        below: { of: plain({}, { mark: '99.999999999' }), says: 'ok', value: '-0.000000001' },
        at: { of: plain({}, { mark: '100' }), says: 'ok', value: '0' },
        above: { of: plain({}, { mark: '100.000000001' }), says: 'info', value: '0.000000001', limit: '0' },
      },
    },
    missing: [{ of: alone({ lev: '10' }), lacks: ['mark'] }],
    others: [
      { of: plain({}, { mark: '99' }), says: 'ok', value: '-1' },
      { of: plain({}, { side: 'short', mark: '103' }), says: 'info', value: '3' },
      { of: plain({}, { contract: 'inverse', qty: '100', mark: '80' }), says: 'info', value: '25' },
    ],
  },
  'mark-vs-index': {
    edges: {
      warn: {
        below: { of: feeds('100.299999999', '100'), says: 'ok', value: '0.299999999' },
        at: { of: feeds('100.3', '100', '100.1'), says: 'ok', value: '0.3' },
        above: { of: feeds('100.300000001', '100.2', '100'), says: 'warn', value: '0.300000001', limit: '0.3' },
      },
    },
    missing: [
      { of: plain({}), lacks: ['feeds'] },
      { of: feeds('100'), lacks: ['feeds'] },
      { of: alone({ lev: '10', data: { feeds: new Map([['index', n('100')]]) } }), lacks: ['mark'] },
    ],
    others: [
      { of: feeds('99.699999999', '100'), says: 'warn', value: '0.300000001' },
      { of: feeds('99.7', '100'), says: 'ok', value: '0.3' },
    ],
  },
  'open-interest': {
    edges: {
      warn: {
        below: { of: plain(interest(...STEADY, '2.999999999')), says: 'ok', value: '2.999999999' },
        at: { of: plain(interest(...STEADY, '3')), says: 'ok', value: '3' },
        above: { of: plain(interest(...STEADY, '3.000000001')), says: 'warn', value: '3.000000001', limit: '3' },
      },
    },
    missing: [
      { of: plain({}), lacks: ['openInterest'] },
      { of: plain({ openInterest: [] }), lacks: ['openInterest'] },
      { of: plain(interest('1', '-1', '1', '-1', '1', '-1', '1', '9')), lacks: ['openInterest'] },
    ],
    others: [
      { of: plain(interest(...STEADY, '-3.000000001')), says: 'warn', value: '3.000000001' },
      { of: plain(interest(...STEADY, '-3')), says: 'ok', value: '3' },
      { of: plain(interest('1', '-1', '1', '-1', '1', '-1', '1', '-1', '9')), says: 'warn', value: '8.418729120241' },
      { of: plain(interest('5', '5', '5', '5', '5', '5', '5', '5', '5')), says: 'ok', value: '0' },
      { of: plain(interest('5', '5', '5', '5', '5', '5', '5', '5', '6')), says: 'warn', value: 'none' },
      { of: plain(interest(...STEADY, '0')), says: 'ok', value: '0' },
      { of: plain(interest(...STEADY.map((change) => String(Number(change) + 10)), '13')), says: 'ok', value: '3' },
      { of: plain(interest(...STEADY, '0')), says: 'ok', value: '0' },
    ],
  },
  'margin-ratio': {
    edges: {
      warn: {
        below: { of: bare('10.000000001', { mmr: '8' }), says: 'ok', value: '79.999999992' },
        at: { of: bare('10', { mmr: '8' }), says: 'warn', value: '80', limit: '80' },
        above: { of: bare('9.999999999', { mmr: '8' }), says: 'warn', value: '80.000000008', limit: '80' },
      },
      error: {
        below: { of: bare('8.000000001', { mmr: '8' }), says: 'warn', value: '99.9999999875', limit: '80' },
        at: { of: bare('8', { mmr: '8' }), says: 'error', value: '100', limit: '100' },
        above: { of: bare('7.999999999', { mmr: '8' }), says: 'error', value: '100.0000000125', limit: '100' },
      },
    },
    missing: [{ of: alone({ lev: '10' }), lacks: ['mark'] }],
    others: [
      { of: bare('5', { mark: '95' }), says: 'error', value: 'none', limit: '100' },
      { of: alone({ entry: '30000', lev: '50', mmr: '0.4', mark: '29700' }), says: 'ok', value: '39.6' },
      { of: accountOf('2.5', [long('A', '1'), long('B', '1')]), says: 'warn', value: '80', limit: '80' },
      { of: alone({ qty: '1', wallet: '1.25', mark: '100' }), says: 'warn', value: '80', limit: '80' },
    ],
  },
  'account-move': {
    edges: {
      info: {
        below: { of: moved('14.999999999'), says: 'info', value: '14.999999999', limit: '15' },
        at: { of: moved('15'), says: 'ok', value: '15' },
        above: { of: moved('15.000000001'), says: 'ok', value: '15.000000001' },
      },
      warn: {
        below: { of: moved('9.999999999'), says: 'warn', value: '9.999999999', limit: '10' },
        at: { of: moved('10'), says: 'info', value: '10', limit: '15' },
        above: { of: moved('10.000000001'), says: 'info', value: '10.000000001', limit: '15' },
      },
      error: {
        below: { of: moved('4.999999999'), says: 'error', value: '4.999999999', limit: '5' },
        at: { of: moved('5'), says: 'warn', value: '5', limit: '10' },
        above: { of: moved('5.000000001'), says: 'warn', value: '5.000000001', limit: '10' },
      },
    },
    missing: [{ of: plain({}), lacks: ['account'] }],
    others: [
      { of: accountOf('1000', [long('A', '1', { mode: 'isolated' })]), says: 'idle' },
      { of: accountOf('1000', []), says: 'idle' },
      // Held alone each goes at a fall of 12 %, together at 6 %.
      { of: accountOf('12', [long('A', '1', { mmr: '0' }), long('B', '1', { mmr: '0' })]), says: 'warn', value: '6' },
      { of: accountOf('6', [long('A', '1', { mmr: '0', side: 'short' })]), says: 'warn', value: '6' },
      {
        of: accountOf('1', [long('A', '1', { mmr: '0' }), long('B', '1', { mmr: '0', side: 'short' })]),
        says: 'ok',
        value: 'none',
      },
      { of: accountOf('1', [long('A', '1', { mmr: '2' })]), says: 'error', value: 'none', limit: '5' },
    ],
  },
  concentration: {
    edges: {
      info: {
        below: {
          of: accountOf('1000', [long('A', '9.999999999'), long('B', '5'), long('C', '5.000000001')]),
          says: 'ok',
          value: '49.999999995',
        },
        at: { of: accountOf('1000', [long('A', '5'), long('B', '5')]), says: 'ok', value: '50' },
        above: {
          of: accountOf('1000', [long('A', '5.000000002'), long('B', '4.999999998')]),
          says: 'info',
          value: '50.00000002',
          limit: '50',
        },
      },
    },
    missing: [{ of: plain({}), lacks: ['account'] }],
    others: [
      { of: cross({}), says: 'idle' },
      { of: accountOf('1000', [long('A', '1'), long('A', '1', { side: 'short' })]), says: 'idle' },
      {
        of: accountOf('1000', [long('A', '1'), long('A', '1', { side: 'short' }), long('B', '1.5')]),
        says: 'info',
        value: '57.142857142857',
      },
      { of: accountOf('1000', [long('A', '1'), long('B', '3', { mode: 'isolated' })]), says: 'info', value: '75' },
    ],
  },
  adl: {
    edges: {
      info: {
        below: { of: accountOf('1000', [long('A', '1', { mark: '99.999' })]), says: 'ok', value: '0' },
        at: { of: accountOf('1000', [long('A', '1')]), says: 'ok', value: '0' },
        above: {
          of: accountOf('1000', [long('A', '1', { mark: '110' })]),
          says: 'info',
          value: '0.000010891089',
          limit: '0',
        },
      },
    },
    missing: [
      { of: plain({}, { mark: '110' }), lacks: ['account'] },
      { of: accountOf('0', [{ qty: '1', lev: '10', mode: 'isolated' }]), lacks: ['mark'] },
    ],
    others: [
      { of: accountOf('0', [long('A', '1', { mode: 'isolated', mark: '110' })]), says: 'info', value: '0.055' },
      { of: accountOf('0.5', [long('A', '1', { mark: '110' })]), says: 'info', value: '1.047619047619' },
      { of: accountOf('-20', [long('A', '1', { mark: '110' })]), says: 'ok', value: '0' },
    ],
  },
  'margin-log': {
    edges: {
      info: {
        below: { of: logged(moveOf('A', 0n), moveOf('A', 1n)), says: 'ok', value: '1' },
        at: { of: logged(moveOf('A', 0n), moveOf('B', 1n)), says: 'info', value: '2', limit: '2' },
        above: { of: logged(moveOf('A', 0n), moveOf('B', 1n), moveOf('C', 1n)), says: 'info', value: '3', limit: '2' },
      },
    },
    missing: [
      { of: alone({ lev: '10' }), lacks: ['account'] },
      { of: accountOf('1000', [long('A', '1')]), lacks: ['marginLog'] },
    ],
    empty: [{ of: logged(), says: 'ok', value: '0' }],
    others: [
      // Exactly an hour apart is within one hour; a millisecond more is not.
      { of: logged(moveOf('A', 0n), moveOf('B', 1n * HOUR)), says: 'info', value: '2' },
      { of: logged(moveOf('A', 0n), moveOf('B', 1n * HOUR + 1n)), says: 'ok', value: '1' },
      { of: logged(moveOf('B', 1n * HOUR), moveOf('A', 0n)), says: 'info', value: '2' },
      // The first leverage is where a symbol starts; a lower one does not count.
      { of: logged(leverageOf('A', 0n, '5'), leverageOf('B', 1n, '5')), says: 'ok', value: '0' },
      { of: logged(leverageOf('A', 0n, '5'), leverageOf('A', 2n, '10'), moveOf('B', 3n)), says: 'info', value: '2' },
      { of: logged(leverageOf('A', 0n, '5'), leverageOf('A', 2n, '4'), moveOf('B', 3n)), says: 'ok', value: '1' },
      { of: logged(leverageOf('A', 0n, '5'), leverageOf('A', 2n, '5'), moveOf('B', 3n)), says: 'ok', value: '1' },
    ],
  },
} as const satisfies Record<RuleId, Cases>;
