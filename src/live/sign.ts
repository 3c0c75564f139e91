import { createHmac, createPrivateKey, sign } from 'node:crypto';
import type { Credential } from './secret.js';

/** How a venue knows who asks. */
export interface Signing {
  /** The headers of a request with a key. */
  readonly headers: (credential: Credential) => Readonly<Record<string, string>>;
  /**
   * A query with its time and its signature; left out if nothing is signed.
   *
   * @param query - as it will be sent.
   * @param now - milliseconds of the venue's clock.
   */
  readonly query?: (query: string, credential: Credential, now: number) => string;
}

/** How long after its time a request is accepted, in ms. */
const RECEIVE_WINDOW = 5000;

/**
 * The signing of Binance: the key in a header, and the signature of the query as its last parameter.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/general-info
 */
export const binanceSigning = {
  headers: ({ key }: Credential) => ({ 'X-MBX-APIKEY': key.reveal() }),
  query: (query: string, credential: Credential, now: number) => {
    const timed = [...(query === '' ? [] : [query]), `recvWindow=${RECEIVE_WINDOW}`, `timestamp=${now}`].join('&');
    return `${timed}&signature=${encodeURIComponent(signatureOf(timed, credential))}`;
  },
} satisfies Signing;

/** A key in a header, and no signature. */
export const keyHeader = (name: string, before = ''): Signing => ({
  headers: ({ key }) => ({ [name]: `${before}${key.reveal()}` }),
});

/** Whether a text is a private key that signs here. */
export function isEd25519Key(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}

/** HMAC-SHA256 in hex, or Ed25519 in base64. */
export function signatureOf(text: string, { signer }: Credential): string {
  const secret = signer.secret.reveal();
  return signer.kind === 'hmac'
    ? createHmac('sha256', secret).update(text).digest('hex')
    : sign(null, Buffer.from(text), createPrivateKey(secret)).toString('base64');
}
