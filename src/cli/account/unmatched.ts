import { symbolKey } from '../../core/brackets.js';
import type { Account } from '../../core/account.js';
import { flagName } from '../../formats/flag-name.js';
import { GIVEN_RATES } from '../../formats/raw-account.js';
import type { AccountOptions } from './options.js';

/** The flags that name a symbol, with the symbols (as `symbolKey` spells them) that no account had so far. */
export class UnmatchedSymbols {
  readonly #left: ReadonlyMap<string, Set<string>>;

  constructor({ betas, rates, shock }: Pick<AccountOptions, 'betas' | 'rates' | 'shock'>) {
    const ofRates = GIVEN_RATES.map((key) => [key, new Set(rates[key].bySymbol.keys())] as const);
    this.#left = new Map([['beta', new Set(betas.keys())], ['shock', new Set(shock?.bySymbol.keys())], ...ofRates]);
  }

  /** Notes the symbols of an account. */
  see({ positions }: Account): void {
    for (const left of this.#left.values()) {
      if (left.size === 0) continue;
      for (const { terms } of positions) left.delete(symbolKey(terms.symbol));
    }
  }

  /** Whether the shock names a symbol that no account had: nothing was then checked of it. */
  get hasShock(): boolean {
    return (this.#left.get('shock')?.size ?? 0) > 0;
  }

  /** A warning for each symbol that no account had. */
  warnings(): readonly string[] {
    return [...this.#left].flatMap(([key, symbols]) =>
      [...symbols].map((symbol) => `warning: ${flagName(key)} ${symbol}: no account has a position on it`),
    );
  }
}
