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
  const isolated = positions.filter(({ mode }) => mode === 'isolated');
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

/** A position to which margin is to be added. */
interface Adding {
  readonly input: RiskInput;
  readonly position: Pick<RiskPosition, 'assessed'>;
  readonly marginShare?: Ratio | undefined;
}

/**
 * How to give a position more margin, in words: add it. If the margin would then be a larger share of the equity than
 * the rule `allocation` allows, the position must become smaller instead: size and margin in the same proportion.
 *
 * @param missing - the amount that must count besides the present margin.
 * @param rounded - how it is rounded: `roundedUp`, or `justAbove` if the limit itself is still a breach.
 * @param to - what that reaches: `to reach 5 %`; may be empty.
 */
export function marginAdvice(
  { input, position: { assessed }, marginShare }: Adding,
  missing: Ratio,
  { rounded, to }: { readonly rounded: (amount: Ratio) => Ratio; readonly to: string },
): string {
  const { position } = assessed;
  const end = to === '' ? '' : ` ${to}`;
  const smaller =
    position.collateral.kind === 'isolated' && smallerSize({ input, assessed, marginShare }, rounded(missing));
  if (smaller) return `reduce the size to ${plain(smaller.qty)} with a margin of ${plain(smaller.margin)}${end}`;
  return `add ${plain(rounded(marginFor(missing, assessed)))} ${marginWords(position)}${end}`;
}

/** The size whose margin is the largest allowed one, if the present size needs more with an amount added. */
function smallerSize(
  { input, assessed, marginShare }: Pick<Adding, 'input' | 'marginShare'> & Adding['position'],
  added: Ratio,
): { readonly qty: Ratio; readonly margin: Ratio } | undefined {
  const equity = equityOf(input);
  if (!equity || !marginShare) return undefined;
  const margin = roundedDown(equity.times(marginShare).over(Ratio.HUNDRED));
  const needed = assessed.position.collateral.wallet.plus(added);
  const qty = needed.isAbove(margin) ? roundedDown(quantityOf(assessed).times(margin).over(needed)) : Ratio.ZERO;
  return margin.sign() > 0 && qty.sign() > 0 ? { qty, margin } : undefined;
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
