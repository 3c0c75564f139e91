import { Ratio } from '../../ratio.js';
import { breaches, limitsOf } from '../limits.js';
import { reducingRisk, type Rule } from '../rule.js';
import { figure, plain } from '../words.js';

const LEAST_EARLIER = 8;
/** The root of a variance is cut off at this many decimals: for display, never for the comparison. */
const ROOT_DECIMALS = 30n;

/** Whether the last change of open interest is unusual. */
export const openInterest: Rule = {
  title: 'last change of open interest, in standard deviations of the changes before it',
  reason:
    'If open interest rises or falls suddenly, many positions were opened or closed at the same time: a squeeze, or ' +
    'a series of liquidations. The rule compares the last change with the mean and the sample standard deviation of ' +
    'at least eight changes before it. It compares squares, so nothing is rounded.',
  source: reducingRisk('monitoring 5'),
  needs: ['openInterest'],
  least: { openInterest: LEAST_EARLIER + 2 },
  unit: 'sigma',
  settings: { warn: { default: '3' } },
  comparison: 'above',
  scope: 'position',
  judge: ({ position: { data }, settings }) => {
    const history = data.openInterest ?? [];
    const changes = history.flatMap((value, index) => {
      const before = history[index - 1];
      return before ? [value.minus(before)] : [];
    });
    const [earlier, last] = [changes.slice(0, -1), changes.at(-1)];
    if (!last || earlier.length < LEAST_EARLIER) return { kind: 'lacks', data: ['openInterest'] };
    const { mean, variance } = spreadOf(earlier);
    const squared = last.minus(mean).times(last.minus(mean));
    const breach = limitsOf(settings).find(({ limit }) =>
      breaches(squared, limit.times(limit).times(variance), 'above'),
    );
    const value =
      variance.sign() > 0 ? squareRoot(squared.over(variance)) : squared.sign() > 0 ? undefined : Ratio.ZERO;
    if (!breach) return { kind: 'ok', value };
    const message = value
      ? `the last change of open interest, ${plain(last)}, is ${figure(value, breach.limit)} standard deviations from the mean of the changes before it, ${figure(mean)}; the limit is ${plain(breach.limit)}`
      : `the last change of open interest is ${plain(last)}, all changes before it were ${plain(mean)}`;
    const advice = 'do not open positions, and keep a large distance to liquidation, until the changes are small again';
    return { kind: 'finding', ...breach, value, message, advice };
  },
};

/** Mean and sample variance (divided by the count minus one). */
function spreadOf(values: readonly Ratio[]): { readonly mean: Ratio; readonly variance: Ratio } {
  const count = Ratio.of(BigInt(values.length));
  const mean = Ratio.sum(values).over(count);
  const squares = values.map((value) => value.minus(mean).times(value.minus(mean)));
  return { mean, variance: Ratio.sum(squares).over(count.minus(Ratio.ONE)) };
}

/** The root of a ratio that is not negative, cut off: exact if it is a decimal of few places. */
function squareRoot(value: Ratio): Ratio {
  const scale = 10n ** ROOT_DECIMALS;
  const target = (value.numerator * scale * scale) / value.denominator;
  if (target === 0n) return Ratio.ZERO;
  let root = 1n << BigInt((target.toString(2).length >> 1) + 1);
  for (let next = (root + target / root) >> 1n; next < root; next = (root + target / root) >> 1n) root = next;
  return Ratio.of(root, scale);
}
