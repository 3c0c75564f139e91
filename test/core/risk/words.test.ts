import { describe, expect, it } from 'vitest';
import { configured, type Configuration } from '../../../src/core/risk/configuration.js';
import { judge } from '../../../src/core/risk/report.js';
import type { RuleId } from '../../../src/core/risk/rules/index.js';
import type { Order, PositionData, RiskInput } from '../../../src/core/risk/input.js';
import { CASES, type Cases, type Row } from './cases.js';
import { MESSAGES } from './messages.js';
import { accountOf, alone, n, TABLE, type Given } from './input.js';

/** What a rule says of an input: message and advice, or `ok`. */
function said(rule: RuleId, of: RiskInput, settings: Readonly<Record<string, string>> = {}): string {
  const choices = Object.entries(settings).map(([setting, value]) => ({ rule, setting, value }));
  const { configuration, problems } = configured(choices);
  expect(problems).toEqual([]);
  return saidWith(rule, of, configuration);
}

function saidWith(rule: RuleId, of: RiskInput, configuration: Configuration): string {
  const { findings, passes } = judge(of, configuration);
  const finding = findings.find((each) => each.rule === rule);
  if (finding) return `${finding.message} => ${finding.advice}`;
  return passes.some((each) => each.rule === rule) ? 'ok' : 'nothing';
}

const long = (data: PositionData = {}, more: Given = {}): RiskInput =>
  alone({ lev: '10', qty: '1', mark: '100', data, ...more });
const stop = (type: string, trigger?: string, side: Order['side'] = 'SELL'): Order => ({
  type,
  side,
  ...(trigger !== undefined && { trigger: n(trigger) }),
});
const steady = (range: string): PositionData['candles'] =>
  Array.from({ length: 14 }, () => ({ high: n('100').plus(n(range)), low: n('100'), close: n('100') }));

describe('limits of zero leave only one thing to do', () => {
  it.each([
    [
      'allocation',
      alone({ lev: '10', qty: '1' }, { equity: '1000' }),
      { error: '0', warn: 'off' },
      'close the position',
    ],
    ['effective-leverage', long(), { warn: '0' }, 'close the position'],
    ['margin-ratio', long(), { error: '0', warn: 'off' }, 'close the position'],
    [
      'event-leverage',
      alone({ lev: '10', qty: '1' }, { event: true, usualLev: '20' }),
      { error: '0' },
      'close the position until the event is over',
    ],
    ['funding-size', long({ funding: [{ rate: n('0.001') }] }), { warn: '0' }, 'reduce the size'],
  ] as const)('%s', (rule, of, settings, advice) => {
    expect(said(rule, of, settings).split(' => ')[1]).toBe(advice);
  });

  it('mark-deviation below zero', () => {
    const settings = { kind: 'settings', values: { info: n('-20') } } as const;
    expect(saidWith('mark-deviation', long({}, { mark: '100' }), { 'mark-deviation': settings })).toBe(
      'at the mark 100 the position is worth 100, 0 % more than 100 at entry => no action: the position is not worth more than at entry',
    );
    expect(saidWith('mark-deviation', long({}, { mark: '90' }), { 'mark-deviation': settings })).toBe(
      'at the mark 90 the position is worth 90, -10 % more than 100 at entry => no action: the position is not worth more than at entry',
    );
  });
});

describe('the leverage that a bracket allows', () => {
  const at = (lev: string, table = TABLE): RiskInput => alone({ symbol: 'A', qty: '1', lev, table });

  it.each([
    [
      '45',
      { warn: '90' },
      'leverage 45x is near the 50x that the bracket allows at this notional => lower the leverage to 44x or less',
    ],
    ['50', {}, 'leverage 50x is the 50x that the bracket allows at this notional => lower the leverage to 49x or less'],
    [
      '50.5',
      {},
      'leverage 50.5x is above the 50x that the bracket allows at this notional => lower the leverage to 50x or less',
    ],
  ] as const)('%s', (lev, settings, words) => {
    expect(said('max-leverage', at(lev), settings)).toBe(words);
  });

  it('is kept away from by a warning at part of a leverage: 99 % of 50x', () => {
    expect(said('max-leverage', at('50'), { warn: '99' }).split(' => ')[1]).toBe('lower the leverage to 49x or less');
    expect(said('max-leverage', at('50'), { warn: '98' }).split(' => ')[1]).toBe('lower the leverage to 48x or less');
  });

  it('may leave none', () => {
    const one = TABLE.brackets.map((each) => ({ ...each, maxLeverage: n('1') }));
    expect(said('max-leverage', at('1', { ...TABLE, brackets: one })).split(' => ')[1]).toBe(
      'reduce the size: at this notional no whole leverage is below the limit',
    );
  });
});

