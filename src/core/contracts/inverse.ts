import type { Contract } from './contract.js';

/**
 * Inverse (settled in base, "coin-margined"): the axis is one over the price.
 *
 * Value `N / p`, profit `s N (1/E - 1/p)`, with `N` the quote value of all contracts.
 * @see https://www.binance.com/en/support/faq/ceccfcfb4e3a45e3b48b0b1bb1a8ae46 (COIN-M maintenance margin)
 */
export const inverse: Contract = {
  name: 'inverse',
  meaning: 'settled in the base asset (coin-margined); size in contracts of a fixed quote value',
  marginAsset: 'base',
  sizeUnit: 'contracts',
  longSlope: -1,
  coordinate: (price) => price.inverted(),
  sizeOf: (quantity, multiplier) => quantity.times(multiplier),
  quantityOf: (notional, _entry, multiplier) => notional.over(multiplier),
  notional: (size) => size,
  formulas: {
    equity: 'C + s x N x (1 / E - 1 / p)',
    maintenance: '(r + f) x N / p - a',
    long: '(N x (1 + r + f)) / (N / E + C + a)',
    short: '(N x (1 - r - f)) / (N / E - C - a)',
    fixed: { long: 'N / (N / E + C - F)', short: 'N / (N / E - C + F)' },
  },
};
