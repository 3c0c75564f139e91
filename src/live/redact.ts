import type { Credential } from './secret.js';

/** What is written in place of a secret. */
const HIDDEN = '[hidden]';

/** Parameters and members whose values are secret, in every place. */
const NAMED = /((?:signature|listenKey|apiKey|secret|X-MBX-APIKEY)["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi;
const IN_SOCKET_PATH = /(\/ws\/)[A-Za-z0-9]{16,}/g;

/** A text for messages, without keys, secrets, signatures and listen keys. */
export function redacted(text: string, credential?: Credential): string {
  const known = credential ? [credential.key.reveal(), credential.signer.secret.reveal()] : [];
  const without = known.reduce((rest, secret) => (secret === '' ? rest : rest.replaceAll(secret, HIDDEN)), text);
  return without.replace(NAMED, `$1${HIDDEN}`).replace(IN_SOCKET_PATH, `$1${HIDDEN}`);
}
