import type { Problem } from '../../core/errors.js';
import type { Order } from '../../formats/order.js';
import type { AccountInput } from '../../formats/raw-account.js';
import { ACCOUNT_DICTIONARY } from '../../report/text/account-only.js';
import { dictionaryOf, POSITION_NAMES, unknownNames, type Dictionary } from '../../report/dictionary.js';
import { slipsAmong } from '../only.js';
import type { Count } from '../run-records.js';

/** The names of an account and its positions. */
const ACCOUNT_NAMES: Dictionary = new Map([
  ...POSITION_NAMES,
  ...dictionaryOf([], ACCOUNT_DICTIONARY.names, ACCOUNT_DICTIONARY.spellings),
]);

/** A name that none of so many accounts has is refused. */
const ACCOUNTS_LOOKED_AT = 100;

/** A flag that names fields, with the names that no account had so far. */
interface Asked {
  readonly flag: string;
  readonly dictionary: Dictionary;
  readonly unseen: Set<string>;
}

/**
 * The names in `--only` and `--sort` that are neither figures nor fields: an account or its positions may have them as
 * keys. `--sort` orders positions: figures and keys of the account do not count.
 *
 * In a stream of accounts, a later one may have a name unless it looks like a typo. It is refused if none of the first
 * hundred accounts has it. Until one of them has, the output is held back.
 */
export class NamesOfAccounts {
  readonly #asked: readonly Asked[];
  #accounts = 0;

  constructor(only: readonly string[] = [], order?: Order) {
    const asked = (flag: string, names: readonly string[], dictionary: Dictionary): Asked => {
      return { flag, dictionary, unseen: new Set(names.filter((name) => !dictionary.has(name))) };
    };
    this.#asked = [
      asked('only', only, ACCOUNT_NAMES),
      asked('sort', order?.fields.map(({ name }) => name) ?? [], POSITION_NAMES),
    ];
  }

  /** Whether a name was in no account so far. */
  get areUnseen(): boolean {
    return this.#asked.some(({ unseen }) => unseen.size > 0);
  }

  /** Notes the keys of an account, and returns the problems of names that are refused. */
  see({ own, facts }: Pick<AccountInput, 'own' | 'facts'>, count: Count): readonly Problem[] {
    this.#accounts++;
    if (!this.areUnseen) return [];
    const keys = new Set(facts.flatMap((each) => each.own().map(([key]) => key)));
    for (const { flag, unseen } of this.#asked) {
      const known = flag === 'only' ? [...keys, ...own.map(([key]) => key)] : keys;
      for (const key of known) unseen.delete(key);
    }
    if (count === 'one' || this.#accounts >= ACCOUNTS_LOOKED_AT) return this.#problems(unknownNames);
    return this.#accounts === 1 ? this.#problems(slipsAmong) : [];
  }

  /** The problems of names that no account had, after the last one. */
  unseen(): readonly Problem[] {
    return this.#accounts > 0 ? this.#problems(unknownNames) : [];
  }

  #problems(of: typeof unknownNames): readonly Problem[] {
    return this.#asked.flatMap(({ flag, dictionary, unseen }) => of([...unseen], dictionary, flag));
  }
}
