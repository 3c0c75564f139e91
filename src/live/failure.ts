/**
 * Why a live command cannot answer. `unavailable`: the venue cannot be reached, is down, or refuses; `noKey`: there is
 * no key, or it is refused; `badConfig`: live commands are switched off, or a setting is wrong; `usage`: the venue does
 * not know what was requested; `unsupported`: an account of a kind that is not priced.
 */
export type FailureKind = 'unavailable' | 'noKey' | 'badConfig' | 'usage' | 'unsupported';

/** An error of a live command. Its words contain neither a key nor a signature. */
export class LiveError extends Error {
  override readonly name = 'LiveError';

  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly details: {
      /** The status of the HTTP answer. */
      readonly status?: number;
      /** The venue's own code, for example -2015. */
      readonly code?: string;
      /** When to ask again, milliseconds from now. */
      readonly retryAfterMs?: number;
    } = {},
  ) {
    super(message);
  }
}
