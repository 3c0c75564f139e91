// Prices the record that was read, and writes its answer. What needs words (a new warning, an alert) is left.
import { isReported, setReported } from './brackets';
import { copy } from './bytes';
import { putDecimal } from './digits';
import { isWhole } from './host';
import { ANY_SIZE, bit, decimalsOf, ENTRY, INPUT, MMR, NO_TABLE, NOTIONAL, power, QTY, SYMBOL, TEXTS } from './memory';
import { fraction, MOST_PLACES, NEVER, NO_SAFE_PRICE, outcome, percent, PERCENT_DECIMALS, solve, whole } from './price';
import { fields, fillIn, needs, table } from './terms';
import { forgetWarnings, warnings } from './warnings';

/** Texts of answers: for each outcome the part before the price, and the answer without a price; then the other two. */
const BEFORE: u32 = 0;
const WITHOUT_PRICE: u32 = 4;
const BETWEEN: u32 = 8;
const AFTER: u32 = 9;
const TEXT: usize = 16;
const MINUS: u8 = 45;
const LEAST_PLACES: i32 = 8;
const MORE_THAN_ENTRY: i32 = 4;
const SIZE: u32 = (1 << QTY) | (1 << NOTIONAL);

let requestedPlaces: i32 = -1;
/** Records nearer than this are left, because an alert needs them, in units of a percentage's last decimal. */
let alertBelow: f64 = -Infinity;
/** Warnings that the general path has reported, and those of the record that it is about to answer. */
let reported: u32 = 0;
let unreported: u32 = 0;
let unreportedTable: usize = NO_TABLE;
/** The set of fields that was looked up last. */
let lastFields: u32 = 0xffffffff;
let isLastWhole: bool = false;

export function setPlaces(places: i32): void {
  requestedPlaces = places;
}

export function setAlert(percent: f64): void {
  alertBelow = percent;
}

/** Takes a text of answers from the input. */
export function setText(index: u32, length: usize): void {
  store<u32>(textAt(index), <u32>length);
  copy(textAt(index) + TEXT, INPUT, INPUT + length);
}

/** Notes that the general path has answered the record that was left. */
export function noteReported(): void {
  reported |= unreported;
  if (unreportedTable != NO_TABLE) setReported(unreportedTable);
  unreported = 0;
  unreportedTable = NO_TABLE;
}

/** Prices the record that was read; nothing is written yet. */
export function priceRecord(): bool {
  const present = (fields & SIZE) != 0 ? fields | ANY_SIZE : fields;
  if ((needs & ~present) != 0) return false;
  fillIn();
  if (fields != lastFields) {
    isLastWhole = isWhole(fields);
    lastFields = fields;
  }
  if (!isLastWhole || placesOf() > MOST_PLACES) return false;
  forgetWarnings();
  return solve(placesOf()) && !isForOthers();
}

function placesOf(): i32 {
  return requestedPlaces >= 0 ? requestedPlaces : max(LEAST_PLACES, decimalsOf(ENTRY) + MORE_THAN_ENTRY);
}

/** Whether the answer has a new warning or may trigger an alert. */
function isForOthers(): bool {
  const isOfTable = (fields & (bit(SYMBOL) | bit(MMR))) == bit(SYMBOL);
  if ((warnings & ~reported) != 0 || (isOfTable && !isReported(table))) {
    unreported = warnings;
    unreportedTable = isOfTable ? table : NO_TABLE;
    return true;
  }
  if (outcome == NEVER) return false;
  return outcome == NO_SAFE_PRICE ? alertBelow != -Infinity : <f64>percent < alertBelow;
}

/** Writes the answer of the record that was priced. */
export function putAnswer(to: usize): usize {
  if (outcome >= NEVER) return putText(to, WITHOUT_PRICE + outcome);
  let at = putText(to, BEFORE + outcome);
  at = putDecimal(at, whole, fraction, placesOf());
  at = putText(at, BETWEEN);
  if (percent < 0) store<u8>(at++, MINUS);
  const units = <u64>abs(percent);
  const percents = units / power(PERCENT_DECIMALS);
  at = putDecimal(at, percents, units - percents * power(PERCENT_DECIMALS), PERCENT_DECIMALS);
  return putText(at, AFTER);
}

function textAt(index: u32): usize {
  return TEXTS + ((<usize>index) << 7);
}

function putText(to: usize, index: u32): usize {
  const from = textAt(index) + TEXT;
  return copy(to, from, from + <usize>load<u32>(textAt(index)));
}
