import { isFailed, type AccountAssessment } from './account.js';
import { DEFAULT_VENUE } from './brackets.js';
import { valueAt } from './leg.js';
import { Ratio } from './ratio.js';

/**
 * The margin of the wallet that no cross position needs at its mark, margin asset: the most that can be taken out if it
 * is positive; negative if too much was taken out.
 *
 * `min(wallet - maintenance, equity - sum of value / lev)`: what is left must cover the initial margin, and unrealised
 * profit cannot replace the maintenance margin. Orders are not counted. `undefined` if the leverage or the maintenance
 * margin of a position is unknown, and at other venues than Binance, whose rule for it is unknown.
 *
 * @see https://www.binance.com/en/support/faq/5d62f8be18d24544b5b6156094c16bf7 (How to Check Futures Wallet Balance)
 */
export function freeMargin({ account, equity, maintenance, positionAt }: AccountAssessment): Ratio | undefined {
  const needed: Ratio[] = [];
  for (const [index, { mode }] of account.positions.entries()) {
    if (mode === 'isolated') continue;
    const answer = positionAt(index);
    if (isFailed(answer) || !answer.terms.lev || answer.position.venue.name !== DEFAULT_VENUE) return undefined;
    needed.push(valueAt(answer.position, answer.reference).over(answer.terms.lev));
  }
  return account.wallet.minus(maintenance).min(equity.minus(Ratio.sum(needed)));
}

/** The most that can be taken out of the wallet of the cross positions, margin asset; `undefined` if it is unknown. */
export function withdrawable(assessment: AccountAssessment): Ratio | undefined {
  return freeMargin(assessment)?.max(Ratio.ZERO);
}
