import type { Contract } from './contract.js';

/**
 * Linear (settled in quote): the axis is the price itself.
 *
 * Value `q p`, profit `s q (p - E)`, with `q` in base units.
 * @see https://www.binance.com/en/support/faq/b3c689c1f50a44cabb3a84e663b81d93 (How to calculate the liquidation price of USDⓈ-M futures)
 */
export const linear: Contract = {
  name: 'linear',
  meaning: 'settled in the quote asset (USDT-margined); size in base units',
  marginAsset: 'quote',
  sizeUnit: 'base units',
  longSlope: 1,
  coordinate: (price) => price,
  sizeOf: (quantity, multiplier) => quantity.times(multiplier),
  quantityOf: (notional, entry, multiplier) => notional.over(entry).over(multiplier),
  notional: (size, price) => size.times(price),
  formulas: {
    equity: 'C + s x q x (p - E)',
    maintenance: '(r + f) x q x p - a',
    long: '(q x E - C - a) / (q x (1 - r - f))',
    short: '(q x E + C + a) / (q x (1 + r + f))',
    fixed: { long: '(q x E - C + F) / q', short: '(q x E + C - F) / q' },
  },
};
