// Bracket tables, and the bracket in force at the liquidation price: of a long the one with the highest price, of a short the
// one with the lowest. Doubles choose it only where no other price is within a billionth, a million times their error.
import {
  bit,
  decimalsOf,
  ENTRY,
  floatOf,
  floatPower,
  LEV,
  MARGIN,
  MMR,
  NOTIONAL,
  QTY,
  TABLES,
  valueOf,
  WALLET,
} from './memory';
import { fields, sign, table } from './terms';
import { ABOVE_LAST_BRACKET, LEVERAGE_ABOVE_BRACKET, warn } from './warnings';

/** A table is the number of its brackets, whether its warnings were reported, and from byte 16 on the brackets. */
const IS_REPORTED: usize = 4;
const BRACKETS: usize = 16;
const BRACKET_SIZE: usize = 64;
/** Rate and amount as whole numbers and decimals, then as doubles; the highest value (about) and the highest leverage. */
const RATE: usize = 0;
const RATE_DECIMALS: usize = 8;
const AMOUNT_DECIMALS: usize = 12;
const AMOUNT: usize = 16;
const FLOAT_RATE: usize = 24;
const FLOAT_AMOUNT: usize = 32;
const CAP: usize = 40;
const MOST_LEVERAGE: usize = 48;

const DOUBT: f64 = 1e-9;
const PAGE_BITS: i32 = 16;

let newTable: usize = TABLES;
let end: usize = TABLES;
/** The bracket that was chosen. */
let chosen: usize = 0;

/** Begins a table, which has the brackets that are added next. */
export function beginTable(): usize {
  newTable = end;
  makeRoom(BRACKETS);
  store<u64>(newTable, 0);
  return newTable;
}

export function addBracket(
  rate: f64,
  rateDecimals: i32,
  amount: f64,
  amountDecimals: i32,
  cap: f64,
  mostLeverage: f64,
): void {
  const at = end;
  makeRoom(BRACKET_SIZE);
  store<i64>(at, <i64>rate, RATE);
  store<i32>(at, rateDecimals, RATE_DECIMALS);
  store<i32>(at, amountDecimals, AMOUNT_DECIMALS);
  store<i64>(at, <i64>amount, AMOUNT);
  store<f64>(at, rate / floatPower(rateDecimals), FLOAT_RATE);
  store<f64>(at, amount / floatPower(amountDecimals), FLOAT_AMOUNT);
  store<f64>(at, cap, CAP);
  store<f64>(at, mostLeverage, MOST_LEVERAGE);
  store<u32>(newTable, load<u32>(newTable) + 1);
}

function makeRoom(size: usize): void {
  end += size;
  if (end > (<usize>memory.size()) << PAGE_BITS) memory.grow(1);
}

export function isReported(address: usize): bool {
  return load<u32>(address, IS_REPORTED) != 0;
}

export function setReported(address: usize): void {
  store<u32>(address, 1, IS_REPORTED);
}

export function chosenRate(): i64 {
  return load<i64>(chosen, RATE);
}

export function chosenRateDecimals(): i32 {
  return load<i32>(chosen, RATE_DECIMALS);
}

export function chosenAmount(): i64 {
  return load<i64>(chosen, AMOUNT);
}

export function chosenAmountDecimals(): i32 {
  return load<i32>(chosen, AMOUNT_DECIMALS);
}

/**
 * Warns of a leverage that is too high at the entry, and chooses the bracket of a record without a rate of its own.
 *
 * @param sum - its collateral besides what the leverage gives.
 * @param fee - the fee in its maintenance, a fraction.
 */
export function consultTable(sum: f64, fee: f64): bool {
  const entry = floatOf(ENTRY);
  const isBySize = (fields & bit(QTY)) != 0;
  const isByNotional = (fields & bit(NOTIONAL)) != 0;
  const value = isBySize ? floatOf(QTY) * entry : isByNotional ? floatOf(NOTIONAL) : entry;
  const first = table + BRACKETS;
  const last = first + (<usize>load<u32>(table) - 1) * BRACKET_SIZE;
  const atEntry = bracketOf(value, first, last);
  if (atEntry == 0) return false;
  if ((fields & bit(LEV)) != 0) {
    const most = load<f64>(atEntry, MOST_LEVERAGE) * floatPower(decimalsOf(LEV));
    if (<f64>valueOf(LEV) > most) warn(LEVERAGE_ABOVE_BRACKET);
  }
  if ((fields & bit(MMR)) != 0) return true;
  return value <= load<f64>(last, CAP) && choose(sum, fee, value, first, last);
}

/** The bracket of a value; 0 if it is too near to an edge to tell. */
function bracketOf(value: f64, first: usize, last: usize): usize {
  for (let at = first; at < last; at += BRACKET_SIZE) {
    const cap = load<f64>(at, CAP);
    if (abs(value - cap) < DOUBT * cap) return 0;
    if (value < cap) return at;
  }
  return abs(value - load<f64>(last, CAP)) < DOUBT * load<f64>(last, CAP) ? 0 : last;
}

function choose(sum: f64, fee: f64, value: f64, first: usize, last: usize): bool {
  const side = <f64>sign;
  if (load<f64>(last, FLOAT_RATE) + fee > 1 - DOUBT) return false;
  const isByLeverage = (fields & (bit(MARGIN) | bit(WALLET))) == 0;
  const backing = isByLeverage ? sum + value / floatOf(LEV) : sum;
  // Prices in units of the entry: the value there over the value at entry.
  let best = -side * Infinity;
  let second = best;
  for (let at = first; at <= last; at += BRACKET_SIZE) {
    const keeps = value * (1 - side * (load<f64>(at, FLOAT_RATE) + fee));
    const own = (value - side * (backing + load<f64>(at, FLOAT_AMOUNT))) / keeps;
    if (side * own > side * best) {
      second = best;
      best = own;
      chosen = at;
    } else if (side * own > side * second) second = own;
  }
  const doubt = DOUBT * (abs(best) + abs(backing) / value + 1);
  if (abs(best - second) <= doubt) return false;
  const cap = load<f64>(last, CAP);
  if (cap == Infinity) return true;
  const above = (best * value) / cap - 1;
  if (abs(above) < doubt) return false;
  if (above > 0) warn(ABOVE_LAST_BRACKET);
  return true;
}
