import type { Account } from '../../core/account.js';
import { symbolsOf } from '../../core/shock.js';
import { symbolMeant } from '../../core/symbol-meant.js';
import { flagName } from '../../formats/flag-name.js';
import { GIVEN_RATES } from '../../formats/raw-account.js';
import type { AccountOptions } from './options.js';

/** The most symbols of accounts that are kept to suggest one. */
const MOST_KNOWN = 1000;

/** The flags that name a symbol, with the symbols (as `symbolKey` spells them) that no account had so far. */
export class UnmatchedSymbols {
  readonly #left: ReadonlyMap<string, Set<string>>;
  readonly #known = new Set<string>();

  constructor({ betas, rates, shock }: Pick<AccountOptions, 'betas' | 'rates' | 'shock'>) {
    const ofRates = GIVEN_RATES.map((key) => [key, new Set(rates[key].bySymbol.keys())] as const);
    this.#left = new Map([['beta', new Set(betas.keys())], ['shock', new Set(shock?.bySymbol.keys())], ...ofRates]);
  }

  /** Notes the symbols of an account. */
  see(account: Account): void {
    const open = [...this.#left.values()].filter(({ size }) => size > 0);
    if (open.length === 0) return;
    for (const symbol of symbolsOf(account)) {
      for (const left of open) left.delete(symbol);
      if (this.#known.size < MOST_KNOWN) this.#known.add(symbol);
    }
  }

  /** Whether the shock names a symbol that no account had: nothing was then checked of it. */
  get hasShock(): boolean {
    return (this.#left.get('shock')?.size ?? 0) > 0;
  }

  /** A warning for each symbol that no account had. */
  warnings(): readonly string[] {
    return [...this.#left].flatMap(([key, symbols]) =>
      [...symbols].map((symbol) => {
        const meant = symbolMeant(symbol, [...this.#known]);
        const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
        return `warning: ${flagName(key)} ${symbol}: no account has a position on it${hint}`;
      }),
    );
  }
}
