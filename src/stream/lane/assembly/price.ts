// The price of a linear position from whole numbers, and how far the reference price is from it.
//
// With side s (1 or -1), size q, entry E, leverage L, rate m, collateral and maintenance amount S:
//
//     by leverage alone   price = E (L - s) / (L (1 - s m))             the size cancels
//     with a sum          price = (q E (L - s) / L - s S) / (q (1 - s m))
//     by its own margin   price = (q E - s S) / (q (1 - s m))           as with L = 1 and L - s = 1
//
// Every value is a whole number over a power of ten, so the price is N 10^shift / D with whole numbers N and D.
//
// Why every digit of it is right. N is known twice: its last 64 bits exactly, because sums and products modulo 2^64 are
// exact; and as a double, within eight roundings of 2^-53 each, because it is a product of doubles, or one of them and a sum
// that was made in 128 bits. D is below 2^50. `divide` estimates the quotient in doubles: where it is below 2^62, the
// estimate is off by less than 2^12, so the remainder N - estimate D is below 2^62 and is known from its last 64 bits. It
// corrects the estimate, and is itself the exact remainder, which decides the rounding. Where a bound does not hold, the
// record goes to the general path.
//
// The percentage has four decimals, so doubles decide them, unless they come near to a tie, or to the reference: their error
// is below 2^-48 of one price or the other, and nearer than `DOUBT` of them (250 times as much) the record is left.
// In the same way doubles choose the bracket of a table, if no other price is near; the price is then calculated as above.
import {
  ADD_MARGIN,
  bit,
  CALL_RATIO,
  CUM,
  decimalsOf,
  ENTRY,
  floatOf,
  floatPower,
  LEV,
  LIQ_FEE,
  MARGIN,
  MARK,
  MMR,
  MM_FEE,
  MOST_EXACT_POWER,
  NO_TABLE,
  NOTIONAL,
  OTHERS_MM,
  OTHERS_PNL,
  power,
  QTY,
  SYMBOL,
  TAKER,
  valueOf,
  VENUE_RULES,
  WALLET,
} from './memory';
import { chosenAmount, chosenAmountDecimals, chosenRate, chosenRateDecimals, consultTable } from './brackets';
import { fields, sign, table } from './terms';
import { addTo, high, low, multiply, multiplyBy, subtractFrom } from './wide';
import {
  FAR_MARK,
  LOW_CALL_RATIO,
  LOW_LIQ_FEE,
  LOW_MM_FEE,
  HIGH_LEVERAGE,
  LEVERAGE_ABOVE_BRACKET,
  LOW_RATE,
  LOW_TAKER,
  VENUE_FEE_ASSUMED,
  VENUE_UNPROVEN,
  warn,
  warnings,
} from './warnings';

export const AT: u32 = 0;
export const ALREADY: u32 = 1;
export const NEVER: u32 = 2;
export const NO_SAFE_PRICE: u32 = 3;

export const PERCENT_DECIMALS: i32 = 4;
/** The most decimals that a price is written with. */
export const MOST_PLACES: i32 = 18;
const PERCENT_UNITS: f64 = 1e6;
const DOUBT: f64 = 1e-12;
const MOST_DIVISOR: f64 = 1125899906842624; // 2^50
const MOST_QUOTIENT: f64 = 4611686018427387904; // 2^62
/** Sums of 128 bits are of numbers below it. */
const MOST_SUM: f64 = 1e37;
const TWO_64: f64 = 18446744073709551616.0;

/** Whole numbers that are added are below 2^60. */
const MOST_AMOUNT: f64 = 1152921504606846976;
const MOST_WORD_POWER: i32 = 19;
/** A mark that is so many times the entry, or the other way round, is likely a mistake. */
const FAR_TIMES: f64 = 10;
const NEAR_FAR_TIMES: f64 = 1e-9;
/** As in `core/assessment.ts`. */
const USUAL_LEVERAGE: f64 = 200;

/** Of a venue's rule: whether it is left to the general path, or unproven; the field of its fee, and the usual rate. */
const IS_LEFT: usize = 0;
const IS_UNPROVEN: usize = 4;
const FEE_FIELD: usize = 8;
const FEE_DECIMALS: usize = 12;
const FEE: usize = 16;
/** In place of a field: no price has a side as its fee. */
const NO_FEE: u32 = 0;

const NOT_BY_LEVERAGE: u32 = (1 << MARGIN) | (1 << WALLET);
const BACKED: u32 = NOT_BY_LEVERAGE | (1 << ADD_MARGIN);
const MAY_SLIP: u32 = (1 << MM_FEE) | (1 << LIQ_FEE) | (1 << TAKER) | (1 << CALL_RATIO) | (1 << MARK);

