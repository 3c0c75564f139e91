import { LiqcalcError, problem, type Problem } from '../core/errors.js';

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

/** A failure as the library throws it; any other error as it is. */
export function asLiqcalcError(error: unknown): unknown {
  return error instanceof LiveError ? new LiqcalcError([problemIn(error)]) : error;
}

function problemIn({ kind, message: why, details }: LiveError): Problem {
  const { status, code: exchangeCode, retryAfterMs } = details;
  if (kind === 'unavailable') return problem('UNAVAILABLE', '', { why, status, exchangeCode, retryAfterMs });
  if (kind === 'noKey') return problem('NO_KEY', '', { why, exchangeCode });
  return problem(kind === 'badConfig' ? 'BAD_CONFIG' : 'REFUSED', '', { why });
}
