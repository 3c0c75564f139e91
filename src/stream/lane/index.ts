/**
 * The fast lane. Its terms:
 *
 * - **lane**: prices records straight from their bytes, without building text or objects. Its output must equal that of
 *   the general path, byte for byte.
 * - **general path**: reads any record with zod, prices it with `Ratio`. A record that the lane leaves goes there.
 * - **machine**: the lane's WebAssembly, written in AssemblyScript (`assembly`): it reads, prices and writes records in
 *   its own memory. `assembly/price.ts` says why its digits are right.
 * - **host**: this folder's TypeScript: it copies bytes into the machine and out of it, and gives it the meaning of keys
 *   and symbols once each (`meanings.ts`).
 * - **block**: the bytes that are in the machine at a time.
 * - **code**: the number of a field in `LANE_FIELDS`; a set of fields has a bit for each code.
 * - **needs**: the fields that a record must have for an unknown key to pass: if one is missing, the key may be a typo
 *   for it.
 * - **doubt**: how near doubles may come to a tie, to an edge or to another price before they cannot decide.
 *
 * @module
 */
import { isUtf8 } from 'node:buffer';
import { DEFAULT_VENUE } from '../../core/brackets.js';
import { venues } from '../../core/venues/index.js';
import { FIELDS, type Field } from '../../formats/fields.js';
import { fieldOfKey, valueOf } from '../../formats/record.js';
import type { CsvHeader } from '../csv-record.js';
import type { LaneFormat } from '../lane-format.js';
import type { OutputBytes } from '../output-bytes.js';
import type { Pricing } from '../price-record.js';
import type { Layout } from '../recognise.js';
import { LF, wholeEnd, type FastPath } from '../splitter.js';
import { MACHINE } from './machine.js';
import {
  bracketsFor,
  codeOf,
  isWhole,
  keyMeaning,
  LANE_FIELDS,
  laneRule,
  REFUSED_KEY,
  type KeyMeaning,
} from './meanings.js';

interface Global {
  readonly value: number;
}

/** What the machine exports: `assembly/index.ts`. */
interface Machine {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly INPUT: Global;
  readonly OUTPUT: Global;
  readonly written: Global;
  readonly count: Global;
  readonly lines: Global;
  readonly isFull: Global;
  readonly setRule: (code: number, allowed: number, suffix: number, maximum: number) => void;
  readonly setText: (index: number, length: number) => void;
  readonly setLayout: (spansLines: boolean, isArray: boolean) => void;
  readonly setPlaces: (places: number) => void;
  readonly setAlert: (percent: number) => void;
  readonly setVenueRule: (
    isCross: number,
    isTaken: boolean,
    isProven: boolean,
    feeCode: number,
    usual: number,
    decimals: number,
  ) => void;
  readonly readDefault: (at: number, end: number, code: number) => number;
  readonly beginTable: () => number;
  readonly addBracket: (...bracket: readonly [number, number, number, number, number, number]) => void;
  readonly beginColumns: (delimiter: number) => void;
  readonly addColumn: (code: number, needs: number) => number;
  readonly noteReported: () => void;
  readonly takeLines: (from: number, to: number) => number;
  readonly takeValues: (from: number, to: number, hasCommas: boolean) => number;
  readonly takeRows: (from: number, to: number) => number;
}

/** Bytes of the input that are in the machine at once. */
const MOST_BLOCK = 0x48000;
/** The machine reads so far beyond a block, and must find zeros there. */
const ZEROS = new Uint8Array(64);
/** Results of `symbolTable` besides addresses. */
const NO_TABLE = 1;
const REFUSED_SYMBOL = 2;
const ALLOWED = { any: 0, notNegative: 1, positive: 2 } as const;
const OUTCOMES = ['at', 'already', 'never', 'already'] as const;
const PERCENT_DECIMALS = 4;

/** How answers are written: before and after the outcome, between price and percentage, after it; without a price. */
interface AnswerStyle {
  readonly priced: readonly [string, string, string, string];
  readonly unpriced: readonly [string, string];
}

const JSON_STYLE: AnswerStyle = {
  priced: [',"outcome":"', '","liquidationPrice":"', '","distancePercent":"', '"'],
  unpriced: [',"outcome":"', '","liquidationPrice":null,"distancePercent":null'],
};

let compiled: WebAssembly.Module | undefined;

/** The compiled machine; `undefined` where there is no WebAssembly, or not all of it that the machine uses. */
async function machineModule(): Promise<WebAssembly.Module | undefined> {
  const { WebAssembly: engine } = globalThis as { readonly WebAssembly?: typeof WebAssembly };
  if (compiled || !engine) return compiled;
  const bytes = Uint8Array.from(atob(MACHINE), (character) => character.charCodeAt(0));
  if (engine.validate(bytes)) compiled = await engine.compile(bytes);
  return compiled;
}