describe('orders', () => {
  it.each([
    [[stop('STOP', '95')], 'a protective stop is stop-limit: STOP SELL at 95 => use STOP_MARKET at 95 instead'],
    [[stop('STOP')], 'a protective stop is stop-limit: STOP SELL => use STOP_MARKET instead'],
    [
      [stop('STOP', '95'), stop('STOP_MARKET', '94'), stop('STOP', '93'), stop('STOP', '110', 'BUY')],
      'protective stops are stop-limit: STOP SELL at 95, STOP SELL at 93 => use STOP_MARKET at 95, 93 instead',
    ],
    [[stop('STOP_MARKET', '94')], 'ok'],
  ])('stop-limit ones %#', (orders, words) => {
    expect(said('stop-market', long({ orders }))).toBe(words);
  });

  it('two that may do more than reduce, or go by the last price', () => {
    const orders = [stop('STOP_MARKET', '95'), stop('TAKE_PROFIT_MARKET', '120')];
    const words = 'STOP_MARKET SELL at 95, TAKE_PROFIT_MARKET SELL at 120';
    expect(said('reduce-only', long({ orders }))).toBe(`without reduce-only: ${words} => set reduceOnly on all 2`);
    expect(said('trigger-price', long({ orders }))).toBe(
      `triggered by the last price: ${words} => set workingType MARK_PRICE on all 2`,
    );
  });

  it('post-only ones on an illiquid pair', () => {
    const gtx: Order = { type: 'LIMIT', side: 'BUY', timeInForce: 'GTX' };
    expect(said('post-only-illiquid', long({ illiquid: true, orders: [gtx] }))).toBe(
      'post-only on an illiquid pair: LIMIT BUY => without post-only (GTC) the order can fill at once',
    );
    expect(said('post-only-illiquid', long({ illiquid: true, orders: [gtx, gtx] }))).toBe(
      'post-only on an illiquid pair: LIMIT BUY, LIMIT BUY => without post-only (GTC) the 2 orders can fill at once',
    );
  });
});

describe('a stop', () => {
  it('that is missing where nothing liquidates the position', () => {
    const words = (more: Given): string | undefined =>
      said('stop-missing', long({ stop: 'none' }, more)).split(' => ')[1];
    expect(words({ lev: '1' })).toBe('set a stop-market order below the mark');
    expect(words({ side: 'short', contract: 'inverse', lev: '1' })).toBe('set a stop-market order above the mark');
    // 90 / 0.99 = 90.909...; over 0.995 it is 91.3658..., rounded up.
    expect(words({})).toBe('set a stop at 91.366 or higher, at least 0.5 % before liquidation');
    // 110 / 1.01 = 108.9108...; over 1.005 it is 108.3690..., rounded down.
    expect(words({ side: 'short' })).toBe('set a stop at 108.36 or lower, at least 0.5 % before liquidation');
    expect(words({ mark: '91' })).toBe(
      'reduce the position or add margin first: liquidation at 90.909 leaves no room for a stop',
    );
  });

  it('is never reached where no price is safe', () => {
    const legs = (data: PositionData) =>
      accountOf('5', [
        { side: 'long', qty: '1', entry: '110', mark: '100', data },
        { side: 'short', qty: '1', entry: '100', mark: '100' },
      ]);
    // Equity is -5 everywhere; at 98 x 0.995 = 97.51 both legs are maintained by 1.9502.
    expect(said('stop-before-liquidation', legs({ stop: n('98') }))).toBe(
      'equity is at or below the maintenance margin at every price: the stop is never reached => add 6.951 to the wallet',
    );
    expect(said('stop-before-liquidation', legs({ stop: n('98') }), { buffer: '100' }).split(' => ')[1]).toBe(
      'close the position',
    );
    expect(said('stop-before-liquidation', legs({ stop: n('98') }), { buffer: 'off' }).split(' => ')[1]).toBe(
      'add 6.96 to the wallet',
    );
  });

  it('that is missing where no price is safe', () => {
    const legs = accountOf('5', [
      { side: 'long', qty: '1', entry: '110', mark: '100', data: { stop: 'none' } },
      { side: 'short', qty: '1', entry: '100', mark: '100' },
    ]);
    expect(said('stop-missing', legs).split(' => ')[1]).toBe(
      'reduce the position or add margin first: at every price it is liquidated before a stop',
    );
  });

  it.each(['100', '150'])('has no place with a buffer of %s %% of its price', (buffer) => {
    expect(said('stop-before-liquidation', long({ stop: n('95') }), { buffer }).split(' => ')[1]).toBe(
      'close the position',
    );
    expect(said('stop-before-liquidation', long({ stop: n('120') }), { buffer }).split(' => ')[1]).toBe(
      'set a stop-market order below the mark',
    );
  });

  it('stands before, at or beyond liquidation', () => {
    const at = (price: string, settings = {}): string =>
      said(
        'stop-before-liquidation',
        alone({ qty: '1', margin: '10', mmr: '0', mark: '100', data: { stop: n(price) } }),
        settings,
      );
    expect(at('90.5')).toBe('ok');
    expect(at('90.4')).toBe(
      'the stop at 90.4 is 0.44 % before liquidation at 90.000; it should be at least 0.5 % => move the stop to 90.453 or higher, or add 0.052 margin',
    );
    expect(at('90').split(' => ')[0]).toBe('the stop at 90 is at the liquidation price 90.000: it is never reached');
    expect(at('81').split(' => ')[0]).toBe(
      'the stop at 81 is 11.11 % beyond the liquidation price 90.000: it is never reached',
    );
    expect(at('90.01', { buffer: 'off' })).toBe('ok');
    expect(at('90', { buffer: 'off' }).split(' => ')[0]).toBe(
      'the stop at 90 is at the liquidation price 90.000: it is never reached',
    );
    expect(at('89.99', { buffer: 'off' }).split(' => ')[0]).toBe(
      'the stop at 89.99 is 0.01 % beyond the liquidation price 90.000: it is never reached',
    );
  });
});