/** The answer. The price is `whole` and a fraction of so many decimals. */
export let outcome: u32 = AT;
export let whole: u64 = 0;
export let fraction: u64 = 0;
/** The distance in units of its last decimal. */
export let percent: i64 = 0;

/** The collateral (besides what the leverage gives) and the maintenance amount. */
let sum: i64 = 0;
let sumDecimals: i32 = 0;
/** The maintenance rate with the fee in it, a fraction. */
let rate: i64 = 0;
let rateDecimals: i32 = 0;
/** The fee in it, a fraction. */
let fee: i64 = 0;
let feeDecimals: i32 = 0;
/** What is left of the last division. */
let remainder: i64 = 0;

function has(field: u32): bool {
  return (fields & bit(field)) != 0;
}

/**
 * Prices the record, whose fields are complete and without conflicts.
 *
 * @param places - decimals of the price.
 * @returns whether it could.
 */
export function solve(places: i32): bool {
  sum = 0;
  sumDecimals = 0;
  if ((fields & MAY_SLIP) != 0 && !noteSlips()) return false;
  if ((fields & BACKED) != 0 && !addCollateral()) return false;
  if (!applyVenue()) return false;
  if (has(SYMBOL) && table != NO_TABLE) {
    if (!consultTable(<f64>sum / floatPower(sumDecimals), <f64>fee / floatPower(feeDecimals))) return false;
  }
  if (has(LEV) && (warnings & LEVERAGE_ABOVE_BRACKET) == 0 && isLeverageHigh()) warn(HIGH_LEVERAGE);
  if (!(has(MMR) ? useOwnRate() : useBracket()) || !addFee()) return false;
  if (rate >= <i64>power(rateDecimals)) return false;
  return (fields & NOT_BY_LEVERAGE) == 0 && sum == 0 ? solveBare(places) : solveSized(places);
}

/** Warns of values that are likely mistakes; a mark at the limit is left. */
function noteSlips(): bool {
  noteSlip(MM_FEE, 0.005, LOW_MM_FEE);
  noteSlip(LIQ_FEE, 0.02, LOW_LIQ_FEE);
  noteSlip(TAKER, 0.005, LOW_TAKER);
  noteSlip(CALL_RATIO, 2, LOW_CALL_RATIO);
  if (!has(MARK)) return true;
  const times = floatOf(MARK) / floatOf(ENTRY);
  const most = max(times, 1 / times);
  if (most > FAR_TIMES) warn(FAR_MARK);
  return abs(most - FAR_TIMES) > NEAR_FAR_TIMES;
}

/** Whether the leverage is above the one that exchanges usually allow. */
function isLeverageHigh(): bool {
  return <f64>valueOf(LEV) > USUAL_LEVERAGE * floatPower(decimalsOf(LEV));
}

function noteSlip(field: u32, below: f64, kind: u32): void {
  if (has(field) && valueOf(field) > 0 && floatOf(field) < below) warn(kind);
}

function addCollateral(): bool {
  if (has(WALLET)) return add(WALLET, 1) && add(OTHERS_PNL, 1) && add(OTHERS_MM, -1);
  // A removal of margin is left.
  if (!add(MARGIN, 1) || (has(ADD_MARGIN) && valueOf(ADD_MARGIN) < 0) || !add(ADD_MARGIN, 1)) return false;
  return !has(MARGIN) || sum > 0;
}

/** Adds a field to the sum, if the record has it. */
function add(field: u32, times: i64): bool {
  return !has(field) || addAmount(times * valueOf(field), decimalsOf(field));
}

function addAmount(amount: i64, decimals: i32): bool {
  if (amount == 0) return true;
  const unit = max(decimals, sumDecimals);
  const one = floatPower(unit - sumDecimals) * <f64>sum;
  const other = floatPower(unit - decimals) * <f64>amount;
  if (abs(one) + abs(other) > MOST_AMOUNT) return false;
  sum = sum * <i64>power(unit - sumDecimals) + amount * <i64>power(unit - decimals);
  sumDecimals = unit;
  return true;
}

function useOwnRate(): bool {
  rate = valueOf(MMR);
  rateDecimals = decimalsOf(MMR) + 2;
  if (rate * 10 < <i64>power(rateDecimals - 2)) warn(LOW_RATE);
  return add(CUM, 1);
}

function useBracket(): bool {
  if (table == NO_TABLE) return false;
  rate = chosenRate();
  rateDecimals = chosenRateDecimals();
  return addAmount(chosenAmount(), chosenAmountDecimals());
}