/**
 * Prices plain records from their bytes and echoes them unchanged.
 *
 * It takes every record that it can price exactly: linear positions with values of at most 15 digits, with keys in any
 * order and among any other keys. Every other record goes to the general path, so both give the same bytes;
 * `LIQCALC_LANE=off` turns the lane off. The lane is closed until the first record of an input is answered: the general
 * path handles everything before that (headers, brackets, the names of columns). Only the stream depends on it.
 */
export class Lane implements FastPath {
  lines = 0;
  readonly #kind: Layout['kind'];
  readonly #pricing: Pricing;
  readonly #output: OutputBytes;
  readonly #machine: Machine;
  /** The venue of records that do not name one. The lane leaves those that do. */
  readonly #venue: string;
  readonly #input: number;
  readonly #outputStart: number;
  #memory = new Uint8Array(0);
  #isOpen = false;
  #count = 0;
  /** The bytes that were checked last, and whether they are all UTF-8. */
  #checked: Buffer | undefined;
  #isText = false;
  /** The block: of which bytes, from where to where. */
  #block: Buffer | undefined;
  #start = 0;
  #end = 0;

  private constructor(module: WebAssembly.Module, kind: Layout['kind'], pricing: Pricing, output: OutputBytes) {
    this.#kind = kind;
    this.#pricing = pricing;
    this.#output = output;
    const venue = valueOf(pricing.defaults, 'venue');
    this.#venue = typeof venue === 'string' ? venue : DEFAULT_VENUE;
    const { exports } = new WebAssembly.Instance(module, { host: this.#answersToMachine() });
    this.#machine = exports as Machine;
    this.#input = this.#machine.INPUT.value;
    this.#outputStart = this.#machine.OUTPUT.value;
  }

  /** The lane from a layout to a format; `undefined` for a pair that the lane does not handle. */
  static async between(
    layout: Layout,
    format: LaneFormat,
    { pricing, output }: { readonly pricing: Pricing; readonly output: OutputBytes },
  ): Promise<Lane | undefined> {
    if ((layout.kind === 'csv') !== (format === 'csv')) return undefined;
    const module = await machineModule();
    if (!module) return undefined;
    const lane = new Lane(module, layout.kind, pricing, output);
    lane.#setUp(layout.kind === 'csv' ? csvStyle(layout.delimiter) : JSON_STYLE, format === 'json');
    return lane.#setVenue() && lane.#readDefaults() ? lane : undefined;
  }

  #setUp({ priced: [before, afterOutcome, between, after], unpriced }: AnswerStyle, isArray: boolean): void {
    const machine = this.#machine;
    LANE_FIELDS.forEach((key, code) => {
      const { range, suffix, maximum }: Partial<Field> = FIELDS[key];
      const most = maximum === undefined ? Number.POSITIVE_INFINITY : Number(maximum);
      machine.setRule(code, ALLOWED[range ?? 'any'], suffix?.charCodeAt(0) ?? 0, most);
    });
    const texts = [
      ...OUTCOMES.map((outcome) => before + outcome + afterOutcome),
      ...OUTCOMES.map((outcome) => unpriced.join(outcome)),
      between,
      after,
    ];
    texts.forEach((text, index) => {
      machine.setText(index, this.#putText(text));
    });
    machine.setLayout(this.#kind !== 'lines', isArray);
    machine.setPlaces(this.#pricing.decimals ?? -1);
  }

  /** Gives the machine the rule of the venue; false if there is no such venue. */
  #setVenue(): boolean {
    const venue = venues[this.#venue];
    if (!venue) return false;
    (['isolated', 'cross'] as const).forEach((mode, isCross) => {
      const { isTaken, isProven, feeCode, usual } = laneRule(venue, mode);
      this.#machine.setVenueRule(isCross, isTaken, isProven, feeCode, usual.value, usual.decimals);
    });
    return true;
  }

  /** Gives the machine the defaults; false if it does not take one of them. */
  #readDefaults(): boolean {
    return this.#pricing.defaults.every(([name, text]) => {
      const field = fieldOfKey(name);
      if (field === undefined || field === 'venue') return true;
      const code = codeOf(field);
      if (code === undefined || typeof text !== 'string') return false;
      return this.#machine.readDefault(this.#input, this.#input + this.#putText(text), code) !== 0;
    });
  }

  /** Puts a text where blocks begin, with zeros after it; returns its length. */
  #putText(text: string): number {
    const bytes = Buffer.from(text, 'latin1').subarray(0, MOST_BLOCK - ZEROS.length);
    this.#bytes().set(bytes, this.#input);
    this.#bytes().set(ZEROS, this.#input + bytes.length);
    return bytes.length;
  }

