/**
 * The price of a position from whole numbers.
 *
 * For a linear position that is isolated by its leverage alone and has its own rate, the size cancels:
 *
 *     price   = E (L -+ 1) / (L (1 -+ m))        long: upper signs, short: lower
 *     percent = 100 (1 - L m) / (L (1 -+ m))
 *
 * With `E = e / 10^a`, `L = l / 10^b`, `m = r / 10^c` both are quotients of whole numbers:
 *
 *     price   10^k = e (l -+ 10^b) 10^(c + k - a) / (l (10^c -+ r))
 *     percent 10^4 = (10^(b + c) - l r) 10^6      / (l (10^c -+ r))
 *
 * Why every digit of `rounded` is right: its factors are whole doubles below 2^53, so they are exact. Their product
 * need not be, but it only serves to estimate the quotient: three roundings of 2^-53 each, so below 2^51 the estimate
 * is off by less than 0.8, and its floor by less than two. The remainder `numerator - quotient divisor` is then below
 * three divisors, each below 2^29, so that it fits 32 bits and is known from its last 32 bits alone, which 32-bit
 * multiplication gives exactly. It corrects the quotient and decides the rounding: up if twice the remainder is above
 * the divisor, or if they are equal and the quotient is odd. If a bound does not hold, BigInt is used.
 *
 * Every other linear position is `price = (q E -+ (C + a)) / (q (1 -+ m))`, or with `C = q E / L + D` from the leverage
 * `(q E (L -+ 1) / L -+ (D + a)) / (q (1 -+ m))`: again a quotient of whole numbers, taken in BigInt. Sums of
 * collateral are made in doubles as whole numbers of one unit, and refused if they are not below 2^53.
 *
 * With a bracket table a long's price is the highest of its brackets' prices, a short's the lowest. Floats choose the
 * bracket only if no other price is within a billionth of its price, a million times their error; else the record goes
 * to the general path.
 */
import { FAR_TIMES, SLIP_LIMITS } from '../../core/slips.js';
import { BIT, PLACE } from './keys.js';
import { POWERS } from './powers.js';
import type { LaneBracket, LaneDecimal } from './symbols.js';
import type { LaneTerms } from './terms.js';

/** The outcome of a position, and whether there is a price. */
export const OUTCOMES = ['at', 'already', 'never', 'already'] as const;
export const AT = 0;
export const ALREADY = 1;
export const NEVER = 2;
export const NO_SAFE_PRICE = 3;

/** Kinds of warnings that an answer can have; the general path writes their text. */
export const LOW_RATE = 1;
const LEVERAGE_ABOVE_BRACKET = 2;
const ABOVE_LAST_BRACKET = 4;
const FAR_MARK = 8;
/** Percentages besides the maintenance rate that may be mistakes. Each has its own kind of warning. */
const SLIPPERY = (['mmFee', 'liqFee', 'taker', 'callRatio'] as const).map((key, index) => ({
  bit: BIT[key],
  place: PLACE[key],
  below: Number(SLIP_LIMITS[key].below),
  warning: 16 << index,
}));
const MAY_SLIP = SLIPPERY.reduce((set, { bit }) => set | bit, BIT.mark);

/** Decimals of percentages. */
export const PERCENT_DECIMALS = 4;
const MAX_DIVISOR = 2 ** 29;
const MAX_QUOTIENT = 2 ** 51;
const MAX_EXACT = 2 ** 53;
const POWERS_LOW = Int32Array.from(POWERS, (power) => Number(BigInt.asIntN(32, BigInt(power))));
const BIG_POWERS = Array.from({ length: 120 }, (_, exponent) => 10n ** BigInt(exponent));
/** Floats with a smaller relative difference than this count as equal. */
const DOUBT = 1e-9;

const NOT_BY_LEVERAGE = BIT.margin | BIT.wallet;
const SIZE = BIT.qty | BIT.notional;

