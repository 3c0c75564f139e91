import { accountLeverage } from '../../account.js';
import { effectiveLeverageAt } from '../../health.js';
import { equityAt, valueAt } from '../../position.js';
import { Ratio } from '../../ratio.js';
import { lacks, measured, reducingRisk, type PoolCase, type Rule } from '../rule.js';
import { figure, plain, roundedDown, roundedUp } from '../words.js';

/** The leverage while a scheduled event is near, against the usual one. */
export const eventLeverage: Rule = {
  title: 'leverage around an event, against the usual leverage',
  reason:
    'Around a scheduled event prices jump, and a hedge does not help where both legs are liquidated one after the other. ' +
    'Half of the usual leverage, hedged or not, lets a position outlive the jump. In cross what counts is the gross value ' +
    'of the account over its equity: the leverage that is set there does not move the liquidation price.',
  source: reducingRisk('leverage 2'),
  needs: ['event', 'usualLev', 'lev'],
  unit: '%',
  settings: { error: { default: '50', meaning: '% of the usual leverage' } },
  comparison: 'above',
  scope: 'pool',
  judge: (of) => {
    const { event, usualLev } = of.input;
    if (event === false) return { kind: 'idle' };
    const standing = standingOf(of);
    if (!event || !usualLev || !standing) return lacks({ event, usualLev, lev: standing });
    const { lev } = standing;
    const value = lev?.over(usualLev).percent();
    const name = standing.kind === 'cross' ? 'effective leverage' : 'leverage';
    return measured(value, ({ limit }) => {
      const most = usualLev.times(limit).over(Ratio.HUNDRED);
      const is =
        lev && value
          ? `the ${name} of ${figure(lev, most)}x is ${figure(value, limit)} % of the usual ${plain(usualLev)}x`
          : `the ${name} has no bound: no equity is left`;
      const message = `an event is near and ${is}, the limit is ${plain(limit)} %`;
      return { message, advice: adviceFor(standing, most) };
    });
  },
};

/** The leverage to compare: as set in isolated, gross value over equity in cross, unbounded if no equity is left. */
type Standing =
  | { readonly kind: 'isolated'; readonly lev: Ratio }
  | { readonly kind: 'cross'; readonly lev: Ratio | undefined; readonly gross: Ratio; readonly equity: Ratio };

function standingOf({ input: { account }, position }: PoolCase): Standing | undefined {
  if (!position) {
    return account && { kind: 'cross', lev: accountLeverage(account), gross: account.value, equity: account.equity };
  }
  const { position: own, mode, reference } = position.assessed;
  if (mode === 'isolated') return own.lev && { kind: 'isolated', lev: own.lev };
  const [gross, equity] = [valueAt(own, reference), equityAt(own, reference)];
  return { kind: 'cross', lev: effectiveLeverageAt(own, reference), gross, equity };
}

function adviceFor(standing: Standing, most: Ratio): string {
  if (most.sign() <= 0) return 'close the position until the event is over';
  if (standing.kind === 'isolated') {
    const whole = most.floorTo(Ratio.ONE);
    return `leverage ${plain(whole.sign() > 0 ? whole : roundedDown(most))}x or less until it is over`;
  }
  const { gross, equity } = standing;
  const added = `add ${plain(roundedUp(gross.over(most).minus(equity)))} to the wallet`;
  const closed =
    equity.sign() > 0 ? `close ${plain(roundedUp(gross.minus(most.times(equity))))} of the value, or ` : '';
  return `${closed}${added} for ${plain(most)}x until it is over`;
}
