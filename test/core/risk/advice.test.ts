import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BracketTable } from '../../../src/core/brackets.js';
import type { Side } from '../../../src/core/leg.js';
import { Ratio } from '../../../src/core/ratio.js';
import { judge, type Finding } from '../../../src/core/risk/report.js';
import type { Configuration } from '../../../src/core/risk/configuration.js';
import type { SettingValues } from '../../../src/core/risk/rule.js';
import type { RuleId } from '../../../src/core/risk/rules/index.js';
import type { Order, RiskInput } from '../../../src/core/risk/input.js';
import { accountOf, alone, n, TABLE, type Given } from './input.js';

const found = (of: RiskInput, rule: RuleId): Finding | undefined =>
  judge(of).findings.find((each) => each.rule === rule);

/** The advice of a rule under a configuration, and of the same input with its advice taken. */
const under = (settings: SettingValues, rule: RuleId): ((of: RiskInput) => Finding | undefined) => {
  const configuration: Configuration = { [rule]: { kind: 'settings', values: settings } };
  return (of) => judge(of, configuration).findings.find((each) => each.rule === rule);
};

/** The advice on an input, what it is when the advice is taken, and when a little less is done. */
interface Advised {
  readonly rule: RuleId;
  readonly of: RiskInput;
  readonly advice: string;
  readonly taken?: RiskInput;
  readonly less?: RiskInput;
}

const FIRST = { entry: '30000', lev: '50', mmr: '0.4', mark: '29700' } as const;
const RICH = { equity: '10000' } as const;
const long = (more: Given): RiskInput => alone({ mark: '100', ...more });
const pool = (wallet: string, ...positions: readonly Given[]): RiskInput =>
  accountOf(
    wallet,
    positions.map((given) => ({ lev: '10', mark: '100', ...given })),
  );
const short = { side: 'short', qty: '1', margin: '4.1' } as const;
const stopped = (stop: string, more: Given = {}): RiskInput => long({ lev: '10', data: { stop: n(stop) }, ...more });
const trailing = (activation: string): RiskInput => {
  const orders: readonly Order[] = [{ type: 'TRAILING_STOP_MARKET', side: 'SELL', activation: n(activation) }];
  const candles = Array.from({ length: 14 }, () => ({ high: n('101'), low: n('99'), close: n('100') }));
  return long({ lev: '10', data: { orders, candles } });
};
const pair = (qty: string): RiskInput => pool('1000', { symbol: 'A', qty }, { symbol: 'B', qty: '5' });

/** Contracts of 10 that are settled in coin. */
const COINS: BracketTable = { ...TABLE, contract: 'inverse', multiplier: n('10') };

