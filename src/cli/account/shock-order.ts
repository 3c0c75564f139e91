import { Ranking } from '../../core/ranking.js';
import type { ShockOutcome } from '../../core/shock.js';

/** The maximum number of accounts that are named. */
const MOST_NAMED = 10;

/** Which of several accounts a shock liquidates first. */
export class ShockOrder {
  readonly #ranking = new Ranking<string>(['rising'], MOST_NAMED);
  #accounts = 0;
  #struck = 0;

  see(title: string, { share, struck }: ShockOutcome): void {
    this.#accounts++;
    if (struck.length > 0) this.#struck++;
    const at = share ? `at ${share.percent().toFixed(2)} % of the shock` : 'at an unknown part of the shock';
    if (share ?? struck.length > 0) this.#ranking.add([share && { kind: 'number', number: share }], `${title} ${at}`);
  }

  /** The accounts of a stream in words, the first to be liquidated first. */
  words(): readonly string[] {
    if (this.#accounts < 2) return [];
    const head = `shock: ${this.#struck} of ${this.#accounts} accounts have liquidations`;
    return [head, ...this.#ranking.inOrder().map((each, index) => `shock: ${index === 0 ? 'first' : 'then'} ${each}`)];
  }
}
