import type { AssessedPosition } from '../../account.js';
import { assess } from '../../assessment.js';
import { roomTo, type Bound, type Outcome } from '../../liquidation.js';
import { without } from '../../position.js';
import type { Ratio } from '../../ratio.js';
import { otherLegs } from '../legs.js';
import { positionMargin } from '../margin.js';
import { reducingRisk, yesOrNo, type RiskPosition } from '../rule.js';
import { plain, priceText, roundedUp } from '../words.js';

/** The most other legs that are named. */
const NAMED = 5;

/** Whether legs of one trade share the cross pool, and how that changes their liquidation. */
export const multiLegIsolated = yesOrNo({
  title: 'legs of one trade in cross margin, compared with each leg isolated',
  reason:
    'Legs of one trade that share the wallet can liquidate each other and all other positions of the account. An ' +
    'isolated leg can lose at most its own margin. Legs are positions with the same symbol or the same group label. ' +
    'The article requires isolated margin for all of them, but for a hedge this is wrong: 1 BTC long and 1 BTC ' +
    'short at 60000 in cross margin with a wallet of 12,000 are liquidated at 1,153,846; isolated at 10x, the first leg is ' +
    'liquidated at 54,216.87 or 65,737.05, and the other leg is then unhedged. Therefore the finding shows both ' +
    'prices. It is a warning only if the account is liquidated before every isolated leg, and never for opposite ' +
    'sides of one symbol.',
  source: reducingRisk('leverage 3'),
  needs: ['mode', 'account'],
  grading: 'info; warn if the pool is liquidated before every isolated leg',
  judge: ({ input, position }) => {
    if (position.mode === 'isolated') return { kind: 'idle' };
    if (!input.account) return { kind: 'lacks', data: ['account'] };
    const others = otherLegs(input, position).filter(({ mode }) => mode === 'cross');
    if (others.length === 0) return { kind: 'ok' };
    const { assessed } = position;
    const pool = liquidationOf(assessed, assessed.outcome);
    const isolated = nearestIsolated([position, ...others]);
    const isWorse = isolated !== undefined && isNearer(pool, isolated) && !assessed.position.partner;
    return {
      kind: 'finding',
      severity: isWorse ? 'warn' : 'info',
      message: `it shares the cross wallet with another leg of its trade: ${namesOf(others)}; ${pricesOf(pool, isolated)}`,
      advice: adviceFor(position, isWorse, isolated && isNearer(isolated, pool)),
    };
  },
});

/** Where a leg is liquidated. */
interface Liquidation {
  readonly leg: AssessedPosition;
  readonly bound: Bound | undefined;
  /** Distance from the mark, a fraction of it; `undefined` if no price liquidates it. */
  readonly room: Ratio | undefined;
}

function liquidationOf(leg: AssessedPosition, { kind, bound }: Outcome): Liquidation {
  const { reference } = leg;
  // Without a safe price it is liquidated at the present price.
  const at: Bound | undefined = bound ?? (kind === 'already' ? { price: reference, danger: 'below' } : undefined);
  return { leg, bound: at, room: at && roomTo(at, reference).over(reference) };
}

const isNearer = (first: Liquidation, second: Liquidation): boolean =>
  first.room !== undefined && (second.room === undefined || first.room.isBelow(second.room));

/**
 * The leg that is liquidated first if each is isolated with its initial margin; `undefined` if a leverage is unknown.
 */
function nearestIsolated(legs: readonly RiskPosition[]): Liquidation | undefined {
  let nearest: Liquidation | undefined;
  for (const { assessed } of legs) {
    const { lev } = assessed.position;
    if (!lev) return undefined;
    const terms = without(assessed.terms, 'wallet', 'othersMm', 'othersPnl', 'margin', 'addMargin');
    const alone = assess(terms, assessed.position.table);
    const leg = liquidationOf(assessed, alone.outcome);
    if (!nearest || isNearer(leg, nearest)) nearest = leg;
  }
  return nearest;
}

function pricesOf(pool: Liquidation, isolated: Liquidation | undefined): string {
  const shared = pool.bound
    ? `the pool is liquidated at ${priceText(pool.bound.price, pool.leg.position)}`
    : 'no price liquidates the pool';
  if (!isolated) return shared;
  if (!isolated.bound) return `${shared}; if the legs were isolated, no price would liquidate one`;
  const at = priceText(isolated.bound.price, isolated.leg.position);
  return `${shared}; if the legs were isolated at their leverage, ${nameOf(isolated.leg)} would be liquidated first, at ${at}`;
}

function adviceFor({ assessed }: RiskPosition, isWorse: boolean, isBetter: boolean | undefined): string {
  if (assessed.position.partner)
    return 'keep both legs in cross margin: if they were isolated, liquidation of the first leg would leave the other unhedged';
  if (isBetter === true) return 'keep the legs in cross margin, or give each leg more margin before you isolate it';
  const margin = positionMargin(assessed);
  const own = margin ? `${plain(roundedUp(margin))} margin` : 'its own margin';
  return isWorse
    ? `make each leg isolated, this one with ${own}`
    : `isolated, this leg would lose at most its margin: give it ${own}`;
}

const nameOf = ({ terms }: AssessedPosition): string => [terms.side, terms.symbol].join(' ');

function namesOf(others: readonly RiskPosition[]): string {
  const names = others.slice(0, NAMED).map(({ assessed }) => nameOf(assessed));
  const left = others.length - names.length;
  return left > 0 ? `${names.join(', ')} and ${left} more` : names.join(', ');
}
