import type { Position } from '../../position.js';
import { MAX_MAGNITUDE, Ratio, stepOf } from '../../ratio.js';
import { lacks, measured, reducingRisk, type Rule } from '../rule.js';
import { figure, plain, priceDecimals } from '../words.js';

/** How far the mark is from other prices of the same asset. */
export const markVsIndex: Rule = {
  title: 'largest difference between the mark and another price, in percent of that price',
  reason:
    'The mark price follows the index, which combines the prices of several markets. If they differ a lot, one of ' +
    'them is wrong or has a problem, but the mark price still decides about liquidation.',
  source: reducingRisk('monitoring 4'),
  needs: ['mark', 'feeds'],
  unit: '%',
  settings: { warn: { default: '0.3' } },
  comparison: 'above',
  scope: 'position',
  judge: ({ position: { assessed, data } }) => {
    const { mark } = assessed.position;
    const feeds = [...(data.feeds ?? [])];
    const widest = mark && widestGap(mark, feeds);
    if (!widest) return lacks({ mark, feeds: feeds.length > 0 });
    const { name, price, gap: value } = widest;
    const side = mark.isAbove(price) ? 'above' : 'below';
    return measured(value, ({ limit }) => ({
      message: `the mark ${plain(mark)} is ${figure(value, limit)} % ${side} ${name}, ${plain(price)}; the limit is ${plain(limit)} %`,
      advice: adviceFor(feeds, limit, assessed.position),
    }));
  },
};

/** A price of the same asset, with its name. */
type Feed = readonly [string, Ratio];

interface Gap {
  readonly name: string;
  readonly price: Ratio;
  /** Without its sign, % of the price. */
  readonly gap: Ratio;
}

function widestGap(mark: Ratio, feeds: readonly Feed[]): Gap | undefined {
  let widest: Gap | undefined;
  for (const [name, price] of feeds) {
    const away = mark.minus(price);
    const gap = away.abs().over(price).percent();
    if (!widest || gap.isAbove(widest.gap)) widest = { name, price, gap };
  }
  return widest;
}

/** The marks between which the rule does not fire: within the limit of every feed, rounded inwards. */
function adviceFor(feeds: readonly Feed[], limit: Ratio, position: Position): string {
  const share = limit.over(Ratio.HUNDRED);
  const lows = feeds.map(([, price]) => price.minus(price.times(share)));
  const highs = feeds.map(([, price]) => price.plus(price.times(share)));
  const [low, high] = [Ratio.greatest(lows) as Ratio, Ratio.least(highs) as Ratio];
  const marks = low.isAbove(high) ? undefined : markWords(low, high, position);
  if (marks !== undefined)
    return `do not open positions until the mark is ${marks} again; keep a distance to liquidation`;
  return `do not open positions: the prices differ so much that no mark is within ${plain(limit)} % of all of them; keep a distance to liquidation`;
}

/** With the decimals of a price, or as many as are needed for a value inside. */
function markWords(low: Ratio, high: Ratio, position: Position): string | undefined {
  for (let decimals = priceDecimals(position, low, high); decimals <= MAX_MAGNITUDE; decimals++) {
    const step = stepOf(decimals);
    const [from, to] = [low.ceilTo(step), high.floorTo(step)];
    if (from.isAbove(to) || to.sign() <= 0) continue;
    const [first, last] = [from.toText(decimals), to.toText(decimals)];
    if (low.sign() <= 0) return `at ${last} or lower`;
    return first === last ? `at ${first}` : `between ${first} and ${last}`;
  }
  return undefined;
}
