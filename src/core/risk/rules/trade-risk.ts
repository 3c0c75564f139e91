import { profitAt, valueAt } from '../../leg.js';
import type { Position } from '../../position.js';
import { Ratio } from '../../ratio.js';
import { coverageOf, type ClosedPart } from '../coverage.js';
import { equityOf, shareAdvice, shareWords } from '../margin.js';
import { measured, reducingRisk, type Datum, type RiskPosition, type Rule } from '../rule.js';
import { plain } from '../words.js';

/** How much of the equity one trade can lose. */
export const tradeRisk: Rule = {
  title: 'possible loss of the trade as a share of equity',
  reason:
    'A trader who risks one percent of the equity on a trade can lose many times in a row; this figure does not ' +
    'depend on the leverage. If stops cover the size, the loss is the loss at the stops, from the entry, with the ' +
    'trading fee (--taker) at both ends. Without such stops, an isolated position can lose its margin and not more. ' +
    'The possible loss of a cross position is then unknown, and stop-missing or stop-coverage reports it. A stop ' +
    'may fill at a worse price than its own.',
  source: reducingRisk('sizing 1 (there the margin of the trade, which is allocation)'),
  needs: ['equity', 'stop', 'quantity'],
  unit: '%',
  settings: { warn: { default: '1' }, error: { default: '3' } },
  comparison: 'above',
  scope: 'position',
  judge: ({ input, position }) => {
    const equity = equityOf(input);
    const loss = lossOf(position);
    if (!equity || 'lacks' in loss) {
      return { kind: 'lacks', data: [...(equity ? [] : ['equity' as const]), ...('lacks' in loss ? loss.lacks : [])] };
    }
    const { amount, words } = loss;
    const value = equity.sign() > 0 ? amount.over(equity).percent() : undefined;
    const size = position.assessed.position.perUnit ? 'a size of 1' : 'the trade';
    return measured(value, ({ limit }) => ({
      message: `${size} can lose ${words}: ${shareWords(value, equity, limit)}`,
      advice: shareAdvice(position, { amount, equity, limit, ...(loss.isByStop && { isFixed: false }) }),
    }));
  },
};

/** The possible loss of a trade, margin asset. */
interface Loss {
  readonly amount: Ratio;
  /** `10 at the stop`. */
  readonly words: string;
  readonly isByStop: boolean;
}

function lossOf(position: RiskPosition): Loss | { readonly lacks: readonly Datum[] } {
  const { collateral } = position.assessed.position;
  const margin: Loss | undefined =
    collateral.kind === 'isolated'
      ? { amount: collateral.wallet, words: `its margin, ${plain(collateral.wallet)}`, isByStop: false }
      : undefined;
  const coverage = coverageOf(position);
  if (coverage.kind === 'unknown') return margin ?? { lacks: coverage.lacks };
  if (coverage.uncovered.sign() > 0) return margin ?? { lacks: ['stop'] };
  const amount = Ratio.sum(coverage.parts.map((part) => lossAt(position, part, coverage.size)));
  if (margin && !amount.isBelow(margin.amount)) return margin;
  const where = coverage.parts.length === 1 ? 'the stop' : 'the stops';
  return { amount, words: `${plain(amount)} at ${where}`, isByStop: true };
}

/** The loss on the part that a stop closes, with the fees of opening and closing it. */
function lossAt({ assessed: { position, terms } }: RiskPosition, { price, quantity }: ClosedPart, size: Ratio): Ratio {
  const part: Position = { ...position, size: position.size.times(quantity).over(size) };
  const traded = valueAt(part, part.entry).plus(valueAt(part, price));
  return traded.times(terms.taker ?? Ratio.ZERO).minus(profitAt(part, price));
}