const ADVICE: readonly Advised[] = [
  {
    rule: 'trade-risk',
    of: alone(FIRST, RICH),
    advice: 'reduce the size to 0.5 or less',
    taken: alone({ ...FIRST, qty: '0.5' }, RICH),
    less: alone({ ...FIRST, qty: '0.50001' }, RICH),
  },
  {
    // 0.2 % of fees at 100 and 90, and 10 of loss: 10.38 a unit.
    rule: 'trade-risk',
    of: alone({ wallet: '1000', qty: '5', taker: '0.002', mark: '100', data: { stop: n('90') } }),
    advice: 'reduce the size to 2.89 or less',
    taken: alone({ wallet: '1000', qty: '2.89', taker: '0.002', mark: '100', data: { stop: n('90') } }),
    less: alone({ wallet: '1000', qty: '2.891', taker: '0.002', mark: '100', data: { stop: n('90') } }),
  },
  {
    rule: 'account-move',
    of: pool('12', { symbol: 'A', qty: '1', mmr: '0' }, { symbol: 'B', qty: '1', mmr: '0' }),
    advice: 'add 8 to the wallet to reach 10 %, or reduce the positions',
    taken: pool('20', { symbol: 'A', qty: '1', mmr: '0' }, { symbol: 'B', qty: '1', mmr: '0' }),
    less: pool('19.99', { symbol: 'A', qty: '1', mmr: '0' }, { symbol: 'B', qty: '1', mmr: '0' }),
  },
  {
    rule: 'distance',
    of: alone(FIRST),
    advice: 'add 1297.87 margin to reach 5 %',
    taken: alone({ ...FIRST, addMargin: '1297.87' }),
    less: alone({ ...FIRST, addMargin: '1297.86' }),
  },
  {
    // 1897.87 of margin are more than 300, 3 % of the equity: a size of 300 / 1897.87.
    rule: 'distance',
    of: alone(FIRST, RICH),
    advice: 'reduce the size to 0.158 with a margin of 300 to reach 5 %',
    taken: alone({ ...FIRST, qty: '0.158', margin: '300' }, RICH),
    less: alone({ ...FIRST, qty: '0.15808', margin: '300' }, RICH),
  },
  {
    rule: 'effective-leverage',
    of: alone(FIRST, RICH),
    advice:
      'the loss is 300 of 600 margin: reduce the size to 0.431 with a margin of 300 to reach 75x (1.5 times the set 50x)',
    taken: alone({ ...FIRST, qty: '0.431', margin: '300' }, RICH),
    less: alone({ ...FIRST, qty: '0.43104', margin: '300' }, RICH),
  },
  {
    // 10.001 of margin are more than 3: a size of 3 / 10.001.
    rule: 'margin-ratio',
    of: alone({ mark: '100', qty: '1', mmr: '8', margin: '9' }, { equity: '100' }),
    advice: 'reduce the size to 0.2999 with a margin of 3 to get below 80 %',
    taken: alone({ mark: '100', qty: '0.2999', mmr: '8', margin: '3' }, { equity: '100' }),
    less: alone({ mark: '100', qty: '0.3', mmr: '8', margin: '3' }, { equity: '100' }),
  },
  {
    // 10.3605 of margin are more than 3: a size of 3 / 10.3605.
    rule: 'stop-before-liquidation',
    of: alone({ mark: '100', lev: '10', data: { stop: n('91') } }, { equity: '100' }),
    advice: 'move the stop to 91.366 or higher, or reduce the size to 0.2895 with a margin of 3',
    taken: alone({ mark: '100', qty: '0.2895', margin: '3', data: { stop: n('91') } }, { equity: '100' }),
    less: alone({ mark: '100', qty: '0.2896', margin: '3', data: { stop: n('91') } }, { equity: '100' }),
  },
  {
    rule: 'distance',
    of: long(short),
    advice: 'add 1.951 margin to reach 5 %',
    taken: long({ ...short, margin: '6.051' }),
    less: long({ ...short, margin: '6.05' }),
  },
  {
    rule: 'distance',
    of: long({ qty: '1', margin: '4', mark: '99.7' }),
    advice: 'add 2.233 margin to reach 5 %',
    taken: long({ qty: '1', margin: '6.233', mark: '99.7' }),
    less: long({ qty: '1', margin: '6.232', mark: '99.7' }),
  },
  {
    rule: 'distance',
    of: pool('4', { qty: '1', mmr: '0' }),
    advice: 'add 1.001 to the wallet to reach 5 %',
    taken: pool('5.001', { qty: '1', mmr: '0' }),
    less: pool('5', { qty: '1', mmr: '0' }),
  },
  {
    rule: 'distance',
    of: pool('5', { qty: '1', entry: '110', mmr: '0' }, { qty: '1', entry: '100', mmr: '0', side: 'short' }),
    advice: 'add 5.001 to the wallet to reach 5 %',
    taken: pool('10.001', { qty: '1', entry: '110', mmr: '0' }, { qty: '1', mmr: '0', side: 'short' }),
  },
  {
    rule: 'allocation',
    of: alone(FIRST, RICH),
    advice: 'reduce the size to 0.5 or less',
    taken: alone({ ...FIRST, qty: '0.5' }, RICH),
    less: alone({ ...FIRST, qty: '0.50001' }, RICH),
  },
  {
    rule: 'allocation',
    of: alone({ margin: '600', qty: '1' }, RICH),
    advice: 'reduce the margin to 300 or less',
    taken: alone({ margin: '300', qty: '1' }, RICH),
    less: alone({ margin: '300.01', qty: '1' }, RICH),
  },
  {
    rule: 'allocation',
    of: pool('10', { qty: '1', mark: '90' }),
    advice: 'add 333.34 to the equity to reach 3 %',
    taken: pool('343.34', { qty: '1', mark: '90' }),
    less: pool('343.33', { qty: '1', mark: '90' }),
  },
  {
    rule: 'allocation',
    of: pool('5', { qty: '1', mark: '90' }),
    advice: 'add 338.34 to the equity to reach 3 %',
    taken: pool('343.34', { qty: '1', mark: '90' }),
    less: pool('343.33', { qty: '1', mark: '90' }),
  },
  {
    // 100 contracts of 10 are 10 coins at 100, a tenth of it is the margin; 3 % of 10 are 0.3.
    rule: 'allocation',
    of: alone({ lev: '10', qty: '100', table: COINS }, { equity: '10' }),
    advice: 'reduce the size to 30 or less',
    taken: alone({ lev: '10', qty: '30', table: COINS }, { equity: '10' }),
    less: alone({ lev: '10', qty: '31', table: COINS }, { equity: '10' }),
  },
  {
    rule: 'max-leverage',
    of: alone({ symbol: 'A', qty: '10', lev: '50', table: TABLE }),
    advice: 'lower the leverage to 49x or less',
    taken: alone({ symbol: 'A', qty: '10', lev: '49', table: TABLE }),
  },
  {
    rule: 'max-leverage',
    of: alone({ symbol: 'A', qty: '11', lev: '50', table: TABLE }),
    advice: 'lower the leverage to 20x or less',
    taken: alone({ symbol: 'A', qty: '11', lev: '20', table: TABLE }),
    less: alone({ symbol: 'A', qty: '11', lev: '21', table: TABLE }),
  },
  {
    rule: 'effective-leverage',
    of: alone(FIRST),
    advice: 'the loss is 300 of 600 margin: add 96 margin to reach 75x (1.5 times the set 50x)',
    taken: alone({ ...FIRST, addMargin: '96' }),
    less: alone({ ...FIRST, addMargin: '95.99' }),
  },
  {
    rule: 'effective-leverage',
    of: pool('4', { symbol: 'A', qty: '1' }, { symbol: 'B', qty: '2' }),
    advice: 'add 16 to the wallet to reach 15x (1.5 times the set 10x)',
    taken: pool('20', { symbol: 'A', qty: '1' }, { symbol: 'B', qty: '2' }),
    less: pool('19.99', { symbol: 'A', qty: '1' }, { symbol: 'B', qty: '2' }),
  },
  {
    rule: 'event-leverage',
    of: alone({ lev: '20' }, { event: true, usualLev: '15' }),
    advice: 'lower the leverage to 7x or less until the event is over',
    taken: alone({ lev: '7' }, { event: true, usualLev: '15' }),
    less: alone({ lev: '8' }, { event: true, usualLev: '15' }),
  },
  {
    rule: 'event-leverage',
    of: alone({ lev: '20' }, { event: true, usualLev: '1' }),
    advice: 'lower the leverage to 0.5x or less until the event is over',
    taken: alone({ lev: '0.5' }, { event: true, usualLev: '1' }),
  },
  {
    rule: 'event-leverage',
    of: alone({ lev: '20' }, { event: true, usualLev: '0.011' }),
    advice: 'lower the leverage to 0.0055x or less until the event is over',
    taken: alone({ lev: '0.0055' }, { event: true, usualLev: '0.011' }),
    less: alone({ lev: '0.0056' }, { event: true, usualLev: '0.011' }),
  },
  {
    rule: 'stop-missing',
    of: long({ lev: '10', data: { stop: 'none' } }),
    advice: 'set a stop at 91.366 or higher, at least 0.5 % before liquidation',
    taken: stopped('91.37'),
  },
  {
    rule: 'stop-missing',
    of: long({ lev: '200', mmr: '0.45', data: { stop: 'none' } }),
    advice: 'reduce the position or add margin first: liquidation at 99.950 leaves no room for a stop',
  },
  {
    rule: 'stop-before-liquidation',
    of: stopped('91'),
    advice: 'move the stop to 91.366 or higher, or add 0.3605 margin',
    taken: stopped('91.37'),
    less: stopped('91.36'),
  },
  {
    rule: 'stop-before-liquidation',
    of: stopped('91'),
    advice: 'move the stop to 91.366 or higher, or add 0.3605 margin',
    taken: stopped('91', { lev: '10', qty: '1', addMargin: '0.3605' }),
    less: stopped('91', { lev: '10', qty: '1', addMargin: '0.3604' }),
  },
  {
    rule: 'stop-before-liquidation',
    of: long({ side: 'short', margin: '5', qty: '1', mmr: '0', data: { stop: n('106') } }),
    advice: 'move the stop to 104.47 or lower, or add 1.53 margin',
    taken: long({ side: 'short', margin: '6.53', qty: '1', mmr: '0', data: { stop: n('106') } }),
  },
  {
    rule: 'stop-before-liquidation',
    of: stopped('120'),
    advice: 'set a stop at 91.366 or higher, at least 0.5 % before liquidation',
    taken: stopped('91.37'),
    less: stopped('100'),
  },
  {
    rule: 'stop-before-liquidation',
    of: stopped('120', {
      data: { orders: [{ type: 'STOP_MARKET', side: 'SELL', trigger: n('120'), workingType: 'CONTRACT_PRICE' }] },
    }),
    advice: 'set a stop at 91.643 or higher, at least 0.8 % before liquidation',
    taken: stopped('91.65'),
  },
  {
    rule: 'stop-before-liquidation',
    of: long({ side: 'short', margin: '5', qty: '1', mmr: '0', data: { stop: n('80') } }),
    advice: 'set a stop at 104.47 or lower, at least 0.5 % before liquidation',
    taken: long({ side: 'short', margin: '5', qty: '1', mmr: '0', data: { stop: n('104.47') } }),
    less: long({ side: 'short', margin: '5', qty: '1', mmr: '0', data: { stop: n('100') } }),
  },
  {
    rule: 'trailing-activation',
    of: trailing('101'),
    advice: 'set the activation to 103 or higher',
    taken: trailing('103'),
  },
  {
    rule: 'funding-size',
    of: long({ lev: '10', data: { funding: [{ rate: n('0.002') }] } }),
    advice: 'reduce the size to 0.5 or less: it then pays no more than the present size at 0.1 %',
  },
  {
    rule: 'mark-deviation',
    of: long({ lev: '10', mark: '103' }),
    advice: 'to keep the value of 100 at entry, and the maintenance margin with it, close 0.02913',
  },
  {
    rule: 'mark-vs-index',
    of: long({ lev: '10', mark: '101', data: { feeds: new Map([['index', n('100')]]) } }),
    advice: 'do not open positions until the mark is between 99.7 and 100.3 again; keep a distance to liquidation',
  },
  {
    rule: 'margin-ratio',
    of: long({ qty: '1', mmr: '8', margin: '9' }),
    advice: 'add 1.001 margin to get below 80 %',
    taken: long({ qty: '1', mmr: '8', margin: '10.001' }),
    less: long({ qty: '1', mmr: '8', margin: '10' }),
  },
  {
    rule: 'margin-ratio',
    of: pool('2.1', { symbol: 'A', qty: '1' }, { symbol: 'B', qty: '1' }),
    advice: 'add 0.4001 to the wallet to get below 80 %',
    taken: pool('2.5001', { symbol: 'A', qty: '1' }, { symbol: 'B', qty: '1' }),
    less: pool('2.5', { symbol: 'A', qty: '1' }, { symbol: 'B', qty: '1' }),
  },
  {
    rule: 'margin-ratio',
    of: long({ qty: '1', wallet: '1.2' }),
    advice: 'add 0.05001 to the wallet to get below 80 %',
    taken: long({ qty: '1', wallet: '1.25001' }),
    less: long({ qty: '1', wallet: '1.25' }),
  },
  {
    rule: 'concentration',
    of: pair('10'),
    advice: 'close 500 of the value of A to reach 50 %',
    taken: pair('5'),
    less: pair('5.01'),
  },
];