  /** What the machine asks: `assembly/host.ts`. */
  #answersToMachine(): Readonly<Record<string, (...of: readonly never[]) => unknown>> {
    const textAt = (at: number, length: number): string =>
      Buffer.from(this.#bytes().subarray(at, at + length)).toString('latin1');
    const meaningAt = (at: number, length: number): KeyMeaning => keyMeaning(textAt(at, length), this.#pricing.policy);
    return {
      keyCode: (at: number, length: number) => meaningAt(at, length).code,
      keyNeeds: (at: number, length: number) => meaningAt(at, length).needs,
      symbolTable: (at: number, length: number) => this.#tableOf(textAt(at, length)),
      isWhole,
    };
  }

  #tableOf(symbol: string): number {
    const brackets = bracketsFor(symbol, this.#venue, this.#pricing.tables);
    if (brackets === undefined) return REFUSED_SYMBOL;
    if (brackets === 'none') return NO_TABLE;
    const table = this.#machine.beginTable();
    for (const { rate, amount, cap, mostLeverage } of brackets) {
      this.#machine.addBracket(rate.value, rate.decimals, amount.value, amount.decimals, cap, mostLeverage);
    }
    return table;
  }

  /** The memory of the machine; a table that makes it longer replaces it. */
  #bytes(): Uint8Array {
    const { buffer } = this.#machine.memory;
    if (this.#memory.buffer !== buffer) this.#memory = new Uint8Array(buffer);
    return this.#memory;
  }

  /** Whether a block may end within a record. */
  get #cutsRecords(): boolean {
    return this.#kind === 'array' || this.#kind === 'objects';
  }

  take(bytes: Buffer, from: number, to: number): number {
    this.lines = 0;
    if (!this.#isOpen || !this.#areText(bytes, from, to)) return from;
    let at = from;
    while (at < to) {
      const isLoaded = bytes === this.#block && at >= this.#start && at < this.#end;
      if (!isLoaded) this.#load(bytes, at, to);
      const taken = this.#run(at);
      const isCut = this.#end < to && this.#cutsRecords;
      if (taken === at && (!isLoaded || !isCut)) return at;
      if (taken === at) this.#block = undefined;
      else if (taken < this.#end && this.#machine.isFull.value === 0) return taken;
      at = taken;
    }
    return at;
  }

  /**
   * Whether bytes are UTF-8, except for a last character that is cut off. They are checked once for all records in
   * them.
   */
  #areText(bytes: Buffer, from: number, to: number): boolean {
    if (bytes === this.#checked) return this.#isText;
    this.#checked = bytes;
    this.#block = undefined;
    this.#isText = isUtf8(bytes.subarray(from, wholeEnd(bytes, from, to)));
    return this.#isText;
  }

  /** Copies a block into the machine: whole lines, if they are records. */
  #load(bytes: Buffer, from: number, to: number): void {
    const most = Math.min(to, from + MOST_BLOCK - ZEROS.length);
    this.#block = bytes;
    this.#start = from;
    this.#end = most === to || this.#cutsRecords ? most : Math.max(from, bytes.lastIndexOf(LF, most - 1) + 1);
    this.#bytes().set(bytes.subarray(from, this.#end), this.#input);
    this.#bytes().set(ZEROS, this.#input + this.#end - from);
  }

  /** Prices the records of the block from a place on; returns the place after those that it took. */
  #run(at: number): number {
    const machine = this.#machine;
    // The machine writes where it has written before.
    this.#output.settle();
    const shift = this.#input - this.#start;
    const [from, to] = [at + shift, this.#end + shift];
    const taken =
      this.#kind === 'lines'
        ? machine.takeLines(from, to)
        : this.#kind === 'csv'
          ? machine.takeRows(from, to)
          : machine.takeValues(from, to, this.#kind === 'array');
    this.lines += machine.lines.value;
    this.#count += machine.count.value;
    this.#output.borrow(this.#bytes().subarray(this.#outputStart, machine.written.value));
    return taken - shift;
  }

  /** Notes that the general path answered a record, which opens the lane; `header` has the columns of CSV. */
  answered(header: CsvHeader | undefined): void {
    this.#machine.noteReported();
    if (this.#isOpen) return;
    this.#isOpen = !header || this.#hasColumns(header);
  }

  /** Gives the machine the columns of CSV; false if it does not take them. */
  #hasColumns({ names, keys, kept, failure, delimiter }: CsvHeader): boolean {
    if (failure || kept.length < names.length) return false;
    const meanings = keys.map((name) => keyMeaning(name, this.#pricing.policy));
    if (meanings.some(({ code }) => code === REFUSED_KEY)) return false;
    this.#machine.beginColumns(delimiter.charCodeAt(0));
    return meanings.every(({ code, needs }) => this.#machine.addColumn(code, needs) !== 0);
  }

  close(): void {
    this.#isOpen = false;
  }

  /** @param percent - records whose distance, as printed, is below this go to the general path. */
  watch(percent: number | undefined): void {
    const units = percent === undefined ? Number.NEGATIVE_INFINITY : Math.round(percent * 10 ** PERCENT_DECIMALS);
    this.#machine.setAlert(units);
  }

  /** The number of records that it answered since the last call. */
  counted(): number {
    const count = this.#count;
    this.#count = 0;
    return count;
  }
}

function csvStyle(delimiter: string): AnswerStyle {
  return {
    priced: [delimiter, delimiter, delimiter, `${delimiter}\n`],
    unpriced: [delimiter, delimiter.repeat(3) + '\n'],
  };
}
