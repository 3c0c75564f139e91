import type { AccountAssessment, AssessedPosition } from '../account.js';
import { collateralEquity, equityAt, initialMargin, profitAt, totalMaintenanceAt, type Position } from '../position.js';
import { oncePerInput } from './legs.js';
import { plain, roundedDown, roundedUp } from './words.js';
import type { RiskPosition, RiskInput } from './input.js';
import { Ratio } from '../ratio.js';

/** The margin of a position, margin asset: the isolated wallet, in cross the initial margin. Nothing in cross without a leverage. */
export function positionMargin({ position }: AssessedPosition): Ratio | undefined {
  if (position.collateral.kind === 'isolated') return position.collateral.wallet;
  return position.lev && initialMargin(position, position.lev);
}

/**
 * The equity that margins are measured by, margin asset: as given, else that of the account with its isolated positions,
 * else of the wallet that one cross position has. Nothing where none of it is known.
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

/** An account of isolated positions alone may have left its wallet out, which then reads as zero. */
function accountEquity({ account, equity }: AccountAssessment, positions: readonly RiskPosition[]): Ratio | undefined {
  const isolated = positions.filter(({ assessed }) => assessed.mode === 'isolated');
  const isKnown = account.isWalletGiven === true || account.wallet.sign() !== 0;
  if (isolated.length === positions.length && !isKnown) return undefined;
  const own = isolated.map(({ assessed: { position, reference } }) =>
    position.collateral.wallet.plus(profitAt(position, reference)),
  );
  return Ratio.sum([equity, ...own]);
}

/** Whether the margin of a position follows from its size and leverage, so that a smaller size takes less. */
export function marginFollowsSize({ terms }: AssessedPosition): boolean {
  return !terms.margin && !terms.addMargin;
}

/** The quantity of a position as `qty` counts it: base units, or contracts. */
export function quantityOf({ position: { contract, size, table }, terms }: AssessedPosition): Ratio {
  return size.over(contract.sizeOf(Ratio.ONE, table?.multiplier ?? terms.multiplier ?? Ratio.ONE));
}

/**
 * What equity lacks of the maintenance margin at a price, margin asset: with so much more collateral the position is
 * liquidated just there. Negative where equity is above it.
 */
export function missingAt(position: Position, price: Ratio): Ratio {
  return totalMaintenanceAt(position, price).minus(equityAt(position, price));
}

/** Where margin is added to a position: `margin`, or in cross `to the wallet`. */
export function marginWords({ collateral }: Pick<Position, 'collateral'>): string {
  return collateral.kind === 'isolated' ? 'margin' : 'to the wallet';
}

/** An amount of a position that is measured by the equity. */
interface Share {
  /** Margin asset. */
  readonly amount: Ratio;
  /** Whether the amount stays as it is when the size changes; by default where the margin was given. */
  readonly isFixed?: boolean;
  readonly equity: Ratio;
  /** The most of the equity, percent. */
  readonly limit: Ratio;
}

/** How to bring an amount down to a share of the equity, in words: a smaller size, where that lessens it. */
export function shareAdvice({ assessed }: RiskPosition, { amount, isFixed, equity, limit }: Share): string {
  const percent = `for ${plain(limit)} %`;
  const most = equity.times(limit).over(Ratio.HUNDRED);
  if (limit.sign() <= 0) return 'close the position';
  if (most.sign() <= 0) {
    return `add ${plain(roundedUp(amount.percent().over(limit).minus(equity)))} equity ${percent}`;
  }
  if (isFixed ?? !marginFollowsSize(assessed)) return `margin ${plain(roundedDown(most))} or less ${percent}`;
  const quantity = quantityOf(assessed).times(most).over(amount);
  return `size ${plain(roundedDown(quantity))} or less ${percent}`;
}