/** Declares the venue's rule for a margin mode; `usual` is the rate of its fee, a fraction. */
export function setVenueRule(isCross: u32, isTaken: bool, isProven: bool, field: u32, usual: f64, decimals: i32): void {
  const rule = VENUE_RULES + ((<usize>isCross) << 5);
  store<u32>(rule, <u32>!isTaken, IS_LEFT);
  store<u32>(rule, <u32>!isProven, IS_UNPROVEN);
  store<u32>(rule, field, FEE_FIELD);
  store<i64>(rule, <i64>usual, FEE);
  store<i32>(rule, decimals, FEE_DECIMALS);
}

/** Finds the fee in the maintenance: the one that is given for it, or that of the venue; false for a rule that is left. */
function applyVenue(): bool {
  const isCross = <u32>has(WALLET);
  const rule = VENUE_RULES + ((<usize>isCross) << 5);
  if (load<u32>(rule, IS_LEFT) != 0) return false;
  if (load<u32>(rule, IS_UNPROVEN) != 0) warn(VENUE_UNPROVEN << isCross);
  const field = has(MM_FEE) ? MM_FEE : load<u32>(rule, FEE_FIELD);
  if (field == NO_FEE) {
    fee = 0;
    feeDecimals = 0;
  } else if (has(field)) {
    fee = valueOf(field);
    feeDecimals = decimalsOf(field) + 2;
  } else {
    warn(VENUE_FEE_ASSUMED << isCross);
    fee = load<i64>(rule, FEE);
    feeDecimals = load<i32>(rule, FEE_DECIMALS);
  }
  return true;
}

function addFee(): bool {
  if (fee == 0) return true;
  const unit = max(feeDecimals, rateDecimals);
  const one = floatPower(unit - rateDecimals) * <f64>rate;
  const other = floatPower(unit - feeDecimals) * <f64>fee;
  if (one + other > MOST_AMOUNT) return false;
  rate = rate * <i64>power(unit - rateDecimals) + fee * <i64>power(unit - feeDecimals);
  rateDecimals = unit;
  return true;
}

/** By leverage alone: the size cancels, and without a mark the entry cancels in the distance. */
function solveBare(places: i32): bool {
  const leverage = valueOf(LEV);
  const levUnit = <i64>power(decimalsOf(LEV));
  const rateUnit = <i64>power(rateDecimals);
  const factor = leverage - sign * levUnit;
  const charged = rateUnit - sign * rate;
  if (factor <= 0) return without(NEVER);
  const divisor = <f64>leverage * <f64>charged;
  if (divisor >= MOST_DIVISOR || <f64>(leverage + levUnit) * <f64>rateUnit > MOST_AMOUNT) return false;
  const numerator = <u64>valueOf(ENTRY) * <u64>factor;
  const estimate = <f64>valueOf(ENTRY) * <f64>factor;
  const shift = rateDecimals - decimalsOf(ENTRY);
  if (!setPrice(numerator, estimate, leverage * charged, shift, places)) return false;
  if (has(MARK)) return setDistance(priceFrom(estimate, divisor, shift));
  const room = levUnit * rateUnit - leverage * rate;
  return setPercent(<f64>room / divisor, 0);
}

/** With a sum, so that the size counts. */
function solveSized(places: i32): bool {
  const isByLeverage = (fields & NOT_BY_LEVERAGE) == 0;
  const isByNotional = has(NOTIONAL);
  const leverage = isByLeverage ? valueOf(LEV) : 1;
  const factor = isByLeverage ? leverage - sign * <i64>power(decimalsOf(LEV)) : 1;
  if (factor <= 0) return without(NEVER);
  const entry = valueOf(ENTRY);
  const size = valueOf(isByNotional ? NOTIONAL : QTY);
  const sizeDecimals = decimalsOf(isByNotional ? NOTIONAL : QTY);
  const perUnit = isByNotional ? 1 : entry;
  const valueDecimals = isByNotional ? sizeDecimals : sizeDecimals + decimalsOf(ENTRY);
  const unit = max(valueDecimals, sumDecimals);
  if (unit - min(valueDecimals, sumDecimals) > MOST_WORD_POWER) return false;
  if (!subtract(size, perUnit, factor, unit - valueDecimals, leverage, unit - sumDecimals)) return false;
  if (<i64>high < 0 || (high | low) == 0) return without(sign > 0 ? NEVER : NO_SAFE_PRICE);
  const rest = <f64>high * TWO_64 + <f64>low;
  const charged = <i64>power(rateDecimals) - sign * rate;
  const divisor = <f64>size * <f64>charged * <f64>leverage;
  if (divisor >= MOST_DIVISOR) return false;
  const scale = isByNotional ? entry : 1;
  const entryShift = isByNotional ? decimalsOf(ENTRY) : 0;
  const shift = sizeDecimals + rateDecimals - unit - entryShift;
  const estimate = rest * <f64>scale;
  if (!setPrice(low * <u64>scale, estimate, size * charged * leverage, shift, places)) return false;
  return setDistance(priceFrom(estimate, divisor, shift));
}