describe('a trailing stop that waits', () => {
  const waiting = (activation: string, range: string, more: Given = {}): string => {
    const side = more.side === 'short' ? 'BUY' : 'SELL';
    const orders: readonly Order[] = [{ type: 'TRAILING_STOP_MARKET', side, activation: n(activation) }];
    return said('trailing-activation', long({ orders, candles: steady(range) ?? [] }, more));
  };

  it('is judged by the range of the market, where it has one', () => {
    expect(waiting('101', '0')).toBe('ok');
    expect(waiting('101', '2')).toBe(
      'the trailing stop is activated 0.5 ATR from the mark 100; it should be at least 1.5; ATR(14) is 2 => set the activation to 103 or higher',
    );
    expect(waiting('99', '2', { side: 'short' }).split(' => ')[1]).toBe('set the activation to 97 or lower');
    // 1.5 x 2.003 = 3.0045: rounded away from the mark.
    expect(waiting('101', '2.003').split(' => ')[1]).toBe('set the activation to 103.01 or higher');
    expect(waiting('99', '2.003', { side: 'short' }).split(' => ')[1]).toBe('set the activation to 96.995 or lower');
    // 1.5 x 66.665 = 99.9975: 0.0025 is left.
    expect(waiting('99', '66.665', { side: 'short' }).split(' => ')[1]).toBe('set the activation to 0.0025 or lower');
    const none = 'let the stop trail from the start: no positive price is far enough away for an activation';
    expect(waiting('99', '80', { side: 'short' }).split(' => ')[1]).toBe(none);
  });
});

/** The case of a rule at a place: `warn above`, `others 2`, `empty 0`. */
function caseAt(rule: RuleId, place: string): Row | undefined {
  const [name = '', at = ''] = place.split(' ');
  const { edges, others = [], empty = [] }: Cases = CASES[rule];
  if (name === 'others' || name === 'empty') return (name === 'others' ? others : empty)[Number(at)];
  return edges[name]?.[at as 'below' | 'at' | 'above'];
}

describe('what a rule says', () => {
  it.each(MESSAGES)('%s, %s: %s', (rule, place, words) => {
    const row = caseAt(rule, place);
    const finding = row && judge(row.of).findings.find((each) => each.rule === rule);
    expect(finding && `${finding.severity}: ${finding.message} => ${finding.advice}`).toBe(words);
  });
});