/** The answer to one record after another. */
export class LanePrice {
  outcome = AT;
  /** Price and percentage as whole numbers of their last decimal, if they are below 2^53. */
  price = 0;
  percent = 0;
  /** The same if one of them is not: then both are set here. */
  bigPrice: bigint | undefined;
  bigPercent: bigint | undefined;
  /** The warnings of the answer. */
  warnings = 0;

  /** A sum of amounts in whole units, and the decimals of the unit. */
  #sum = 0;
  #sumDecimals = 0;
  #rate = 0;
  #rateDecimals = 0;

  /**
   * Prices a record.
   *
   * @param has - the set of its fields, complete and without conflicts.
   * @param places - decimals of the price.
   * @returns whether it could; if not, the fields above are not valid.
   */
  solve(terms: LaneTerms, has: number, places: number): boolean {
    const { mantissas, decimals } = terms;
    this.bigPrice = this.bigPercent = undefined;
    this.warnings = 0;
    this.#sum = this.#sumDecimals = 0;
    const isByLeverage = (has & NOT_BY_LEVERAGE) === 0;
    if ((has & MAY_SLIP) !== 0 && !this.#slips(terms, has)) return false;
    if ((has & ~PLAIN) !== 0 && !this.#collateral(terms, has)) return false;
    if ((has & BIT.symbol) !== 0 && !this.#bracketRate(terms, has)) return false;
    if ((has & BIT.mmr) !== 0) {
      const rate = mantissas[PLACE.mmr] as number;
      const rateDecimals = decimals[PLACE.mmr] as number;
      if (rate * 10 < (POWERS[rateDecimals] as number)) this.warnings |= LOW_RATE;
      this.#rate = rate;
      this.#rateDecimals = rateDecimals + 2;
      if ((has & BIT.cum) !== 0 && !this.#add(terms, PLACE.cum, 1)) return false;
    }
    if ((has & BIT.mmFee) !== 0 && !this.#addFee(terms)) return false;
    if (this.#rate >= (POWERS[this.#rateDecimals] as number)) return false;
    if (!isByLeverage || this.#sum !== 0) return this.#sized(terms, has, places);
    return this.#unsized(terms, has, places);
  }

  /** Looks for values that are likely mistakes; a mark at the limit goes to the general path. */
  #slips(terms: LaneTerms, has: number): boolean {
    for (const { bit, place, below, warning } of SLIPPERY) {
      if ((has & bit) === 0) continue;
      const percent = floatOf(terms, place);
      if (percent > 0 && percent < below) this.warnings |= warning;
    }
    if ((has & BIT.mark) === 0) return true;
    const times = floatOf(terms, PLACE.mark) / floatOf(terms, PLACE.entry);
    const most = Math.max(times, 1 / times);
    if (most > FAR_TIMES) this.warnings |= FAR_MARK;
    return Math.abs(most - FAR_TIMES) > DOUBT;
  }

  /** The position whose size cancels. */
  #unsized({ mantissas, decimals, sign }: LaneTerms, has: number, places: number): boolean {
    const e = mantissas[PLACE.entry] as number;
    const entryDecimals = decimals[PLACE.entry] as number;
    const l = mantissas[PLACE.lev] as number;
    const levDecimals = decimals[PLACE.lev] as number;
    const r = this.#rate;
    const levUnit = POWERS[levDecimals] as number;
    const rateUnit = POWERS[this.#rateDecimals] as number;
    const factor = l - sign * levUnit;
    const charged = rateUnit - sign * r;
    if (factor <= 0) return this.#without(NEVER);
    const divisor = l * charged;
    const shift = this.#rateDecimals + places - entryDecimals;
    const product = l * r;
    const unit = levDecimals + this.#rateDecimals;
    const isSmall = divisor < MAX_DIVISOR && product < MAX_EXACT && factor < MAX_EXACT && shift >= 0 && shift <= 22;
    if (isSmall && unit <= 15 && places <= 14 && (has & BIT.mark) === 0) {
      const price = rounded(e, factor, shift, divisor);
      const room = (POWERS[unit] as number) - product;
      const percent = rounded(Math.abs(room), 1, 6, divisor);
      if (price >= 0 && percent >= 0) {
        this.outcome = room > 0 ? AT : ALREADY;
        this.price = price;
        this.percent = room < 0 ? -percent : percent;
        return true;
      }
    }
    if (factor >= MAX_EXACT || charged >= MAX_EXACT) return false;
    const numerator = productOf(e, factor);
    return this.#exactly(numerator, productOf(l, charged), this.#rateDecimals - entryDecimals, {
      reference: (has & BIT.mark) === 0 ? e : (mantissas[PLACE.mark] as number),
      referenceDecimals: (has & BIT.mark) === 0 ? entryDecimals : (decimals[PLACE.mark] as number),
      sign,
      places,
    });
  }

  /** The position whose size counts: `#sum` is its collateral (without what the leverage gives) and amount. */
  #sized({ mantissas, decimals, sign }: LaneTerms, has: number, places: number): boolean {
    const isByLeverage = (has & NOT_BY_LEVERAGE) === 0;
    const isByNotional = (has & BIT.notional) !== 0;
    const size = isByNotional ? PLACE.notional : PLACE.qty;
    const [e, q] = [mantissas[PLACE.entry] as number, mantissas[size] as number];
    const [entryDecimals, sizeDecimals] = [decimals[PLACE.entry] as number, decimals[size] as number];
    const l = isByLeverage ? (mantissas[PLACE.lev] as number) : 1;
    const levUnit = isByLeverage ? (POWERS[decimals[PLACE.lev] as number] as number) : 0;
    const rateUnit = POWERS[this.#rateDecimals] as number;
    const factor = l - sign * levUnit;
    const charged = rateUnit - sign * this.#rate;
    if (Math.abs(factor) >= MAX_EXACT || charged >= MAX_EXACT) return false;
    const value = isByNotional ? BigInt(q) : productOf(q, e);
    const valueDecimals = isByNotional ? sizeDecimals : sizeDecimals + entryDecimals;
    const unit = Math.max(valueDecimals, this.#sumDecimals);
    const backed = scaled(factor === 1 ? value : value * BigInt(factor), unit - valueDecimals);
    const added = scaled(productOf(this.#sum, l), unit - this.#sumDecimals);
    const numerator = sign > 0 ? backed - added : backed + added;
    if (numerator <= 0n) return this.#without(sign > 0 ? NEVER : NO_SAFE_PRICE);
    const divisor = l === 1 ? productOf(q, charged) : productOf(q, charged) * BigInt(l);
    const shift = sizeDecimals + this.#rateDecimals - unit - (isByNotional ? entryDecimals : 0);
    return this.#exactly(isByNotional ? numerator * BigInt(e) : numerator, divisor, shift, {
      reference: (has & BIT.mark) === 0 ? e : (mantissas[PLACE.mark] as number),
      referenceDecimals: (has & BIT.mark) === 0 ? entryDecimals : (decimals[PLACE.mark] as number),
      sign,
      places,
    });
  }

  #without(outcome: typeof NEVER | typeof NO_SAFE_PRICE): boolean {
    this.outcome = outcome;
    return true;
  }

  /** The price `numerator 10^shift / divisor`, in BigInt. */
  #exactly(
    numerator: bigint,
    divisor: bigint,
    shift: number,
    { reference, referenceDecimals, sign, places }: PriceInputs,
  ): boolean {
    this.bigPrice = roundedBig(scaled(numerator, shift + places), scaled(divisor, -shift - places));
    const apart = shift + referenceDecimals;
    const whole = scaled(divisor * BigInt(reference), -apart);
    const price = scaled(numerator, apart);
    const room = sign > 0 ? whole - price : price - whole;
    const percent = roundedBig((room < 0n ? -room : room) * 1_000_000n, whole);
    this.bigPercent = room < 0n ? -percent : percent;
    this.outcome = room > 0n ? AT : ALREADY;
    return true;
  }

  /** Sums the collateral of the position besides its leverage. */
  #collateral(terms: LaneTerms, has: number): boolean {
    if ((has & BIT.wallet) !== 0) {
      if (!this.#add(terms, PLACE.wallet, 1)) return false;
      if ((has & BIT.othersPnl) !== 0 && !this.#add(terms, PLACE.othersPnl, 1)) return false;
      return (has & BIT.othersMm) === 0 || this.#add(terms, PLACE.othersMm, -1);
    }
    if ((has & BIT.margin) !== 0 && !this.#add(terms, PLACE.margin, 1)) return false;
    if ((has & BIT.addMargin) !== 0) {
      // A removal of margin goes to the general path.
      if ((terms.mantissas[PLACE.addMargin] as number) < 0 || !this.#add(terms, PLACE.addMargin, 1)) return false;
    }
    return (has & BIT.margin) === 0 || this.#sum > 0;
  }

  #add({ mantissas, decimals }: LaneTerms, place: number, sign: 1 | -1): boolean {
    return this.#addDecimal(sign * (mantissas[place] as number), decimals[place] as number);
  }

  #addDecimal(mantissa: number, decimals: number): boolean {
    if (mantissa === 0) return true;
    let term = mantissa;
    if (decimals > this.#sumDecimals) {
      this.#sum *= POWERS[decimals - this.#sumDecimals] as number;
      this.#sumDecimals = decimals;
    } else term *= POWERS[this.#sumDecimals - decimals] as number;
    const isExact = Math.abs(this.#sum) < MAX_EXACT && Math.abs(term) < MAX_EXACT;
    this.#sum += term;
    return isExact && Math.abs(this.#sum) < MAX_EXACT;
  }

  #addFee({ mantissas, decimals }: LaneTerms): boolean {
    const feeDecimals = (decimals[PLACE.mmFee] as number) + 2;
    const unit = Math.max(feeDecimals, this.#rateDecimals);
    const rate = this.#rate * (POWERS[unit - this.#rateDecimals] as number);
    const fee = (mantissas[PLACE.mmFee] as number) * (POWERS[unit - feeDecimals] as number);
    this.#rate = rate + fee;
    this.#rateDecimals = unit;
    return rate < MAX_EXACT && fee < MAX_EXACT && this.#rate < MAX_EXACT;
  }

  /** Looks up the table of the symbol: its warnings, and the rate if the record has no rate. */
  #bracketRate(terms: LaneTerms, has: number): boolean {
    const brackets = terms.symbol?.brackets;
    const isOwnRate = (has & BIT.mmr) !== 0;
    if (!brackets) return isOwnRate;
    const entry = floatOf(terms, PLACE.entry);
    const size = (has & BIT.qty) !== 0 ? floatOf(terms, PLACE.qty) : undefined;
    const value = size === undefined ? ((has & SIZE) === 0 ? entry : floatOf(terms, PLACE.notional)) : size * entry;
    const index = bracketOf(brackets, value);
    if (index < 0) return false;
    const highest = (brackets[index] as LaneBracket).maxLeverage;
    if ((has & BIT.lev) !== 0 && highest !== undefined) {
      const isAbove =
        (terms.mantissas[PLACE.lev] as number) > highest * (POWERS[terms.decimals[PLACE.lev] as number] as number);
      if (isAbove) this.warnings |= LEVERAGE_ABOVE_BRACKET;
    }
    if (isOwnRate) return true;
    const last = brackets[brackets.length - 1] as LaneBracket;
    if (value > last.cap) return false;
    return this.#choose(brackets, terms, { has, entry, value, last });
  }

  #choose(
    brackets: readonly LaneBracket[],
    terms: LaneTerms,
    { has, entry, value, last }: { has: number; entry: number; value: number; last: LaneBracket },
  ): boolean {
    const { sign } = terms;
    const fee = (has & BIT.mmFee) === 0 ? 0 : floatOf(terms, PLACE.mmFee) / 100;
    if (floatOfDecimal(last.rate) + fee > 1 - DOUBT) return false;
    const sum = this.#sum / (POWERS[this.#sumDecimals] as number);
    const backing = (has & NOT_BY_LEVERAGE) === 0 ? sum + value / floatOf(terms, PLACE.lev) : sum;
    // Prices in units of the entry: the value there over the value at entry.
    let [best, chosen, second] = [-sign * Number.POSITIVE_INFINITY, -1, -sign * Number.POSITIVE_INFINITY];
    for (let index = 0; index < brackets.length; index++) {
      const { rate, amount } = brackets[index] as LaneBracket;
      const own =
        (value - sign * (backing + floatOfDecimal(amount))) / (value * (1 - sign * (floatOfDecimal(rate) + fee)));
      if (sign * own > sign * best) [second, best, chosen] = [best, own, index];
      else if (sign * own > sign * second) second = own;
    }
    const most = Math.abs(best) + Math.abs(backing) / value + 1;
    if (Math.abs(best - second) <= DOUBT * most) return false;
    if (Number.isFinite(last.cap)) {
      const above = (best * value) / last.cap - 1;
      if (Math.abs(above) < DOUBT * most) return false;
      if (above > 0) this.warnings |= ABOVE_LAST_BRACKET;
    }
    const { rate, amount } = brackets[chosen] as LaneBracket;
    this.#rate = rate.mantissa;
    this.#rateDecimals = rate.decimals;
    return Number.isFinite(entry) && this.#addDecimal(amount.mantissa, amount.decimals);
  }
}

/** The inputs of a price. */
interface PriceInputs {
  readonly reference: number;
  readonly referenceDecimals: number;
  readonly sign: 1 | -1;
  readonly places: number;
}

/** Fields of a record whose collateral is its leverage alone. */
const PLAIN = ~(BIT.margin | BIT.addMargin | BIT.wallet);

/** The bracket of a value, or -1 if it is too near an edge to decide. */
function bracketOf(brackets: readonly LaneBracket[], value: number): number {
  for (let index = 0; index < brackets.length; index++) {
    const { cap } = brackets[index] as LaneBracket;
    if (Math.abs(value - cap) < DOUBT * cap) return -1;
    if (value < cap) return index;
  }
  return brackets.length - 1;
}

function floatOf({ mantissas, decimals }: LaneTerms, place: number): number {
  return (mantissas[place] as number) / (POWERS[decimals[place] as number] as number);
}

function floatOfDecimal({ mantissa, decimals }: LaneDecimal): number {
  return mantissa / (POWERS[decimals] as number);
}

/** The product of two whole doubles below 2^53. */
function productOf(a: number, b: number): bigint {
  const product = a * b;
  return Math.abs(product) < MAX_EXACT ? BigInt(product) : BigInt(a) * BigInt(b);
}

/** `value 10^exponent`; the value itself if the exponent is not positive. */
function scaled(value: bigint, exponent: number): bigint {
  return exponent > 0 ? value * (BIG_POWERS[exponent] as bigint) : value;
}

/** `numerator / divisor` rounded half-even; neither is negative. */
function roundedBig(numerator: bigint, divisor: bigint): bigint {
  const quotient = numerator / divisor;
  const twice = (numerator - quotient * divisor) * 2n;
  return twice > divisor || (twice === divisor && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

/**
 * `a b 10^shift / divisor`, rounded half-even: exact for whole `a`, `b` below 2^53 and a whole divisor below 2^29.
 *
 * @returns -1 if the quotient is too large for the argument above.
 */
export function rounded(a: number, b: number, shift: number, divisor: number): number {
  const estimate = (a * b * (POWERS[shift] as number)) / divisor;
  if (!(estimate < MAX_QUOTIENT)) return -1;
  let quotient = Math.floor(estimate);
  const numeratorLow = Math.imul(Math.imul(a | 0, b | 0), POWERS_LOW[shift] as number);
  const whole = divisor | 0;
  let remainder = (numeratorLow - Math.imul(quotient | 0, whole)) | 0;
  for (; remainder < 0; remainder += whole) quotient--;
  for (; remainder >= whole; remainder -= whole) quotient++;
  const above = 2 * remainder - whole;
  // Rounding up is as likely as not, so the code does not branch: it adds the sign bit.
  return above === 0 ? quotient + (quotient % 2) : quotient + (-above >>> 31);
}
