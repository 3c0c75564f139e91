import { requirementProblems } from '../../core/requirements.js';
import { FIELD_LIST } from '../../formats/fields.js';
import { decimalsFor } from '../../report/figures.js';
import { wordsOf, type OutputBytes } from '../output-bytes.js';
import type { Pricing } from '../price-record.js';
import { putBigDecimal, putDecimal } from './digits.js';
import { ANY_SIZE, BIT, PLACE } from './keys.js';
import { LanePrice, NEVER, NO_SAFE_PRICE, OUTCOMES, PERCENT_DECIMALS } from './price.js';
import { LaneSymbols, type LaneSymbol } from './symbols.js';
import { LaneDefaults, LaneTerms, MOST_DECIMALS } from './terms.js';

/** How to write answers after their records. */
export interface AnswerStyle {
  /** Before the outcome, after it, after the price, after the percentage; with prices and without. */
  readonly priced: readonly [string, string, string, string];
  readonly unpriced: readonly [string, string];
}

/** The most bytes that an answer takes. */
export const MOST_ANSWER = 400;

/** Prices the records that the lane has read, and writes the answers. */
export class LaneAnswer {
  readonly terms: LaneTerms;
  /** How many records were answered. */
  count = 0;
  /**
   * Records nearer than this go to the general path, because an alert needs them. The unit is the last decimal of a
   * percentage.
   */
  alertBelow: number | undefined;

  readonly #output: OutputBytes;
  /** Decimals of a price, by the decimals of its entry. */
  readonly #places: Int32Array;
  readonly #defaults: LaneDefaults;
  readonly #price = new LanePrice();
  /** For each set of fields, whether it is a whole position. */
  readonly #isWhole = new Map<number, boolean>();
  /** The set that was looked up last. */
  #lastSet = -1;
  #isLastWhole = false;
  /** Warnings that the general path has reported, and those of the record that it is about to answer. */
  #reported = 0;
  #unreported = 0;
  #unreportedSymbol: LaneSymbol | undefined;
  /** The bytes before a price for each outcome, between price and percentage, and after the percentage. */
  readonly #before: readonly Words[];
  readonly #between: Words;
  readonly #after: Words;
  /** The whole answer for each outcome if there is no price. */
  readonly #unpriced: readonly Words[];

  constructor({ tables, defaults, decimals }: Pricing, style: AnswerStyle, output: OutputBytes) {
    const symbols = new LaneSymbols(tables);
    this.terms = new LaneTerms(symbols);
    this.#defaults = new LaneDefaults(defaults, symbols);
    this.#places = Int32Array.from({ length: MOST_DECIMALS + 1 }, (_, entry) => decimalsFor(entry, decimals));
    this.#output = output;
    const [before, afterOutcome, between, after] = style.priced;
    this.#before = OUTCOMES.map((outcome) => wordsOfText(before + outcome + afterOutcome));
    this.#between = wordsOfText(between);
    this.#after = wordsOfText(after);
    this.#unpriced = OUTCOMES.map((outcome) => wordsOfText(style.unpriced.join(outcome)));
  }

  /** Whether the lane can be used with these defaults. */
  get isUseful(): boolean {
    return this.#defaults.fields !== undefined;
  }

  /**
   * Prices the record in `terms`; nothing is written yet.
   *
   * @param own - the set of fields that the record has.
   * @param required - the fields that its unknown keys require.
   */
  solve(own: number, required: number): boolean {
    if (required !== 0 && (required & ~(own & SIZE ? own | ANY_SIZE : own)) !== 0) return false;
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

  /**
   * Writes the answer of the last `solve` at a place of the output, which must have room for it.
   *
   * @returns the place after it.
   */
  write(start: number): number {
    const { outcome, bigPrice, bigPercent } = this.#price;
    const output = this.#output;
    const { words } = output;
    this.count++;
    if (outcome >= NEVER) return put(words, start, this.#unpriced[outcome] as Words);
    const places = this.#decimals();
    let at = put(words, start, this.#before[outcome] as Words);
    if (bigPrice === undefined) at = putDecimal(output, at, this.#price.price, places);
    else at = putBigDecimal(output, at, bigPrice, places);
    at = put(words, at, this.#between);
    if (bigPercent === undefined) at = putDecimal(output, at, this.#price.percent, PERCENT_DECIMALS);
    else at = putBigDecimal(output, at, bigPercent, PERCENT_DECIMALS);
    return put(words, at, this.#after);
  }

  /** Notes that the general path has answered the record that was left to it. */
  noteReported(): void {
    this.#reported |= this.#unreported;
    if (this.#unreportedSymbol) this.#unreportedSymbol.isReported = true;
    this.#unreported = 0;
    this.#unreportedSymbol = undefined;
  }

  #decimals(): number {
    return this.#places[this.terms.decimals[PLACE.entry] as number] as number;
  }

  /** Whether the answer has a new warning or may trigger an alert: then the general path gives it. */
  #isForOthers(has: number): boolean {
    const { warnings, outcome, percent, bigPercent } = this.#price;
    const isOfTable = (has & BIT.symbol) !== 0 && (has & BIT.mmr) === 0;
    const symbol = isOfTable ? this.terms.symbol : undefined;
    if ((warnings & ~this.#reported) !== 0 || symbol?.isReported === false) {
      this.#unreported = warnings;
      this.#unreportedSymbol = symbol;
      return true;
    }
    if (this.alertBelow === undefined || outcome === NEVER) return false;
    if (outcome === NO_SAFE_PRICE) return this.alertBelow !== Number.NEGATIVE_INFINITY;
    return (bigPercent === undefined ? percent : Number(bigPercent)) < this.alertBelow;
  }

  #isWholeSet(has: number): boolean {
    const known = this.#isWhole.get(has);
    if (known !== undefined) return known;
    const keys = FIELD_LIST.flatMap(([key]) => (has & BIT[key] ? [key] : []));
    const isWhole = requirementProblems(new Set(keys)).length === 0;
    this.#isWhole.set(has, isWhole);
    return isWhole;
  }
}

/** Bytes of ASCII, with room to copy eight at a time. */
interface Words {
  readonly view: DataView;
  readonly length: number;
}

function wordsOfText(text: string): Words {
  const bytes = new Uint8Array(text.length + 7);
  Array.from(text, (character, index) => (bytes[index] = character.charCodeAt(0)));
  return { view: wordsOf(bytes), length: text.length };
}

/** Writes all of some words; up to seven bytes more are overwritten. */
function put(into: DataView, at: number, { view, length }: Words): number {
  for (let index = 0; index < length; index += 8) into.setFloat64(at + index, view.getFloat64(index, true), true);
  return at + length;
}

const SIZE = BIT.qty | BIT.notional;