describe('advice', () => {
  it.each(ADVICE)('$rule: $advice', ({ rule, of, advice, taken, less }) => {
    const before = found(of, rule);
    expect(before?.advice).toBe(advice);
    if (taken) expect(found(taken, rule)?.severity).not.toBe(before?.severity);
    if (less) expect(found(less, rule)?.severity).toBe(before?.severity);
  });

  it('adds margin up to the limit of allocation, and any margin if that rule is off', () => {
    const adviceUnder = (settings: Configuration, equity: string): string | undefined =>
      judge(alone(FIRST, { equity }), settings).findings.find((each) => each.rule === 'distance')?.advice;
    const add = 'add 1297.87 margin to reach 5 %';
    // 3 % of 63262.34 are 1897.8702: just enough.
    expect(adviceUnder({}, '63262.34')).toBe(add);
    expect(adviceUnder({}, '63262')).toMatch(/^reduce the size to 0\.9999 with a margin of 1897\.8[56] /);
    expect(adviceUnder({ allocation: { kind: 'off' } }, '10000')).toBe(add);
    const generous = { kind: 'settings', values: { info: 'off', warn: n('20') } } as const;
    expect(adviceUnder({ allocation: generous }, '10000')).toBe(add);
    expect(adviceUnder({}, '0')).toBe(add);
  });

  it('says what is wrong with a stop on the wrong side of the mark', () => {
    expect(found(stopped('120'), 'stop-before-liquidation')?.message).toBe(
      'the stop at 120 is on the wrong side of the mark 100: it triggers at once, or it is a take-profit',
    );
  });

  it('says a figure and its limit apart, however near they are', () => {
    const of = alone({ lev: '10', qty: '30.000000001' }, RICH);
    expect(found(of, 'allocation')?.message).toBe(
      'the margin, 300.00000001, is 3.0000000001 % of the equity 10000; the limit is 3 %',
    );
  });
});

