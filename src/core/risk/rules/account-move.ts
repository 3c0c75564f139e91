import type { AccountAssessment } from '../../account.js';
import { afterMarketMove } from '../../market-move.js';
import { Ratio } from '../../ratio.js';
import { liquidationArticle, measured, reducingRisk, type Rule } from '../rule.js';
import { figure, plain, roundedUp } from '../words.js';

/** How far all marks may move together before an account is liquidated. */
export const accountMove: Rule = {
  title: 'smallest market move, down or up, that liquidates the account',
  reason:
    'The liquidation price of a cross position assumes that the marks of the other positions stay where they are. ' +
    'If the whole market falls, all marks move together, and the account is liquidated much earlier. The figure is ' +
    'the nearer of the two common moves of all marks, down and up, that liquidate the cross account; each mark ' +
    'moves by its beta. The limits are those of distance.',
  source: `${liquidationArticle('managing 4')}; ${reducingRisk('monitoring 2')}, for the whole account`,
  needs: ['account'],
  unit: '%',
  settings: { info: { default: '15' }, warn: { default: '10' }, error: { default: '5' } },
  comparison: 'below',
  scope: 'account',
  judge: ({ account }) => {
    if (!account.account.positions.some(({ mode }) => mode === 'cross')) return { kind: 'idle' };
    if (account.outcome === 'never') return { kind: 'ok' };
    const value = nearerMove(account);
    return measured(value, ({ limit }) => ({
      message: value
        ? `${moveWords(account, limit)} liquidates the account; the limit is ${plain(limit)} %`
        : 'equity is at or below the maintenance margin: the account is already liquidated',
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
  const [fall, rise] = [
    down && `a fall of all marks by ${words(down.negated())} %`,
    up && `a rise of all marks by ${words(up)} %`,
  ];
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
  if (!isPossible) return `reduce the positions: a market move of ${plain(limit)} % would take a mark to zero`;
  const missing = moves.map((each) => {
    const { equity, maintenance } = after(each);
    return maintenance.minus(equity);
  });
  const most = Ratio.greatest(missing) as Ratio;
  return `add ${plain(roundedUp(most))} to the wallet to reach ${plain(limit)} %, or reduce the positions`;
}
