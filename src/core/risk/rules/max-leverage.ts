import { maxLeverage as mostLeverage } from '../../plan/sweep.js';
import { Ratio } from '../../ratio.js';
import { reducingRisk, type Breach, type Datum, type RiskPosition, type Rule, type FindingWords } from '../rule.js';
import { figure, plain } from '../words.js';

/** The chosen leverage, compared with the maximum of the bracket. */
export const maxLeverage: Rule = {
  title: 'leverage, compared with the maximum of the bracket',
  reason:
    'A position with a larger value has a bracket with a lower maximum leverage. At the maximum, liquidation is as ' +
    'near as possible, and a position whose value exceeds its bracket cannot be increased. The exchange refuses a ' +
    'leverage above the maximum.',
  source: reducingRisk('sizing 2'),
  needs: ['lev', 'symbol', 'brackets', 'qty'],
  unit: 'x',
  settings: {
    warn: { default: '100', meaning: '% of that maximum', comparison: 'at or above' },
    error: { default: '100', meaning: '% of that maximum' },
  },
  comparison: 'above',
  scope: 'position',
  judge: ({ position }) => {
    const { lev } = position.assessed.position;
    const most = mostLeverage(position.assessed.position);
    const data = lacking(position, most);
    if (!lev || !most || data.length > 0) return { kind: 'lacks', data };
    const share = lev.over(most).percent();
    const how = lev.compare(most) === 0 ? 'is' : lev.isAbove(most) ? 'is above' : 'is near';
    const describe = ({ severity, limit: percent }: Breach): FindingWords => {
      const limit = most.times(percent).over(Ratio.HUNDRED);
      const message = `leverage ${figure(lev, most)}x ${how} the ${plain(most)}x that the bracket allows at this notional`;
      return { limit, message, advice: adviceFor(limit, severity) };
    };
    return { kind: 'measured', value: lev, compared: share, describe };
  },
};

function lacking({ assessed: { position, terms } }: RiskPosition, most: Ratio | undefined): readonly Datum[] {
  const data: Datum[] = position.lev ? [] : ['lev'];
  if (!most) data.push(terms.symbol === undefined ? 'symbol' : 'brackets');
  if (position.perUnit) data.push('qty');
  return data;
}

/** Whole leverages, as the exchange accepts them; the warning fires at its limit. */
function adviceFor(limit: Ratio, severity: string): string {
  const whole = limit.floorTo(Ratio.ONE);
  const highest = severity === 'warn' && whole.compare(limit) === 0 ? whole.minus(Ratio.ONE) : whole;
  if (highest.sign() <= 0) return 'reduce the size: at this notional no whole leverage is below the limit';
  return `lower the leverage to ${plain(highest)}x or less`;
}