describe('a distance of 100 % and more', () => {
  const ask = under({ error: n('100'), warn: 'off', info: 'off' }, 'distance');
  const far = under({ error: n('250'), warn: 'off', info: 'off' }, 'distance');
  const of = (margin: string, more: Given = {}): RiskInput => long({ qty: '1', margin, ...more });

  it('takes a long as much margin as its value: then nothing liquidates it', () => {
    for (const asked of [ask, far]) {
      expect(asked(of('10'))?.advice).toBe('add 90 margin: then no fall in price liquidates the position');
      expect(asked(of('99.99'))?.advice).toBe('add 0.01 margin: then no fall in price liquidates the position');
      expect(asked(of('99.99'))?.severity).toBe('error');
      expect(asked(of('100'))).toBe(undefined);
    }
    expect(ask(of('10', { entry: '150', mark: '120' }))?.advice).toBe(
      'add 140 margin: then no fall in price liquidates the position',
    );
    expect(ask(of('150', { entry: '150', mark: '120' }))).toBe(undefined);
    expect(ask(pool('10', { qty: '2' }))?.advice).toBe(
      'add 190 to the wallet: then no fall in price liquidates the position',
    );
    expect(ask(pool('200', { qty: '2' }))).toBe(undefined);
  });

  it('is a price for a short', () => {
    const given: Given = { side: 'short', mmr: '0' };
    expect(far(of('10', given))?.advice).toBe('add 240.01 margin to reach 250 %');
    expect(far(of('250', given))?.severity).toBe('error');
    expect(far(of('250.01', given))).toBe(undefined);
  });

  it('hangs on which leg of a hedge is the heavier, where it is settled in the base asset', () => {
    const hedge = (wallet: string, short: string, long: string, more: Given = {}): RiskInput => {
      const given: Given = { contract: 'inverse', mmr: '0', ...more };
      return pool(wallet, { ...given, side: 'short', qty: short }, { ...given, side: 'long', qty: long });
    };
    const none = 'close the position: no margin puts liquidation 100 % below the mark';
    // 0.1 = 50 (1/100 - 1/125); 0.25 = 50 (1/100 - 1/200): a fall earns.
    expect(ask(hedge('0.1', '100', '50'))?.message).toContain(
      'liquidation at 125.00 is 25 % above the mark 100; the limit is 100 %',
    );
    expect(ask(hedge('0.1', '100', '50'))?.advice).toBe('add 0.1501 to the wallet to reach 100 %');
    expect(ask(hedge('0.25', '100', '50'))?.severity).toBe('error');
    expect(ask(hedge('0.2501', '100', '50'))).toBe(undefined);
    // 100 x 0.67 earns 0.5 more than 50 x 1.33 loses: -0.004 + 0.5 u is zero at 1/125, and -0.0015 at 1/200.
    expect(ask(hedge('0.496', '100', '50', { mmr: '33' }))?.advice).toBe('add 0.001501 to the wallet to reach 100 %');
    expect(ask(hedge('0.496', '100', '50', { mmr: '32', mmFee: '0.01' }))?.advice).toMatch(/^add 0\.001501 /);
    expect(ask(hedge('2', '100', '50', { mmr: '33', mmFee: '0.01' }))?.advice).toBe(none);
    // 100 x 0.66 earns less than 50 x 1.34 loses.
    expect(ask(hedge('2', '100', '50', { mmr: '34' }))?.advice).toBe(none);
    expect(ask(hedge('0.1', '50', '100'))?.advice).toBe(none);
    expect(ask(hedge('1000000', '50', '100'))?.severity).toBe('error');
    expect(ask(hedge('0.1', '100', '100', { mmr: '1' }))?.advice).toBe(none);
  });

  it('is nothing that a fall changes where the legs of such a hedge are as heavy: equity is -0.1 everywhere', () => {
    const given: Given = { contract: 'inverse', mmr: '0', qty: '100' };
    // 100 (1/125 - 1/100) = -0.2.
    const flat = pool('0.1', { ...given, side: 'short' }, { ...given, side: 'long', entry: '125' });
    expect(ask(flat)?.advice).toBe('add 0.1001 to the wallet to reach 100 %');
  });

  it('no margin gives a long that is settled in the base asset', () => {
    const given: Given = { contract: 'inverse', qty: '100' };
    expect(ask(of('0.1', given))?.advice).toBe('close the position: no margin puts liquidation 100 % below the mark');
    expect(ask(of('1000000', given))?.severity).toBe('error');
    const down: Given = { ...given, side: 'short', mmr: '0' };
    expect(far(of('0.1', down))?.advice).toBe('add 0.6143 margin to reach 250 %');
    expect(far(of('0.7143', down))).toBe(undefined);
  });
});

