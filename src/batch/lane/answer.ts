import { requirementProblems } from '../../core/position.js';
import { FIELD_LIST } from '../../formats/fields.js';
import { decimalsFor } from '../../presenters/figures.js';
import type { OutputBytes } from '../output-bytes.js';
import type { Pricing } from '../price-record.js';
import { ANY_SIZE, BIT, PLACE } from './keys.js';
import { LanePrice, NEVER, OUTCOMES, PERCENT_DECIMALS } from './price.js';
import { LaneSymbols } from './symbols.js';
import { LaneDefaults, LaneTerms } from './terms.js';

/** The results that the lane writes. */
export const LANE_RESULTS = ['outcome', 'liquidationPrice', 'distancePercent'] as const;

/** How answers are written after their records. */
export interface AnswerStyle {
  /** Before the outcome, after it, after the price, after the percentage; with prices and without. */
  readonly priced: readonly [string, string, string, string];
  readonly unpriced: readonly [string, string];
}

const [ZERO, DOT, MINUS] = [48, 46, 45] as const;
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
  readonly #asked: number | undefined;
  readonly #defaults: LaneDefaults;
  readonly #price = new LanePrice();
  /** Sets of fields that make a whole position, and those that do not. */
  readonly #isWhole = new Map<number, boolean>();
  /** The set that was looked up last. */
  #lastSet = -1;
  #isLastWhole = false;
  /** Warnings that the general path was left to give. */
  #told = 0;
  readonly #priced: readonly (readonly Uint8Array[])[];
  readonly #unpriced: readonly Uint8Array[];
  readonly #digits = new Uint8Array(16);

  constructor({ tables, defaults, decimals }: Pricing, style: AnswerStyle, output: OutputBytes) {
    const symbols = new LaneSymbols(tables);
    this.terms = new LaneTerms(symbols);
    this.#defaults = new LaneDefaults(defaults, symbols);
    this.#asked = decimals;
    this.#output = output;
    const [before, afterOutcome, afterPrice, end] = style.priced;
    this.#priced = OUTCOMES.map((outcome) => [before + outcome + afterOutcome, afterPrice, end].map(bytesOf));
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
    const entryDecimals = this.terms.decimals[PLACE.entry] as number;
    if (!price.solve(this.terms, has, decimalsFor(entryDecimals, this.#asked))) return false;
    return !this.#isForOthers(has);
  }

  /** Writes the answer to what was solved; the output has room for it. */
  write(): void {
    const { outcome, bigPrice, bigPercent } = this.#price;
    this.count++;
    if (outcome >= NEVER) {
      this.#put(this.#unpriced[outcome] as Uint8Array);
      return;
    }
    const [before, between, after] = this.#priced[outcome] as [Uint8Array, Uint8Array, Uint8Array];
    const places = decimalsFor(this.terms.decimals[PLACE.entry] as number, this.#asked);
    this.#put(before);
    if (bigPrice === undefined) this.#decimal(this.#price.price, places);
    else this.#bigDecimal(bigPrice, places);
    this.#put(between);
    if (bigPercent === undefined) this.#decimal(this.#price.percent, PERCENT_DECIMALS);
    else this.#bigDecimal(bigPercent, PERCENT_DECIMALS);
    this.#put(after);
  }

  /** Whether somebody has to be told of the answer: then the general path gives it. */
  #isForOthers(has: number): boolean {
    const { warnings, outcome, percent, bigPercent } = this.#price;
    const isOfTable = (has & BIT.symbol) !== 0 && (has & BIT.mmr) === 0;
    const symbol = isOfTable ? this.terms.symbol : undefined;
    if ((warnings & ~this.#told) !== 0 || symbol?.isTold === false) {
      this.#told |= warnings;
      if (symbol) symbol.isTold = true;
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

  #put(bytes: Uint8Array): void {
    const output = this.#output;
    const to = output.bytes;
    let at = output.length;
    for (let index = 0; index < bytes.length; index++) to[at++] = bytes[index] as number;
    output.length = at;
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
    const digits = this.#digits;
    const output = this.#output;
    const to = output.bytes;
    let at = output.length;
    if (units < 0) to[at++] = MINUS;
    const magnitude = Math.abs(units);
    const high = Math.floor(magnitude / 1e8);
    eightDigits(digits, 8, magnitude - high * 1e8);
    eightDigits(digits, 0, high);
    const point = 16 - places;
    let first = 0;
    while (first < point - 1 && digits[first] === 0) first++;
    let stop = 16;
    while (stop > point && digits[stop - 1] === 0) stop--;
    for (let index = first; index < stop; index++) {
      if (index === point) to[at++] = DOT;
      to[at++] = ZERO + (digits[index] as number);
    }
    output.length = at;
  }
}

const SIZE = BIT.qty | BIT.notional;

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function eightDigits(digits: Uint8Array, from: number, value: number): void {
  let rest = value | 0;
  for (let index = from + 7; index >= from; index--) {
    const tenth = (rest / 10) | 0;
    digits[index] = rest - tenth * 10;
    rest = tenth;
  }
}
