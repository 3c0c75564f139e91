import { flatBrackets } from '../brackets.js';
import { outcomeAt, poolOf, safeRange } from '../liquidation.js';
import { maintenanceAt } from '../leg.js';
import { referencePrice } from '../position.js';
import { Ratio } from '../ratio.js';
import { refusedBy, type Formula } from './formula.js';

/**
 * Maintenance valued at entry, with the entry's bracket: `E (1 - 1/lev + r)` for a plain long.
 *
 * The rule of most web calculators and of older Bybit contracts. In the solver it is a pool whose maintenance is a
 * constant.
 *
 * @see Bybit help, "Liquidation Price (USDT Contract)", older text, example 1
 */
export const simple: Formula = {
  name: 'simple',
  meaning: 'maintenance margin valued at entry, as in web calculators and older Bybit contracts',
  scope: 'every position',
  refuses: ({ venue }) => refusedBy('simple', venue),
  outcome: (position) => {
    const pool = poolOf(position);
    const leg = { ...position, brackets: flatBrackets(Ratio.ZERO, Ratio.ZERO), fee: Ratio.ZERO, fixed: Ratio.ZERO };
    const maintenance = pool.maintenance.plus(maintenanceAt(position, position.entry));
    return outcomeAt(safeRange({ ...pool, legs: [leg], maintenance }), referencePrice(position));
  },
  expression: ({ contract }) =>
    contract.marginAsset === 'quote'
      ? 'E - s x ((C + a) / q - (r + f) x E)'
      : 'N / (N / E + s x (C + a - (r + f) x N / E))',
  neverBecause: 'the formula gives no positive price',
};
