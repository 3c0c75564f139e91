import { LiqcalcError, type Problem } from '../core/errors.js';
import { closest } from '../core/names.js';
import { dictionaryOf, POSITION_NAMES, unknownNames, type Dictionary } from '../report/dictionary.js';

/** The keys of records: all of them have those of the first, or a later one may have more. */
export type Keys = 'fixed' | 'varying';

/** A name that none of so many records has as a key is refused. */
const RECORDS_LOOKED_AT = 1000;

/**
 * The names in `--only` or `--sort` that are neither a result nor a field. Keys of the user's own records are accepted, too.
 *
 * With fixed keys, any other name is refused at the first record, and otherwise a typo of a result or field. A later
 * record may have another name: it is refused if none of the first thousand records has it. Until one of them has, the
 * output is held back.
 */
export class OnlyNames {
  readonly #unseen: Set<string>;
  #records = 0;

  /** @param flag - the flag that the names are given by. */
  constructor(
    only: readonly string[] = [],
    private readonly flag = 'only',
  ) {
    this.#unseen = new Set(only.filter((name) => !POSITION_NAMES.has(name)));
  }

  /**
   * Checks the names against the keys of the first record.
   *
   * @throws {LiqcalcError} with all refused names.
   */
  refuse(names: readonly string[], keys: Keys): void {
    this.#note(names);
    const unknown = [...this.#unseen];
    const slips =
      keys === 'fixed'
        ? unknownNames(unknown, withKeys(names), this.flag)
        : slipsAmong(unknown, POSITION_NAMES, this.flag);
    if (slips.length > 0) throw new LiqcalcError(slips);
  }

  /**
   * Notes the keys of a record.
   *
   * @throws {LiqcalcError} with the names that no record had, if there were enough records.
   */
  see(names: readonly string[]): void {
    this.#records++;
    this.#note(names);
    if (this.#records >= RECORDS_LOOKED_AT) this.#refuseUnseen();
  }

  #note(names: readonly string[]): void {
    for (const name of this.#unseen) if (names.includes(name)) this.#unseen.delete(name);
  }

  /** Whether a name was in no record so far. */
  get areUnseen(): boolean {
    return this.#unseen.size > 0;
  }

  /**
   * Called after the last record.
   *
   * @throws {LiqcalcError} with the names that no record had, if there was a record with keys.
   */
  end(): void {
    if (this.#records > 0) this.#refuseUnseen();
  }

  #refuseUnseen(): void {
    if (this.areUnseen) throw new LiqcalcError(unknownNames([...this.#unseen], POSITION_NAMES, this.flag));
  }
}

/** The known names, and the keys of a record. */
const withKeys = (names: readonly string[]): Dictionary => new Map([...POSITION_NAMES, ...dictionaryOf([], names)]);

/** Problems of the names that look like a typo for a known one. */
export function slipsAmong(unknown: readonly string[], dictionary: Dictionary, flag?: string): Problem[] {
  const known = [...dictionary.keys()];
  const slips = unknown.filter((name) => closest(name, known) !== undefined);
  return unknownNames(slips, dictionary, flag);
}
