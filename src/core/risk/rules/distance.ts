import type { Bracket } from '../../brackets.js';
import { roomTo, type Bound } from '../../liquidation.js';
import { missingAt, type Position } from '../../position.js';
import { Ratio } from '../../ratio.js';
import { marginAdvice, marginFor, marginWords } from '../margin.js';
import { measured, reducingRisk, type PositionCase, type Rule } from '../rule.js';
import { figure, justAbove, plain, priceText, roundedUp } from '../words.js';

/** How far liquidation is from the mark. */
export const distance: Rule = {
  title: 'distance from the mark to liquidation',
  reason:
    'Liquidation depends on the mark price. If liquidation is only a few percent away, an ordinary move of the ' +
    'price reaches it, and there is no time to add margin or to reduce the position. The limits leave time to act: ' +
    'info to watch the position, warn to prepare, error to act.',
  source: reducingRisk('monitoring 2'),
  needs: ['mark'],
  unit: '%',
  settings: { info: { default: '15' }, warn: { default: '10' }, error: { default: '5' } },
  comparison: 'at or below',
  scope: 'position',
  judge: (of) => {
    const { assessed } = of.position;
    const { position, outcome } = assessed;
    const { mark } = position;
    if (!mark) return { kind: 'lacks', data: ['mark'] };
    if (outcome.kind === 'never') return { kind: 'ok' };
    const { bound } = outcome;
    const value = bound && roomTo(bound, mark).over(mark).percent();
    return measured(value, ({ limit }) => ({
      message: bound ? boundWords(bound, { position, mark, limit }) : NOWHERE,
      advice: adviceFor(of, mark, limit),
    }));
  },
};

const NOWHERE = 'equity is at or below the maintenance margin at every price: the position is already liquidated';

function boundWords(
  bound: Bound,
  { position, mark, limit }: { readonly position: Position; readonly mark: Ratio; readonly limit: Ratio },
): string {
  const room = roomTo(bound, mark).over(mark).percent();
  const [price, at] = [priceText(bound.price, position), plain(mark)];
  if (room.sign() <= 0) {
    const past = room.sign() === 0 ? 'at' : `${figure(room.negated())} % past`;
    return `the mark ${at} is ${past} the liquidation price ${price}`;
  }
  return `liquidation at ${price} is ${figure(room, limit)} % ${bound.danger} the mark ${at}; the limit is ${plain(limit)} %`;
}

/**
 * The equity missing to cover maintenance up to the limit's distance on both sides. Equity minus maintenance is concave
 * in between.
 */
interface Missing {
  /** At the mark and at the distance: with this much more it is liquidated exactly there. */
  readonly within: Ratio;
  /** At a price of zero, for a distance of 100 % or more below: with this much more no fall liquidates it. */
  readonly atZero?: Ratio | undefined;
}

function missingMargin(position: Position, mark: Ratio, limit: Ratio): Missing {
  const move = mark.times(limit).over(Ratio.HUNDRED);
  const prices = [mark, mark.minus(move), mark.plus(move)].filter((price) => price.sign() > 0);
  const missing = prices.map((price) => missingAt(position, price));
  const within = missing.reduce((most, each) => most.max(each), Ratio.ZERO);
  const reachesZero = limit.compare(Ratio.HUNDRED) >= 0 && position.contract.longSlope > 0;
  return { within, atZero: reachesZero ? missingAt(position, Ratio.ZERO) : undefined };
}

/**
 * Whether a fall can liquidate it with any margin: a contract settled in the base asset may lose more, the lower the
 * price.
 *
 * With `u = 1 / p` a long of `N` loses `N (1 + r + f) u`, a short gains `N (1 - r - f) u`, in the end by the last
 * bracket.
 */
function isBottomless(position: Position): boolean {
  const { contract, partner } = position;
  if (contract.longSlope > 0) return false;
  const gains = [position, ...(partner ? [partner] : [])].map(({ side, size, brackets, fee }) => {
    const { rate } = brackets.at(-1) as Bracket;
    const profit = side === 'long' ? Ratio.ONE.negated() : Ratio.ONE;
    return size.times(profit.minus(rate).minus(fee));
  });
  return Ratio.sum(gains).sign() < 0;
}

function adviceFor(of: PositionCase, mark: Ratio, limit: Ratio): string {
  const { assessed } = of.position;
  const { position } = assessed;
  if (limit.compare(Ratio.HUNDRED) >= 0 && isBottomless(position)) {
    return `close the position: no margin puts liquidation ${plain(limit)} % below the mark`;
  }
  const where = marginWords(position);
  const { within, atZero } = missingMargin(position, mark, limit);
  if (atZero?.isAbove(within))
    return `add ${plain(roundedUp(marginFor(atZero, assessed)))} ${where}: then no fall in price liquidates the position`;
  return marginAdvice(of, within, { rounded: justAbove, to: `to reach ${plain(limit)} %` });
}
