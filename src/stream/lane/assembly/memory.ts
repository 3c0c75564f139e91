// The plan of the memory, and the constants that the host must know, too.

/** Values of the record: whole numbers (i64) over powers of ten (i32), by field. */
const VALUES: usize = 0x400;
const DECIMALS: usize = 0x500;
/** The same of the defaults. */
const DEFAULT_VALUES: usize = 0x600;
const DEFAULT_DECIMALS: usize = 0x700;
/** By field, 16 bytes: what the host declares about it (`terms.ts`). */
export const RULES: usize = 0x800;
/** Powers of ten as words (modulo 2^64) and as doubles. */
const POWERS: usize = 0xa00;
const FLOAT_POWERS: usize = 0xc00;
/** The rule of the venue for isolated and for cross positions, 32 bytes each: `price.ts`. */
export const VENUE_RULES: usize = 0xe00;
/** Texts of answers, 128 bytes each: the length, and from byte 16 on the text. */
export const TEXTS: usize = 0x1000;
/** Columns of CSV, 8 bytes each: the code of the key, and what it needs. */
export const COLUMNS: usize = 0x2000;
export const MOST_COLUMNS: u32 = 512;
/** Texts that repeat: `texts.ts`. The first slot is before every first key. */
export const BEFORE_KEYS: usize = 0x7fc0;
export const KEYS: usize = 0x8000;
export const KEY_SLOTS: usize = 256;
export const INPUT: usize = 0x10000;
export const OUTPUT: usize = 0x59000;
export const OUTPUT_END: usize = 0x159000;
export const SYMBOLS: usize = 0x159000;
export const SYMBOL_SLOTS: usize = 4096;
/** Bracket tables; the host makes the memory longer for them. */
export const TABLES: usize = 0x199000;

/** Codes of fields. The host has the same list; sets of fields are bits by code. */
export const SIDE: u32 = 0;
export const ENTRY: u32 = 1;
export const LEV: u32 = 2;
export const MMR: u32 = 3;
export const QTY: u32 = 4;
export const MARGIN: u32 = 5;
export const CUM: u32 = 6;
export const MARK: u32 = 7;
export const SYMBOL: u32 = 8;
export const NOTIONAL: u32 = 9;
export const CONTRACT: u32 = 10;
export const ADD_MARGIN: u32 = 11;
export const MM_FEE: u32 = 12;
export const WALLET: u32 = 13;
export const OTHERS_MM: u32 = 14;
export const OTHERS_PNL: u32 = 15;
export const LIQ_FEE: u32 = 16;
export const TAKER: u32 = 17;
export const CALL_RATIO: u32 = 18;
export const FIELDS: u32 = 19;
export const OTHER_KEY: u32 = 30;
export const REFUSED_KEY: u32 = 31;
/** In the set that a key needs: `qty` or `notional`. */
export const ANY_SIZE: u32 = 1 << 30;

export const NO_TABLE: usize = 1;
export const REFUSED_SYMBOL: usize = 2;

export const LF: u32 = 10;
export const CR: u32 = 13;
export const TAB: u32 = 9;
export const SPACE: u32 = 32;
export const QUOTE: u32 = 34;
export const COMMA: u32 = 44;
export const COLON: u32 = 58;
export const OPEN_BRACE: u32 = 123;
export const CLOSE_BRACE: u32 = 125;

/** The set of one field. */
export function bit(field: u32): u32 {
  return 1 << field;
}

export function byteAt(at: usize): u32 {
  return load<u8>(at);
}

export function valueOf(field: u32): i64 {
  return load<i64>(VALUES + ((field as usize) << 3));
}

export function decimalsOf(field: u32): i32 {
  return load<i32>(DECIMALS + ((field as usize) << 2));
}

export function setValue(field: u32, value: i64, decimals: i32): void {
  store<i64>(VALUES + ((field as usize) << 3), value);
  store<i32>(DECIMALS + ((field as usize) << 2), decimals);
}

/** Keeps a value that was just read as the default of its field. */
export function keepDefault(field: u32): void {
  store<i64>(DEFAULT_VALUES + ((field as usize) << 3), valueOf(field));
  store<i32>(DEFAULT_DECIMALS + ((field as usize) << 2), decimalsOf(field));
}

export function useDefault(field: u32): void {
  const value = load<i64>(DEFAULT_VALUES + ((field as usize) << 3));
  setValue(field, value, load<i32>(DEFAULT_DECIMALS + ((field as usize) << 2)));
}

/** The highest power of ten that a double holds exactly. */
export const MOST_EXACT_POWER: i32 = 22;

/** 10^exponent modulo 2^64; the number itself up to 10^19. */
export function power(exponent: i32): u64 {
  return load<u64>(POWERS + ((exponent as usize) << 3));
}

/** 10^exponent as a double, exact up to 10^22. */
export function floatPower(exponent: i32): f64 {
  return load<f64>(FLOAT_POWERS + ((exponent as usize) << 3));
}

export function setUpPowers(): void {
  let word: u64 = 1;
  let float: f64 = 1;
  for (let exponent: usize = 0; exponent <= <usize>MOST_EXACT_POWER; exponent++) {
    store<u64>(POWERS + (exponent << 3), word);
    store<f64>(FLOAT_POWERS + (exponent << 3), float);
    word *= 10;
    float *= 10;
  }
}

/** The value of a field as a double: at most one rounding from the true one. */
export function floatOf(field: u32): f64 {
  return <f64>valueOf(field) / floatPower(decimalsOf(field));
}
