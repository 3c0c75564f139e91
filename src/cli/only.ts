import { LiqcalcError, type Problem } from '../core/errors.js';
import { closest, meant } from '../core/names.js';
import { dictionaryOf, POSITION_NAMES, unknownNames, type Dictionary } from '../report/dictionary.js';

/** The keys of records: all of them have those of the first, or a later one may have more. */
export type Keys = 'fixed' | 'varying';

/**
 * The names in `--only` or `--sort` that are neither a result nor a field. Keys of the user's own records are accepted, too.
 *
 * With fixed keys, any other name is refused. Otherwise a later record may have it, so only typos of a result or field
 * are refused; a name that no record had is reported at the end.
 */
export class OnlyNames {
  readonly #unseen: Set<string>;

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
    this.see(names);
    const unknown = [...this.#unseen];
    const slips =
      keys === 'fixed'
        ? unknownNames(unknown, withKeys(names), this.flag)
        : slipsAmong(unknown, POSITION_NAMES, this.flag);
    if (slips.length > 0) throw new LiqcalcError(slips);
  }

  /** Notes the keys of a record. */
  see(names: readonly string[]): void {
    for (const name of this.#unseen) if (names.includes(name)) this.#unseen.delete(name);
  }

  /** Whether a name was in no record so far. */
  get areUnseen(): boolean {
    return this.#unseen.size > 0;
  }

  /** A warning for each name that no record had. */
  warnings(): readonly string[] {
    return [...this.#unseen].map((name) => {
      const result = meant(name, [...POSITION_NAMES.keys()]);
      const advice = result === undefined ? 'liqcalc schema output lists the results' : `did you mean ${result}?`;
      const why = 'this is not a result, and no record has such a key';
      return `warning: --${this.flag} ${JSON.stringify(name)}: ${why}; ${advice}`;
    });
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
