import type { AccountAssessment, AssessedPosition } from '../account.js';
import { initialMargin, profitAt } from '../leg.js';
import { collateralEquity, countedMargin, quantityOf, type Position } from '../position.js';
import { oncePerInput } from './legs.js';
import { figure, plain, roundedDown, roundedUp } from './words.js';
import type { RiskPosition, RiskInput } from './input.js';
import { Ratio } from '../ratio.js';

/**
 * The margin of a position, margin asset: the isolated wallet, in cross the initial margin. `undefined` in cross
 * without a leverage.
 */
export function positionMargin({ position }: AssessedPosition): Ratio | undefined {
  if (position.collateral.kind === 'isolated') return position.collateral.wallet;
  return position.lev && initialMargin(position, position.lev);
}

/**
 * The equity for comparison with margins, margin asset: as given, else that of the account with its isolated positions,
 * else that of a single cross position. `undefined` if none of these is known.
 */
export const equityOf = oncePerInput((input: RiskInput): Ratio | undefined => {
  if (input.equity) return input.equity;
  const { account, positions } = input;
  if (account) return accountEquity(account, positions);
  const [only] = positions;
  if (!only || only.assessed.position.collateral.kind === 'isolated') return undefined;
  const { position, reference } = only.assessed;
  return collateralEquity(position.collateral).plus(profitAt(position, reference));
});

/** An account with isolated positions only may omit its wallet, which is then zero. */
function accountEquity({ account, equity }: AccountAssessment, positions: readonly RiskPosition[]): Ratio | undefined {
  const isolated = positions.filter(({ assessed }) => assessed.mode === 'isolated');
  const isKnown = account.isWalletGiven === true || account.wallet.sign() !== 0;
  if (isolated.length === positions.length && !isKnown) return undefined;
  const own = isolated.map(({ assessed: { position, reference } }) =>
    position.collateral.wallet.plus(profitAt(position, reference)),
  );
  return Ratio.sum([equity, ...own]);
}

/** Whether the margin of a position follows from its size and leverage, so that a smaller size needs less margin. */
export function marginFollowsSize({ terms }: AssessedPosition): boolean {
  return !terms.margin && !terms.addMargin;
}

/** How much margin to add to a position so that it counts for an amount: at most venues the amount itself. */
export function marginFor(amount: Ratio, { position, terms }: Pick<AssessedPosition, 'position' | 'terms'>): Ratio {
  if (position.collateral.kind === 'cross') return amount;
  const { lev, taker, liqFee } = terms;
  return amount.over(countedMargin(Ratio.ONE, position.rule, { leg: position, lev, taker, liqFee }));
}

/** Where margin is added to a position: `margin`, or in cross `to the wallet`. */
export function marginWords({ collateral }: Pick<Position, 'collateral'>): string {
  return collateral.kind === 'isolated' ? 'margin' : 'to the wallet';
}

/** An amount of a position that is compared with the equity. */
interface Share {
  /** Margin asset. */
  readonly amount: Ratio;
  /** Whether the amount stays the same when the size changes; by default, whether the margin was given. */
  readonly isFixed?: boolean;
  readonly equity: Ratio;
  /** The largest allowed share of the equity, percent. */
  readonly limit: Ratio;
}

/** A share of the equity in words, `undefined` if the equity is not positive: `4 % of the equity 1000; the limit is 3 %`. */
export function shareWords(value: Ratio | undefined, equity: Ratio, limit: Ratio): string {
  const share = value ? `${figure(value, limit)} % of the equity ${plain(equity)}` : 'more than the whole equity';
  return `${share}; the limit is ${plain(limit)} %`;
}

/** How to reduce an amount to a share of the equity, in words: a smaller size, if that reduces it. */
export function shareAdvice({ assessed }: RiskPosition, { amount, isFixed, equity, limit }: Share): string {
  const most = equity.times(limit).over(Ratio.HUNDRED);
  if (limit.sign() <= 0) return 'close the position';
  if (most.sign() <= 0) {
    return `add ${plain(roundedUp(amount.percent().over(limit).minus(equity)))} to the equity to reach ${plain(limit)} %`;
  }
  if (isFixed ?? !marginFollowsSize(assessed)) return `reduce the margin to ${plain(roundedDown(most))} or less`;
  const quantity = quantityOf(assessed).times(most).over(amount);
  return `reduce the size to ${plain(roundedDown(quantity))} or less`;
}
