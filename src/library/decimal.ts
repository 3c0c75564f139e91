import { Decimal as Original } from 'decimal.js';

/**
 * Arbitrary-precision decimals of decimal.js, with two settings of our own: text is always plain digits, never `1e-7`,
 * and divisions keep 60 digits. The settings of other users of decimal.js do not change.
 */
export const Decimal = Original.clone({ defaults: true, precision: 60, toExpNeg: -9e15, toExpPos: 9e15 });
export type Decimal = Original;
