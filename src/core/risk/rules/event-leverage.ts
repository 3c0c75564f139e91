import { accountLeverage } from '../../account.js';
import { effectiveLeverageAt } from '../../health.js';
import { valueAt } from '../../leg.js';
import { equityAt } from '../../position.js';
import { Ratio } from '../../ratio.js';
import { lacks, measured, reducingRisk, type PoolCase, type Rule } from '../rule.js';
import { figure, plain, roundedDown, roundedUp } from '../words.js';

/** The leverage while a scheduled event is near, against the usual one. */
export const eventLeverage: Rule = {
  title: 'leverage near an event, compared with the usual leverage',
  reason:
    'Prices can jump near a scheduled event. A hedge does not help if both legs are liquidated one after the other. ' +
    'With half of the usual leverage, hedged or not, a position can survive the jump. In cross margin the figure is ' +
    'the gross value of the account divided by its equity, because the set leverage does not change the liquidation ' +
    'price.',
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
          : `the ${name} is unlimited, because there is no equity left`;
      const message = `an event is near and ${is}; the limit is ${plain(limit)} %`;
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
    return `lower the leverage to ${plain(whole.sign() > 0 ? whole : roundedDown(most))}x or less until the event is over`;
  }
  const { gross, equity } = standing;
  const added = `add ${plain(roundedUp(gross.over(most).minus(equity)))} to the wallet`;
  const closed =
    equity.sign() > 0 ? `close ${plain(roundedUp(gross.minus(most.times(equity))))} of the value, or ` : '';
  return `${closed}${added} to reach ${plain(most)}x until the event is over`;
}
