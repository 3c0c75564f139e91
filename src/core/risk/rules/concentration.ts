import { symbolKey } from '../../brackets.js';
import { valueAt } from '../../leg.js';
import { Ratio } from '../../ratio.js';
import { liquidationArticle, measured, type RiskInput, type Rule } from '../rule.js';
import { figure, plain, roundedUp } from '../words.js';

/** How much of an account is in one symbol. */
export const concentration: Rule = {
  title: 'share of one symbol in the gross value',
  reason:
    'An account with most of its value in one symbol depends on the price of that symbol. Both legs of a hedge ' +
    'count, and so do isolated positions. If the account has only one symbol, the rule does not apply.',
  source: liquidationArticle('managing 4'),
  needs: ['account'],
  unit: '%',
  settings: { info: { default: '50' } },
  comparison: 'above',
  scope: 'account',
  judge: ({ input }) => {
    const values = valuesBySymbol(input);
    if (values.size < 2) return { kind: 'idle' };
    const gross = Ratio.sum([...values.values()]);
    const [symbol, most] = [...values].reduce((largest, each) => (each[1].isAbove(largest[1]) ? each : largest));
    const value = most.over(gross).percent();
    return measured(value, ({ limit }) => ({
      symbol,
      message: `${symbol} is ${figure(value, limit)} % of the gross value ${plain(gross)}; the limit is ${plain(limit)} %`,
      advice: adviceFor(symbol, { most, gross, share: limit.over(Ratio.HUNDRED) }),
    }));
  },
};

function valuesBySymbol({ positions }: RiskInput): ReadonlyMap<string, Ratio> {
  const values = new Map<string, Ratio>();
  for (const { assessed } of positions) {
    const key = symbolKey(assessed.terms.symbol);
    values.set(key, valueAt(assessed.position, assessed.reference).plus(values.get(key) ?? Ratio.ZERO));
  }
  return values;
}

/** Closing also reduces the total: `(most - d) / (gross - d) = share`. */
function adviceFor(
  symbol: string,
  { most, gross, share }: { readonly most: Ratio; readonly gross: Ratio; readonly share: Ratio },
): string {
  const closed = most.minus(share.times(gross)).over(Ratio.ONE.minus(share));
  return `close ${plain(roundedUp(closed))} of the value of ${symbol} to reach ${plain(share.percent())} %`;
}
