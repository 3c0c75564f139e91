import { Ratio } from '../ratio.js';
import { passedLimit } from '../risk-limits.js';
import { reducingRisk } from '../risk-sources.js';
import { figure, plain, priceText } from '../risk-words.js';
import type { Datum, Judgement, Rule } from './rule.js';

const FIRES = 'above';

/** How far the mark is from other prices of the same thing. */
export const markVsIndex: Rule = {
  title: 'largest gap between the mark and another price, of that price',
  reason:
    'The mark follows the index, which is made of several markets. Where they part, one of them is wrong or in trouble, ' +
    'and liquidation goes by the mark all the same.',
  source: reducingRisk('monitoring 4'),
  needs: ['mark', 'feeds'],
  unit: '%',
  settings: { warn: { default: '0.3' } },
  fires: FIRES,
  scope: 'position',
  judge: ({ position: { assessed, data }, settings }): Judgement => {
    const { mark } = assessed.position;
    const widest = mark && widestGap(mark, data.feeds);
    const hasFeeds = data.feeds !== undefined && data.feeds.size > 0;
    const lacking: readonly Datum[] = [...(mark ? [] : ['mark' as const]), ...(hasFeeds ? [] : ['feeds' as const])];
    if (!widest) return { kind: 'lacks', data: lacking };
    const { name, price, gap: value } = widest;
    const passed = passedLimit(value, settings, FIRES);
    if (!passed) return { kind: 'ok', value };
    const side = mark.isAbove(price) ? 'above' : 'below';
    const message = `the mark ${plain(mark)} is ${figure(value, passed.limit)} % ${side} ${name}, ${plain(price)}; the limit is ${plain(passed.limit)} %`;
    const edge = price.times(passed.limit).over(Ratio.HUNDRED);
    const [low, high] = [price.minus(edge), price.plus(edge)].map((each) => priceText(each, assessed.position));
    const advice = `open nothing until the mark is between ${low ?? ''} and ${high ?? ''} again; keep room to liquidation`;
    return { kind: 'finding', ...passed, value, message, advice };
  },
};

interface Gap {
  readonly name: string;
  readonly price: Ratio;
  /** Without its sign, % of the price. */
  readonly gap: Ratio;
}

function widestGap(mark: Ratio, feeds: ReadonlyMap<string, Ratio> | undefined): Gap | undefined {
  let widest: Gap | undefined;
  for (const [name, price] of feeds ?? []) {
    const away = mark.minus(price);
    const gap = away.max(away.negated()).over(price).times(Ratio.HUNDRED);
    if (!widest || gap.isAbove(widest.gap)) widest = { name, price, gap };
  }
  return widest;
}
