import { assess, type Assessment } from '../core/assessment.js';
import type { TableSource } from '../core/brackets.js';
import { symbolProblems, tableFor } from '../core/tables/table-for.js';
import { isLiqcalcError, type Problem } from '../core/errors.js';
import {
  fieldOfKey,
  keyProblems,
  readPosition,
  type KeyPolicy,
  type PositionInput,
  type RawRecord,
} from '../formats/record.js';
import { otherInput, otherInputWords } from '../formats/other-input.js';
import type { ResultKey } from '../formats/result-keys.js';
import { decimalsFor, writtenResult } from '../report/figures.js';
import type { Written } from '../schema/figure.js';
import { failureOf, type Failure } from '../report/failure.js';
import { toBinary } from './binary-text.js';
import type { EchoRecord } from './echo-record.js';

/** The settings for pricing records. */
export interface Pricing {
  readonly tables: TableSource;
  /** Values for fields that a record lacks. */
  readonly defaults: RawRecord;
  readonly policy: KeyPolicy;
  /** The fields that a record gets from elsewhere if it lacks them: marks of an exchange. */
  readonly lacking?: ((record: RawRecord) => RawRecord) | undefined;
  /** Decimals of prices and amounts, if requested. */
  readonly decimals?: number;
  /** Milliseconds since 1970, for the age of bracket tables. */
  readonly today: number | undefined;
}

/** A priced record: the position's assessment, and the requested results. */
export interface Answer {
  readonly assessment: Assessment;
  readonly values: readonly Written[];
}

/** What can be wrong with a number. A record with nothing else wrong is a position, not input for another command. */
const NUMBER_CODES: ReadonlySet<string> = new Set([
  'MALFORMED_NUMBER',
  'TOO_MANY_DIGITS',
  'OUT_OF_RANGE',
  'NOT_POSITIVE',
  'NEGATIVE',
  'ABOVE_MAXIMUM',
]);
const isOfNumber = ({ code }: Problem): boolean => NUMBER_CODES.has(code);

/** Prices records. */
export class Pricer {
  readonly #pricing: Pricing;
  /** The keys of the last record with unknown keys without a typo among them. */
  #lastKeys: readonly string[] = [];

  constructor(pricing: Pricing) {
    this.#pricing = pricing;
  }

  /** The answer to a plain and complete record; `undefined` for any other, which `explained` then answers. */
  plain({ raw }: EchoRecord, keys: readonly ResultKey[]): Answer | undefined {
    const fields = raw.filter(([key]) => fieldOfKey(key) !== undefined);
    if (fields.length < raw.length && !this.#areKeysGood(raw)) return undefined;
    const read = readPosition(fields, this.#defaultsFor(fields));
    try {
      return read.kind === 'position' ? this.#answer(read.input, keys) : undefined;
    } catch (error) {
      if (isLiqcalcError(error)) return undefined;
      throw error;
    }
  }

  #defaultsFor(record: RawRecord): RawRecord {
    const { defaults, lacking } = this.#pricing;
    return lacking ? [...defaults, ...lacking([...record, ...defaults])] : defaults;
  }

  /** The answer to any record, or its failure. */
  explained(record: EchoRecord, keys: readonly ResultKey[]): Answer | Failure {
    const { policy, tables } = this.#pricing;
    const decoded = record.decoded();
    const read = readPosition(decoded, this.#defaultsFor(decoded), policy);
    if (read.kind === 'problems') {
      const other = read.problems.every(isOfNumber) ? undefined : record.value && otherInput(record.value());
      if (other && other.args !== 'batch') return { code: 'INVALID_INPUT', message: otherInputWords(other) };
      const unknown = read.unrated ? symbolProblems(read.unrated, tables) : [];
      return binaryFailure([...read.problems, ...unknown]);
    }
    try {
      return this.#answer(read.input, keys);
    } catch (error) {
      if (isLiqcalcError(error)) return binaryFailure(error.problems);
      throw error;
    }
  }

  #answer(input: PositionInput, keys: readonly ResultKey[]): Answer {
    const { tables, decimals, today } = this.#pricing;
    const { terms, formula, entryDecimals } = input;
    const assessment = assess(terms, tableFor(terms, tables), formula);
    const rendering = { decimals: decimalsFor(entryDecimals, decimals), today };
    return { assessment, values: keys.map((key) => writtenResult(key, assessment, rendering)) };
  }

  #areKeysGood(raw: RawRecord): boolean {
    const last = this.#lastKeys;
    if (raw.length === last.length && raw.every(([key], index) => key === last[index])) return true;
    if (keyProblems(raw, this.#pricing.policy).length > 0) return false;
    this.#lastKeys = raw.map(([key]) => key);
    return true;
  }
}

function binaryFailure(problems: readonly Problem[]): Failure {
  if (problems.length === 0) throw new Error('a record that is refused without a reason');
  const { code, message, field } = failureOf(problems);
  return { code, message: toBinary(message), ...(field !== undefined && { field: toBinary(field) }) };
}
