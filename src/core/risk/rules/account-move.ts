import type { AccountAssessment } from '../../account.js';
import { afterMarketMove } from '../../market-move.js';
import { Ratio } from '../../ratio.js';
import { liquidationArticle, measured, reducingRisk, type Rule } from '../rule.js';
import { figure, plain, roundedUp } from '../words.js';

/** How far all marks may move together before an account is liquidated. */
export const accountMove: Rule = {
  title: 'market move that liquidates the account, the nearer of down and up',
  reason:
    'Each price of a cross position holds the others at their marks; in a fall of the whole market they all move at once, ' +
    'and the account goes much earlier. The figure is the common move of all marks (each by its beta) at which the cross ' +
    'account is liquidated, whichever way is nearer. The limits are those of distance.',
  source: `${liquidationArticle('managing 4')}; ${reducingRisk('monitoring 2')}, for the whole book`,
  needs: ['account'],
  unit: '%',
  settings: { info: { default: '15' }, warn: { default: '10' }, error: { default: '5' } },
  comparison: 'below',
  scope: 'account',
  judge: ({ account }) => {
    if (account.moving.length === 0) return { kind: 'idle' };
    if (account.outcome === 'never') return { kind: 'ok' };
    const value = nearerMove(account);
    return measured(value, ({ limit }) => ({
      message: value
        ? `${moveWords(account, limit)} liquidates the account, the limit is ${plain(limit)} %`
        : 'equity is at or below the maintenance margin: the account is liquidated already',
      advice: adviceFor(account, limit),
    }));
  },
};

/** Percent, without its sign; `undefined` if the account is already liquidated. */
function nearerMove({ move: { down, up } }: AccountAssessment): Ratio | undefined {
  const fall = down?.negated();
  const nearer = fall && up ? fall.min(up) : (fall ?? up);
  return nearer?.percent();
}

function moveWords({ move: { down, up } }: AccountAssessment, limit: Ratio): string {
  const words = (move: Ratio): string => figure(move.percent(), limit);
  const [fall, rise] = [down && `a fall of all marks by ${words(down.negated())} %`, up && `a rise by ${words(up)} %`];
  return [fall, rise].filter((each) => each !== undefined).join(' or ');
}

/**
 * Equity minus maintenance is concave along a market move: an amount that is enough at both ends is enough between
 * them.
 */
function adviceFor({ moving, account }: AccountAssessment, limit: Ratio): string {
  const after = afterMarketMove(moving, account.wallet);
  const share = limit.over(Ratio.HUNDRED);
  const moves = [Ratio.ZERO, share, share.negated()];
  const isPossible = moves.every((each) => moving.every(({ beta }) => beta.times(each).plus(Ratio.ONE).sign() > 0));
  if (!isPossible) return `reduce the positions: in a move of ${plain(limit)} % a mark would be at zero`;
  const missing = moves.map((each) => {
    const { equity, maintenance } = after(each);
    return maintenance.minus(equity);
  });
  const most = Ratio.greatest(missing) as Ratio;
  return `add ${plain(roundedUp(most))} to the wallet for ${plain(limit)} %, or reduce the positions`;
}