describe('where the mark may be', () => {
  const parted = (limit: string, mark: string, ...prices: readonly string[]): Finding | undefined => {
    const feeds = new Map(prices.map((price, index) => [`feed${index}`, n(price)]));
    return under({ warn: n(limit) }, 'mark-vs-index')(long({ lev: '10', mark, data: { feeds } }));
  };
  const advice = (marks: string): string =>
    `do not open positions until the mark is ${marks} again; keep a distance to liquidation`;

  it('is rounded to the inside: at both ends nothing fires', () => {
    expect(parted('0.3', '101', '100.123')?.advice).toBe(advice('between 99.823 and 100.423'));
    for (const end of ['99.823', '100.423']) expect(parted('0.3', end, '100.123')).toBe(undefined);
    for (const end of ['99.822', '100.424']) expect(parted('0.3', end, '100.123')?.severity).toBe('warn');
  });

  it('is within the limit of every feed', () => {
    const prices = ['100', '100.4', '100.2'];
    expect(parted('0.3', '101', ...prices)?.advice).toBe(advice('between 100.1 and 100.3'));
    for (const end of ['100.1', '100.3']) expect(parted('0.3', end, ...prices)).toBe(undefined);
    for (const end of ['100.09', '100.31']) expect(parted('0.3', end, ...prices)?.severity).toBe('warn');
  });

  it('is nowhere where the feeds have parted', () => {
    expect(parted('0.3', '100', '100', '101')?.advice).toBe(
      'do not open positions: the prices differ so much that no mark is within 0.3 % of all of them; keep a distance to liquidation',
    );
  });

  it('is a price that can be, however small the other price is', () => {
    expect(parted('100', '1', '0.001')?.advice).toBe(advice('at 0.002 or lower'));
    expect(parted('0', '101', '0.000000000000000000000000000001')?.advice).toBe(
      advice('at 0.000000000000000000000000000001'),
    );
  });

  it('has as many decimals as it takes, and no end below zero', () => {
    expect(parted('0', '101', '100.12345')?.advice).toBe(advice('at 100.12345'));
    expect(parted('0', '100.12345', '100.12345')).toBe(undefined);
    expect(parted('100', '300', '100')?.advice).toBe(advice('at 200 or lower'));
  });
});