/**
 * `size perUnit factor 10^valueShift - s sum leverage 10^sumShift` as 128 bits: what of the value is not the trader's own.
 */
function subtract(size: i64, perUnit: i64, factor: i64, valueShift: i32, leverage: i64, sumShift: i32): bool {
  const one = <f64>size * <f64>perUnit * <f64>factor * floatPower(valueShift);
  const other = <f64>abs(sum) * <f64>leverage * floatPower(sumShift);
  if (one + other > MOST_SUM) return false;
  multiply(<u64>abs(sum), <u64>leverage);
  multiplyBy(power(sumShift));
  const otherHigh = high;
  const otherLow = low;
  multiply(<u64>size, <u64>perUnit);
  multiplyBy(<u64>factor);
  multiplyBy(power(valueShift));
  if (sum < 0 == sign > 0) addTo(otherHigh, otherLow);
  else subtractFrom(otherHigh, otherLow);
  return true;
}

function without(kind: u32): bool {
  outcome = kind;
  return true;
}

/** The price `numerator 10^shift / divisor`, rounded half-even to so many places. */
function setPrice(numerator: u64, estimate: f64, divisor: i64, shift: i32, places: i32): bool {
  if (abs(shift) > MOST_EXACT_POWER) return false;
  if (shift < 0) return setPriceAtOnce(numerator, estimate, divisor, shift + places, places);
  if (!(estimate * floatPower(shift) < MOST_QUOTIENT * <f64>divisor)) return false;
  whole = <u64>divide(numerator * power(shift), estimate * floatPower(shift), divisor);
  const unit = power(places);
  fraction = <u64>rounded(<u64>remainder * unit, <f64>remainder * floatPower(places), divisor, whole * unit);
  if (fraction < unit) return true;
  whole++;
  fraction = 0;
  return true;
}

/** The same for an entry of more decimals than the rate, in units of the last place: 10^up of them. */
function setPriceAtOnce(numerator: u64, estimate: f64, divisor: i64, up: i32, places: i32): bool {
  const down = max(-up, 0);
  const left = max(up, 0);
  if (left > MOST_EXACT_POWER || <f64>divisor * floatPower(down) >= MOST_DIVISOR) return false;
  const unit = divisor * <i64>power(down);
  if (!(estimate * floatPower(left) < MOST_QUOTIENT * <f64>unit)) return false;
  const units = <u64>rounded(numerator * power(left), estimate * floatPower(left), unit, 0);
  whole = units / power(places);
  fraction = units - whole * power(places);
  return true;
}

/** The quotient without its fraction, and `remainder`; the numerator is known by its low bits and an estimate. */
function divide(numerator: u64, estimate: f64, divisor: i64): i64 {
  let quotient = <i64>(estimate / <f64>divisor);
  remainder = <i64>(numerator - <u64>quotient * <u64>divisor);
  if (<u64>remainder >= <u64>divisor) {
    let correction = remainder / divisor;
    if (remainder - correction * divisor < 0) correction--;
    quotient += correction;
    remainder -= correction * divisor;
  }
  return quotient;
}

/** The quotient rounded half-even; it is counted from a number of units, which decides whether it is even. */
function rounded(numerator: u64, estimate: f64, divisor: i64, from: u64): i64 {
  const quotient = divide(numerator, estimate, divisor);
  const overHalf = 2 * remainder - divisor;
  const isOdd = ((<u64>quotient + from) & 1) == 1;
  return quotient + <i64>(overHalf > 0 || (overHalf == 0 && isOdd));
}

function priceFrom(estimate: f64, divisor: f64, shift: i32): f64 {
  return shift < 0 ? estimate / (divisor * floatPower(-shift)) : (estimate * floatPower(shift)) / divisor;
}

/** The distance from the mark (or the entry) to a price, which is known but for some roundings: its sign may be, too. */
function setDistance(price: f64): bool {
  const distance = <f64>sign * (1 - price / floatOf(has(MARK) ? MARK : ENTRY));
  return setPercent(distance, DOUBT);
}

/** @param doubt - nearer to zero than this, the sign of the distance is unknown. */
function setPercent(distance: f64, doubt: f64): bool {
  const size = abs(distance);
  if (doubt > 0 && size <= doubt) return false;
  const units = size * PERCENT_UNITS;
  const below = Math.floor(units);
  const overHalf = units - below - 0.5;
  if (abs(overHalf) <= DOUBT * PERCENT_UNITS * (1 + size)) return false;
  const magnitude = <i64>below + <i64>(overHalf > 0);
  outcome = distance > 0 ? AT : ALREADY;
  percent = distance < 0 ? -magnitude : magnitude;
  return true;
}