describe('what is said where a case is rare', () => {
  it('a mark at the liquidation price', () => {
    const at = alone({ qty: '1', margin: '10', mmr: '0', mark: '90' });
    expect(said('distance', at).split(' => ')[0]).toBe('the mark 90 is at the liquidation price 90.000');
  });

  it('a margin of a size of one', () => {
    expect(said('allocation', alone({ lev: '10' }, { equity: '100' })).split(' => ')[0]).toBe(
      'the margin of a size of 1, 10, is 10 % of the equity 100; the limit is 3 %',
    );
  });

  it('legs: five by name, in the order given', () => {
    const legs = (count: number): RiskInput =>
      accountOf(
        '100000',
        Array.from({ length: count }, (_, index) => ({
          symbol: `S${index}`,
          qty: '1',
          mark: '100',
          data: { group: 'x' },
        })),
      );
    const names = (of: RiskInput): string | undefined => said('multi-leg-isolated', of).split(': ')[1];
    expect(names(legs(6))).toBe(
      'long S1, long S2, long S3, long S4, long S5; no price liquidates the pool => isolated, this leg would lose at most its margin',
    );
    expect(names(legs(7))).toMatch(/^long S1, long S2, long S3, long S4, long S5 and 1 more;/);
    expect(names(legs(9))).toMatch(/^long S1, long S2, long S3, long S4, long S5 and 3 more;/);
  });

  it('legs by symbol and by group at once, in the order given', () => {
    const at = { qty: '1', mark: '100', lev: '10' } as const;
    const others = Array.from({ length: 12 }, (_, index) => ({ ...at, symbol: `S${index + 1}` }));
    const legs: readonly Given[] = [
      { ...at, symbol: 'A', data: { group: 'x' } },
      ...others.map((each, index) => (index === 1 || index === 9 ? { ...each, data: { group: 'x' } } : each)),
      { ...at, symbol: 'A', side: 'short' },
      { ...at, symbol: 'Z', data: { group: 'y' } },
    ];
    expect(said('multi-leg-isolated', accountOf('100000', legs)).split(' => ')[0]).toBe(
      'it shares the cross wallet with another leg of its trade: long S2, long S10, short A; the pool is liquidated at 4999350.00; if the legs were isolated at their leverage, short A would be liquidated first, at 108.91',
    );
  });

  it('rates that are paid every hour', () => {
    expect(said('funding-size', long({ funding: [{ rate: n('0.0002') }], fundingInterval: n('1') }))).toMatch(
      /^the last funding rate is 0\.16 % per 8 hours \(0\.02 % every hour\); /,
    );
  });

  it('a move of all marks by 100 %, which no wallet stands', () => {
    const of = accountOf('20', [{ lev: '10', qty: '1', mark: '100' }]);
    expect(said('account-move', of, { error: '100' }).split(' => ')[1]).toBe(
      'reduce the positions: a market move of 100 % would take a mark to zero',
    );
  });

  it('funding of which the last payment was none', () => {
    expect(said('funding-accrual', long({ funding: [{ rate: n('0.02') }, { rate: n('0') }] }))).toBe(
      'funding of 2 over 2 intervals is 20 % of the margin 10 => at the last rate it pays 0 in the next interval: close the position before it, or include this amount in your plan',
    );
  });

  it('shows figures beside a limit of many decimals on their true side', () => {
    const of = (margin: string): RiskInput => alone({ qty: '1', mmr: '8', mark: '100', margin });
    // 8 of 9.98440... would be 80.12 % in two decimals: below the limit that it has passed.
    expect(said('margin-ratio', of('9.9844'), { warn: '80.124' }).split(' => ')[0]).toBe(
      'maintenance of 8 is 80.125 % of the margin balance 9.9844; the limit is 80.124 %',
    );
    expect(said('margin-ratio', of('6.4'), { error: 'off', warn: '125' }).split(' => ')[0]).toBe(
      'maintenance of 8 is 125 % of the margin balance 6.4; the limit is 125 %',
    );
    expect(said('margin-ratio', of('5.12'), { error: 'off', warn: '156.250' }).split(' => ')[0]).toBe(
      'maintenance of 8 is 156.25 % of the margin balance 5.12; the limit is 156.25 %',
    );
    expect(said('margin-ratio', of('25.6'), { warn: '31.25', error: 'off' }).split(' => ')[0]).toContain('is 31.25 %');
    expect(said('margin-ratio', of('51.2'), { warn: '15.625', error: 'off' }).split(' => ')[0]).toBe(
      'maintenance of 8 is 15.625 % of the margin balance 51.2; the limit is 15.625 %',
    );
  });

  it('automatic margin of a cross position', () => {
    expect(said('auto-margin', accountOf('100', [{ qty: '1', mark: '100', data: { autoMargin: true } }]))).toBe(
      'the exchange adds margin from the wallet automatically => turn automatic margin off',
    );
  });
});