describe('a tiny amount', () => {
  it('is said, and does it', () => {
    const of = (margin: string): RiskInput =>
      long({ qty: '1', entry: '150', mark: '150', lev: '10', mmr: '0', margin });
    const before = found(of('9.999999999999'), 'effective-leverage');
    expect(before?.advice).toBe('add 0.000000000001 margin to reach 15x (1.5 times the set 10x)');
    expect(found(of('10'), 'effective-leverage')).toBe(undefined);
    const uneven = found(of('9.9999999999987654321'), 'effective-leverage');
    expect(uneven?.advice).toBe('add 0.000000000001235 margin to reach 15x (1.5 times the set 10x)');
    expect(found(of('9.9999999999999999999'), 'effective-leverage')?.advice).toBe(
      'add 0.0000000000000000001 margin to reach 15x (1.5 times the set 10x)',
    );
  });
});

const decimal = (least: number, most: number, decimals: number): fc.Arbitrary<string> =>
  fc.integer({ min: least, max: most }).map((digits) => Ratio.of(BigInt(digits), 10n ** BigInt(decimals)).toText(30));

const side = fc.constantFrom('long' as const, 'short' as const);
const position = fc.record({
  side,
  contract: fc.constantFrom('linear' as const, 'inverse' as const),
  entry: decimal(8_000, 12_000, 2),
  mark: decimal(9_000, 11_000, 2),
  qty: decimal(1, 100_000, 3),
  lev: decimal(10, 1_000, 1),
  mmr: decimal(0, 300, 2),
});

