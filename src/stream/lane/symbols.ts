import type { BracketTable, TableSource } from '../../core/brackets.js';
import type { Ratio } from '../../core/ratio.js';
import { looksCoinMargined } from '../../core/settlement.js';

/** A decimal as a whole double below 2^53 over a power of ten. */
export interface LaneDecimal {
  readonly mantissa: number;
  readonly decimals: number;
}

/** One bracket; the floats only serve to find it. */
export interface LaneBracket {
  readonly rate: LaneDecimal;
  readonly amount: LaneDecimal;
  /** Approximately its highest value. */
  readonly cap: number;
  /** The highest leverage, a whole number; `undefined` if it is unknown. */
  readonly maxLeverage: number | undefined;
}

/** A symbol, kept because it repeats from record to record. */
export interface LaneSymbol {
  readonly bytes: Uint8Array;
  /** The brackets of its table; `undefined` if it has no table. */
  readonly brackets: readonly LaneBracket[] | undefined;
  /** Whether the warnings about its table were reported. */
  isReported: boolean;
}

const MOST_DECIMALS = 15;
const MOST_SYMBOLS = 5000;
const NO_CAP = Number.POSITIVE_INFINITY;

/** The known symbols, found by their bytes. */
export class LaneSymbols {
  readonly #tables: TableSource;
  readonly #known = new Map<number, LaneSymbol | undefined>();

  constructor(tables: TableSource) {
    this.#tables = tables;
  }

  /** The place after the letters of a symbol: letters, digits, `/`, `:`, `_`, `-`, `.`. */
  static endOf(bytes: Uint8Array, from: number): number {
    let at = from;
    while (isOfSymbol(bytes[at] as number)) at++;
    return at;
  }

  /** The symbol; `undefined` if the lane does not support its kind of table, or there are too many symbols. */
  find(bytes: Buffer, from: number, to: number): LaneSymbol | undefined {
    let hash = to - from;
    for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
    const known = this.#known.get(hash);
    if (known) return known.bytes.length === to - from && isAt(known.bytes, bytes, from) ? known : undefined;
    if (this.#known.has(hash) || this.#known.size >= MOST_SYMBOLS) return undefined;
    const name = bytes.toString('latin1', from, to);
    const table = this.#tables.find(name);
    const brackets = table && bracketsOf(table);
    const isForOthers = table ? !brackets : looksCoinMargined(name);
    const symbol = isForOthers
      ? undefined
      : { bytes: Uint8Array.from(bytes.subarray(from, to)), brackets, isReported: !table };
    this.#known.set(hash, symbol);
    return symbol;
  }
}

function isOfSymbol(byte: number): boolean {
  return (byte >= 45 && byte <= 58) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 95;
}

function isAt(own: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let offset = 0; offset < own.length; offset++) if (bytes[at + offset] !== own[offset]) return false;
  return true;
}

function bracketsOf({ contract, brackets }: BracketTable): readonly LaneBracket[] | undefined {
  if (contract !== 'linear') return undefined;
  const read: LaneBracket[] = [];
  for (const { rate, amount, cap, maxLeverage } of brackets) {
    const [laneRate, laneAmount] = [decimalOf(rate), decimalOf(amount)];
    const most = maxLeverage && decimalOf(maxLeverage);
    if (!laneRate || !laneAmount || (maxLeverage && most?.decimals !== 0)) return undefined;
    const about = cap ? Number(cap.toText(8)) : NO_CAP;
    read.push({ rate: laneRate, amount: laneAmount, cap: about, maxLeverage: most?.mantissa });
  }
  return read;
}

function decimalOf(value: Ratio): LaneDecimal | undefined {
  if (!value.isExactAt(MOST_DECIMALS)) return undefined;
  const [whole = '', fraction = ''] = value.toText(MOST_DECIMALS).split('.');
  const mantissa = Number(whole + fraction);
  return mantissa < 1e15 ? { mantissa, decimals: fraction.length } : undefined;
}
