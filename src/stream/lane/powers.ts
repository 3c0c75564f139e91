/** The powers of ten that are exact as doubles: from 10^0 to 10^22. */
export const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