/** What the `add` of an advice comes to. */
function amountIn(advice: string): Ratio {
  const text = /add ([\d.]+)/.exec(advice)?.[1];
  return n(text ?? fail(advice));
}

const opposite = (side: Side): Side => (side === 'long' ? 'short' : 'long');

const fail = (advice: string): never => {
  throw new Error(`no amount in: ${advice}`);
};

const ADDING = ['distance', 'effective-leverage', 'margin-ratio'] as const;

describe('advice on any position', () => {
  const isolated = (given: Given, more: Ratio): RiskInput =>
    alone({
      ...given,
      margin: n(given.margin ?? '1')
        .plus(more)
        .toText(40),
    });

  it.each(ADDING)('%s: what is to be added does it, and a hundredth less does not', (rule) => {
    fc.assert(
      fc.property(position, decimal(1, 300_000, 4), (given, margin) => {
        const of = { ...given, margin };
        const before = found(isolated(of, Ratio.ZERO), rule);
        if (!before) return;
        const amount = amountIn(before.advice);
        expect(found(isolated(of, amount), rule)?.severity).not.toBe(before.severity);
        expect(found(isolated(of, amount.times(n('0.99'))), rule)?.severity).toBe(before.severity);
      }),
      { numRuns: 300 },
    );
  });

  it.each(ADDING)('%s: the same of a wallet that two symbols or two legs share', (rule) => {
    fc.assert(
      fc.property(position, position, fc.boolean(), decimal(1, 3_000_000, 4), (first, second, isHedge, wallet) => {
        const symbols = isHedge ? ['A', 'A'] : ['A', 'B'];
        const other = isHedge ? { ...second, mark: first.mark, side: opposite(first.side) } : second;
        const { contract } = first;
        const positions = [
          { ...first, symbol: symbols[0] ?? '' },
          { ...other, contract, symbol: symbols[1] ?? '' },
        ];
        const of = (more: Ratio): RiskInput => accountOf(n(wallet).plus(more).toText(40), positions);
        const before = found(of(Ratio.ZERO), rule);
        if (!before) return;
        const same = (input: RiskInput): Finding | undefined =>
          judge(input).findings.find((each) => each.rule === rule && each.position === before.position);
        const amount = amountIn(before.advice);
        expect(same(of(amount))?.severity).not.toBe(before.severity);
        expect(same(of(amount.times(n('0.99'))))?.severity).toBe(before.severity);
      }),
      { numRuns: 300 },
    );
  });

  it('distance: of a coin-margined hedge at limits of 100 % and more, where margin helps and where none does', () => {
    const counts = { add: 0, close: 0 };
    const property = fc.property(
      position,
      position,
      decimal(1, 3_000_000, 4),
      fc.constantFrom('100', '150', '400'),
      (first, second, wallet, limit) => {
        const asked = under({ error: n(limit), warn: 'off', info: 'off' }, 'distance');
        const leg = { ...first, contract: 'inverse', symbol: 'A' } as const;
        const other = { ...leg, ...second, contract: 'inverse', mark: first.mark, side: opposite(first.side) } as const;
        const of = (more: Ratio): RiskInput => accountOf(n(wallet).plus(more).toText(40), [leg, other]);
        const before = asked(of(Ratio.ZERO));
        if (before?.position !== 0) return;
        if (before.advice.startsWith('close')) {
          counts.close++;
          expect(asked(of(n('1e12')))?.severity).toBe('error');
          return;
        }
        counts.add++;
        const amount = amountIn(before.advice);
        expect(asked(of(amount))?.position).not.toBe(0);
        expect(asked(of(amount.times(n('0.99'))))?.position).toBe(0);
      },
    );
    fc.assert(property, { numRuns: 600 });
    expect(Math.min(counts.add, counts.close)).toBeGreaterThan(5);
  });

  it('allocation: the size is the largest within the limit', () => {
    fc.assert(
      fc.property(position, decimal(1, 1_000_000, 2), (given, equity) => {
        const of = (qty: string): RiskInput => alone({ ...given, qty }, { equity });
        const before = found(of(given.qty), 'allocation');
        if (!before) return;
        const qty = n(/size to ([\d.]+) or less/.exec(before.advice)?.[1] ?? fail(before.advice));
        expect(found(of(qty.toText(40)), 'allocation')?.severity).not.toBe(before.severity);
        expect(found(of(qty.times(n('1.01')).toText(40)), 'allocation')?.severity).toBe(before.severity);
      }),
      { numRuns: 300 },
    );
  });

  it('trade-risk: the size is the largest within the limit, with a stop and without', () => {
    fc.assert(
      fc.property(position, decimal(1, 1_000_000, 2), fc.option(decimal(5_000, 15_000, 2)), (given, equity, at) => {
        const data = { stop: at === null ? ('none' as const) : n(at) };
        const of = (qty: string): RiskInput => alone({ ...given, taker: '0.0005', qty, data }, { equity });
        const before = found(of(given.qty), 'trade-risk');
        if (!before) return;
        const qty = n(/size to ([\d.]+) or less/.exec(before.advice)?.[1] ?? fail(before.advice));
        expect(found(of(qty.toText(40)), 'trade-risk')?.severity).not.toBe(before.severity);
        expect(found(of(qty.times(n('1.01')).toText(40)), 'trade-risk')?.severity).toBe(before.severity);
      }),
      { numRuns: 300 },
    );
  });

  it('stop-coverage: a stop as advised covers the rest', () => {
    fc.assert(
      fc.property(
        position,
        decimal(1, 300_000, 4),
        decimal(5_000, 15_000, 2),
        decimal(1, 120, 2),
        (given, margin, at, share) => {
          const part = n(given.qty).times(n(share));
          const order = (trigger: Ratio, quantity: Ratio): Order => ({
            type: 'STOP_MARKET',
            side: given.side === 'long' ? 'SELL' : 'BUY',
            trigger,
            quantity,
            workingType: 'MARK_PRICE',
          });
          const of = (...orders: readonly Order[]): RiskInput =>
            isolated({ ...given, margin, data: { orders } }, Ratio.ZERO);
          const standing = order(n(at), part);
          const before = found(of(standing), 'stop-coverage');
          const [, stop, quantity] = /^set a stop at ([\d.]+) .* for ([\d.]+) more/.exec(before?.advice ?? '') ?? [];
          if (stop === undefined || quantity === undefined) return;
          expect(found(of(standing, order(n(stop), n(quantity))), 'stop-coverage')).toBe(undefined);
          expect(found(of(standing, order(n(stop), n(quantity).times(n('0.98')))), 'stop-coverage')?.severity).toBe(
            'warn',
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(['account-move', 'event-leverage'] as const)('%s: what is to be added to the wallet does it', (rule) => {
    fc.assert(
      fc.property(position, position, decimal(1, 3_000_000, 4), (first, second, wallet) => {
        const positions = [
          { ...first, symbol: 'A' },
          { ...second, contract: first.contract, symbol: 'B' },
        ];
        const of = (more: Ratio): RiskInput =>
          accountOf(n(wallet).plus(more).toText(40), positions, { event: true, usualLev: '10' });
        const before = found(of(Ratio.ZERO), rule);
        if (!before) return;
        const amount = amountIn(before.advice);
        expect(found(of(amount), rule)?.severity).not.toBe(before.severity);
        expect(found(of(amount.times(n('0.99'))), rule)?.severity).toBe(before.severity);
      }),
      { numRuns: 300 },
    );
  });

  it('stop-before-liquidation: the stop and the margin each do it', () => {
    fc.assert(
      fc.property(position, decimal(1, 300_000, 4), decimal(5_000, 15_000, 2), (given, margin, at) => {
        const of = (stop: Ratio, more: Ratio): RiskInput => isolated({ ...given, margin, data: { stop } }, more);
        const before = found(of(n(at), Ratio.ZERO), 'stop-before-liquidation');
        if (!before) return;
        if (before.message.includes('on the wrong side of the mark')) {
          const stop = /^set a stop at ([\d.]+)/.exec(before.advice)?.[1];
          if (stop !== undefined) expect(found(of(n(stop), Ratio.ZERO), 'stop-before-liquidation')).toBe(undefined);
          return;
        }
        expect(found(of(n(at), amountIn(before.advice)), 'stop-before-liquidation')).toBe(undefined);
        const moved = /^stop at ([\d.]+)/.exec(before.advice)?.[1];
        if (moved !== undefined) expect(found(of(n(moved), Ratio.ZERO), 'stop-before-liquidation')).toBe(undefined);
      }),
      { numRuns: 300 },
    );
  });
});
