import { expect, it } from 'vitest';
import { configured } from '../../../src/core/risk/configuration.js';
import { judge } from '../../../src/core/risk/report.js';
import { accountOf, alone, n } from './input.js';

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
