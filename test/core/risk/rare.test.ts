import { expect, it } from 'vitest';
import { configured } from '../../../src/core/risk/configuration.js';
import type { Level, RiskInput } from '../../../src/core/risk/rule.js';
import { judge } from '../../../src/core/risk/report.js';
import { accountOf, alone, n } from './input.js';

type Judged = Parameters<typeof judge>;

const found = (
  of: RiskInput,
  rule: string,
  how?: Judged[1],
): ReturnType<typeof judge>['findings'][number] | undefined =>
  judge(of, how).findings.find((each) => each.rule === rule);

it('a trade of many legs is reported by five of them', () => {
  const legs = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((symbol) => ({
    symbol,
    qty: '1',
    lev: '10',
    mark: '100',
    data: { group: 'basket' },
  }));
  const words = (count: number): string | undefined =>
    judge(accountOf('1000', legs.slice(0, count)))
      .findings.find(({ rule }) => rule === 'multi-leg-isolated')
      ?.message.split(';')[0];
  const five = 'it shares the cross wallet with another leg of its trade: long B, long C, long D, long E, long F';
  expect(words(6)).toBe(five);
  expect(words(7)).toBe(`${five} and 1 more`);
});

it('a stop of a long with room of its whole price has no price', () => {
  const { configuration } = configured([{ rule: 'stop-before-liquidation', setting: 'buffer', value: '100' }]);
  // liquidated at 90: (95 - 90) / 95 = 5.263 %
  const of = alone({ qty: '1', margin: '10', mmr: '0', mark: '100', data: { stop: n('95') } });
  const [finding] = judge(of, configuration).findings.filter(({ rule }) => rule === 'stop-before-liquidation');
  expect(finding?.message).toBe('the stop at 95 is 5.26 % before liquidation at 90.000; it should be at least 100 %');
  expect(finding?.advice).toBe('close the position');
});

const levels = (quantity: string): readonly Level[] => [{ price: n('100'), quantity: n(quantity) }];

it('a limit of zero for the cost of funding leaves no size', () => {
  const { configuration } = configured([{ rule: 'funding-cost', setting: 'warn', value: '0' }]);
  const funding = [{ rate: n('0.01'), hours: n('8') }];
  const of = alone({ qty: '1', lev: '10', mark: '100', data: { funding } });
  expect(found(of, 'funding-cost', configuration)?.advice).toBe('close the position');
});

it('a size is not compared with volumes whose limits are off', () => {
  const { configuration } = configured([
    { rule: 'illiquid-size', setting: 'day', value: 'off' },
    { rule: 'illiquid-size', setting: 'book', value: 'off' },
  ]);
  const data = { dailyVolume: n('1'), book: { bids: levels('1'), asks: levels('1') } };
  expect(found(alone({ qty: '5', lev: '2', data }), 'illiquid-size', configuration)).toBeUndefined();
  expect(found(alone({ qty: '5', lev: '2', data }), 'illiquid-size')).toBeDefined();
});

it('one symbol whose margin was moved is reported where one is too many', () => {
  const { configuration } = configured([{ rule: 'margin-log', setting: 'info', value: '1' }]);
  const marginLog = [{ symbol: 'AUSDT', time: 0n }];
  const of = { ...accountOf('1000', [{ qty: '1', lev: '10', mark: '100' }]), marginLog };
  expect(found(of, 'margin-log', configuration)?.message).toBe(
    'within one hour margin was moved or leverage was raised at one symbol: AUSDT',
  );
});
