import { inspect } from 'node:util';

const SHOWN = 4;

/** A text that nothing prints: text, JSON and inspection of it show its last characters only. */
export class Secret {
  readonly #text: string;

  /** @param text - it is kept as it is. */
  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself, for a request that is being sent. */
  reveal(): string {
    return this.#text;
  }

  /** Its last four characters, if it is long enough that they give nothing away. */
  toString(): string {
    return this.#text.length >= SHOWN * 4 ? `...${this.#text.slice(-SHOWN)}` : '...';
  }

  /** The same as `toString`. */
  toJSON(): string {
    return this.toString();
  }

  /** What `console.log` shows. */
  [inspect.custom](): string {
    return this.toString();
  }
}

/** A key of an account, with what signs for it: a shared secret (HMAC), or a private key (Ed25519). */
export interface Credential {
  readonly key: Secret;
  readonly signer: { readonly kind: 'hmac' | 'ed25519'; readonly secret: Secret };
}
