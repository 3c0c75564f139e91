import { requirementProblems } from '../../core/position.js';
import { FIELD_LIST } from '../../formats/fields.js';
import { decimalsFor } from '../../presenters/figures.js';
import { wordsOf, type OutputBytes } from '../output-bytes.js';
import type { Pricing } from '../price-record.js';
import { ANY_SIZE, BIT, PLACE } from './keys.js';
import { LanePrice, NEVER, OUTCOMES, PERCENT_DECIMALS } from './price.js';
import { LaneSymbols, type LaneSymbol } from './symbols.js';
import { LaneDefaults, LaneTerms, MOST_DECIMALS } from './terms.js';

/** The results that the lane writes. */
export const LANE_RESULTS = ['outcome', 'liquidationPrice', 'distancePercent'] as const;

/** How answers are written after their records. */
export interface AnswerStyle {
  /** Before the outcome, after it, after the price, after the percentage; with prices and without. */
  readonly priced: readonly [string, string, string, string];
  readonly unpriced: readonly [string, string];
}

const [ZERO, DOT, MINUS] = [48, 46, 45] as const;
const MAX_INT32 = 2 ** 31 - 1;
/** Powers of ten up to the most places that are written from doubles. */
const POWERS = Float64Array.from({ length: 15 }, (_, exponent) => 10 ** exponent);
/** The most bytes that an answer takes. */
export const MOST_ANSWER = 400;

/** Prices what readers of the lane have read, and writes the answers. */
export class LaneAnswer {
  readonly terms: LaneTerms;
  /** How many records were answered. */
  count = 0;
  /** Distances in percent up to which records are for the general path, because somebody watches them. */
  watched: number | undefined;

  readonly #output: OutputBytes;
  /** Decimals of a price, by the decimals of its entry. */
  readonly #places: Int32Array;
  readonly #defaults: LaneDefaults;
  readonly #price = new LanePrice();
  /** Sets of fields that make a whole position, and those that do not. */
  readonly #isWhole = new Map<number, boolean>();
  /** The set that was looked up last. */
  #lastSet = -1;
  #isLastWhole = false;
  /** Warnings that the general path gave, and those of the record that it was left. */
  #told = 0;
  #untold = 0;
  #untoldSymbol: LaneSymbol | undefined;
  /** What stands before a price for each outcome, between price and percentage, and after it. */
  readonly #before: readonly DataView[];
  readonly #between: DataView;
  readonly #after: DataView;
  /** The whole answer for each outcome where there is no price. */
  readonly #unpriced: readonly DataView[];

  constructor({ tables, defaults, decimals }: Pricing, style: AnswerStyle, output: OutputBytes) {
    const symbols = new LaneSymbols(tables);
    this.terms = new LaneTerms(symbols);
    this.#defaults = new LaneDefaults(defaults, symbols);
    this.#places = Int32Array.from({ length: MOST_DECIMALS + 1 }, (_, entry) => decimalsFor(entry, decimals));
    this.#output = output;
    const [before, afterOutcome, between, after] = style.priced;
    this.#before = OUTCOMES.map((outcome) => bytesOf(before + outcome + afterOutcome));
    this.#between = bytesOf(between);
    this.#after = bytesOf(after);
    this.#unpriced = OUTCOMES.map((outcome) => bytesOf(style.unpriced.join(outcome)));
  }

  /** Whether defaults are such that there is anything to do. */
  get isUseful(): boolean {
    return this.#defaults.fields !== undefined;
  }

