import { symbolKey } from '../brackets.js';
import { valueAt } from '../position.js';
import { Ratio } from '../ratio.js';
import { passedLimit } from '../risk-limits.js';
import { liquidationArticle } from '../risk-sources.js';
import { figure, plain, roundedUp } from '../risk-words.js';
import type { Judgement, Rule } from './rule.js';
import type { Subject } from './subject.js';

const FIRES = 'above';

/** How much of an account is in one symbol. */
export const concentration: Rule = {
  title: 'share of one symbol in the gross value',
  reason:
    'An account that is mostly one symbol lives and dies with it. Both legs of a hedge count, isolated positions too. With ' +
    'one symbol alone there is nothing to compare.',
  source: liquidationArticle('managing 4'),
  needs: ['account'],
  unit: '%',
  settings: { info: { default: '50' } },
  fires: FIRES,
  scope: 'account',
  judge: ({ subject, settings }): Judgement => {
    const values = valuesBySymbol(subject);
    if (values.size < 2) return { kind: 'idle' };
    const gross = Ratio.sum([...values.values()]);
    const [symbol, most] = [...values].reduce((largest, each) => (each[1].isAbove(largest[1]) ? each : largest));
    const value = most.over(gross).times(Ratio.HUNDRED);
    const passed = passedLimit(value, settings, FIRES);
    if (!passed) return { kind: 'ok', value };
    const message = `${symbol} is ${figure(value, passed.limit)} % of the gross value ${plain(gross)}, the limit is ${plain(passed.limit)} %`;
    const advice = adviceFor(symbol, { most, gross, share: passed.limit.over(Ratio.HUNDRED) });
    return { kind: 'finding', symbol, ...passed, value, message, advice };
  },
};

function valuesBySymbol({ positions }: Subject): ReadonlyMap<string, Ratio> {
  const values = new Map<string, Ratio>();
  for (const { assessed } of positions) {
    const key = symbolKey(assessed.terms.symbol);
    values.set(key, valueAt(assessed.position, assessed.reference).plus(values.get(key) ?? Ratio.ZERO));
  }
  return values;
}

/** What is closed lessens the whole, too: `(most - d) / (gross - d) = share`. */
function adviceFor(
  symbol: string,
  { most, gross, share }: { readonly most: Ratio; readonly gross: Ratio; readonly share: Ratio },
): string {
  const closed = most.minus(share.times(gross)).over(Ratio.ONE.minus(share));
  return `close ${plain(roundedUp(closed))} of the value of ${symbol} for ${plain(share.times(Ratio.HUNDRED))} %`;
}
