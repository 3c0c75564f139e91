// Products of 128 bits.

const LOW_HALF: u64 = 0xffffffff;

/** The product that was made last. */
export let high: u64 = 0;
export let low: u64 = 0;

/** `a b`, by halves. */
export function multiply(a: u64, b: u64): void {
  const aLow = a & LOW_HALF;
  const aHigh = a >> 32;
  const bLow = b & LOW_HALF;
  const bHigh = b >> 32;
  const ends = aLow * bLow;
  const cross = aHigh * bLow + (ends >> 32);
  const middle = aLow * bHigh + (cross & LOW_HALF);
  low = (middle << 32) | (ends & LOW_HALF);
  high = aHigh * bHigh + (cross >> 32) + (middle >> 32);
}

/** Multiplies the last product again; it must stay below 2^128. */
export function multiplyBy(factor: u64): void {
  const top = high * factor;
  multiply(low, factor);
  high += top;
}

/** Adds a number of 128 bits to the last product. */
export function addTo(otherHigh: u64, otherLow: u64): void {
  low += otherLow;
  high += otherHigh + <u64>(low < otherLow);
}

export function subtractFrom(otherHigh: u64, otherLow: u64): void {
  high -= otherHigh + <u64>(low < otherLow);
  low -= otherLow;
}