  /**
   * Prices the record in `terms`; nothing is written yet.
   *
   * @param own - the set of fields that the record has.
   * @param asks - the fields that its unknown keys ask for.
   */
  solve(own: number, asks: number): boolean {
    if (asks !== 0 && (asks & ~(own & SIZE ? own | ANY_SIZE : own)) !== 0) return false;
    const all = this.#defaults.fields as number;
    const has = own | all;
    if (has !== own) this.#defaults.fill(this.terms, own);
    if (has !== this.#lastSet) {
      this.#isLastWhole = this.#isWholeSet(has);
      this.#lastSet = has;
    }
    if (!this.#isLastWhole) return false;
    const price = this.#price;
    if (!price.solve(this.terms, has, this.#decimals())) return false;
    return !this.#isForOthers(has);
  }

  /** Writes the answer to what was solved; the output has room for it. */
  write(): void {
    const { outcome, bigPrice, bigPercent } = this.#price;
    this.count++;
    if (outcome >= NEVER) {
      this.#put(this.#unpriced[outcome] as DataView);
      return;
    }
    const places = this.#decimals();
    this.#put(this.#before[outcome] as DataView);
    if (bigPrice === undefined) this.#decimal(this.#price.price, places);
    else this.#bigDecimal(bigPrice, places);
    this.#put(this.#between);
    if (bigPercent === undefined) this.#decimal(this.#price.percent, PERCENT_DECIMALS);
    else this.#bigDecimal(bigPercent, PERCENT_DECIMALS);
    this.#put(this.#after);
  }

  /** Takes note that the general path has answered the record that it was left. */
  told(): void {
    this.#told |= this.#untold;
    if (this.#untoldSymbol) this.#untoldSymbol.isTold = true;
    this.#untold = 0;
    this.#untoldSymbol = undefined;
  }

  #decimals(): number {
    return this.#places[this.terms.decimals[PLACE.entry] as number] as number;
  }

  /** Whether somebody has to be told of the answer: then the general path gives it. */
  #isForOthers(has: number): boolean {
    const { warnings, outcome, percent, bigPercent } = this.#price;
    const isOfTable = (has & BIT.symbol) !== 0 && (has & BIT.mmr) === 0;
    const symbol = isOfTable ? this.terms.symbol : undefined;
    if ((warnings & ~this.#told) !== 0 || symbol?.isTold === false) {
      this.#untold = warnings;
      this.#untoldSymbol = symbol;
      return true;
    }
    if (this.watched === undefined || outcome === NEVER) return false;
    const units = bigPercent === undefined ? percent : Number(bigPercent);
    // Rounding moves a percentage by less than one unit.
    return outcome !== 0 || units <= this.watched * 10 ** PERCENT_DECIMALS * (1 + 1e-12) + 1;
  }

  #isWholeSet(has: number): boolean {
    const known = this.#isWhole.get(has);
    if (known !== undefined) return known;
    const given = FIELD_LIST.flatMap(([key]) => (has & BIT[key] ? [key] : []));
    const isWhole = requirementProblems(new Set(given)).length === 0;
    this.#isWhole.set(has, isWhole);
    return isWhole;
  }

  #put(words: DataView): void {
    this.#output.copy(words, 0, words.byteLength);
  }

  #bigDecimal(units: bigint, places: number): void {
    const isNegative = units < 0n;
    const magnitude = isNegative ? -units : units;
    if (places <= 14 && magnitude < 9_007_199_254_740_992n) {
      this.#decimal(Number(units), places);
      return;
    }
    const digits = magnitude.toString().padStart(places + 1, '0');
    const cut = digits.length - places;
    const fraction = digits.slice(cut).replace(/0+$/, '');
    const text = `${isNegative ? '-' : ''}${digits.slice(0, cut)}${fraction === '' ? '' : `.${fraction}`}`;
    this.#output.length += this.#output.bytes.write(text, this.#output.length, 'latin1');
  }

  /** Writes `units / 10^places` without trailing zeros; at most 14 places. */
  #decimal(units: number, places: number): void {
    const output = this.#output;
    const magnitude = Math.abs(units);
    if (units < 0) output.bytes[output.length++] = MINUS;
    const unit = POWERS[places] as number;
    let whole = Math.floor(magnitude / unit);
    // The quotient may have been rounded up to a whole number.
    if (whole * unit > magnitude) whole--;
    this.#digits(whole, digitsOf(whole));
    let fraction = magnitude - whole * unit;
    if (fraction === 0) return;
    let count = places;
    for (let tenth = fraction / 10; tenth === Math.floor(tenth); tenth = fraction / 10) {
      fraction = tenth;
      count--;
    }
    output.bytes[output.length++] = DOT;
    this.#digits(fraction, count);
  }

  /** Writes a whole number with so many digits. */
  #digits(value: number, count: number): void {
    const output = this.#output;
    const to = output.bytes;
    const end = output.length + count;
    output.length = end;
    let at = end - 1;
    let rest = value;
    for (; rest > MAX_INT32; at--) {
      const tenth = Math.floor(rest / 10);
      to[at] = ZERO + (rest - tenth * 10);
      rest = tenth;
    }
    for (let small = rest | 0; at >= end - count; at--) {
      const tenth = (small / 10) | 0;
      to[at] = ZERO + (small - tenth * 10);
      small = tenth;
    }
  }
}

function digitsOf(whole: number): number {
  let count = 1;
  for (let limit = 10; whole >= limit; limit *= 10) count++;
  return count;
}

const SIZE = BIT.qty | BIT.notional;

function bytesOf(text: string): DataView {
  return wordsOf(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}
